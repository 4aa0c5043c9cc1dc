#include "search/relax.h"

#include <stdlib.h>

#include "base/error.h"

/* Beyond so many ways to leave words out, any of the words will do. */
enum { WAYS_MAX = 200 };

typedef struct word_list {
  xap_query **words;
  size_t count;
} word_list;

static void free_words(word_list *l) {
  for (size_t i = 0; l->words && i < l->count; i++)
    xap_query_free(l->words[i]);
  free(l->words);
}

static byline_status list_words(const xap_query *query, word_list *l,
                                byline_error *error) {
  size_t count = xap_query_part_count(query);
  l->words = calloc(count ? count : 1, sizeof(*l->words));
  if (!l->words)
    return error_no_memory(error);
  byline_status status = BYLINE_OK;
  while (status == BYLINE_OK && l->count < count) {
    status = xap_query_part(query, l->count, &l->words[l->count], error);
    l->count += status == BYLINE_OK;
  }
  return status;
}

/* How many ways there are to take some of count; WAYS_MAX + 1 for more. */
static size_t ways(size_t count, size_t some) {
  size_t result = 1;
  for (size_t i = 1; i <= some && result <= WAYS_MAX; i++)
    result = result * (count - some + i) / i;
  return result <= WAYS_MAX ? result : WAYS_MAX + 1;
}

/* The next choice of some of count in ascending order; false behind the last.
 */
static bool next_choice(size_t *chosen, size_t some, size_t count) {
  size_t i = some;
  while (i > 0 && chosen[i - 1] == count - some + i - 1)
    i--;
  if (i == 0)
    return false;
  chosen[i - 1]++;
  for (; i < some; i++)
    chosen[i] = chosen[i - 1] + 1;
  return true;
}

/* Any of the ways to take some of the words. An article that has no more of
 * them than that matches just one, so its weight is that of its words. */
static byline_status take_some(const word_list *l, size_t some,
                               xap_query **query, byline_error *error) {
  size_t *chosen = calloc(some, sizeof *chosen);
  const xap_query **words = calloc(some, sizeof(*words));
  byline_status status = BYLINE_OK;
  bool more = chosen && words;
  *query = NULL;
  if (!more)
    status = error_no_memory(error);
  for (size_t i = 0; more && i < some; i++)
    chosen[i] = i;
  while (status == BYLINE_OK && more) {
    xap_query *way = NULL;
    for (size_t i = 0; i < some; i++)
      words[i] = l->words[chosen[i]];
    status = xap_query_combine(XAP_AND, words, some, 0, &way, error);
    if (status == BYLINE_OK && *query)
      status = query_join(XAP_OR, query, way, error);
    else if (status == BYLINE_OK)
      *query = way;
    more = next_choice(chosen, some, l->count);
  }
  free(chosen);
  free(words);
  return status;
}

/* What finds articles that lack so many words, or any of them where there are
 * too many ways to lack them. */
static byline_status leave_out(const word_list *l, query_lack *lack,
                               xap_query **query, byline_error *error) {
  size_t missing = lack->missing < l->count ? lack->missing : l->count - 1;
  bool any = ways(l->count, missing) > WAYS_MAX;
  size_t words = any ? lack->missing + 1 : l->count;
  if (words > lack->words)
    lack->words = words;
  return any ? xap_query_combine(XAP_OR, (const xap_query *const *)l->words,
                                 l->count, 0, query, error)
             : take_some(l, l->count - missing, query, error);
}

static byline_status relax_words(xap_query **query, query_lack *lack,
                                 byline_error *error) {
  word_list l = {NULL, 0};
  xap_query *other = NULL;
  byline_status status = list_words(*query, &l, error);
  if (status == BYLINE_OK && l.count > 1)
    status = leave_out(&l, lack, &other, error);
  free_words(&l);
  if (status != BYLINE_OK) {
    xap_query_free(other);
    return status;
  }
  if (other) {
    xap_query_free(*query);
    *query = other;
  }
  return BYLINE_OK;
}

/* The operators whose left side finds, and whose right side does not. */
static bool find_operator(const xap_query *query, xap_operator *op) {
  static const xap_operator operators[] = {XAP_AND_NOT, XAP_FILTER,
                                           XAP_AND_MAYBE};
  for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
    if (xap_query_is(query, operators[i])) {
      *op = operators[i];
      return true;
    }
  return false;
}

static byline_status relax_at(xap_query **query, size_t depth, query_lack *lack,
                              byline_error *error) {
  enum { DEEPEST = 8 };
  xap_operator op;
  if (xap_query_is(*query, XAP_AND))
    return relax_words(query, lack, error);
  if (depth == DEEPEST || !find_operator(*query, &op))
    return BYLINE_OK;
  xap_query *left = NULL;
  size_t count = xap_query_part_count(*query);
  byline_status status = xap_query_part(*query, 0, &left, error);
  if (status == BYLINE_OK)
    status = relax_at(&left, depth + 1, lack, error);
  for (size_t i = 1; status == BYLINE_OK && i < count; i++) {
    xap_query *right = NULL;
    status = xap_query_part(*query, i, &right, error);
    if (status == BYLINE_OK)
      status = query_join(op, &left, right, error);
  }
  if (status != BYLINE_OK) {
    xap_query_free(left);
    return status;
  }
  xap_query_free(*query);
  *query = left;
  return BYLINE_OK;
}

byline_status relax(xap_query **query, query_lack *lack, byline_error *error) {
  return relax_at(query, 0, lack, error);
}
