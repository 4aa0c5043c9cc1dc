#include "read/edition_marks.h"

#include <string.h>
#include <unicode/uchar.h>

#include "base/utf8.h"
#include "read/words.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

static bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

static bool is_letter(char c) {
  return is_upper(c) || (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

/* Where a mark, which begins with a small letter, begins in a text, at the
 * beginning of a word; length if it does not occur. */
static size_t find(byline_string s, const char *mark) {
  for (size_t at = 0; at < s.length; at++)
    if ((s.data[at] | 0x20) == *mark &&
        (at == 0 || !is_letter(s.data[at - 1])) &&
        words_begin(s.data + at, s.length - at, mark))
      return at;
  return s.length;
}

static bool has_any(byline_string s, const char *const *marks, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (find(s, marks[i]) < s.length)
      return true;
  return false;
}

/* ---- Letters ---- */

bool marks_sentence_inside(byline_string s) {
  for (size_t at = 3; at + 2 < s.length; at++)
    if (s.data[at] == '.' && s.data[at + 1] == ' ' &&
        is_letter(s.data[at - 1]) && is_letter(s.data[at - 2]) &&
        is_letter(s.data[at - 3]) &&
        !(s.data[at + 2] >= 'a' && s.data[at + 2] <= 'z'))
      return true;
  return false;
}

bool marks_capitals(byline_string s) {
  size_t capitals = 0;
  for (size_t at = 0; at < s.length;) {
    uint32_t c = utf8_next(s.data, s.length, &at);
    if (c == UTF8_INVALID)
      continue;
    if (u_islower((UChar32)c))
      return false;
    capitals += u_isupper((UChar32)c) != 0;
  }
  return capitals >= 4;
}

size_t marks_words(byline_string s) {
  size_t words = s.length > 0;
  for (size_t i = 0; i < s.length; i++)
    words += s.data[i] == ' ';
  return words;
}

bool marks_title_case(byline_string s) {
  size_t words = 0;
  for (size_t at = 0; at < s.length;) {
    size_t end = at;
    while (end < s.length && s.data[end] != ' ')
      end++;
    if (end - at > 3 && s.data[at] >= 'a' && s.data[at] <= 'z')
      return false;
    words += end - at > 3 && is_upper(s.data[at]);
    at = end + 1;
  }
  return words >= 3;
}

bool marks_rule(byline_string s) {
  for (size_t at = 0; at < s.length;) {
    uint32_t c = utf8_next(s.data, s.length, &at);
    if (c == UTF8_INVALID || u_isalnum((UChar32)c))
      return false;
  }
  return s.length > 0;
}

/* ---- What a line is about ---- */

static size_t initials(const char *text, size_t length) {
  size_t size = 0;
  while (size < length && is_upper(text[size]))
    size++;
  return size <= 4 ? size : 0;
}

static bool says_something(byline_string s, size_t at) {
  return at + 1 < s.length && s.data[at] == ' ' &&
         !(s.data[at + 1] >= 'a' && s.data[at + 1] <= 'z');
}

bool marks_speaker(byline_string s, bool loosely) {
  size_t size = initials(s.data, s.length);
  if (size > 0 && size + 1 < s.length && s.data[size] == ':')
    return true;
  if (!loosely)
    return false;
  if (size >= 2 && says_something(s, size))
    return true;
  for (size_t at = 3; at + 4 < s.length && at < 60; at++)
    if (s.data[at] == '(' && s.data[at - 1] == ' ') {
      size = initials(s.data + at + 1, s.length - at - 1);
      size_t end = at + 1 + size;
      return size >= 2 && s.data[end] == ')' && says_something(s, end + 1);
    }
  return false;
}

bool marks_speech(byline_string s) {
  static const char *const verbs[] = {"said",    "added",   "replied",  "asked",
                                      "told",    "wrote",   "says",     "adds",
                                      "replies", "shouted", "explained"};
  bool quotes = memchr(s.data, '"', s.length) != NULL;
  for (size_t i = 0; i + 2 < s.length; i++)
    quotes = quotes || memcmp(s.data + i, "\xE2\x80\x9C", 3) == 0;
  return quotes && has_any(s, verbs, COUNT(verbs));
}

bool marks_page(byline_string s) {
  size_t at = find(s, "page ");
  if (at == s.length || marks_words(s) > 8)
    return false;
  for (at += 5; at < s.length; at++)
    if (!is_digit(s.data[at]))
      return false;
  return is_digit(s.data[s.length - 1]);
}

bool marks_link(byline_string s) {
  static const char *const marks[] = {"click here", "http:", "https:", "www."};
  return has_any(s, marks, COUNT(marks)) || memchr(s.data, '@', s.length);
}

static bool has_digit(byline_string s) {
  for (size_t i = 0; i < s.length; i++)
    if (is_digit(s.data[i]))
      return true;
  return false;
}

bool marks_masthead(byline_string s) {
  static const char *const numbers[] = {"no. ",    "no ",  "issue ",
                                        "vol. ",   "vol ", "volume ",
                                        "number ", "nr. ", "edition "};
  if (memchr(s.data, '|', s.length) || marks_link(s))
    return true;
  for (size_t i = 0; i < COUNT(numbers) && has_digit(s); i++) {
    size_t at = find(s, numbers[i]) + strlen(numbers[i]);
    if (at < s.length && is_digit(s.data[at]))
      return true;
  }
  return false;
}

bool marks_letters(byline_string s) {
  static const char *const marks[] = {
      "letters", "inbox",   "postbag",       "post bag",
      "mailbag", "mailbox", "to the editor", "readers write"};
  return s.length <= 60 && marks_words(s) <= 6 &&
         has_any(s, marks, COUNT(marks));
}

bool marks_programme(byline_string s) {
  static const char end[] = "stands for", other[] = "stand for";
  return s.length <= 100 && words_begin(s.data, s.length, "what ") &&
         (find(s, end) + sizeof end - 1 == s.length ||
          find(s, other) + sizeof other - 1 == s.length);
}

/* ---- Footers ---- */

/* The date that the words from at on begin with. */
static date_result date_at(byline_string s, size_t at, char *iso) {
  enum { WORDS = 5 };
  size_t ends[WORDS], count = 0;
  date_result worst = DATE_NONE;
  for (size_t i = at; i <= s.length && count < WORDS; i++)
    if (i == s.length || s.data[i] == ' ')
      ends[count++] = i;
  while (count > 0) {
    size_t end = ends[--count];
    while (end > at && memchr(",.;:)]", s.data[end - 1], 6))
      end--;
    date_result result = date_parse(s.data + at, end - at, iso);
    if (result == DATE_FOUND)
      return result;
    worst = result == DATE_UNCLEAR ? result : worst;
  }
  return worst;
}

/* The first day that a text names, else its first month or year; nothing if
 * something unclear comes before it. */
static bool first_date(byline_string s, char *iso) {
  char found[DATE_ISO_SIZE];
  *iso = '\0';
  for (size_t at = 0; at < s.length; at++) {
    if (at > 0 && s.data[at - 1] != ' ')
      continue;
    if (s.data[at] >= 'a' && s.data[at] <= 'z')
      continue; /* the "on" of "on 14 November" would make it unclear */
    date_result result = date_at(s, at, found);
    if (result == DATE_UNCLEAR) {
      *iso = '\0';
      return false;
    }
    if (result == DATE_FOUND && strlen(found) > strlen(iso))
      memcpy(iso, found, sizeof found);
    if (strlen(iso) >= sizeof "YYYY-MM-DD" - 1)
      return true;
  }
  return *iso != '\0';
}

bool marks_footer(byline_string s, char *iso) {
  enum { LONGEST = 400, FARTHEST = 60, WINDOW = 140 };
  static const char *const verbs[] = {
      "first posted",       "first published",
      "first appeared",     "first printed",
      "was published",      "was posted",
      "originally posted",  "published on",
      "posted on",          "posted:",
      "published:",         "originally published",
      "originally appeared"};
  static const char *const what[] = {
      "article", "version", "piece",  "text",   "story", "report", "interview",
      "review",  "letter",  "speech", "column", "item",  "poem",   "statement"};
  *iso = '\0';
  while (s.length > 0 && memchr("([*- ", *s.data, 5)) {
    s.data++;
    s.length--;
  }
  if (s.length == 0 || s.length > LONGEST)
    return false;
  byline_string start = {s.data, s.length < FARTHEST ? s.length : FARTHEST};
  bool about = words_begin(s.data, s.length, "this ") &&
               has_any(start, what, COUNT(what));
  for (size_t i = 0; i < COUNT(verbs); i++) {
    bool first = words_begin(s.data, s.length, verbs[i]);
    if (!first && !about)
      continue;
    size_t at = first ? 0 : find(start, verbs[i]);
    if (!first && at == start.length)
      continue;
    size_t size = s.length - at;
    byline_string rest = {s.data + at, size < WINDOW ? size : WINDOW};
    if (first_date(rest, iso))
      return true;
  }
  return false;
}

/* ---- Bylines inside a sentence ---- */

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

byline_string marks_reporting(byline_string s) {
  enum { LONGEST = 400, FARTHEST = 200, LONGEST_END = 70 };
  static const char *const verbs[] = {
      "report on ",    "reports on ",   "report from ", "reports from ",
      "looks at ",     "look at ",      "looks back ",  "look back ",
      "reviews ",      "examines ",     "explores ",    "investigates ",
      "interviews ",   "writes on ",    "writes about", "writes from ",
      "explains why ", "explains how ", "explain why ", "explain how "};
  static const char *const ends[] = {"writes ", "reports "};
  const byline_string none = {NULL, 0};
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
    size_t verb = find(s, ends[i]), at = verb + strlen(ends[i]);
    if (verb > 2 && at < s.length && s.data[verb - 2] == ',' &&
        s.length - at <= LONGEST_END) {
      byline_string rest = {s.data + at, s.length - at};
      rest.length -= rest.data[rest.length - 1] == '.';
      return rest;
    }
  }
  return none;
}
