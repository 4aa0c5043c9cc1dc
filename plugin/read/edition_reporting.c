#include "read/edition_reporting.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <unicode/uchar.h>

#include "base/utf8.h"
#include "read/edition_marks.h"
#include "read/edition_phrases.h"
#include "read/words.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static byline_string without_bracket(byline_string s) {
  if (s.length > 0 && s.data[s.length - 1] == ')')
    for (size_t at = s.length - 1; at > 0; at--)
      if (s.data[at] == '(') {
        s.length = at;
        break;
      }
  while (s.length > 0 && memchr(" ,", s.data[s.length - 1], 2))
    s.length--;
  return s;
}

/* A quick look: do two letters begin one of the verbs below? */
static bool starts_verb(const char *text, size_t length) {
  static const char pairs[] = "reloexinwr";
  for (size_t i = 0; length > 1 && i + 1 < sizeof pairs; i += 2)
    if (text[0] == pairs[i] && text[1] == pairs[i + 1])
      return true;
  return false;
}

static bool capital_at(byline_string s, size_t at) {
  uint32_t c = at < s.length ? utf8_next(s.data, s.length, &at) : UTF8_INVALID;
  return c != UTF8_INVALID && u_isupper((UChar32)c);
}

/* A quick look: capitals begin the first word and the second or the third. */
static bool begins_like_name(byline_string s) {
  enum { FARTHEST = 60 };
  size_t words = 0;
  if (!capital_at(s, 0))
    return false;
  for (size_t at = 1; at < s.length && at < FARTHEST && words < 2; at++)
    if (s.data[at] == ' ' && ++words > 0 && capital_at(s, at + 1))
      return true;
  return false;
}

/* What stands before a verb of another language, up to 'from ORGANISATION' or
 * the like, of two words at least: "von Trotta" is a name. */
static byline_string foreign_reporting(byline_string s, byline_string *place) {
  if (!begins_like_name(s))
    return (byline_string){NULL, 0};
  static const char *const from[] = {" von ",
                                     " aus ",
                                     " vom ",
                                     " de ",
                                     " del ",
                                     " di ",
                                     " da ",
                                     " van ",
                                     " fr\xC3\xA5n ",
                                     " fra ",
                                     " z ",
                                     " ze ",
                                     " \xD0\xB8\xD0\xB7 "};
  size_t end = phrases_reporting(s);
  while (end > 0 && memchr(" ,", s.data[end - 1], 2))
    end--;
  byline_string part = without_bracket((byline_string){s.data, end});
  size_t words = 0;
  for (size_t at = 0; at + 3 < part.length; at++) {
    words += s.data[at] == ' ';
    for (size_t i = 0; words >= 2 && i < COUNT(from); i++) {
      byline_string rest = {s.data + at, part.length - at};
      size_t size = strlen(from[i]);
      if (!words_begin(rest.data, rest.length, from[i]) ||
          marks_words(rest) < 4)
        continue;
      *place = (byline_string){rest.data + size, rest.length - size};
      return (byline_string){s.data, at};
    }
  }
  return part;
}

byline_string edition_reporting(byline_string s, byline_string *place) {
  enum { LONGEST = 400, FARTHEST = 200, LONGEST_END = 70 };
  static const char *const verbs[] = {
      "report on ",    "reports on ",   "report from ", "reports from ",
      "looks at ",     "look at ",      "looks back ",  "look back ",
      "reviews ",      "examines ",     "explores ",    "investigates ",
      "interviews ",   "writes on ",    "writes about", "writes from ",
      "explains why ", "explains how ", "explain why ", "explain how "};
  static const char *const ends[] = {"writes ", "reports "};
  const byline_string none = {NULL, 0};
  *place = none;
  if (s.length > LONGEST)
    return none;
  for (size_t at = 2; at < s.length && at <= FARTHEST; at++) {
    if (s.data[at - 1] != ' ' || !starts_verb(s.data + at, s.length - at))
      continue;
    for (size_t i = 0; i < COUNT(verbs); i++)
      if (words_begin(s.data + at, s.length - at, verbs[i]))
        return without_bracket((byline_string){s.data, at - 1});
  }
  for (size_t i = 0; i < COUNT(ends); i++) {
    size_t verb = marks_find(s, ends[i]), at = verb + strlen(ends[i]);
    if (verb > 2 && at < s.length && s.data[verb - 2] == ',' &&
        s.length - at <= LONGEST_END) {
      byline_string rest = {s.data + at, s.length - at};
      rest.length -= rest.data[rest.length - 1] == '.';
      return rest;
    }
  }
  return foreign_reporting(s, place);
}
