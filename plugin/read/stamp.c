#include "read/stamp.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "read/words.h"

/* The longest date with a time; RFC 5322 allows comments. */
enum { LONGEST = 100 };

typedef struct clock {
  unsigned hour, minute, second;
  bool zone; /* one is named */
} clock_time;

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

static bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

/* What is left of a text. */
typedef struct cursor {
  const char *text;
  size_t length;
} cursor;

static void skip(cursor *c, size_t count) {
  c->text += count;
  c->length -= count;
}

static void skip_spaces(cursor *c) {
  while (c->length > 0 && (*c->text == ' ' || *c->text == '\t'))
    skip(c, 1);
}

static bool take(cursor *c, char wanted) {
  if (c->length == 0 || *c->text != wanted)
    return false;
  skip(c, 1);
  return true;
}

static bool take_two_digits(cursor *c, unsigned *value) {
  if (c->length < 2 || !is_digit(c->text[0]) || !is_digit(c->text[1]))
    return false;
  *value = (unsigned)(c->text[0] - '0') * 10 + (unsigned)(c->text[1] - '0');
  skip(c, 2);
  return true;
}

/* ---- The time ---- */

static bool take_half_of_day(cursor *c, clock_time *t) {
  static const char *const halves[] = {"am", "a.m.", "pm", "p.m."};
  for (size_t i = 0; i < 4; i++) {
    if (!words_begin(c->text, c->length, halves[i]))
      continue;
    if (t->hour < 1 || t->hour > 12)
      return false;
    t->hour = t->hour % 12 + (i >= 2 ? 12 : 0);
    skip(c, strlen(halves[i]));
  }
  return true;
}

/* Z, +02:00, -0500, GMT, CEST, GMT+1, (a comment). */
static bool take_zone(cursor *c, clock_time *t) {
  unsigned number;
  size_t letters = 0;
  while (letters < c->length && letters < 6 && is_upper(c->text[letters]))
    letters++;
  if (letters == 6)
    return false;
  t->zone = letters > 0;
  skip(c, letters);
  if (take(c, '+') || take(c, '-')) {
    t->zone = true;
    if (!take_two_digits(c, &number) &&
        !(letters > 0 && c->length > 0 && is_digit(*c->text)))
      return false;
    take(c, ':');
    if (!take_two_digits(c, &number) && c->length > 0 && is_digit(*c->text))
      skip(c, 1);
  }
  skip_spaces(c);
  if (take(c, '(')) {
    const char *end = memchr(c->text, ')', c->length);
    if (!end)
      return false;
    skip(c, (size_t)(end - c->text) + 1);
  }
  skip_spaces(c);
  return true;
}

static bool take_seconds(cursor *c, clock_time *t) {
  if (!take(c, ':'))
    return true;
  if (!take_two_digits(c, &t->second))
    return false;
  if (take(c, '.') || take(c, ','))
    while (c->length > 0 && is_digit(*c->text))
      skip(c, 1);
  return true;
}

static bool take_clock(cursor *c, clock_time *t) {
  *t = (clock_time){0};
  if (!take_two_digits(c, &t->hour)) {
    if (c->length == 0 || !is_digit(*c->text))
      return false;
    t->hour = (unsigned)(*c->text - '0');
    skip(c, 1);
  }
  if (!take(c, ':') || !take_two_digits(c, &t->minute) || !take_seconds(c, t))
    return false;
  skip_spaces(c);
  if (!take_half_of_day(c, t))
    return false;
  skip_spaces(c);
  return take_zone(c, t);
}

/* ---- The date beside it ---- */

/* Takes what leads from a date to its time off: "T", ",", " at ". */
static size_t date_end(const char *text, size_t length) {
  for (bool again = true; again && length > 0;) {
    char last = text[length - 1];
    again = true;
    if (last == ' ' || last == ',' || last == '\t' || last == '-' ||
        last == '|')
      length--;
    else if ((last == 'T' || last == 't') && length > 1 &&
             is_digit(text[length - 2]))
      length--;
    else if (length > 3 && text[length - 3] == ' ' &&
             words_begin(text + length - 2, 2, "at"))
      length -= 3;
    else
      again = false;
  }
  return length;
}

/* RFC 5322, 4.3: a year of two digits, where a zone follows the time. */
static size_t widen_year(const char *text, size_t length, char *out) {
  if (length < 4 || length > LONGEST || !is_digit(text[length - 1]) ||
      !is_digit(text[length - 2]) || text[length - 3] != ' ' ||
      is_digit(text[length - 4]) || text[length - 4] == ',')
    return 0;
  memcpy(out, text, length - 2);
  memcpy(out + length - 2, text[length - 2] < '5' ? "20" : "19", 2);
  memcpy(out + length, text + length - 2, 2);
  return length + 2;
}

static date_result parse_day(const char *text, size_t length, cursor year,
                             const clock_time *t, char *iso) {
  char whole[LONGEST + 8];
  if (year.length == 4 && length + 5 < sizeof whole) { /* asctime */
    memcpy(whole, text, length);
    whole[length] = ' ';
    memcpy(whole + length + 1, year.text, 4);
    return date_parse(whole, length + 5, iso);
  }
  if (year.length > 0)
    return DATE_NONE;
  date_result result = date_parse(text, length, iso);
  if (result == DATE_FOUND || !t->zone)
    return result;
  size_t size = widen_year(text, length, whole);
  return size > 0 ? date_parse(whole, size, iso) : result;
}

/* A leap second is no time of day to most programs: the day alone stays. */
static date_result add_clock(date_result day, const clock_time *t, char *iso) {
  if (day != DATE_FOUND)
    return day;
  size_t length = strlen(iso);
  if (length != 10 || t->hour > 23 || t->minute > 59 || t->second > 60) {
    iso[0] = '\0';
    return DATE_UNCLEAR;
  }
  if (t->second < 60)
    snprintf(iso + length, DATE_ISO_SIZE - length, "T%02u:%02u:%02u", t->hour,
             t->minute, t->second);
  return DATE_FOUND;
}

/* ---- Without separators ---- */

/* 20201020, 20201020T1403, 20201020140300Z. */
static date_result parse_compact(const char *text, size_t length, char *iso) {
  char day[11];
  clock_time t = {0};
  snprintf(day, sizeof day, "%.4s-%.2s-%.2s", text, text + 4, text + 6);
  cursor c = {text + 8, length - 8};
  date_result result = date_parse(day, 10, iso);
  take(&c, 'T');
  if (c.length == 0)
    return result;
  if (!take_two_digits(&c, &t.hour) || !take_two_digits(&c, &t.minute))
    return DATE_NONE;
  take_two_digits(&c, &t.second);
  skip_spaces(&c);
  if (!take_zone(&c, &t) || c.length > 0)
    return DATE_NONE;
  return add_clock(result, &t, iso);
}

static size_t leading_digits(const char *text, size_t length) {
  size_t count = 0;
  while (count < length && is_digit(text[count]))
    count++;
  return count;
}

static bool is_compact(const char *text, size_t length) {
  size_t digits = leading_digits(text, length);
  return (digits == 8 && (length == 8 || text[8] == 'T')) || digits == 12 ||
         digits == 14;
}

/* ---- */

/* Where "14:03" begins; length if nowhere. */
static size_t find_clock(const char *text, size_t length) {
  for (size_t i = 1; i + 1 < length; i++)
    if (text[i] == ':' && is_digit(text[i - 1]) && is_digit(text[i + 1]))
      return i > 1 && is_digit(text[i - 2]) ? i - 2 : i - 1;
  return length;
}

/* 2020-10-20+02:00 has a zone and no time. */
static bool is_bare_zone(const char *text, size_t at) {
  return at > 1 && (text[at - 1] == '+' || text[at - 1] == '-') &&
         is_digit(text[at - 2]);
}

date_result stamp_parse(const char *text, size_t length, char *iso) {
  cursor c = {text, length};
  skip_spaces(&c);
  while (c.length > 0 &&
         (c.text[c.length - 1] == ' ' || c.text[c.length - 1] == '\t'))
    c.length--;
  iso[0] = '\0';
  if (c.length == 0 || c.length > LONGEST)
    return DATE_NONE;
  if (is_compact(c.text, c.length))
    return parse_compact(c.text, c.length, iso);
  if (c.length == 11 && c.text[10] == 'Z') /* 2020-10-20Z */
    c.length--;
  size_t at = find_clock(c.text, c.length);
  if (at == c.length)
    return date_parse(c.text, c.length, iso);
  if (is_bare_zone(c.text, at))
    return date_parse(c.text, at - 1, iso);
  clock_time t;
  cursor rest = {c.text + at, c.length - at};
  if (!take_clock(&rest, &t))
    return DATE_NONE;
  return add_clock(parse_day(c.text, date_end(c.text, at), rest, &t, iso), &t,
                   iso);
}

date_result stamp_epoch(double number, char *iso) {
  static const double units[] = {1, 1e3, 1e6};
  static const double first = 1e8, last = 4102444800.0;
  iso[0] = '\0';
  for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
    double seconds = number / units[i];
    struct tm t;
    if (!(seconds >= first && seconds < last))
      continue;
    time_t moment = (time_t)seconds;
    if (gmtime_r(&moment, &t) &&
        strftime(iso, DATE_ISO_SIZE, "%Y-%m-%dT%H:%M:%S", &t) > 0)
      return DATE_FOUND;
  }
  return DATE_UNCLEAR;
}
