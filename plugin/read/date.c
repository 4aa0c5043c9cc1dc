#include "read/date.h"

#include <stdio.h>
#include <string.h>

#include "read/calendar.h"
#include "read/date_scan.h"

/* A text taken apart, and what is known of its file. */
typedef struct reading {
  date_scan scan;
  const date_hints *hints;
  char *iso;
} reading;

date_order date_order_named(const char *name) {
  static const char *const names[] = {"dmy", "mdy", "ymd"};
  for (int i = 0; i < 3; i++)
    if (name && strcmp(name, names[i]) == 0)
      return (date_order)(i + 1);
  return DATE_ORDER_UNKNOWN;
}

static date_order known_order(const date_hints *h) {
  if (h->stated != DATE_ORDER_UNKNOWN || h->day_first == h->month_first)
    return h->stated;
  return h->day_first ? DATE_ORDER_DMY : DATE_ORDER_MDY;
}

/* ---- Eras ---- */

/* The Japanese eras since the Gregorian calendar came. The day an era ended is
 * the first of the next. */
static const struct {
  date_era era;
  calendar_day first, last;
  unsigned offset;
} japanese[] = {{ERA_MEIJI, {1873, 1, 1}, {1912, 7, 30}, 1867},
                {ERA_TAISHO, {1912, 7, 30}, {1926, 12, 25}, 1911},
                {ERA_SHOWA, {1926, 12, 25}, {1989, 1, 8}, 1925},
                {ERA_HEISEI, {1989, 1, 8}, {2019, 5, 1}, 1988},
                {ERA_REIWA, {2019, 5, 1}, {9999, 12, 31}, 2018}};

static unsigned number_of(calendar_day d) {
  return d.year * 10000 + d.month * 100 + d.day;
}

/* Whether a day, month (day 0) or year (month 0) touches the time between. */
static bool lies_between(calendar_day d, calendar_day first,
                         calendar_day last) {
  calendar_day low = d, high = d;
  if (d.day == 0) {
    low.day = 1;
    high.day = 31;
  }
  if (d.month == 0) {
    low.month = 1;
    high.month = 12;
  }
  return number_of(high) >= number_of(first) &&
         number_of(low) <= number_of(last);
}

/* The year began in April before 1941, and in other ways before 1889. */
static bool from_buddhist(calendar_day *d) {
  bool old = d->year < 2484;
  if (d->year < 2432 || (old && d->month < 4))
    return false;
  d->year -= 543;
  return true;
}

/* Turns a year as it is stated into one of ours; false when the era has no
 * such year, or no such day. */
static bool common_year(const reading *r, calendar_day *d) {
  date_era era = r->scan.era;
  if (era == ERA_NONE && r->scan.thai && d->year >= 2400)
    era = ERA_BUDDHIST;
  if (era == ERA_BUDDHIST)
    return from_buddhist(d);
  if (era == ERA_MINGUO) {
    d->year += 1911;
    return d->year > 1911;
  }
  for (size_t i = 0; i < sizeof japanese / sizeof *japanese; i++)
    if (japanese[i].era == era) {
      bool counted = d->year > 0;
      d->year += japanese[i].offset;
      return counted && lies_between(*d, japanese[i].first, japanese[i].last);
    }
  return true;
}

/* A year of an era may have fewer digits than four. */
static bool is_year(const reading *r, const date_item *item) {
  if (item->word)
    return false;
  if (r->scan.era > ERA_BUDDHIST)
    return item->digits <= 3;
  return item->digits == 4;
}

static bool is_short(const date_item *item) {
  return !item->word && item->digits <= 2;
}

/* ---- Days ---- */

/* Possible, and not contradicted by the weekday if there is one. */
static bool fits(const reading *r, calendar_day d) {
  return calendar_exists(d) &&
         (r->scan.weekdays == 0 ||
          (r->scan.weekdays >> calendar_weekday(d) & 1) != 0);
}

static date_result found(const reading *r, calendar_day d) {
  const char *form = d.day > 0     ? "%04u-%02u-%02u"
                     : d.month > 0 ? "%04u-%02u"
                                   : "%04u";
  if (r->scan.strange)
    return DATE_UNCLEAR;
  snprintf(r->iso, DATE_ISO_SIZE, form, d.year, d.month, d.day);
  return DATE_FOUND;
}

static date_result whole(const reading *r, unsigned year, unsigned month,
                         unsigned day) {
  calendar_day d = {year, month, day};
  if (day == 0 || !common_year(r, &d) || !fits(r, d))
    return DATE_UNCLEAR;
  return found(r, d);
}

static date_result part(const reading *r, unsigned year, unsigned month) {
  calendar_day d = {year, month, 0};
  if (r->scan.weekdays != 0 || month < 1 || month > 12 || year < 1 ||
      !common_year(r, &d) || d.year > CALENDAR_LAST_YEAR)
    return DATE_UNCLEAR;
  return found(r, d);
}

/* The less written languages that alone have all words of a date. */
static date_languages small_of(const date_scan *s) {
  return s->words && (s->languages & DATE_LANGUAGES_OTHER) == 0
             ? s->languages & DATE_LANGUAGES_SMALL
             : 0;
}

/* The languages in which a word is another month than in most. */
static date_languages dissent(const date_word *word) {
  date_languages in = 0;
  for (unsigned i = 0; i < 12; i++)
    in |= date_word_languages(word, i) & DATE_LANGUAGES_SMALL;
  return in;
}

/* Whether a word is this month in a language that the file may be in. Less
 * written languages count only where something else is in them. */
static bool may_be(const reading *r, const date_word *word, unsigned month) {
  if ((word->months >> month & 1) == 0)
    return false;
  date_languages in = date_word_languages(word, month);
  if ((word->months & (word->months - 1)) == 0 || in == 0)
    return true;
  date_languages all = r->hints->languages & r->scan.languages;
  date_languages small = r->hints->small | small_of(&r->scan);
  if (in & DATE_LANGUAGES_EQUAL)
    return (in & all) != 0;
  if (in & DATE_LANGUAGES_OTHER)
    return (dissent(word) & small & all) == 0;
  return (in & small) != 0;
}

/* A month by its name, or a day in it. Clear when only one month fits. */
static date_result named(const reading *r, unsigned year, const date_word *word,
                         const date_item *day) {
  unsigned month = 0, months = 0;
  for (unsigned i = 0; i < 12; i++) {
    calendar_day d = {year, i + 1, day ? day->value : 0};
    if (!may_be(r, word, i) || (day && (!common_year(r, &d) || !fits(r, d))))
      continue;
    month = i + 1;
    months++;
  }
  if (months != 1)
    return DATE_UNCLEAR;
  return day ? whole(r, year, month, day->value) : part(r, year, month);
}

/* Two numbers before a year: clear when only one order gives a day, or when
 * the order is known. */
static date_result either_order(const reading *r, unsigned a, unsigned b,
                                unsigned year) {
  calendar_day day_first = {year, b, a}, month_first = {year, a, b};
  bool dmy = common_year(r, &day_first) && fits(r, day_first);
  bool mdy = common_year(r, &month_first) && fits(r, month_first);
  date_order order = known_order(r->hints);
  if (dmy && mdy && a != b && order != DATE_ORDER_DMY &&
      order != DATE_ORDER_MDY)
    return DATE_UNCLEAR;
  if (dmy && (!mdy || a == b || order == DATE_ORDER_DMY))
    return found(r, day_first);
  return mdy ? found(r, month_first) : DATE_UNCLEAR;
}

/* 03/04/20, where the user has said what is what. */
static date_result short_year(const reading *r) {
  const date_item *i = r->scan.items;
  date_order order = r->hints->stated;
  if (order == DATE_ORDER_UNKNOWN || r->scan.era != ERA_NONE ||
      i[0].digits > 2 || i[1].digits > 2 || i[2].digits != 2)
    return DATE_NONE;
  unsigned year = order == DATE_ORDER_YMD ? i[0].value : i[2].value;
  if (order == DATE_ORDER_YMD && i[0].digits != 2)
    return DATE_NONE;
  year += year < 50 ? 2000 : 1900;
  if (order == DATE_ORDER_YMD)
    return whole(r, year, i[1].value, i[2].value);
  return order == DATE_ORDER_DMY ? whole(r, year, i[1].value, i[0].value)
                                 : whole(r, year, i[0].value, i[1].value);
}

/* ---- Forms ---- */

static date_result three_numbers(const reading *r) {
  const date_item *a = &r->scan.items[0], *b = &r->scan.items[1],
                  *c = &r->scan.items[2];
  if (b->before != c->before || b->before == ' ')
    return DATE_NONE;
  if (is_year(r, a) && is_short(b) && is_short(c))
    return whole(r, a->value, b->value, c->value);
  if (is_short(a) && is_short(b) && is_year(r, c))
    return either_order(r, a->value, b->value, c->value);
  return short_year(r);
}

/* A day, a month's name and a year: D M Y, M D Y, Y M D, Y D M. */
static date_result three(const reading *r) {
  const date_item *i = r->scan.items;
  size_t months =
      (size_t)(i[0].word != NULL) + (i[1].word != NULL) + (i[2].word != NULL);
  if (months == 0)
    return three_numbers(r);
  if (months > 1)
    return DATE_NONE;
  size_t month = i[0].word ? 0 : i[1].word ? 1 : 2;
  const date_item *first = &i[month == 0 ? 1 : 0],
                  *second = &i[month == 2 ? 1 : 2];
  if (is_short(first) && is_year(r, second) && month != 2)
    return named(r, second->value, i[month].word, first);
  if (is_year(r, first) && is_short(second) && month != 0)
    return named(r, first->value, i[month].word, second);
  return DATE_NONE;
}

static date_result two(const reading *r) {
  const date_item *a = &r->scan.items[0], *b = &r->scan.items[1];
  bool tight = b->before == '-' || b->before == '/';
  const date_item *word = a->word ? a : b, *number = a->word ? b : a;
  if (r->scan.filler)
    return DATE_NONE;
  if (word->word)
    return is_year(r, number) ? named(r, number->value, word->word, NULL)
                              : DATE_NONE;
  if (!tight)
    return DATE_NONE;
  /* 2019-20 is a span of years, and no date. */
  if (is_year(r, a) && b->digits == 2 && b->value <= 12)
    return part(r, a->value, b->value);
  if (is_short(a) && is_year(r, b))
    return part(r, b->value, a->value);
  return DATE_NONE;
}

static date_result one(const reading *r) {
  const date_item *i = &r->scan.items[0];
  calendar_day d = {i->value, 0, 0};
  if (!is_year(r, i) || r->scan.words || r->scan.filler || r->scan.other ||
      i->value == 0)
    return DATE_NONE;
  return common_year(r, &d) ? found(r, d) : DATE_UNCLEAR;
}

/* Numbers that say what they are: 2020年10月20日, 20 tháng 10 năm 2020. One
 * that does not is the year or the day, whichever is missing. */
static date_result with_roles(const reading *r) {
  const date_item *year = NULL, *month = NULL, *day = NULL;
  for (size_t k = 0; k < r->scan.count; k++) {
    const date_item *i = &r->scan.items[k];
    const date_item **place = i->role == ROLE_YEAR                 ? &year
                              : i->role == ROLE_MONTH || i->word   ? &month
                              : i->role == ROLE_DAY || is_short(i) ? &day
                                                                   : &year;
    if (*place)
      return DATE_UNCLEAR;
    *place = i;
  }
  if (!year)
    return month && day ? DATE_UNCLEAR : DATE_NONE;
  if (!is_year(r, year) || (day && (!month || !is_short(day))))
    return DATE_UNCLEAR;
  if (!month)
    return one(&(reading){{.items = {*year},
                           .count = 1,
                           .era = r->scan.era,
                           .words = r->scan.words,
                           .thai = r->scan.thai},
                          r->hints,
                          r->iso});
  if (month->word)
    return named(r, year->value, month->word, day);
  return day ? whole(r, year->value, month->value, day->value)
             : part(r, year->value, month->value);
}

/* Months, days and years in an order that names no day: "20-26 October 2020",
 * "20 October", "20 Oct 20". At least a month and a number. */
static date_result leftover(const reading *r) {
  bool month = false, number = false;
  for (size_t k = 0; k < r->scan.count; k++) {
    const date_item *i = &r->scan.items[k];
    month = month || i->word;
    number = number || (!i->word && i->digits != 3);
  }
  return month && number ? DATE_UNCLEAR : DATE_NONE;
}

/* ---- Names that are months and weekdays ---- */

static void remove_item(date_scan *s, size_t at) {
  char before = s->items[at].before;
  s->count--;
  memmove(&s->items[at], &s->items[at + 1], (s->count - at) * sizeof *s->items);
  if (at < s->count)
    s->items[at].before = before;
}

/* "mar" is martes before "3 nov 2020" and marzo in "3 mar 2020". A name that
 * could be both is a weekday where another one is the month, or where three
 * numbers leave no place for a month. */
static void settle_weekdays(date_scan *s) {
  size_t names = 0, numbers = 0;
  for (size_t i = 0; i < s->count; i++) {
    names += s->items[i].word != NULL;
    numbers += s->items[i].word == NULL;
  }
  for (size_t i = 0; i < s->count; i++) {
    const date_word *word = s->items[i].word;
    if (!word || word->weekdays == 0 || (names < 2 && numbers < 3))
      continue;
    if (s->weekdays != 0 && (s->weekdays & word->weekdays) == 0)
      s->strange = true;
    s->weekdays = word->weekdays;
    names--;
    remove_item(s, i--);
  }
}

/* "تشرين الأول/أكتوبر": two names of one month. */
static void join_months(date_scan *s) {
  for (size_t i = 1; i < s->count; i++)
    if (s->items[i].word && s->items[i - 1].word &&
        s->items[i].word->months == s->items[i - 1].word->months)
      remove_item(s, i--);
}

/* ---- ---- */

date_result date_parse_hinted(const char *text, size_t length,
                              const date_hints *hints, char *iso) {
  reading r = {.hints = hints, .iso = iso};
  iso[0] = '\0';
  if (!date_scan_text(text, length, &r.scan))
    return DATE_NONE;
  settle_weekdays(&r.scan);
  join_months(&r.scan);
  bool roles = false;
  for (size_t i = 0; i < r.scan.count; i++)
    roles = roles || r.scan.items[i].role != ROLE_NONE;
  date_result result = roles               ? with_roles(&r)
                       : r.scan.count == 3 ? three(&r)
                       : r.scan.count == 2 ? two(&r)
                       : r.scan.count == 1 ? one(&r)
                                           : DATE_NONE;
  if (result == DATE_NONE && !roles)
    result = leftover(&r);
  /* Short words of rare languages may be anything: "In October 2020". */
  if (r.scan.rare && strlen(iso) < 10) {
    iso[0] = '\0';
    return DATE_NONE;
  }
  return result;
}

date_result date_parse(const char *text, size_t length, char *iso) {
  static const date_hints none = DATE_HINTS_NONE;
  return date_parse_hinted(text, length, &none, iso);
}

void date_learn(date_hints *hints, const char *text, size_t length) {
  char iso[DATE_ISO_SIZE];
  date_scan s;
  if (date_parse(text, length, iso) == DATE_NONE ||
      !date_scan_text(text, length, &s))
    return;
  if (s.words) {
    hints->languages &= s.languages;
    hints->small |= small_of(&s);
  }
  const date_item *i = s.items;
  if (!iso[0] || s.count != 3 || i[0].word || i[1].word || i[2].word ||
      i[0].digits > 2 || i[2].digits != 4 || i[0].value == i[1].value)
    return;
  unsigned month = (unsigned)(iso[5] - '0') * 10 + (unsigned)(iso[6] - '0');
  hints->day_first = hints->day_first || i[1].value == month;
  hints->month_first = hints->month_first || i[0].value == month;
}
