#include "read/date_line.h"

#include <string.h>

#include "read/date_part.h"
#include "read/date_scan.h"
#include "read/date_time.h"

static const char dash[] = "\xE2\x80\x94";

static bool is_mark(char c) {
  static const char marks[] = "-=*_~#|()[]:<> \t\r";
  return memchr(marks, c, sizeof marks - 1) != NULL;
}

static byline_string without_marks(const char *text, size_t length) {
  byline_string s = {text, length};
  size_t before;
  do {
    before = s.length;
    while (s.length > 0 && is_mark(*s.data)) {
      s.data++;
      s.length--;
    }
    while (s.length > 0 && is_mark(s.data[s.length - 1]))
      s.length--;
    while (s.length > 3 && memcmp(s.data, dash, 3) == 0) {
      s.data += 3;
      s.length -= 3;
    }
    while (s.length > 3 && memcmp(s.data + s.length - 3, dash, 3) == 0)
      s.length -= 3;
  } while (s.length < before);
  return s;
}

/* Whether the last mark that was cut off closes one in the text: "(火)". */
static byline_string close_bracket(byline_string s, const char *end) {
  const char *open = s.length > 0 ? memchr(s.data, '(', s.length) : NULL;
  size_t left = s.length - (open ? (size_t)(open - s.data) : 0);
  if (open && !memchr(open, ')', left) && s.data + s.length < end &&
      s.data[s.length] == ')')
    s.length++;
  return s;
}

static byline_string date_in(const char *text, size_t length) {
  return close_bracket(without_marks(text, length), text + length);
}

/* "#1196" and "[1196]" number something, and no year. */
static bool is_number_of_something(byline_string s, const char *begin) {
  for (size_t i = 0; i < s.length; i++)
    if (s.data[i] < '0' || s.data[i] > '9')
      return false;
  return s.data > begin && memchr("#([", s.data[-1], 3);
}

date_result date_line_parse(const char *text, size_t length,
                            const date_hints *hints, char *iso) {
  static const date_hints none = DATE_HINTS_NONE;
  *iso = '\0';
  if (length > DATE_LONGEST)
    return DATE_NONE;
  byline_string s = date_in(text, length);
  hints = hints ? hints : &none;
  if (is_number_of_something(s, text))
    return DATE_NONE;
  if (s.length > 0 && memchr(s.data, ':', s.length))
    return date_time_parse_hinted(s.data, s.length, hints, iso);
  return date_parse_hinted(s.data, s.length, hints, iso);
}

void date_line_learn(date_hints *hints, const char *text, size_t length) {
  if (length > DATE_LONGEST)
    return;
  byline_string s = date_in(text, length);
  date_part part;
  if (date_part_find(text, length, NULL, &part))
    s = part.text;
  date_learn(hints, s.data, s.length);
}

/* Whether a line is a date, or has one beside something else, that could be
 * two days. */
static bool is_unclear(const char *text, size_t length,
                       const date_hints *hints) {
  char iso[DATE_ISO_SIZE];
  date_part part;
  return date_line_parse(text, length, hints, iso) == DATE_UNCLEAR ||
         (date_part_find(text, length, hints, &part) &&
          part.date == DATE_UNCLEAR);
}

bool date_lines_learn(date_hints *hints, const char *text, size_t length) {
  const char *end = text + length;
  for (int pass = 0; pass < 2; pass++)
    for (const char *at = text, *next; at < end; at = next + 1) {
      next = memchr(at, '\n', (size_t)(end - at));
      if (!next)
        break;
      if (pass == 0)
        date_line_learn(hints, at, (size_t)(next - at));
      else if (is_unclear(at, (size_t)(next - at), hints))
        return true;
    }
  return false;
}
