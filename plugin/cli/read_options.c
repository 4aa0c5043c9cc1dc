#include "cli/read_options.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

bool cli_size(const char *text, uint64_t most, uint64_t *bytes) {
  static const char suffixes[] = "KMGT";
  char *end;
  errno = 0;
  unsigned long long number = strtoull(text, &end, 10);
  const char *suffix = *end ? strchr(suffixes, *end) : NULL;
  unsigned shift = suffix ? 10 * (unsigned)(suffix - suffixes + 1) : 0;
  if (*text < '0' || *text > '9' || errno != 0 || end[suffix ? 1 : 0] != '\0' ||
      number > most >> shift)
    return false;
  *bytes = (uint64_t)number << shift;
  return true;
}

typedef struct limit {
  const char *name;
  uint64_t *value;
  uint64_t least, most;
} limit;

/* --max NAME=NUMBER */
static bool take_max(const command *c, const char *text, byline_limits *l) {
  const uint64_t any = UINT64_C(1) << 50;
  const limit limits[] = {
      {"article", &l->article, 1, any},   {"field", &l->field, 1, any},
      {"line", &l->line, 64, any},        {"articles", &l->articles, 1, any},
      {"nesting", &l->nesting, 1, 200},   {"memory", &l->memory, 1 << 20, any},
      {"unpacked", &l->unpacked, 1, any}, {"ratio", &l->ratio, 1, any},
      {"members", &l->members, 1, any}};
  size_t length = strcspn(text, "=");
  for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
    const limit *one = &limits[i];
    if (strlen(one->name) != length || memcmp(text, one->name, length) != 0)
      continue;
    const char *number = text[length] ? text + length + 1 : "";
    if (cli_size(number, one->most, one->value) && *one->value >= one->least)
      return true;
    cli_usage(c,
              "--max %s takes a number from %llu to %llu, as 500, 64K, 10M or "
              "2G, not '%s'",
              one->name, (unsigned long long)one->least,
              (unsigned long long)one->most, number);
    return false;
  }
  cli_usage(c,
            "there is no limit '%.*s': --max takes NAME=NUMBER, with article, "
            "field, line, articles, nesting, memory, unpacked, ratio or "
            "members",
            (int)(length < 60 ? length : 60), text);
  return false;
}

bool read_option_take(const command *c, int option, byline_read_options *o) {
  switch (option) {
  case READ_FORMAT:
    o->format = optarg;
    return true;
  case READ_DATE_ORDER:
    o->date_order = optarg;
    return true;
  case READ_CHARSET:
    o->charset = optarg;
    return true;
  case READ_LAYOUT:
    return cli_text(c, "layout", optarg, &o->layout);
  case READ_MAX:
    return take_max(c, optarg, &o->limits);
  default:
    return true;
  }
}
