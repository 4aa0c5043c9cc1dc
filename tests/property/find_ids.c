/* find_ids DATABASE: queries from standard input, each behind its length in
 * bytes and a line feed ("5\nhello"); for each a line with the ids of all
 * articles that it finds, or "! " and what is wrong with it. For tests that
 * have too many queries for a process each. */
#include <byline/byline.h>
#include <stdio.h>
#include <stdlib.h>

enum { ALL = 1000000 };

static void search(byline_database *db, byline_string query) {
  byline_search_request request = BYLINE_SEARCH_REQUEST_INIT;
  byline_results *results = NULL;
  byline_error error;
  request.query = query;
  request.limit = ALL;
  request.snippets = 0;
  if (byline_search(db, &request, &results, &error) != BYLINE_OK)
    printf("! %s", error.message);
  for (size_t i = 0; results && i < results->hit_count; i++) {
    byline_string id = results->hits[i].article.id;
    printf("%s%.*s", i > 0 ? " " : "", (int)id.length, id.data);
  }
  putchar('\n');
  byline_results_free(results);
}

int main(int argc, char **argv) {
  byline_context *context = NULL;
  byline_database *db = NULL;
  byline_error error = {0};
  const char *path = argc == 2 ? argv[1] : "";
  if (argc != 2 || byline_context_new(&context, &error) != BYLINE_OK ||
      byline_database_open(context, &path, 1, &db, &error) != BYLINE_OK) {
    fprintf(stderr, "find_ids DATABASE: %s\n", error.message);
    return 2;
  }
  char line[32];
  int status = 0;
  while (status == 0 && fgets(line, sizeof line, stdin)) {
    size_t length = strtoul(line, NULL, 10);
    char *text = malloc(length + 1);
    if (text && fread(text, 1, length, stdin) == length)
      search(db, (byline_string){text, length});
    else
      status = 2;
    free(text);
  }
  byline_database_free(db);
  byline_context_free(context);
  return status;
}
