/* Any bytes as text in any character set. The first byte chooses the set and
 * whether the rest stands behind more ASCII than is looked at beforehand. What
 * comes out must not depend on how much is asked for at a time. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "read/input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const names[] = {
    NULL,     NULL,          NULL,     "UTF-8",           "windows-1252",
    "KOI8-R", "Shift_JIS",   "EUC-JP", "GB18030",         "Big5",
    "EUC-KR", "ISO-2022-JP", "UTF-16", "UTF-16LE",        "UTF-32BE",
    "UTF-7",  "HZ",          "SCSU",   "ISCII,version=0", "IBM037"};

static void check(int holds) {
  if (!holds)
    abort();
}

static void read_all(const char *text, size_t length, const char *name,
                     size_t step, buf *out) {
  byline_read_stats stats = BYLINE_READ_STATS_INIT;
  byline_input input = {.path = "seed", .stats = &stats};
  memory_source from;
  char piece[4096];
  size_t got = 1;
  bool whole;
  source_from_memory(&from, text, length);
  check(input_start(&input, &from.base, NULL) == BYLINE_OK);
  check(input_decode(&input, name, NULL) == BYLINE_OK);
  byline_string head = input_text(&input, &whole);
  buf first = BUF_INIT;
  check(buf_add(&first, head.data ? head.data : "", head.length));
  while (got > 0) {
    check(byline_input_read(&input, piece, step, &got, NULL) == BYLINE_OK);
    check(got <= step && buf_add(out, piece, got));
  }
  check(stats.bytes == out->length && first.length <= out->length);
  check(first.length == 0 || memcmp(first.data, out->data, first.length) == 0);
  check(!whole || first.length == out->length);
  check(!input.decoder || utf8_valid(out->data, out->length));
  check(input.decoder || input.charset.origin < CHARSET_MARKED);
  input_report(&input);
  buf_free(&first);
  input_end(&input);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static char text[INPUT_HEAD * 3];
  enum { NAMES = sizeof names / sizeof *names };
  if (size == 0 || size > INPUT_HEAD)
    return 0;
  size_t before = data[0] & 0x80 ? INPUT_HEAD + 5000 : 0;
  const char *name = names[(data[0] & 0x7F) % NAMES];
  memset(text, 'a', before);
  memcpy(text + before, data + 1, size - 1);
  buf large = BUF_INIT, small = BUF_INIT;
  read_all(text, before + size - 1, name, 4096, &large);
  read_all(text, before + size - 1, name, 7, &small);
  check(large.length == small.length);
  check(large.length == 0 || memcmp(large.data, small.data, large.length) == 0);
  buf_free(&large);
  buf_free(&small);
  return 0;
}
