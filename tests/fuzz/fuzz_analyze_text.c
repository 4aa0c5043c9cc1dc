/* Any bytes as an article's text: the scanner's tokens are those of ICU's
 * rules, and its base terms those of Xapian's TermGenerator. */
#include <string.h>

#include "analyze/detect.h"
#include "analyze/segment.h"
#include "analyze/whole.h"
#include "check_tokens.h"
#include "xapian_terms.h"

typedef struct whole_bounds {
  const char *text;
  size_t size;
  analyzer *a;
} whole_bounds;

/* Each lies in the text, and can be folded. */
static int look_at_whole(void *user, whole_kind kind, byline_string found) {
  const whole_bounds *b = user;
  buf once = BUF_INIT;
  byline_error error;
  check(found.length > 0 && found.data >= b->text &&
        found.data + found.length <= b->text + b->size);
  check(whole_fold(b->a, kind, found, &once, &error) == BYLINE_OK);
  check(utf8_valid(once.data, once.length));
  buf_free(&once);
  return 0;
}

/* By the rules of a language that depends on the input. */
static void look_by_language(const char *text, size_t size) {
  static const char *const codes[] = {"sv", "da", "de", "tr", "uk", "es"};
  static analyzer *a;
  static detector *d;
  byline_error error;
  detected result;
  if (!a)
    check(analyzer_new("en", &a, &error) == BYLINE_OK &&
          analyzer_add_english(a, &error) == BYLINE_OK &&
          detector_new(&d, &error) == BYLINE_OK);
  check(analyzer_set_language(a, codes[size % 6], &error) == BYLINE_OK);
  analyzer_set_ngrams(a, size % 2 == 0);
  count(a, text, size);
  detector_run(d, (byline_string){text, size}, &result);
  check(result.confidence >= 0 && result.confidence < 1.001);
  whole_bounds bounds = {text, size, a};
  check(whole_find((byline_string){text, size}, look_at_whole, &bounds) == 0);
}

static int add_base(void *user, const byline_token *token) {
  if (token->kind == BYLINE_TOKEN_BASE && token->term.length <= XAPIAN_LONGEST)
    check(buf_add_str(user, token->term) && buf_add_char(user, '\n'));
  return 0;
}

static void add_term(void *user, const char *term, size_t length) {
  check(buf_add(user, term, length) && buf_add_char(user, '\n'));
}

/* TermGenerator reads what is no UTF-8 as Latin-1; it gets a valid text. */
static void compare_with_xapian(analyzer *a, const char *text, size_t size) {
  buf valid = BUF_INIT, ours = BUF_INIT, xapians = BUF_INIT;
  byline_error error;
  check(utf8_repair(text, size, &valid, NULL));
  check(analyzer_run(a, text, size, add_base, &ours, &error) == BYLINE_OK);
  xapian_terms(valid.length > 0 ? valid.data : "", valid.length, add_term,
               &xapians);
  check(ours.length == xapians.length);
  check(ours.length == 0 || memcmp(ours.data, xapians.data, ours.length) == 0);
  buf_free(&valid);
  buf_free(&ours);
  buf_free(&xapians);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static analyzer *a, *reference; /* rules take milliseconds to compile */
  byline_error error;
  if (!a)
    check(analyzer_new("en", &a, &error) == BYLINE_OK &&
          analyzer_new("en", &reference, &error) == BYLINE_OK &&
          analyzer_use_icu(reference, &error) == BYLINE_OK);
  const char *text = (const char *)data;
  buf folded = BUF_INIT;
  seen words = count(a, text, size);
  if (size < SEGMENT_CHUNK) /* longer ones may fall apart in the reference */
    check(count(reference, text, size).all == words.all);
  compare_with_xapian(a, text, size);
  check(analyzer_fold(a, text, size, &folded, &error) == BYLINE_OK);
  check(utf8_valid(folded.data, folded.length));
  look_by_language(text, size);
  buf_free(&folded);
  return 0;
}
