/* Any bytes through the mail reader. */
#include <glib.h>
#include <stdint.h>

#include "check_article.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  g_log_set_always_fatal(G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL |
                         G_LOG_LEVEL_WARNING);
  check_reader(&mail_reader, data, size);
  return 0;
}
