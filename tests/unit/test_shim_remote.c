/* Databases behind xapian-tcpsrv, on this machine. */
#include "test_shim_support.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <time.h>

static pid_t server;
static FILE *output; /* the server's */
static char address[64];

/* A port that nobody listens on; somebody may take it before we do, so
 * starting a server is tried more than once. */
static unsigned free_port(void) {
  int one = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in name;
  memset(&name, 0, sizeof name);
  name.sin_family = AF_INET;
  name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof name;
  unsigned port = 0;
  if (one >= 0 && bind(one, (struct sockaddr *)&name, length) == 0 &&
      getsockname(one, (struct sockaddr *)&name, &length) == 0)
    port = ntohs(name.sin_port);
  if (one >= 0)
    close(one);
  return port;
}

/* The test program reads what the server prints until it listens. */
static bool start_server(const char *option, const char *name) {
  char port[16];
  snprintf(port, sizeof port, "%u", free_port());
  snprintf(address, sizeof address, "remote:127.0.0.1:%s", port);
  int ends[2];
  if (pipe(ends))
    return false;
  server = fork();
  if (server == 0) {
    setpgid(0, 0); /* it ends all of its group when it is ended */
    dup2(ends[1], 1);
    close(ends[0]);
    close(ends[1]);
    execlp("xapian-tcpsrv", "xapian-tcpsrv", "--interface", "127.0.0.1",
           "--port", port, option, path(name), (char *)NULL);
    _exit(127);
  }
  close(ends[1]);
  output = fdopen(ends[0], "r");
  char line[256];
  bool listening = false;
  while (!listening && output && fgets(line, sizeof line, output))
    listening = strstr(line, "Listening") != NULL;
  return listening;
}

static void stop_server(void) {
  if (server > 0) {
    kill(server, SIGTERM);
    waitpid(server, NULL, 0);
  }
  server = 0;
  if (output)
    fclose(output);
  output = NULL;
}

static void serve(const char *option, const char *name) {
  for (int tries = 0; tries < 3; tries++) {
    if (start_server(option, name))
      return;
    stop_server();
  }
  fail_msg("xapian-tcpsrv does not start");
}

static int set_up(void **state) {
  if (scratch_make(state))
    return -1;
  sample_build("db");
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  stop_server();
  return 0;
}

static xap_database *open_remote(void) {
  const char *where = address;
  xap_database *database = NULL;
  OK(xap_database_open(&where, 1, &database, &error));
  return database;
}

static void test_read(void **state) {
  (void)state;
  serve("--one-shot", "db");
  xap_database *database = open_remote();
  assert_int_equal(count_documents(database), 5);
  LISTS("1:2 2:2", xap_database_postings(database, str("the"), list_posting,
                                         &got, &error));
  LISTS("cat:2 cats:1",
        xap_database_terms(database, str("cat"), list_term, &got, &error));
  LISTS("blue", xap_database_metadata(database, str("color"), list_string, &got,
                                      &error));
  xap_document *document = NULL;
  OK(xap_database_document(database, 5, &document, &error));
  LISTS("a cat ran home",
        xap_document_data(document, list_string, &got, &error));
  xap_document_free(document);
  FAILS(BYLINE_NOT_FOUND, address,
        xap_database_document(database, 6, &document, &error));
  OK(xap_database_reopen(database, NULL, &error));
  xap_database_free(database);
}

static byline_status same_key(void *user, byline_string value,
                              byline_string *key, byline_error *error) {
  (void)user;
  (void)error;
  *key = value;
  return BYLINE_OK;
}

/* With a local one, so that counts of both have to be added up. */
static void test_search(void **state) {
  (void)state;
  serve("--one-shot", "db");
  const char *paths[] = {path("db"), address};
  xap_database *database = NULL;
  OK(xap_database_open(paths, 2, &database, &error));
  xap_enquire *enquire = NULL;
  OK(xap_enquire_new(database, &enquire, &error));
  xap_query *query = NULL;
  OK(xap_query_all(&query, &error));
  OK(xap_enquire_set_query(enquire, query, &error));
  xap_query_free(query);
  const xap_sort_key newest[] = {{SLOT_DATE, true}};
  OK(xap_enquire_set_sort(enquire, newest, 1, false, &error));
  xap_facet *tags = NULL, *years = NULL;
  OK(xap_facet_new(SLOT_TAGS, ';', 0, &tags, &error));
  OK(xap_facet_new(SLOT_DATE, '\0', 4, &years, &error));
  OK(xap_enquire_add_facet(enquire, tags, &error));
  OK(xap_enquire_add_facet(enquire, years, &error));
  xap_matches *matches = NULL;
  OK(xap_enquire_matches(enquire, 0, 3, 100, &matches, &error));
  xap_match match;
  OK(xap_matches_get(matches, 1, &match, &error));
  assert_int_equal(match.docid, 4);
  xap_document *document = NULL;
  OK(xap_matches_document(matches, 1, &document, &error));
  LISTS("the dog sat on the log",
        xap_document_data(document, list_string, &got, &error));
  xap_document_free(document);
  LISTS("home:6 pets:6 sport:2",
        xap_facet_values(tags, list_term, &got, &error));
  LISTS("1995:2 1999:4 2001:2",
        xap_facet_values(years, list_term, &got, &error));
  xap_matches_free(matches);
  matches = NULL;
  const xap_sort_key oldest[] = {{SLOT_DATE, false}};
  OK(xap_enquire_set_sort(enquire, oldest, 1, false, &error));
  FAILS(BYLINE_UNSUPPORTED, "127.0.0.1",
        xap_enquire_matches(enquire, 0, 3, 100, &matches, &error));
  OK(xap_enquire_set_sort_by(enquire, SLOT_DATE, same_key, NULL, true, &error));
  FAILS(BYLINE_UNSUPPORTED, "127.0.0.1",
        xap_enquire_matches(enquire, 0, 3, 100, &matches, &error));
  xap_facet_free(tags);
  xap_facet_free(years);
  xap_enquire_free(enquire);
  xap_database_free(database);
}

static void test_write(void **state) {
  (void)state;
  sample_build("written");
  serve("--writable", "written");
  xap_writer *writer = NULL;
  OK(xap_writer_open(address, XAP_OPEN, &writer, &error));
  sample_add(writer, &samples[0], 6);
  OK(xap_writer_commit(writer, &error));
  sample_add(writer, &samples[0], 7);
  assert_int_equal(count_documents(xap_writer_database(writer)), 7);
  xap_writer *second = NULL;
  FAILS(BYLINE_LOCKED, address,
        xap_writer_open(address, XAP_OPEN, &second, &error));
  xap_writer_free(writer);
  /* The server lets go of the lock in its own time. */
  byline_status status = BYLINE_LOCKED;
  for (int tries = 0; tries < 100 && status == BYLINE_LOCKED; tries++) {
    status = xap_writer_open(path("written"), XAP_OPEN, &second, NULL);
    nanosleep(&(struct timespec){0, 20000000}, NULL);
  }
  assert_int_equal(status, BYLINE_OK);
  assert_int_equal(count_documents(xap_writer_database(second)), 6);
  xap_writer_free(second);
}

static void test_server_gone(void **state) {
  (void)state;
  serve("--one-shot", "db");
  xap_database *database = open_remote();
  stop_server();
  xap_document *document = NULL;
  FAILS(BYLINE_IO, address,
        xap_database_document(database, 1, &document, &error));
  xap_database_free(database);
  /* And nobody listens now. */
  const char *where = address;
  database = NULL;
  FAILS(BYLINE_IO, "server running?",
        xap_database_open(&where, 1, &database, &error));
  xap_writer *writer = NULL;
  FAILS(BYLINE_IO, "refused",
        xap_writer_open(address, XAP_OPEN, &writer, &error));
  assert_null(database);
  assert_null(writer);
}

static void test_addresses(void **state) {
  (void)state;
  const char *const bad[] = {
      "remote:",           "remote:host",
      "remote::80",        "remote:host:",
      "remote:host:http",  "remote:host:0",
      "remote:host:65536", "remote:host:-1",
      "remote:host:80x",   "remote:host:99999999999999999999"};
  for (size_t i = 0; i < COUNT(bad); i++) {
    xap_database *database = NULL;
    FAILS(BYLINE_INVALID, "remote:HOST:PORT",
          xap_database_open(&bad[i], 1, &database, &error));
    assert_null(database);
  }
  /* An address in brackets is taken as one: nobody listens on port 1. */
  const char *six = "remote:[::1]:1";
  xap_database *database = NULL;
  FAILS(BYLINE_IO, "remote:[::1]:1: Couldn't",
        xap_database_open(&six, 1, &database, &error));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_teardown(test_read, tear_down),
      cmocka_unit_test_teardown(test_search, tear_down),
      cmocka_unit_test_teardown(test_write, tear_down),
      cmocka_unit_test_teardown(test_server_gone, tear_down),
      cmocka_unit_test(test_addresses),
  };
  return cmocka_run_group_tests(tests, set_up, scratch_remove);
}
