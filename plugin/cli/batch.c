#include "cli/batch.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/queries.h"

enum { ANSWERS_A_JOB = 4 }; /* that may wait for one before them */

/* What became of a query. */
typedef struct answer {
  bool ready;
  char *output; /* what to print */
  size_t size;
  char fault[256]; /* what is wrong with it; else "" */
  size_t line;     /* where it stands */
  bool found;
  bool hopeless; /* others will find no more: the database can't be read */
} answer;

typedef struct batch {
  const search_options *options;
  pthread_mutex_t reading; /* of the file: before state, where both are held */
  query_file file;
  pthread_mutex_t state; /* of what follows */
  pthread_cond_t room;   /* there is some among the answers */
  answer *answers;       /* a ring */
  size_t room_for;
  size_t taken, printed; /* queries */
  bool ended;            /* there are no more queries */
  bool stopped;          /* nobody reads the results any more */
  size_t faults;         /* queries */
  size_t absences;       /* of databases, that were told */
  bool failed, found;
} batch;

/* A thread of it, with what belongs to that thread alone. */
typedef struct worker {
  batch *batch;
  pthread_t thread;
  byline_context *context; /* NULL: the caller's */
  byline_database *database;
  query query;
} worker;

/* ---- One query --------------------------------------------------------- */

static void set_fault(answer *a, const char *message) {
  snprintf(a->fault, sizeof a->fault, "%s", message);
}

static bool print(FILE *out, const search_options *o, const char *id,
                  const byline_results *r) {
  if (!o->count_only)
    return results_print(out, &o->style, id, r);
  return rows_print_count(out, &o->style, id, r->total);
}

/* The object of a query that has none of its own, in JSON. */
static bool print_fault(FILE *out, const search_options *o, const char *id,
                        const char *message) {
  if (o->style.format != FORMAT_JSON || o->count_only)
    return true;
  return json_print_fault(out, id, message);
}

/* Once for all queries; the results say it each. */
static void tell_absences(worker *w, const byline_results *r) {
  batch *b = w->batch;
  pthread_mutex_lock(&b->state);
  if (r->absence_count > b->absences) {
    cli_tell_absences(r->absences, r->absence_count);
    b->absences = r->absence_count;
  }
  pthread_mutex_unlock(&b->state);
}

static void search(worker *w, FILE *out, answer *a) {
  const search_options *o = w->batch->options;
  byline_search_request request = o->request;
  byline_results *results = NULL;
  byline_error error = {.message = "say what to look for behind the tab"};
  byline_status status = BYLINE_BAD_QUERY;
  request.query = w->query.text;
  if (request.query.length > 0 || search_is_narrowed(&request))
    status = byline_search(w->database, &request, &results, &error);
  bool ok = true;
  if (status == BYLINE_OK) {
    tell_absences(w, results);
    a->found = results->total > 0;
    ok = print(out, o, w->query.id, results);
  } else {
    set_fault(a, error.message);
    a->hopeless = status == BYLINE_IO || status == BYLINE_CORRUPT;
    ok = print_fault(out, o, w->query.id, error.message);
  }
  byline_results_free(results);
  if (!ok && !*a->fault)
    set_fault(a, "the results can't be printed: out of memory");
}

static answer run(worker *w) {
  answer a = {.ready = true, .line = w->query.line};
  if (w->query.fault) {
    set_fault(&a, w->query.fault);
    return a;
  }
  FILE *out = open_memstream(&a.output, &a.size);
  if (out)
    search(w, out, &a);
  if ((!out || fclose(out) != 0) && !*a.fault)
    set_fault(&a, "out of memory");
  return a;
}

/* ---- All of them ------------------------------------------------------- */

static void print_answer(batch *b, answer *a) {
  if (a->output)
    fwrite(a->output, 1, a->size, stdout);
  if (*a->fault)
    cli_fail("%s:%zu: %s", b->file.path, a->line, a->fault);
  if (a->hopeless && !b->ended)
    cli_fail("the queries behind it are not looked for");
  b->ended = b->ended || a->hopeless;
  b->faults += *a->fault != '\0';
  b->found = b->found || a->found;
  free(a->output);
  *a = (answer){.ready = false};
  b->printed++;
}

/* Prints it if it is its turn, and those that have waited for it. */
static void hand_in(batch *b, size_t number, answer *a) {
  pthread_mutex_lock(&b->state);
  b->answers[number % b->room_for] = *a;
  for (answer *next;
       (next = &b->answers[b->printed % b->room_for])->ready && !b->stopped;) {
    print_answer(b, next);
    b->stopped = ferror(stdout) != 0;
  }
  if (b->file.file == stdin)
    fflush(stdout); /* whoever writes the queries may wait for it */
  pthread_cond_broadcast(&b->room);
  pthread_mutex_unlock(&b->state);
}

/* Waits until there is room for one more answer; false when there will be no
 * more. */
static bool wait_for_room(batch *b) {
  pthread_mutex_lock(&b->state);
  while (b->taken - b->printed >= b->room_for && !b->stopped)
    pthread_cond_wait(&b->room, &b->state);
  bool goes_on = !b->ended && !b->stopped;
  pthread_mutex_unlock(&b->state);
  return goes_on;
}

static bool read_next(worker *w, size_t *number) {
  batch *b = w->batch;
  query_read_result result = query_file_next(&b->file, &w->query);
  int reason = errno;
  pthread_mutex_lock(&b->state);
  b->ended = b->ended || result != QUERY_READ;
  if (result == QUERY_READ)
    *number = b->taken++;
  if (result == QUERY_FAILED || result == QUERY_NO_MEMORY) {
    cli_fail("%s: cannot be read: %s", b->file.path,
             result == QUERY_FAILED ? strerror(reason) : "out of memory");
    b->failed = true;
  }
  pthread_mutex_unlock(&b->state);
  return result == QUERY_READ;
}

static bool take(worker *w, size_t *number) {
  pthread_mutex_lock(&w->batch->reading);
  bool taken = wait_for_room(w->batch) && read_next(w, number);
  pthread_mutex_unlock(&w->batch->reading);
  return taken;
}

static void *work(void *user) {
  worker *w = user;
  size_t number;
  while (take(w, &number)) {
    answer a = run(w);
    hand_in(w->batch, number, &a);
  }
  return NULL;
}

/* ---- The threads ------------------------------------------------------- */

static bool open_worker(worker *w, byline_context *context, search_options *o,
                        bool first) {
  byline_error error;
  if (!first && byline_context_new(&w->context, &error) != BYLINE_OK) {
    cli_fail_error(&error);
    return false;
  }
  for (size_t i = 0; !first && i < o->plugin_count; i++)
    if (!cli_plugin(w->context, o->plugins[i]))
      return false;
  w->database = cli_open(first ? context : w->context, &o->databases);
  return w->database != NULL;
}

static void close_worker(worker *w) {
  query_free(&w->query);
  byline_database_free(w->database);
  byline_context_free(w->context);
}

/* Whether the options are right, before every query finds fault with them. */
static int check_options(const worker *w, const search_options *o) {
  byline_search_request request = o->request;
  byline_results *results = NULL;
  byline_error error;
  request.limit = request.offset = request.snippets = request.facet_count = 0;
  byline_status status = byline_search(w->database, &request, &results, &error);
  byline_results_free(results);
  if (status == BYLINE_OK)
    return EXIT_FOUND;
  cli_fail_error(&error);
  return status == BYLINE_NOT_FOUND ? EXIT_NOTHING : EXIT_ERROR;
}

/* As many as can be started; one of them is this thread. */
static void run_workers(batch *b, worker *workers, size_t count) {
  size_t started = 1;
  for (; started < count; started++) {
    workers[started].batch = b;
    if (pthread_create(&workers[started].thread, NULL, work,
                       &workers[started]) != 0)
      break;
  }
  workers[0].batch = b;
  work(&workers[0]);
  while (--started > 0)
    pthread_join(workers[started].thread, NULL);
  for (size_t i = 0; i < b->room_for; i++)
    free(b->answers[i].output); /* of those not printed any more */
}

static int run_batch(batch *b, byline_context *context, worker *workers,
                     search_options *o) {
  for (size_t i = 0; i < o->jobs; i++)
    if (!open_worker(&workers[i], context, o, i == 0))
      return EXIT_ERROR;
  int status = check_options(&workers[0], o);
  if (status != EXIT_FOUND || !query_file_open(&b->file, o->queries))
    return status != EXIT_FOUND ? status : EXIT_ERROR;
  run_workers(b, workers, o->jobs);
  query_file_close(&b->file);
  if (b->faults > 0)
    cli_fail("%zu %s could not be answered", b->faults,
             cli_plural(b->faults, "query", "queries"));
  if (b->failed || b->faults > 0 || !cli_written())
    return EXIT_ERROR;
  return b->found ? EXIT_FOUND : EXIT_NOTHING;
}

int batch_run(byline_context *context, search_options *o) {
  batch b = {.options = o, .room_for = ANSWERS_A_JOB * o->jobs};
  o->style.screen.terminal = isatty(STDOUT_FILENO) != 0;
  worker *workers = calloc(o->jobs, sizeof *workers);
  b.answers = calloc(b.room_for, sizeof *b.answers);
  if (!workers || !b.answers) {
    free(workers);
    free(b.answers);
    return cli_fail("out of memory");
  }
  pthread_mutex_init(&b.reading, NULL);
  pthread_mutex_init(&b.state, NULL);
  pthread_cond_init(&b.room, NULL);
  int status = run_batch(&b, context, workers, o);
  for (size_t i = 0; i < o->jobs; i++)
    close_worker(&workers[i]);
  pthread_cond_destroy(&b.room);
  pthread_mutex_destroy(&b.state);
  pthread_mutex_destroy(&b.reading);
  free(b.answers);
  free(workers);
  return status;
}
