#include "read/limits.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/error.h"

const byline_limits limits_default = {
    .article = UINT64_C(64) << 20,
    .field = UINT64_C(64) << 10,
    .line = UINT64_C(16) << 20,
    .articles = 10000000,
    .nesting = LIMITS_DEEPEST,
    .memory = UINT64_C(1) << 30,
    .unpacked = UINT64_C(64) << 30,
    .ratio = 200,
    .members = 1000000,
};

static void complete(uint64_t *limit, uint64_t usual) {
  if (*limit == 0)
    *limit = usual;
}

byline_status limits_complete(byline_limits *l, byline_error *error) {
  const byline_limits *usual = &limits_default;
  complete(&l->article, usual->article);
  complete(&l->field, usual->field);
  complete(&l->line, usual->line);
  complete(&l->articles, usual->articles);
  complete(&l->nesting, usual->nesting);
  complete(&l->memory, usual->memory);
  complete(&l->unpacked, usual->unpacked);
  complete(&l->ratio, usual->ratio);
  complete(&l->members, usual->members);
  if (l->nesting > LIMITS_DEEPEST)
    return error_set(error, BYLINE_INVALID,
                     "the limit \"nesting\" is at most %d", LIMITS_DEEPEST);
  if (l->line < LIMITS_LINE)
    return error_set(error, BYLINE_INVALID, "the limit \"line\" is at least %d",
                     LIMITS_LINE);
  return BYLINE_OK;
}

size_t limits_room(const byline_limits *l, size_t factor) {
  uint64_t room = l->memory / factor;
  return room < SIZE_MAX ? (size_t)room : SIZE_MAX;
}

const char *limits_words(uint64_t bytes, char text[LIMITS_SIZE]) {
  static const char *const units[] = {"bytes", "KiB", "MiB", "GiB", "TiB"};
  size_t unit = 0;
  while (unit + 1 < sizeof units / sizeof *units && bytes >= 1024 &&
         bytes % 1024 == 0) {
    bytes /= 1024;
    unit++;
  }
  snprintf(text, LIMITS_SIZE, "%" PRIu64 " %s", bytes, units[unit]);
  return text;
}

void limits_tell_article(uint64_t most, size_t line, byline_input *input) {
  char message[128], size[LIMITS_SIZE];
  snprintf(message, sizeof message,
           "an article of more than %s is left out: split it, or raise the "
           "limit \"article\"",
           limits_words(most, size));
  byline_input_notice(input, BYLINE_NOTICE_FAILED, line, message);
}
