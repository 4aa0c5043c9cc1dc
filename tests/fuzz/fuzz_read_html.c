/* Any bytes as a page, and as the HTML of a field. */
#include <stdint.h>

#include "check_article.h"
#include "read/html_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  buf text = BUF_INIT;
  check_reader(&html_reader, data, size);
  if (html_text((const char *)data, size, &text, NULL) == BYLINE_OK)
    check_string((byline_string){text.data, text.length}, true);
  buf_free(&text);
  return 0;
}
