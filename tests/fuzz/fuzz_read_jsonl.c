/* Any bytes through the JSON reader; and as one value, which our parser must
 * take as jansson takes it. */
#include <stdint.h>

#include "check_article.h"
#include "read/json_parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_value(const char *text, size_t length) {
  json_parser p = {BUF_INIT, BUF_INIT, 0};
  json_error_t error;
  json_t *expected = json_loadb(text, length, JSON_ALLOW_NUL, &error);
  json_t *value = json_parse(&p, text, length, &error);
  if (expected != value && !json_equal(expected, value))
    abort();
  json_decref(expected);
  json_decref(value);
  json_parser_free(&p);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  check_reader(&jsonl_reader, data, size);
  check_value((const char *)data, size);
  return 0;
}
