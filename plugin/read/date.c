#include "read/date.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "read/calendar.h"

/* Names of months and weekdays. Another language is another few rows. */
typedef struct date_word {
  const char *text; /* lower-case */
  unsigned value;
} date_word;

static const date_word months[] = {
    {"january", 1},   {"jan", 1},    {"february", 2},  {"feb", 2},
    {"march", 3},     {"mar", 3},    {"april", 4},     {"apr", 4},
    {"may", 5},       {"june", 6},   {"jun", 6},       {"july", 7},
    {"jul", 7},       {"august", 8}, {"aug", 8},       {"september", 9},
    {"sept", 9},      {"sep", 9},    {"october", 10},  {"oct", 10},
    {"november", 11}, {"nov", 11},   {"december", 12}, {"dec", 12},
};

static const date_word weekdays[] = {
    {"sunday", 0},   {"sun", 0},  {"monday", 1},   {"mon", 1},
    {"tuesday", 2},  {"tues", 2}, {"tue", 2},      {"wednesday", 3},
    {"weds", 3},     {"wed", 3},  {"thursday", 4}, {"thurs", 4},
    {"thur", 4},     {"thu", 4},  {"friday", 5},   {"fri", 5},
    {"saturday", 6}, {"sat", 6},
};

enum { MAX_ITEMS = 8, MAX_WORD = 16 };

typedef enum item_kind { ITEM_NUMBER, ITEM_MONTH } item_kind;

typedef struct item {
  item_kind kind;
  unsigned value;
  unsigned digits;
  char before; /* what parts it from the item before: space - / or . */
} item;

/* A text taken apart. */
typedef struct parts {
  item items[MAX_ITEMS];
  size_t count;
  unsigned weekday; /* 0 Sunday to 6; NO_WEEKDAY */
  bool filler;      /* "the" or "of" occurred */
  bool strange;     /* two weekdays, or "to" or "and" between days */
} parts;

enum { NO_WEEKDAY = 7 };

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

static const date_word *find(const date_word *words, size_t count,
                             const char *text) {
  for (size_t i = 0; i < count; i++)
    if (strcmp(words[i].text, text) == 0)
      return &words[i];
  return NULL;
}

/* Steps over what parts two items and says which character it was, the most
 * telling one where there are several. Any other character ends the run. */
static size_t separator(const char *text, size_t length, size_t at,
                        char *kind) {
  *kind = ' ';
  for (; at < length; at++) {
    if (text[at] == '-' || text[at] == '/') {
      *kind = text[at];
    } else if (text[at] == '.') {
      if (at + 1 < length && is_digit(text[at + 1]))
        *kind = '.';
    } else if (length - at >= 3 && memcmp(text + at, "\xE2\x80\x93", 3) == 0) {
      *kind = '-'; /* en dash */
      at += 2;
    } else if (!is_space(text[at]) && text[at] != ',') {
      break;
    }
  }
  return at;
}

static bool add_item(parts *p, item_kind kind, unsigned value, unsigned digits,
                     char before) {
  if (p->count == MAX_ITEMS)
    return false;
  p->items[p->count++] = (item){kind, value, digits, before};
  return true;
}

static bool is_ordinal(const char *text, size_t length, size_t at) {
  static const char suffixes[][3] = {"st", "nd", "rd", "th"};
  if (length - at < 2 || (length - at > 2 && is_letter(text[at + 2])))
    return false;
  char a = (char)(text[at] | 0x20), b = (char)(text[at + 1] | 0x20);
  for (size_t i = 0; i < 4; i++)
    if (a == suffixes[i][0] && b == suffixes[i][1])
      return true;
  return false;
}

static bool take_number(parts *p, const char *text, size_t length, size_t *at,
                        char before) {
  unsigned value = 0, digits = 0;
  while (*at < length && is_digit(text[*at])) {
    if (++digits > 4)
      return false;
    value = value * 10 + (unsigned)(text[(*at)++] - '0');
  }
  if (is_ordinal(text, length, *at)) {
    if (digits > 2)
      return false;
    *at += 2;
  }
  return add_item(p, ITEM_NUMBER, value, digits, before);
}

static bool take_word(parts *p, const char *text, size_t length, size_t *at,
                      char before) {
  char word[MAX_WORD];
  size_t size = 0;
  while (*at < length && is_letter(text[*at])) {
    if (size == MAX_WORD - 1)
      return false;
    word[size++] = (char)(text[(*at)++] | 0x20);
  }
  word[size] = '\0';
  const date_word *found = find(months, sizeof months / sizeof *months, word);
  if (found)
    return add_item(p, ITEM_MONTH, found->value, 0, before);
  found = find(weekdays, sizeof weekdays / sizeof *weekdays, word);
  if (found) {
    if (p->weekday != NO_WEEKDAY)
      p->strange = true;
    p->weekday = found->value;
    return true;
  }
  if (strcmp(word, "the") == 0 || strcmp(word, "of") == 0) {
    p->filler = true;
    return true;
  }
  if (strcmp(word, "to") == 0 || strcmp(word, "and") == 0) {
    p->strange = true;
    return p->count > 0;
  }
  return false;
}

static bool take_apart(const char *text, size_t length, parts *p) {
  *p = (parts){.weekday = NO_WEEKDAY};
  size_t at = 0;
  char before = ' ';
  while (at < length) {
    bool taken = is_digit(text[at]) ? take_number(p, text, length, &at, before)
                 : is_letter(text[at]) ? take_word(p, text, length, &at, before)
                                       : false;
    if (!taken)
      return false;
    size_t next = separator(text, length, at, &before);
    if (next == length && next > at)
      return false; /* the end is trimmed: a dash or comma is left over */
    at = next;
  }
  return p->count > 0;
}

/* Possible, and not contradicted by the weekday if there is one. */
static bool fits(const parts *p, unsigned year, unsigned month, unsigned day) {
  calendar_day d = {year, month, day};
  return calendar_exists(d) &&
         (p->weekday == NO_WEEKDAY || calendar_weekday(d) == p->weekday);
}

static date_result whole(const parts *p, unsigned year, unsigned month,
                         unsigned day, char *iso) {
  if (p->strange || !fits(p, year, month, day))
    return DATE_UNCLEAR;
  snprintf(iso, DATE_ISO_SIZE, "%04u-%02u-%02u", year, month, day);
  return DATE_FOUND;
}

static date_result part(const parts *p, unsigned year, unsigned month,
                        char *iso) {
  if (p->weekday != NO_WEEKDAY || p->strange || year < 1 || month < 1 ||
      month > 12)
    return DATE_UNCLEAR;
  snprintf(iso, DATE_ISO_SIZE, "%04u-%02u", year, month);
  return DATE_FOUND;
}

/* Two numbers before a year: clear when only one order gives a day. */
static date_result either_order(const parts *p, unsigned a, unsigned b,
                                unsigned year, char *iso) {
  bool day_first = fits(p, year, b, a), month_first = fits(p, year, a, b);
  if (day_first && (!month_first || a == b))
    return whole(p, year, b, a, iso);
  if (month_first && !day_first)
    return whole(p, year, a, b, iso);
  return DATE_UNCLEAR;
}

static date_result three(const parts *p, char *iso) {
  const item *a = &p->items[0], *b = &p->items[1], *c = &p->items[2];
  bool short_a = a->digits <= 2, short_b = b->digits <= 2,
       short_c = c->digits <= 2;
  if (a->kind == ITEM_NUMBER && b->kind == ITEM_MONTH &&
      c->kind == ITEM_NUMBER) {
    if (short_a && c->digits == 4)
      return whole(p, c->value, b->value, a->value, iso);
    if (a->digits == 4 && short_c)
      return whole(p, a->value, b->value, c->value, iso);
  } else if (a->kind == ITEM_MONTH && b->kind == ITEM_NUMBER &&
             c->kind == ITEM_NUMBER) {
    if (short_b && c->digits == 4)
      return whole(p, c->value, a->value, b->value, iso);
  } else if (a->kind == ITEM_NUMBER && b->kind == ITEM_NUMBER &&
             c->kind == ITEM_NUMBER && b->before == c->before &&
             b->before != ' ') {
    if (a->digits == 4 && short_b && short_c)
      return whole(p, a->value, b->value, c->value, iso);
    if (short_a && short_b && c->digits == 4)
      return either_order(p, a->value, b->value, c->value, iso);
  }
  return DATE_NONE;
}

static date_result two(const parts *p, char *iso) {
  const item *a = &p->items[0], *b = &p->items[1];
  bool tight = b->before == '-' || b->before == '/';
  if (p->filler)
    return DATE_NONE;
  if (a->kind == ITEM_MONTH && b->digits == 4)
    return part(p, b->value, a->value, iso);
  if (b->kind == ITEM_MONTH && a->digits == 4)
    return part(p, a->value, b->value, iso);
  if (a->kind == ITEM_MONTH || b->kind == ITEM_MONTH || !tight)
    return DATE_NONE;
  /* 2019-20 is a span of years, and no date. */
  if (a->digits == 4 && b->digits == 2 && b->value <= 12)
    return part(p, a->value, b->value, iso);
  if (a->digits <= 2 && b->digits == 4)
    return part(p, b->value, a->value, iso);
  return DATE_NONE;
}

/* Months, days and years in an order that names no day: "20-26 October 2020",
 * "20 October", "20 Oct 20". At least a month and a number. */
static date_result leftover(const parts *p) {
  bool month = false, number = false;
  for (size_t i = 0; i < p->count; i++) {
    month = month || p->items[i].kind == ITEM_MONTH;
    number =
        number || (p->items[i].kind == ITEM_NUMBER && p->items[i].digits != 3);
  }
  return month && number ? DATE_UNCLEAR : DATE_NONE;
}

date_result date_parse(const char *text, size_t length, char *iso) {
  while (length > 0 && is_space(text[length - 1]))
    length--;
  if (length > 0 && text[length - 1] == '.')
    length--;
  while (length > 0 && is_space(text[length - 1]))
    length--;
  while (length > 0 && is_space(*text)) {
    text++;
    length--;
  }
  parts p;
  iso[0] = '\0';
  if (length == 0 || !take_apart(text, length, &p))
    return DATE_NONE;
  date_result result = DATE_NONE;
  if (p.count == 3) {
    result = three(&p, iso);
  } else if (p.count == 2) {
    result = two(&p, iso);
  } else if (p.count == 1 && p.items[0].digits == 4 &&
             p.weekday == NO_WEEKDAY && !p.filler && p.items[0].value > 0) {
    snprintf(iso, DATE_ISO_SIZE, "%04u", p.items[0].value);
    return DATE_FOUND;
  }
  return result == DATE_NONE ? leftover(&p) : result;
}
