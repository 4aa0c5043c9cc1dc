#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "cli/web_site.h"

extern char **environ;

static int web_main(byline_context *context, int argc, char **argv);

const command command_web = {
    "web", "shows a database in a browser, by Xapian Omega",
    "usage: byline web [OPTION]...\n\n"
    "Runs lighttpd with Xapian Omega and byline's templates, for this machine\n"
    "alone, and prints the address; Ctrl-C ends it. Debian has them as\n"
    "xapian-omega and lighttpd.\n\n"
    "  --db DB                a database; several are searched as one\n"
    "  --port N               the port (default 8080, or if it is taken any "
    "other)\n"
    "  --print-config SERVER  instead, what lighttpd, nginx or apache needs "
    "for "
    "a\n"
    "                         real site\n"
    "  --help                 this text\n\n"
    "Exit status: 0 done, 2 error.\n",
    web_main};

enum { DB = 256, PORT, PRINT_CONFIG, USUAL_PORT = 8080, PORT_MAX = 65535 };

/* ---- The port ---------------------------------------------------------- */

static struct sockaddr_in local_address(unsigned port) {
  struct sockaddr_in address = {.sin_family = AF_INET,
                                .sin_port = htons((uint16_t)port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

/* A port that is free: this one, or with 0 any. 0 and errno when there is
 * none. */
static unsigned free_port(unsigned port) {
  struct sockaddr_in address = local_address(port);
  socklen_t length = sizeof address;
  int yes = 1, s = socket(AF_INET, SOCK_STREAM, 0);
  if (s < 0)
    return 0;
  setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  bool ok = bind(s, (struct sockaddr *)&address, sizeof address) == 0 &&
            getsockname(s, (struct sockaddr *)&address, &length) == 0;
  int error = errno;
  close(s);
  errno = error;
  return ok ? ntohs(address.sin_port) : 0;
}

static bool answers(unsigned port) {
  struct sockaddr_in address = local_address(port);
  int s = socket(AF_INET, SOCK_STREAM, 0);
  if (s < 0)
    return false;
  bool ok = connect(s, (struct sockaddr *)&address, sizeof address) == 0;
  close(s);
  return ok;
}

/* ---- The server -------------------------------------------------------- */

static volatile sig_atomic_t interrupted;

static void on_signal(int number) {
  interrupted = number;
}

/* SIGINT, SIGTERM and SIGHUP end the wait for the server, not the program. */
static void take_signals(void) {
  struct sigaction action = {.sa_handler = on_signal};
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
  sigaction(SIGHUP, &action, NULL);
}

static void wait_a_moment(void) {
  nanosleep(&(struct timespec){0, 20000000}, NULL);
}

/* In a group of its own: Ctrl-C is for byline, which then ends it. */
static bool start_server(const char *lighttpd, const web_site *site,
                         pid_t *process) {
  char config[WEB_PATH_MAX];
  web_site_file(site, "lighttpd.conf", config);
  char *words[] = {(char *)lighttpd, "-D", "-f", config, NULL};
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  int failed =
      posix_spawn(process, lighttpd, NULL, &attributes, words, environ);
  posix_spawnattr_destroy(&attributes);
  if (failed)
    cli_fail("cannot start %s: %s", lighttpd, strerror(failed));
  return !failed;
}

static bool has_ended(pid_t process) {
  return waitpid(process, NULL, WNOHANG) != 0;
}

static void stop_server(pid_t process) {
  enum { MOMENTS = 100 };
  kill(process, SIGTERM);
  for (int i = 0; i < MOMENTS; i++) {
    if (has_ended(process))
      return;
    wait_a_moment();
  }
  kill(-process, SIGKILL);
  waitpid(process, NULL, 0);
}

/* Says what lighttpd wrote last. */
static int server_failed(const web_site *site) {
  char path[WEB_PATH_MAX], line[512] = "", last[512] = "";
  web_site_file(site, "error.log", path);
  FILE *log = fopen(path, "r");
  while (log && fgets(line, sizeof line, log))
    memcpy(last, line, sizeof last);
  if (log)
    fclose(log);
  last[strcspn(last, "\n")] = '\0';
  return cli_fail("lighttpd has ended%s%s", *last ? ": " : "", last);
}

/* Until a signal comes or the server ends by itself. */
static int serve(const char *lighttpd, const web_site *site, unsigned port) {
  pid_t process;
  take_signals();
  if (!start_server(lighttpd, site, &process))
    return EXIT_ERROR;
  bool told = false;
  while (!interrupted) {
    if (has_ended(process))
      return server_failed(site);
    if (!told && answers(port)) {
      printf("http://127.0.0.1:%u/\n", port);
      told = true;
      if (!cli_written())
        break;
    }
    wait_a_moment();
  }
  stop_server(process);
  return EXIT_FOUND;
}

/* ---- The command ------------------------------------------------------- */

/* Whether they open: Omega would only tell those who ask it. */
static bool check_databases(byline_context *context, cli_databases *databases) {
  byline_database *database = cli_open(context, databases);
  byline_database_free(database);
  return database != NULL;
}

static int run(const cli_databases *databases, const char *share, size_t port) {
  char lighttpd[WEB_PATH_MAX];
  if (!web_find_programs(lighttpd))
    return EXIT_ERROR;
  unsigned chosen = free_port(port > 0 ? (unsigned)port : USUAL_PORT);
  if (chosen == 0 && port == 0)
    chosen = free_port(0);
  if (chosen == 0)
    return cli_fail("cannot use port %zu: %s", port, strerror(errno));
  web_site site = {""};
  int status = EXIT_ERROR;
  if (web_site_make(&site, databases, share, chosen))
    status = serve(lighttpd, &site, chosen);
  web_site_remove(&site);
  return status;
}

static int web_main(byline_context *context, int argc, char **argv) {
  static const struct option options[] = {
      {"db", required_argument, NULL, DB},
      {"port", required_argument, NULL, PORT},
      {"print-config", required_argument, NULL, PRINT_CONFIG},
      CLI_HELP_OPTION,
      {NULL, 0, NULL, 0}};
  cli_databases databases = CLI_DATABASES_INIT;
  const char *server = NULL;
  size_t port = 0;
  int option;
  while ((option = cli_option(&command_web, argc, argv, options)) != -1)
    if (option == '?' ||
        (option == DB && !cli_add_database(&databases, optarg)) ||
        (option == PORT &&
         !cli_number(&command_web, "port", optarg, PORT_MAX, &port)) ||
        (option == PRINT_CONFIG &&
         !cli_text(&command_web, "print-config", optarg, &server)))
      return EXIT_ERROR;
  if (optind < argc)
    return cli_usage(&command_web, "'%s' is one argument too many",
                     argv[optind]);
  char share[WEB_PATH_MAX];
  if (!check_databases(context, &databases) || !web_find_share(share))
    return EXIT_ERROR;
  if (server)
    return web_print_config(server, &databases, share) ? EXIT_FOUND
                                                       : EXIT_ERROR;
  return run(&databases, share, port);
}
