#include "cli/facets.h"

#include <string.h>

enum { FACET_LIMIT = 10, FACET_LIMIT_MAX = 1000000 };

static const char *const names[FACETS_MAX] = {
    [BYLINE_FACET_AUTHOR] = "author", [BYLINE_FACET_YEAR] = "year",
    [BYLINE_FACET_MONTH] = "month",   [BYLINE_FACET_LANGUAGE] = "language",
    [BYLINE_FACET_SOURCE] = "source", [BYLINE_FACET_KEYWORD] = "keyword"};

const char *facet_name(byline_facet_field field) {
  return names[field];
}

/* ---- The option -------------------------------------------------------- */

static bool find_field(const command *c, const char *name, size_t length,
                       byline_facet_field *field) {
  for (size_t i = 0; i < FACETS_MAX; i++)
    if (length == strlen(names[i]) && memcmp(name, names[i], length) == 0) {
      *field = (byline_facet_field)i;
      return true;
    }
  cli_usage(c,
            "--facet takes author, year, month, language, source and keyword, "
            "not '%.*s'",
            (int)length, name);
  return false;
}

static void put(cli_facets *f, byline_facet_field field, size_t limit) {
  size_t i = 0;
  while (i < f->count && f->list[i].field != field)
    i++;
  f->list[i] = (byline_facet_request){field, limit, false};
  if (i == f->count)
    f->count++;
}

static bool add_one(const command *c, cli_facets *f, const char *item,
                    size_t length) {
  byline_facet_field field;
  size_t limit = FACET_LIMIT;
  char number[16] = "";
  const char *colon = memchr(item, ':', length);
  size_t name = colon ? (size_t)(colon - item) : length;
  if (!find_field(c, item, name, &field))
    return false;
  if (colon) {
    size_t digits = length - name - 1;
    memcpy(number, colon + 1,
           digits < sizeof number ? digits : sizeof number - 1);
    if (!cli_number(c, "facet", number, FACET_LIMIT_MAX, &limit))
      return false;
  }
  put(f, field, limit);
  return true;
}

bool facets_add(const command *c, cli_facets *f, const char *value) {
  const char *list;
  if (!cli_text(c, "facet", value, &list))
    return false;
  for (bool more = true; more;) {
    size_t length = strcspn(list, ",");
    if (!add_one(c, f, list, length))
      return false;
    more = list[length] == ',';
    list += length + more;
  }
  return true;
}

/* ---- Printing ---------------------------------------------------------- */

static int digits(size_t number) {
  int count = 1;
  for (; number > 9; number /= 10)
    count++;
  return count;
}

static void print_one(const byline_facet *f, bool colour) {
  int width = 1;
  for (size_t i = 0; i < f->value_count; i++)
    if (digits(f->values[i].count) > width)
      width = digits(f->values[i].count);
  printf(colour ? "\033[1m%s\033[0m\n" : "%s\n", facet_name(f->field));
  for (size_t i = 0; i < f->value_count; i++) {
    printf("    %*zu  ", width, f->values[i].count);
    text_put(f->values[i].value);
    putchar('\n');
  }
  size_t rest = f->value_total - f->value_count;
  if (f->value_total == 0)
    puts("    none");
  else if (rest > 0)
    printf("    %*s  %zu more\n", width, "", rest);
}

void facets_print(const byline_results *r, bool colour) {
  for (size_t i = 0; i < r->facet_count; i++) {
    if (i > 0 || r->hit_count > 0)
      putchar('\n');
    print_one(&r->facets[i], colour);
  }
}
