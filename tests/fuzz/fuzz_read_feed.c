/* Any bytes through the feed reader. It stops at what is no XML, so that not
 * all of them are read. */
#include <stdint.h>

#include "check_article.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  check_articles(&feed_reader, false, data, size);
  return 0;
}
