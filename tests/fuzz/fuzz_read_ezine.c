/* Any bytes through the e-zine reader. */
#include <stdint.h>

#include "check_article.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  check_titled_reader(&ezine_reader, data, size);
  return 0;
}
