#include "search/proximity.h"

#include <string.h>

#include "analyze/language.h"
#include "analyze/stopwords.h"
#include "base/error.h"
#include "index/schema.h"
#include "search/query.h"

/* More pairs than this cost much and say little. */
enum { WINDOW = 2, PAIRS_MAX = 32 };

static const double BONUS = 0.1; /* of the two words' weight */

typedef struct neighbours {
  uint32_t stop; /* the language's bit */
  buf last;      /* the word before, if it may be a neighbour */
  uint32_t position;
  xap_query *bonus;
  size_t pairs;
  byline_error *error;
} neighbours;

static byline_status add_pair(neighbours *n, byline_string a, byline_string b) {
  xap_query *parts[] = {NULL, NULL}, *near = NULL, *scaled = NULL;
  byline_status status = xap_query_term(a, 1, 0, &parts[0], n->error);
  if (status == BYLINE_OK)
    status = xap_query_term(b, 1, 0, &parts[1], n->error);
  if (status == BYLINE_OK)
    status = xap_query_combine(XAP_NEAR, (const xap_query *const *)parts, 2,
                               WINDOW, &near, n->error);
  if (status == BYLINE_OK)
    status = xap_query_scale(BONUS, near, &scaled, n->error);
  xap_query_free(parts[0]);
  xap_query_free(parts[1]);
  xap_query_free(near);
  if (status != BYLINE_OK)
    return status;
  n->pairs++;
  if (n->bonus)
    return query_join(XAP_OR, &n->bonus, scaled, n->error);
  n->bonus = scaled;
  return BYLINE_OK;
}

static int on_token(void *user, const byline_token *token) {
  neighbours *n = user;
  byline_status status = BYLINE_OK;
  if (token->kind != BYLINE_TOKEN_BASE || n->pairs == PAIRS_MAX)
    return 0;
  bool stop = (stopwords_languages(token->term) & n->stop) != 0;
  if (!stop && n->last.length > 0 && token->position == n->position + 1)
    status = add_pair(n, buf_string(&n->last), token->term);
  buf_clear(&n->last);
  n->position = token->position;
  if (status == BYLINE_OK && !stop && !buf_add_str(&n->last, token->term))
    status = error_no_memory(n->error);
  return status;
}

/* Whether QueryParser takes it for words and nothing else. */
static bool is_plain(byline_string text) {
  static const char *const operators[] = {" AND ", " OR ",  " NOT ",
                                          " XOR ", " NEAR", " ADJ"};
  if (text.length == 0 || strpbrk(text.data, "\"()+:*~"))
    return false;
  for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
    if (strstr(text.data, operators[i]))
      return false;
  return text.data[0] != '-' && !strstr(text.data, " -");
}

byline_status proximity_add(const byline_database *db,
                            const byline_search_request *request,
                            const char *language, xap_query **query,
                            byline_error *error) {
  char code[LANGUAGE_CODE_SIZE];
  const char *name = *language ? language : "en";
  language_code(name, code);
  neighbours n = {.stop = stopwords_bit(code), .error = error};
  buf text = BUF_INIT;
  byline_status status = analyzer_set_language(db->analyzer, name, error);
  if (status == BYLINE_OK)
    status =
        analyzer_query(db->analyzer, request->query.data, request->query.length,
                       SCHEMA_VALUE_FIELDS, &text, error);
  if (status == BYLINE_OK && is_plain(buf_string(&text)))
    status =
        analyzer_run(db->analyzer, text.data, text.length, on_token, &n, error);
  buf_free(&text);
  buf_free(&n.last);
  if (status == BYLINE_OK && n.bonus)
    return query_join(XAP_AND_MAYBE, query, n.bonus, error);
  xap_query_free(n.bonus);
  return status;
}
