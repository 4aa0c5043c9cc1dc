#include "read/date_time.h"

#include <stdbool.h>
#include <string.h>

#include "read/calendar.h"
#include "read/words.h"

/* What is left of a text. */
typedef struct scan {
  const char *at, *end;
} scan;

typedef struct moment {
  calendar_day day; /* month and day 0: not stated */
  bool impossible;  /* a day that is in no calendar */
  bool timed;
  unsigned hour, minute, second;
  unsigned weekday; /* 0 Sunday; NO_WEEKDAY */
} moment;

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

static char peek(const scan *s) {
  return s->at < s->end ? *s->at : '\0';
}

static bool skip(scan *s, char c) {
  if (s->at == s->end || *s->at != c)
    return false;
  s->at++;
  return true;
}

static size_t digits_ahead(const scan *s) {
  size_t count = 0;
  while ((size_t)(s->end - s->at) > count && is_digit(s->at[count]))
    count++;
  return count;
}

/* count digits that are there. */
static unsigned take_digits(scan *s, size_t count) {
  unsigned value = 0;
  for (size_t i = 0; i < count; i++)
    value = value * 10 + (unsigned)(*s->at++ - '0');
  return value;
}

/* A number of exactly count digits, no more. */
static bool take_exactly(scan *s, size_t count, unsigned *value) {
  if (digits_ahead(s) != count)
    return false;
  *value = take_digits(s, count);
  return true;
}

/* ---- Times ---- */

/* ".123": what is smaller than a second. */
static bool skip_fraction(scan *s) {
  if (!skip(s, '.') && !skip(s, ','))
    return true;
  size_t count = digits_ahead(s);
  s->at += count;
  return count > 0;
}

/* 08:30:00, 8:30. */
static bool take_clock(scan *s, moment *m) {
  size_t count = digits_ahead(s);
  if (count < 1 || count > 2)
    return false;
  m->hour = take_digits(s, count);
  m->second = 0;
  if (!skip(s, ':') || !take_exactly(s, 2, &m->minute))
    return false;
  if (skip(s, ':') && (!take_exactly(s, 2, &m->second) || !skip_fraction(s)))
    return false;
  m->timed = true;
  return true;
}

/* 083000, 0830, 08 */
static bool take_packed_clock(scan *s, moment *m) {
  size_t count = digits_ahead(s);
  if (count != 2 && count != 4 && count != 6)
    return false;
  m->hour = take_digits(s, 2);
  m->minute = count > 2 ? take_digits(s, 2) : 0;
  m->second = count > 4 ? take_digits(s, 2) : 0;
  m->timed = true;
  return count < 6 || skip_fraction(s);
}

/* +0100, +01:00, +01 */
static bool skip_offset(scan *s) {
  if (!skip(s, '+') && !skip(s, '-'))
    return false;
  size_t count = digits_ahead(s);
  if (count != 2 && count != 4)
    return false;
  s->at += count;
  unsigned minutes;
  return count == 4 || !skip(s, ':') || take_exactly(s, 2, &minutes);
}

/* EST, Z, GMT+0100: what it says does not matter here. */
static bool skip_zone(scan *s) {
  enum { LONGEST_NAME = 5 };
  size_t letters = 0;
  while ((peek(s) >= 'A' && peek(s) <= 'Z') || peek(s) == 'z') {
    s->at++;
    letters++;
  }
  if (letters > LONGEST_NAME)
    return false;
  return (letters > 0 && peek(s) != '+' && peek(s) != '-') || skip_offset(s);
}

/* Spaces, and RFC 5322's comments in brackets. */
static bool skip_blank(scan *s) {
  size_t depth = 0;
  for (; s->at < s->end; s->at++) {
    if (*s->at == '(')
      depth++;
    else if (*s->at == ')' && depth > 0)
      depth--;
    else if (depth > 0 && *s->at == '\\' && s->end - s->at > 1)
      s->at++;
    else if (depth == 0 && !is_space(*s->at))
      break;
  }
  return depth == 0;
}

/* Zones, if any, and the end. */
static bool ends(scan *s) {
  for (int zones = 0; zones < 3; zones++) {
    if (!skip_blank(s))
      return false;
    if (s->at == s->end)
      return true;
    if (!skip_zone(s))
      return false;
  }
  return false;
}

/* ---- ISO 8601 ---- */

/* W46-2 behind the year. */
static bool take_week(scan *s, bool dashed, moment *m) {
  unsigned week, weekday;
  if (!skip(s, 'W') && !skip(s, 'w'))
    return false;
  if (digits_ahead(s) < 2)
    return false;
  week = take_digits(s, 2);
  if (s->at == s->end) {
    m->impossible = true; /* a whole week is no day */
    return true;
  }
  if (dashed != skip(s, '-') || !take_exactly(s, 1, &weekday))
    return false;
  m->impossible = !calendar_week(m->day.year, week, weekday, &m->day);
  return true;
}

/* What follows the year and its dash: MM-DD, MM, DDD. */
static bool take_dashed(scan *s, moment *m) {
  size_t count = digits_ahead(s);
  if (count == 3) {
    m->impossible = !calendar_ordinal(m->day.year, take_digits(s, 3), &m->day);
    return true;
  }
  if (count != 2)
    return false;
  m->day.month = take_digits(s, 2);
  if (!skip(s, '-'))
    return true;
  m->impossible = digits_ahead(s) == 2 && memcmp(s->at, "00", 2) == 0;
  return take_exactly(s, 2, &m->day.day);
}

static bool take_iso_date(scan *s, moment *m) {
  size_t count = digits_ahead(s);
  if (count != 4 && count != 7 && count != 8)
    return false;
  m->day.year = take_digits(s, 4);
  if (count == 7) {
    m->impossible = !calendar_ordinal(m->day.year, take_digits(s, 3), &m->day);
  } else if (count == 8) {
    m->day.month = take_digits(s, 2);
    m->day.day = take_digits(s, 2);
    m->impossible = m->day.day == 0;
  } else if (peek(s) == 'W' || peek(s) == 'w') {
    return take_week(s, false, m);
  } else if (skip(s, '-')) {
    return peek(s) == 'W' || peek(s) == 'w' ? take_week(s, true, m)
                                            : take_dashed(s, m);
  }
  return true;
}

/* 20171114083000 and 201711140830: no T between. */
static bool take_packed(scan s, moment *m) {
  size_t count = digits_ahead(&s);
  if (count != 12 && count != 14)
    return false;
  m->day.year = take_digits(&s, 4);
  m->day.month = take_digits(&s, 2);
  m->day.day = take_digits(&s, 2);
  m->impossible = m->day.day == 0;
  return take_packed_clock(&s, m) && ends(&s);
}

/* The zone of a day, as in XML's dates: 2017-11-14Z, 2017-11-14-05:00. */
static bool is_zoned(scan s) {
  if (skip(&s, 'Z') || skip(&s, 'z'))
    return s.at == s.end;
  return s.end - s.at == 6 && s.at[3] == ':' && skip_offset(&s) &&
         s.at == s.end;
}

static bool take_iso(scan s, moment *m) {
  if (take_packed(s, m))
    return true;
  if (!take_iso_date(&s, m))
    return false;
  if (s.at == s.end)
    return true;
  if (m->day.day == 0 && !m->impossible)
    return false;
  if (is_zoned(s))
    return true;
  if (!skip(&s, 'T') && !skip(&s, 't')) {
    if (!is_space(peek(&s)) || !skip_blank(&s))
      return false;
  }
  scan packed = s;
  return (take_clock(&s, m) && ends(&s)) ||
         (take_packed_clock(&packed, m) && ends(&packed));
}

/* ---- RFC 5322 ---- */

/* Whether the first size letters of text and word are the same. */
static bool same_letters(const char *text, const char *word, size_t size) {
  for (size_t i = 0; i < size; i++)
    if ((text[i] | 0x20) != word[i])
      return false;
  return true;
}

/* Steps over one of the words, whole or its first three letters, and says
 * which; count if none is there. */
static unsigned take_word(scan *s, const char *const *words, unsigned count) {
  size_t size = 0;
  while ((size_t)(s->end - s->at) > size && is_letter(s->at[size]))
    size++;
  for (unsigned i = 0; i < count; i++)
    if ((size == 3 || size == strlen(words[i])) &&
        same_letters(s->at, words[i], size)) {
      s->at += size;
      return i;
    }
  return count;
}

static unsigned take_month(scan *s) {
  static const char *const months[] = {
      "january", "february", "march",     "april",   "may",      "june",
      "july",    "august",   "september", "october", "november", "december"};
  return take_word(s, months, 12) + 1;
}

static bool take_year(scan *s, unsigned *year) {
  size_t count = digits_ahead(s);
  if (count < 2 || count > 4)
    return false;
  *year = take_digits(s, count);
  if (count == 2)
    *year += *year < 50 ? 2000 : 1900;
  else if (count == 3)
    *year += 1900;
  return true;
}

/* A dash (RFC 850) or space. */
static bool skip_between(scan *s) {
  return skip(s, '-') || skip_blank(s);
}

static bool take_day(scan *s, unsigned *day) {
  size_t count = digits_ahead(s);
  if (count < 1 || count > 2)
    return false;
  *day = take_digits(s, count);
  return true;
}

/* asctime: Tue Nov 14 08:30:00 2017, perhaps with a zone. */
static bool take_asctime(scan *s, moment *m) {
  m->day.month = take_month(s);
  if (m->day.month > 12 || !skip_blank(s) || !take_day(s, &m->day.day) ||
      !skip_blank(s) || !take_clock(s, m) || !skip_blank(s))
    return false;
  if (!is_digit(peek(s)) && (!skip_zone(s) || !skip_blank(s)))
    return false;
  return take_exactly(s, 4, &m->day.year) && ends(s);
}

static bool take_mail(scan s, moment *m) {
  static const char *const weekdays[] = {"sunday",    "monday",   "tuesday",
                                         "wednesday", "thursday", "friday",
                                         "saturday"};
  if (!skip_blank(&s))
    return false;
  m->weekday = take_word(&s, weekdays, NO_WEEKDAY);
  if (m->weekday != NO_WEEKDAY) {
    if (!skip_blank(&s) || (skip(&s, ',') && !skip_blank(&s)))
      return false;
    if (is_letter(peek(&s)))
      return take_asctime(&s, m);
  }
  if (!take_day(&s, &m->day.day) || !skip_between(&s))
    return false;
  m->day.month = take_month(&s);
  return m->day.month <= 12 && skip_between(&s) &&
         take_year(&s, &m->day.year) && skip_blank(&s) && take_clock(&s, m) &&
         ends(&s);
}

/* ---- Both ---- */

static bool is_possible(const moment *m) {
  if (m->impossible || m->day.year < 1)
    return false;
  if (m->day.day == 0)
    return m->day.month <= 12;
  if (!calendar_exists(m->day))
    return false;
  if (m->weekday != NO_WEEKDAY && calendar_weekday(m->day) != m->weekday)
    return false;
  if (m->hour == 24)
    return m->minute == 0 && m->second == 0;
  return m->hour < 24 && m->minute < 60 && m->second <= 60;
}

/* mark and the number in width digits, with a NUL behind them. */
static char *put(char *out, char mark, unsigned value, size_t width) {
  if (mark)
    *out++ = mark;
  out[width] = '\0';
  for (size_t i = width; i > 0; i--, value /= 10)
    out[i - 1] = (char)('0' + value % 10);
  return out + width;
}

/* Nothing for 24:00: the day says it. */
static void put_clock(char *iso, const moment *m) {
  if (m->hour == 24)
    return;
  iso = put(iso, 'T', m->hour, 2);
  iso = put(iso, ':', m->minute, 2);
  put(iso, ':', m->second, 2);
}

static date_result write(const moment *m, bool month_stated, char *iso) {
  if (!is_possible(m) || (month_stated && m->day.month == 0))
    return DATE_UNCLEAR;
  iso = put(iso, '\0', m->day.year, 4);
  if (m->day.month > 0)
    iso = put(iso, '-', m->day.month, 2);
  if (m->day.day > 0)
    iso = put(iso, '-', m->day.day, 2);
  if (m->timed)
    put_clock(iso, m);
  return DATE_FOUND;
}

/* ---- Written dates with a clock ---- */

/* "8:30 pm" is 20:30. False when there is no such hour. */
static bool take_half(scan *s, moment *m) {
  static const char *const halves[] = {"am", "a.m.", "pm", "p.m."};
  for (size_t i = 0; i < 4; i++)
    if (words_begin(s->at, (size_t)(s->end - s->at), halves[i])) {
      s->at += strlen(halves[i]);
      if (m->hour < 1 || m->hour > 12)
        return false;
      m->hour = m->hour % 12 + (i < 2 ? 0 : 12);
      return true;
    }
  return true;
}

/* The end of the date before a clock: what leads over to it is taken off. */
static const char *before_clock(const char *text, const char *clock) {
  static const char *const leads[] = {" at",   " um", " \xC3\xA0", " kl",
                                      " alle", " om", " \xD0\xB2", " kl."};
  const char *end = clock;
  while (end > text && memchr(" ,-|", end[-1], 4))
    end--;
  for (size_t i = 0; i < sizeof leads / sizeof *leads; i++) {
    size_t size = strlen(leads[i]);
    if ((size_t)(end - text) > size && memcmp(end - size, leads[i], size) == 0)
      end -= size;
  }
  while (end > text && memchr(" ,", end[-1], 2))
    end--;
  return end;
}

/* A date as people write it, then 8:30, 8:30 pm, 08:30:00 CET, 8:30 Uhr. */
static date_result written(scan s, const date_hints *hints, char *iso) {
  const char *colon = memchr(s.at, ':', (size_t)(s.end - s.at));
  moment m = {.weekday = NO_WEEKDAY};
  const char *clock = colon;
  while (clock && clock > s.at && is_digit(clock[-1]))
    clock--;
  if (!clock || clock == s.at)
    return DATE_NONE;
  scan tail = {clock, s.end};
  if (!take_clock(&tail, &m) || !skip_blank(&tail) || !take_half(&tail, &m))
    return DATE_NONE;
  if (words_begin(tail.at, (size_t)(tail.end - tail.at), "uhr"))
    tail.at += 3;
  const char *end = before_clock(s.at, clock);
  if (!ends(&tail) || end == clock)
    return DATE_NONE;
  date_result result =
      date_parse_hinted(s.at, (size_t)(end - s.at), hints, iso);
  if (result != DATE_FOUND)
    return result;
  bool day = strlen(iso) == 10;
  m.day = (calendar_day){1, 1, 1};
  if (!day || !is_possible(&m)) {
    *iso = '\0';
    return day ? DATE_UNCLEAR : DATE_NONE;
  }
  put_clock(iso + 10, &m);
  return DATE_FOUND;
}

date_result date_time_parse_hinted(const char *text, size_t length,
                                   const date_hints *hints, char *iso) {
  iso[0] = '\0';
  if (length == 0)
    return DATE_NONE;
  scan s = {text, text + length};
  while (s.at < s.end && is_space(*s.at))
    s.at++;
  while (s.at < s.end && is_space(s.end[-1]))
    s.end--;
  moment m = {.weekday = NO_WEEKDAY};
  if (take_iso(s, &m))
    return write(&m, s.end - s.at > 4, iso);
  m = (moment){.weekday = NO_WEEKDAY};
  if (take_mail(s, &m))
    return write(&m, true, iso);
  date_result result =
      date_parse_hinted(s.at, (size_t)(s.end - s.at), hints, iso);
  return result == DATE_NONE ? written(s, hints, iso) : result;
}

date_result date_time_parse(const char *text, size_t length, char *iso) {
  static const date_hints none = DATE_HINTS_NONE;
  return date_time_parse_hinted(text, length, &none, iso);
}
