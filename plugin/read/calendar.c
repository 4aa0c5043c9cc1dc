#include "read/calendar.h"

static bool is_leap(unsigned year) {
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static unsigned days_in(unsigned year, unsigned month) {
  static const unsigned char days[] = {31, 28, 31, 30, 31, 30,
                                       31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

bool calendar_exists(calendar_day d) {
  return d.year >= 1 && d.year <= CALENDAR_LAST_YEAR && d.month >= 1 &&
         d.month <= 12 && d.day >= 1 && d.day <= days_in(d.year, d.month);
}

/* Sakamoto's method. */
unsigned calendar_weekday(calendar_day d) {
  static const unsigned char shift[] = {0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4};
  unsigned y = d.month < 3 ? d.year - 1 : d.year;
  return (y + y / 4 - y / 100 + y / 400 + shift[d.month - 1] + d.day) % 7;
}

bool calendar_ordinal(unsigned year, unsigned n, calendar_day *out) {
  if (year < 1 || year > CALENDAR_LAST_YEAR || n < 1 ||
      n > (is_leap(year) ? 366u : 365u))
    return false;
  unsigned month = 1;
  for (; n > days_in(year, month); month++)
    n -= days_in(year, month);
  *out = (calendar_day){year, month, n};
  return true;
}

/* Monday is 0, as ISO 8601 counts. */
static unsigned first_weekday(unsigned year) {
  return (calendar_weekday((calendar_day){year, 1, 1}) + 6) % 7;
}

/* A year has 53 weeks when it begins on a Thursday, or on a Wednesday and is
 * a leap year. */
static unsigned weeks_in(unsigned year) {
  unsigned first = first_weekday(year);
  return first == 3 || (first == 2 && is_leap(year)) ? 53 : 52;
}

bool calendar_week(unsigned year, unsigned week, unsigned weekday,
                   calendar_day *out) {
  if (year < 1 || year > CALENDAR_LAST_YEAR || week < 1 ||
      week > weeks_in(year) || weekday < 1 || weekday > 7)
    return false;
  /* Week 1 is the one with the first Thursday. */
  unsigned first = first_weekday(year);
  int n = (int)(week * 7 + weekday) - (int)first - (first <= 3 ? 7 : 0);
  int length = is_leap(year) ? 366 : 365;
  if (n < 1)
    return year > 1 &&
           calendar_ordinal(
               year - 1, (unsigned)(n + (is_leap(year - 1) ? 366 : 365)), out);
  if (n > length)
    return calendar_ordinal(year + 1, (unsigned)(n - length), out);
  return calendar_ordinal(year, (unsigned)n, out);
}
