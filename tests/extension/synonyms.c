/* A filter that adds the synonyms of words: what an extension of byline looks
 * like. Its arguments are the name of a file with a group of synonyms on each
 * line: "ferry boat ship". To build it against an installed libbyline:
 *
 *   cc -shared -fPIC synonyms.c -o synonyms.so $(pkg-config --cflags --libs
 * byline) */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <byline/extend.h>

enum { LONGEST_LINE = 1000 };

typedef struct group {
  char **words;
  size_t count;
} group;

typedef struct synonyms {
  group *groups;
  size_t count;
} synonyms;

static byline_status fail(byline_error *error, byline_status code,
                          const char *what, const char *path) {
  if (error)
    snprintf(error->message, sizeof error->message, "%s: %s", path, what);
  return code;
}

static void destroy(void *state) {
  synonyms *s = state;
  for (size_t i = 0; i < s->count; i++) {
    for (size_t k = 0; k < s->groups[i].count; k++)
      free(s->groups[i].words[k]);
    free(s->groups[i].words);
  }
  free(s->groups);
  free(s);
}

static int add_word(group *g, const char *word) {
  char **words = realloc(g->words, (g->count + 1) * sizeof *words);
  if (!words)
    return 0;
  g->words = words;
  words[g->count] = strdup(word);
  return words[g->count++] != NULL;
}

static int add_line(synonyms *s, char *line) {
  group *groups = realloc(s->groups, (s->count + 1) * sizeof *groups);
  if (!groups)
    return 0;
  s->groups = groups;
  group *g = &groups[s->count++];
  *g = (group){NULL, 0};
  for (char *rest = line, *word; (word = strtok_r(rest, " \t\n", &rest));)
    if (!add_word(g, word))
      return 0;
  return 1;
}

static byline_status create(const char *arguments, void **state,
                            byline_error *error) {
  if (!arguments)
    return fail(error, BYLINE_INVALID, "name a file of synonyms", "synonyms=");
  FILE *file = fopen(arguments, "r");
  if (!file)
    return fail(error, BYLINE_NOT_FOUND, "cannot be opened", arguments);
  synonyms *s = calloc(1, sizeof *s);
  char line[LONGEST_LINE];
  int ok = s != NULL;
  while (ok && fgets(line, sizeof line, file))
    ok = add_line(s, line);
  ok = ok && !ferror(file);
  fclose(file);
  if (!ok) {
    if (s)
      destroy(s);
    return fail(error, BYLINE_NO_MEMORY, "cannot be read", arguments);
  }
  *state = s;
  return BYLINE_OK;
}

static int is(byline_string term, const char *word) {
  return strlen(word) == term.length &&
         memcmp(word, term.data, term.length) == 0;
}

/* Adds the other words of a group, where the token has them. */
static byline_status add_others(const group *g, const byline_token *token,
                                byline_token_fn sink, void *user) {
  byline_status status = BYLINE_OK;
  for (size_t i = 0; status == BYLINE_OK && i < g->count; i++) {
    byline_token added = *token;
    added.term = (byline_string){g->words[i], strlen(g->words[i])};
    if (!is(token->term, g->words[i]))
      status = sink(user, &added);
  }
  return status;
}

static byline_status push(void *state, const byline_token *token,
                          byline_token_fn sink, void *user,
                          byline_error *error) {
  const synonyms *s = state;
  byline_status status = BYLINE_OK;
  (void)error;
  for (size_t i = 0; status == BYLINE_OK && i < s->count; i++)
    for (size_t k = 0; k < s->groups[i].count; k++)
      if (is(token->term, s->groups[i].words[k])) {
        status = add_others(&s->groups[i], token, sink, user);
        break;
      }
  return status;
}

static const byline_filter filter = {BYLINE_FILTER_ABI_VERSION,
                                     "synonyms",
                                     "adds the synonyms of words",
                                     create,
                                     push,
                                     destroy};

BYLINE_API byline_status byline_plugin_init(byline_context *context,
                                            byline_error *error);

byline_status byline_plugin_init(byline_context *context, byline_error *error) {
  return byline_filter_register(context, &filter, error);
}
