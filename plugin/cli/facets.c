#include "cli/facets.h"

#include <string.h>

#include "cli/paragraph.h"

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

static int count_width(const byline_facet *f) {
  size_t most = 0;
  for (size_t i = 0; i < f->value_count; i++)
    most = f->values[i].count > most ? f->values[i].count : most;
  return snprintf(NULL, 0, "%zu", most);
}

static bool print_one(paragraph *p, const byline_facet *f) {
  enum { MARGINS = 6 }; /* before and behind a count */
  char lead[64];
  int width = count_width(f);
  size_t indent = (size_t)width + MARGINS;
  paragraph_set_style(p, STYLE_TITLE);
  paragraph_add(p, facet_name(f->field));
  bool ok = paragraph_print(p, "", 0);
  for (size_t i = 0; ok && i < f->value_count; i++) {
    snprintf(lead, sizeof lead, "    %*zu  ", width, f->values[i].count);
    paragraph_add_text(p, f->values[i].value, NULL, 0);
    ok = paragraph_print(p, lead, indent);
  }
  size_t rest = f->value_total - f->value_count;
  if (f->value_total == 0)
    puts("    none");
  else if (rest > 0)
    printf("%*s%zu more\n", (int)indent, "", rest);
  return ok;
}

bool facets_print(const cli_screen *screen, const byline_results *r) {
  if (r->facet_count == 0)
    return true;
  paragraph *p = paragraph_new(screen);
  bool ok = p != NULL;
  for (size_t i = 0; ok && i < r->facet_count; i++) {
    if (i > 0 || r->hit_count > 0)
      putchar('\n');
    ok = print_one(p, &r->facets[i]);
  }
  paragraph_free(p);
  return ok;
}
