#include "index/choose_language.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/analyzer.h"
#include "base/error.h"

static byline_status check_language(const char *language, byline_error *error) {
  if (language && !*language)
    return error_set(error, BYLINE_INVALID, "the language's name is empty");
  if (analyzer_knows_language(language))
    return BYLINE_OK;
  analyzer *a = NULL; /* it knows how to say what there is */
  byline_status status = analyzer_new(language, &a, error);
  analyzer_free(a);
  return status;
}

byline_status language_chooser_init(language_chooser *c, const char *option,
                                    byline_error *error) {
  memset(c, 0, sizeof *c);
  if (option && strcmp(option, "auto") == 0)
    option = NULL;
  byline_status status = check_language(option, error);
  if (status != BYLINE_OK || !option)
    return status;
  language_code(option, c->claim);
  c->language = strdup(*c->claim ? c->claim : option);
  return c->language ? BYLINE_OK : error_no_memory(error);
}

void language_chooser_free(language_chooser *c) {
  detector_free(c->detector);
  free(c->language);
}

byline_status language_claim(language_chooser *c, arena *memory,
                             byline_article *article, byline_error *error) {
  detected found = {"", 0};
  byline_status status = BYLINE_OK;
  if (article->language.length > 0)
    return BYLINE_OK;
  if (c->language) {
    article->language = (byline_string){c->claim, strlen(c->claim)};
    return BYLINE_OK;
  }
  if (!c->detector)
    status = detector_new(&c->detector, error);
  if (status != BYLINE_OK)
    return status;
  detector_run(c->detector, article->text, &found);
  byline_string code = {found.code, strlen(found.code)};
  return arena_string(memory, code, &article->language)
             ? BYLINE_OK
             : error_no_memory(error);
}

const char *language_of_analysis(const language_chooser *c,
                                 const byline_article *article,
                                 char code[LANGUAGE_CODE_SIZE]) {
  byline_string language = article->language;
  if (language.length == 0 || language.length >= LANGUAGE_CODE_SIZE)
    return c->language ? c->language : "en";
  memcpy(code, language.data, language.length);
  code[language.length] = '\0';
  if (strcmp(code, "nb") == 0 || strcmp(code, "nn") == 0)
    return "no"; /* one stemmer, and the same letters */
  return code;
}
