/* Any bytes as a date, a byline and a title. What is found must lie inside. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "read/date.h"
#include "read/names.h"
#include "read/shape.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(byline_string part, const char *text, size_t size) {
  if (part.length > 0 &&
      (part.data < text || part.data + part.length > text + size))
    abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const char *text = (const char *)data;
  char iso[DATE_ISO_SIZE];
  date_result result = date_parse(text, size, iso);
  if ((result == DATE_FOUND) != (strlen(iso) >= 4))
    abort();
  names n;
  names_parse(text, size, &n);
  if (n.count > NAMES_MAX || (n.shape == NAMES_NO) != (n.count == 0))
    abort();
  for (size_t i = 0; i < n.count; i++)
    check(n.authors[i], text, size);
  check(n.affiliation, text, size);
  shape s;
  shape_measure(text, size, &s);
  shape_describes(text, size, &s);
  return 0;
}
