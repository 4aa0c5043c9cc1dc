#include "search/relative.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "read/calendar.h"

enum { WORDS_MAX = 3, WORD_SIZE = 16, COUNT_MAX = 9999999 };

/* ---- Words ------------------------------------------------------------- */

typedef struct words {
  char text[WORDS_MAX][WORD_SIZE]; /* in small letters */
  size_t count;
} words;

/* False when there are more words, or longer ones, than a date has. */
static bool split(byline_string text, words *w) {
  size_t n = 0;
  memset(w, 0, sizeof *w);
  for (size_t i = 0; i < text.length; i++) {
    char c = text.data[i];
    if (c == '-' && (n == 0 || i + 1 == text.length))
      return false;
    if (c == ' ' || c == '\t' || c == '-') {
      w->count += n > 0;
      n = 0;
      continue;
    }
    if (w->count == WORDS_MAX || n + 1 == WORD_SIZE)
      return false;
    w->text[w->count][n++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
  }
  w->count += n > 0;
  return w->count > 0;
}

static bool read_count(const char *word, unsigned *count) {
  static const char *const numbers[] = {"one",  "two", "three",  "four",
                                        "five", "six", "seven",  "eight",
                                        "nine", "ten", "eleven", "twelve"};
  *count = 0;
  if (strcmp(word, "a") == 0 || strcmp(word, "an") == 0)
    *count = 1;
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
    if (strcmp(word, numbers[i]) == 0)
      *count = (unsigned)i + 1;
  if (*count > 0)
    return true;
  for (; *word >= '0' && *word <= '9'; word++)
    if ((*count = *count * 10 + (unsigned)(*word - '0')) > COUNT_MAX)
      return false;
  return *word == '\0';
}

/* What is to be taken from today. */
typedef struct distance {
  unsigned days, months;
} distance;

static bool read_unit(const char *word, unsigned count, distance *d) {
  static const struct {
    const char *name;
    unsigned days, months;
  } units[] = {{"day", 1, 0}, {"week", 7, 0}, {"month", 0, 1}, {"year", 0, 12}};
  for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
    size_t length = strlen(units[i].name);
    if (strncmp(word, units[i].name, length) != 0 ||
        (word[length] != '\0' && strcmp(word + length, "s") != 0))
      continue;
    *d = (distance){count * units[i].days, count * units[i].months};
    return true;
  }
  return false;
}

static bool read_distance(byline_string text, distance *d) {
  words w;
  unsigned count;
  *d = (distance){0, 0};
  if (!split(text, &w))
    return false;
  if (w.count == 1) {
    d->days = strcmp(w.text[0], "yesterday") == 0;
    return d->days == 1 || strcmp(w.text[0], "today") == 0;
  }
  return w.count == 3 && strcmp(w.text[2], "ago") == 0 &&
         read_count(w.text[0], &count) && read_unit(w.text[1], count, d);
}

/* ---- The calendar ------------------------------------------------------ */

static bool day_of(const struct tm *t, calendar_day *day) {
  if (t->tm_year < 1 - 1900 || t->tm_year > CALENDAR_LAST_YEAR - 1900)
    return false;
  *day = (calendar_day){(unsigned)(t->tm_year + 1900), (unsigned)t->tm_mon + 1,
                        (unsigned)t->tm_mday};
  return true;
}

/* A month that is too short ends with its last day. */
static bool take_months(calendar_day *day, unsigned months) {
  unsigned month = day->year * 12 + day->month - 1;
  if (months > month || month - months < 12)
    return false;
  month -= months;
  day->year = month / 12;
  day->month = month % 12 + 1;
  while (!calendar_exists(*day))
    day->day--;
  return true;
}

/* The last day of the month before. */
static bool take_rest_of_month(calendar_day *day) {
  day->day = 1;
  if (!take_months(day, 1))
    return false;
  for (day->day = 31; !calendar_exists(*day);)
    day->day--;
  return true;
}

static bool take_days(calendar_day *day, unsigned days) {
  while (days >= day->day) {
    days -= day->day;
    if (!take_rest_of_month(day))
      return false;
  }
  day->day -= days;
  return true;
}

bool relative_date(byline_string text, int64_t now, char iso[DATE_ISO_SIZE]) {
  distance d;
  calendar_day day;
  struct tm today;
  time_t clock = now != 0 ? (time_t)now : time(NULL);
  if (!read_distance(text, &d) || !localtime_r(&clock, &today) ||
      !day_of(&today, &day) || !take_months(&day, d.months) ||
      !take_days(&day, d.days))
    return false;
  snprintf(iso, DATE_ISO_SIZE, "%04u-%02u-%02u", day.year, day.month, day.day);
  return true;
}
