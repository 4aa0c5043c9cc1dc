#include "search/stop.h"

#include <string.h>

#include "analyze/language.h"
#include "analyze/stopwords.h"
#include "base/arena.h"
#include "base/error.h"

/* Appends what the words are folded to, where that is another word. */
static byline_status add_folded(analyzer *a, arena *memory,
                                byline_string *words, size_t *count,
                                byline_error *error) {
  buf folded = BUF_INIT;
  size_t plain = *count;
  byline_status status = BYLINE_OK;
  for (size_t i = 0; status == BYLINE_OK && i < plain; i++) {
    buf_clear(&folded);
    status = analyzer_fold(a, words[i].data, words[i].length, &folded, error);
    byline_string other = buf_string(&folded);
    if (status != BYLINE_OK ||
        (other.length == words[i].length &&
         memcmp(other.data, words[i].data, other.length) == 0))
      continue;
    if (!arena_string(memory, other, &words[(*count)++]))
      status = error_no_memory(error);
  }
  buf_free(&folded);
  return status;
}

byline_status stop_words(xap_parser *parser, analyzer *a, const char *language,
                         byline_error *error) {
  char code[LANGUAGE_CODE_SIZE];
  byline_string words[2 * STOPWORDS_MAX];
  arena memory = ARENA_INIT;
  language_code(language, code);
  size_t count = stopwords_get(code, words);
  byline_status status = add_folded(a, &memory, words, &count, error);
  if (status == BYLINE_OK && count > 0)
    status = xap_parser_set_stopwords(parser, words, count, error);
  arena_free(&memory);
  return status;
}
