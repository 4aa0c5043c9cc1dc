#include "read/edition_marks.h"

#include <string.h>
#include <unicode/uchar.h>

#include "base/utf8.h"
#include "read/edition_phrases.h"
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

size_t marks_find(byline_string s, const char *mark) {
  for (size_t at = 0; at < s.length; at++)
    if ((s.data[at] | 0x20) == *mark &&
        (at == 0 || !is_letter(s.data[at - 1])) &&
        words_begin(s.data + at, s.length - at, mark))
      return at;
  return s.length;
}

static bool has_any(byline_string s, const char *const *marks, size_t count) {
  for (size_t at = 0; at < s.length; at++) {
    if (at > 0 && is_letter(s.data[at - 1]))
      continue;
    for (size_t i = 0; i < count; i++)
      if ((s.data[at] | 0x20) == *marks[i] &&
          words_begin(s.data + at, s.length - at, marks[i]))
        return true;
  }
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

bool marks_name(byline_string s) {
  for (size_t at = 0; at < s.length;) {
    size_t start = at;
    while (at < s.length && s.data[at] != ' ')
      at++;
    size_t first = start;
    if (at - start > 3 &&
        u_islower((UChar32)utf8_next(s.data, s.length, &first)))
      return false;
    at++;
  }
  return s.length > 0;
}

bool marks_rubric(byline_string s) {
  enum { MOST_WORDS = 3 };
  size_t words = 1;
  for (size_t at = 1; at + 2 < s.length && words <= MOST_WORDS; at++) {
    if (s.data[at] == ':' && s.data[at + 1] == ' ')
      return true;
    words += s.data[at] == ' ' && s.data[at + 1] != ':';
  }
  return false;
}

bool marks_dash(byline_string s) {
  for (size_t i = 0; i + 2 < s.length; i++)
    if (memcmp(s.data + i, " - ", 3) == 0 ||
        (i + 4 < s.length && s.data[i] == ' ' && s.data[i + 4] == ' ' &&
         (memcmp(s.data + i + 1, "\xE2\x80\x93", 3) == 0 ||
          memcmp(s.data + i + 1, "\xE2\x80\x94", 3) == 0)))
      return true;
  return false;
}

bool marks_turn(byline_string s) {
  return (s.length > 4 && s.data[3] == ' ' &&
          (memcmp(s.data, "\xE2\x80\x93", 3) == 0 ||
           memcmp(s.data, "\xE2\x80\x94", 3) == 0));
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

/* How long initials at the beginning of a text are, in any script: "JD",
 * "J. P."; 0 if there are more than four letters. */
static size_t initials(const char *text, size_t length) {
  size_t size = 0, count = 0;
  for (size_t at = 0; at < length;) {
    uint32_t c = (unsigned char)text[at] < 0x80 ? (unsigned char)text[at++]
                                                : utf8_next(text, length, &at);
    bool upper = c < 0x80 ? c >= 'A' && c <= 'Z'
                          : c != UTF8_INVALID && u_isupper((UChar32)c);
    bool dot = c == '.' && count > 0;
    bool space = c == ' ' && size > 0 && text[size - 1] == '.' && at < length &&
                 is_letter(text[at]);
    if (!upper && !dot && !space)
      break;
    count += upper;
    size = at;
  }
  while (size > 0 && text[size - 1] == ' ')
    size--;
  return count <= 4 ? size : 0;
}

static bool is_small(char c) {
  return c >= 'a' && c <= 'z';
}

static bool says_something(byline_string s, size_t at) {
  return at + 1 < s.length && s.data[at] == ' ' && !is_small(s.data[at + 1]);
}

/* A colon, perhaps with a space before it, as the French have it. */
static bool colon_at(byline_string s, size_t at) {
  at += at < s.length && s.data[at] == ' ';
  if (at + 1 < s.length && (unsigned char)s.data[at] == 0xC2 &&
      (unsigned char)s.data[at + 1] == 0xA0)
    at += 2;
  return at + 1 < s.length && s.data[at] == ':' && s.data[at + 1] == ' ';
}

/* "Jane Doe: I saw it.": two to four capitalised words, then a sentence. */
static bool named_speaker(byline_string s) {
  enum { FARTHEST = 48 };
  size_t words = 0, at = 0;
  while (at < s.length && at < FARTHEST && words < 4) {
    size_t start = at;
    uint32_t c = utf8_next(s.data, s.length, &at);
    if (c == UTF8_INVALID || !u_isupper((UChar32)c))
      return false;
    while (at < s.length && (is_letter(s.data[at]) || s.data[at] == '-' ||
                             s.data[at] == '\'' || s.data[at] == '.'))
      at++;
    words += at > start;
    if (words >= 2 && colon_at(s, at))
      return memchr(".?!\"')", s.data[s.length - 1], 6) != NULL ||
             (unsigned char)s.data[s.length - 1] >= 0x80;
    if (at >= s.length || s.data[at] != ' ')
      return false;
    at++;
  }
  return false;
}

bool marks_speaker(byline_string s, bool loosely) {
  size_t size = initials(s.data, s.length);
  if (size > 0 && size + 1 < s.length &&
      (s.data[size] == ':' || colon_at(s, size)))
    return true;
  if (!loosely)
    return false;
  if ((size >= 2 && says_something(s, size)) || named_speaker(s))
    return true;
  enum { FARTHEST = 60 };
  size_t most = s.length < FARTHEST ? s.length : FARTHEST;
  for (size_t at = 3; at < most; at++) {
    const char *open = memchr(s.data + at, '(', most - at);
    at = open ? (size_t)(open - s.data) : s.length;
    if (at + 4 >= s.length)
      return false;
    if (s.data[at - 1] != ' ')
      continue;
    size = initials(s.data + at + 1, s.length - at - 1);
    size_t end = at + 1 + size;
    return size >= 2 && end < s.length && s.data[end] == ')' &&
           (says_something(s, end + 1) || colon_at(s, end + 1));
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
  if (s.length == 0 || !is_digit(s.data[s.length - 1]))
    return false;
  size_t at = marks_find(s, "page ");
  if (at == s.length || marks_words(s) > 8)
    return false;
  for (at += 5; at < s.length; at++)
    if (!is_digit(s.data[at]))
      return false;
  return true;
}

bool marks_link(byline_string s) {
  static const char *const marks[] = {"click here", "http:", "https:", "www."};
  return has_any(s, marks, COUNT(marks)) || memchr(s.data, '@', s.length);
}

/* "No 23% rise": no issue's number. */
static bool is_share(byline_string s, size_t at) {
  while (at < s.length && is_digit(s.data[at]))
    at++;
  return at < s.length && s.data[at] == '%';
}

bool marks_masthead(byline_string s) {
  static const char *const numbers[] = {"no. ",    "no ",  "issue ",
                                        "vol. ",   "vol ", "volume ",
                                        "number ", "nr. ", "edition "};
  if (memchr(s.data, '|', s.length) || marks_link(s))
    return true;
  bool numbered = words_have_digit(s);
  for (size_t i = 0; numbered && i < COUNT(numbers); i++) {
    size_t at = marks_find(s, numbers[i]) + strlen(numbers[i]);
    if (at < s.length && is_digit(s.data[at]) && !is_share(s, at))
      return true;
  }
  return false;
}

/* "42,000", "1.2m", "3 million": a sum that nothing reviewed costs. */
static bool is_sum(byline_string s, size_t at) {
  static const char *const marks[] = {"m",
                                      "k",
                                      "bn",
                                      "mil",
                                      "mio",
                                      "mrd",
                                      "bil",
                                      "\xD0\xBC\xD0\xBB",
                                      "\xD1\x82\xD1\x8B\xD1\x81"};
  enum { THOUSAND = 4, SHORT_MARKS = 3 };
  size_t digits = 0, last = 0; /* last: since a comma or a point */
  for (; at < s.length; at++) {
    bool digit = is_digit(s.data[at]);
    if (!digit && !((s.data[at] == ',' || s.data[at] == '.') &&
                    at + 1 < s.length && is_digit(s.data[at + 1])))
      break;
    digits += digit;
    last = digit ? last + 1 : 0;
  }
  if (digits >= THOUSAND && (last == digits || last == THOUSAND - 1))
    return true;
  at += at < s.length && s.data[at] == ' ';
  for (size_t i = 0; i < COUNT(marks); i++) {
    size_t end = at + strlen(marks[i]);
    if (end <= s.length && words_begin(s.data + at, s.length - at, marks[i]) &&
        (i >= SHORT_MARKS || end == s.length || !is_letter(s.data[end])))
      return true;
  }
  return false;
}

/* A number is right before or behind a mark: "16,90 Euro", "\xC2\xA3"
 * "20"; of money, no large one. */
static bool counted(byline_string s, size_t at, size_t size, bool money) {
  size_t before = at, behind = at + size;
  before -= before > 0 && s.data[before - 1] == ' ';
  behind += behind < s.length && s.data[behind] == ' ';
  if (before > 0 && is_digit(s.data[before - 1])) {
    while (before > 0 &&
           (is_digit(s.data[before - 1]) || s.data[before - 1] == ',' ||
            s.data[before - 1] == '.'))
      before--;
    return !money || !is_sum(s, before);
  }
  return behind < s.length && is_digit(s.data[behind]) &&
         (!money || !is_sum(s, behind));
}

bool marks_data(byline_string s) {
  static const struct {
    const char *text;
    bool money;
  } marks[] = {{"\xC2\xA3", true},
               {"\xE2\x82\xAC", true},
               {"$", true},
               {"pp", false},
               {"pages", false},
               {"seiten", false},
               {"euro", true},
               {"eur", true},
               {"p\xC3\xA1ginas", false},
               {"pagine", false},
               {"stron", false},
               {"isbn", false},
               {"z\xC5\x82", true},
               {"\xD1\x81.", false},
               {"\xD1\x80\xD1\x83\xD0\xB1", true},
               {"min.", false},
               {"kr", true}};
  if (!words_have_digit(s) || s.length > 300)
    return false;
  static const char firsts[] = "\xC2\xE2\xD1$pPsSeEiIzZmMkK";
  for (size_t at = 0; at < s.length; at++) {
    if (!memchr(firsts, s.data[at], sizeof firsts - 1))
      continue;
    if (at > 0 && is_letter(s.data[at - 1]) && is_letter(s.data[at]) &&
        (unsigned char)s.data[at - 1] != 0xA0)
      continue;
    for (size_t i = 0; i < COUNT(marks); i++)
      if (words_begin(s.data + at, s.length - at, marks[i].text) &&
          counted(s, at, strlen(marks[i].text), marks[i].money))
        return true;
  }
  return false;
}

/* ---- Footers ---- */

/* The date that the words from at on begin with. */
static date_result date_at(byline_string s, size_t at, const date_hints *hints,
                           char *iso) {
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
    date_result result = date_parse_hinted(s.data + at, end - at, hints, iso);
    if (result == DATE_FOUND)
      return result;
    worst = result == DATE_UNCLEAR ? result : worst;
  }
  return worst;
}

/* The first day that a text names, else its first month or year; nothing if
 * something unclear comes before it. */
static bool first_date(byline_string s, const date_hints *hints, char *iso) {
  char found[DATE_ISO_SIZE];
  *iso = '\0';
  for (size_t at = 0; at < s.length; at++) {
    if (at > 0 && s.data[at - 1] != ' ')
      continue;
    if (s.data[at] >= 'a' && s.data[at] <= 'z')
      continue; /* the "on" of "on 14 November" would make it unclear */
    date_result result = date_at(s, at, hints, found);
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

/* Has four digits in a row: a quick look for what may have a year. */
static bool has_year(byline_string s) {
  enum { DIGITS = 4 };
  if (!words_have_digit(s))
    return false;
  for (size_t last = DIGITS - 1; last < s.length;) {
    size_t digits = 0;
    while (digits < DIGITS && is_digit(s.data[last - digits]))
      digits++;
    if (digits == DIGITS)
      return true;
    last += DIGITS - digits; /* behind what is no digit */
  }
  return false;
}

/* The same in other languages, where the date must be a day. */
static bool foreign_footer(byline_string s, const date_hints *hints,
                           char *iso) {
  size_t at = phrases_published(s);
  while (at > 0 && at < s.length && s.data[at] == ' ')
    at++;
  byline_string rest = {s.data + at, s.length - at};
  if (at > 0 && first_date(rest, hints, iso) &&
      strlen(iso) >= sizeof "YYYY-MM-DD" - 1)
    return true;
  *iso = '\0';
  return false;
}

bool marks_footer(byline_string s, const date_hints *hints, char *iso) {
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
  if (s.length == 0 || s.length > LONGEST || !has_year(s))
    return false;
  byline_string start = {s.data, s.length < FARTHEST ? s.length : FARTHEST};
  bool about = words_begin(s.data, s.length, "this ") &&
               has_any(start, what, COUNT(what));
  for (size_t i = 0; i < COUNT(verbs); i++) {
    bool first = words_begin(s.data, s.length, verbs[i]);
    if (!first && !about)
      continue;
    size_t at = first ? 0 : marks_find(start, verbs[i]);
    if (!first && at == start.length)
      continue;
    size_t size = s.length - at;
    byline_string rest = {s.data + at, size < WINDOW ? size : WINDOW};
    if (first_date(rest, hints, iso))
      return true;
  }
  return foreign_footer(s, hints, iso);
}
