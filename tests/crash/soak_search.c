/* Searches a database in a loop, with one handle, until SIGTERM; then prints
 * how often, and how many searches were errors. The first one is told. */
#include <byline/byline.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

static volatile sig_atomic_t stopped;

static void stop(int number) {
  (void)number;
  stopped = 1;
}

int main(int argc, char **argv) {
  if (argc != 3)
    return 2; /* DATABASE QUERY */
  const char *path = argv[1];
  byline_context *context = NULL;
  byline_database *database = NULL;
  byline_error error;
  size_t searches = 0, errors = 0;
  byline_search_request request = BYLINE_SEARCH_REQUEST_INIT;
  request.query = (byline_string){argv[2], strlen(argv[2])};
  signal(SIGTERM, stop);
  if (byline_context_new(&context, &error) != BYLINE_OK ||
      byline_database_open(context, &path, 1, &database, &error) != BYLINE_OK) {
    fprintf(stderr, "%s\n", error.message);
    byline_context_free(context);
    return 2;
  }
  while (!stopped) {
    byline_results *results = NULL;
    searches++;
    if (byline_search(database, &request, &results, &error) != BYLINE_OK &&
        errors++ == 0)
      fprintf(stderr, "%s\n", error.message);
    byline_results_free(results);
  }
  printf("%zu %zu\n", searches, errors);
  byline_database_free(database);
  byline_context_free(context);
  return errors > 0;
}
