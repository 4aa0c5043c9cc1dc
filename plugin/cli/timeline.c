#include "cli/timeline.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>

enum {
  TIMELINE_FACETS = 2,
  MONTHS_MAX = 36, /* of a chart that chooses by itself */
  GAP_MAX = 100,   /* more empty periods than these are one line */
  WIDTH_FILE = 80, /* where nobody knows how wide it is */
  BAR_MIN = 4,
  NAME_SIZE = 48 /* of any period there may be */
};

bool timeline_named(const command *c, const char *value,
                    timeline_period *period) {
  *period = TIMELINE_AUTO;
  if (value && strcmp(value, "year") == 0)
    *period = TIMELINE_YEAR;
  else if (value && strcmp(value, "month") == 0)
    *period = TIMELINE_MONTH;
  else if (value)
    cli_usage(c, "--timeline is of a year or a month, not '%s'", value);
  return !value || *period != TIMELINE_AUTO;
}

void timeline_ask(cli_facets *f) {
  f->list[f->count++] = (byline_facet_request){BYLINE_FACET_YEAR, 0, true};
  f->list[f->count++] = (byline_facet_request){BYLINE_FACET_MONTH, 0, true};
}

/* ---- Periods ----------------------------------------------------------- */

/* They are counted on from the year 0. */
static long period_of(const byline_facet *f, size_t index) {
  char text[8] = "";
  byline_string value = f->values[index].value;
  memcpy(text, value.data, value.length < sizeof text ? value.length : 7);
  long year = strtol(text, NULL, 10);
  if (f->field == BYLINE_FACET_YEAR)
    return year;
  return year * 12 + strtol(text + 5, NULL, 10) - 1;
}

static void name_period(const byline_facet *f, long period,
                        char name[NAME_SIZE]) {
  if (f->field == BYLINE_FACET_YEAR)
    snprintf(name, NAME_SIZE, "%04ld", period);
  else
    snprintf(name, NAME_SIZE, "%04ld-%02ld", period / 12, period % 12 + 1);
}

static size_t sum(const byline_facet *f) {
  size_t all = 0;
  for (size_t i = 0; i < f->value_count; i++)
    all += f->values[i].count;
  return all;
}

/* Months, if the articles lie within few, and most of them have one. */
static bool fits_months(const byline_facet *years, const byline_facet *months) {
  if (months->value_count == 0 || sum(months) * 2 < sum(years))
    return false;
  long first = period_of(months, 0);
  long last = period_of(months, months->value_count - 1);
  /* Articles of a year alone may be of any month of it. */
  for (size_t i = 0, m = 0; i < years->value_count; i++) {
    long year = period_of(years, i);
    size_t dated = 0;
    for (; m < months->value_count && period_of(months, m) / 12 == year; m++)
      dated += months->values[m].count;
    if (dated == years->values[i].count)
      continue;
    first = year * 12 < first ? year * 12 : first;
    last = year * 12 + 11 > last ? year * 12 + 11 : last;
  }
  return last - first < MONTHS_MAX;
}

/* ---- The chart --------------------------------------------------------- */

typedef struct chart {
  const byline_facet *facet;
  bool utf8;
  int names, counts; /* columns of them */
  size_t bars;       /* the same */
  size_t most;
} chart;

static int digits(size_t number) {
  return snprintf(NULL, 0, "%zu", number);
}

static void print_bar(const chart *c, size_t count) {
  static const char *const eighths[] = {"",
                                        "\xE2\x96\x8F",
                                        "\xE2\x96\x8E",
                                        "\xE2\x96\x8D",
                                        "\xE2\x96\x8C",
                                        "\xE2\x96\x8B",
                                        "\xE2\x96\x8A",
                                        "\xE2\x96\x89"};
  size_t steps = c->utf8 ? 8 : 1; /* of a column */
  size_t length =
      (size_t)((double)count / (double)c->most * (double)(c->bars * steps) +
               0.5);
  if (length == 0)
    length = 1; /* it is there */
  for (size_t i = 0; i < length / steps; i++)
    fputs(c->utf8 ? "\xE2\x96\x88" : "#", stdout);
  fputs(eighths[length % steps], stdout);
}

static void print_row(const chart *c, const char *name, size_t count,
                      bool bar) {
  printf("%-*s  %*zu", c->names, name, c->counts, count);
  if (bar && count > 0) {
    fputs("  ", stdout);
    print_bar(c, count);
  }
  putchar('\n');
}

static void print_gap(const chart *c, long first, long last) {
  char from[NAME_SIZE], to[NAME_SIZE];
  name_period(c->facet, first, from);
  if (last - first < GAP_MAX) {
    for (; first <= last; first++) {
      name_period(c->facet, first, from);
      print_row(c, from, 0, true);
    }
    return;
  }
  name_period(c->facet, last, to);
  printf("%s..%s  0\n", from, to);
}

/* Articles that no period has: without a month, without a date. */
typedef struct apart {
  size_t without_month, without_date;
} apart;

static chart lay_out(const byline_facet *f, const apart *a, size_t width) {
  size_t most = 1;
  for (size_t i = 0; i < f->value_count; i++)
    most = f->values[i].count > most ? f->values[i].count : most;
  chart c = {.facet = f, .most = most};
  c.utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
  c.names = f->field == BYLINE_FACET_YEAR ? 4 : 7;
  size_t count = most;
  if (a->without_date > 0)
    c.names = 7;
  if (a->without_month > 0)
    c.names = 8;
  count = a->without_date > count ? a->without_date : count;
  count = a->without_month > count ? a->without_month : count;
  c.counts = digits(count);
  size_t used = (size_t)(c.names + c.counts) + 4;
  size_t all = width > 0 ? width : WIDTH_FILE;
  c.bars = all > used + BAR_MIN ? all - used : BAR_MIN;
  return c;
}

static void print_chart(const byline_facet *f, const apart *a, size_t width) {
  chart c = lay_out(f, a, width);
  for (size_t i = 0; i < f->value_count; i++) {
    char name[NAME_SIZE];
    long period = period_of(f, i);
    if (i > 0 && period_of(f, i - 1) + 1 < period)
      print_gap(&c, period_of(f, i - 1) + 1, period - 1);
    name_period(f, period, name);
    print_row(&c, name, f->values[i].count, true);
  }
  if (a->without_month > 0)
    print_row(&c, "no month", a->without_month, false);
  if (a->without_date > 0)
    print_row(&c, "no date", a->without_date, false);
}

bool timeline_print(const results_style *style, timeline_period period,
                    const byline_results *results) {
  byline_results others = *results;
  byline_facet facets[FACETS_MAX + 1];
  others.facet_count -= TIMELINE_FACETS;
  others.facets = facets;
  for (size_t i = 0; i < others.facet_count; i++)
    facets[i] = results->facets[i];
  const byline_facet *years = &results->facets[others.facet_count];
  const byline_facet *months = years + 1;
  bool by_month = period == TIMELINE_MONTH ||
                  (period == TIMELINE_AUTO && fits_months(years, months));
  const byline_facet *chosen = by_month ? months : years;
  if (style->format == FORMAT_JSON) {
    facets[others.facet_count++] = *chosen;
    return results_print(stdout, style, NULL, &others);
  }
  apart a = {by_month ? sum(years) - sum(months) : 0,
             results->total - sum(years)};
  print_chart(chosen, &a, style->screen.width);
  if (others.facet_count > 0 && results->total > 0)
    putchar('\n');
  return results_print(stdout, style, NULL, &others);
}
