#include "read/name_parts.h"

#include <string.h>

#include "base/utf8.h"
#include "read/name_words.h"
#include "read/person.h"
#include "read/words.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* A longer beginning is no name that a conjunction could follow. */
enum { LONGEST_NAME = 120 };

/* Marks around a byline: dashes, stars, brackets and the like. */
static size_t ornament(const char *text, size_t length, bool end) {
  static const char *const marks[] = {" ",
                                      "-",
                                      "*",
                                      "_",
                                      "~",
                                      "|",
                                      "=",
                                      "#",
                                      "\xE2\x80\x94",
                                      "\xE2\x80\x93",
                                      "\xE2\x80\x95",
                                      "\xE2\x80\xA2"};
  static const char ends[] = " -*_~|=#\xE2\x93\x94\x95\xA2";
  if (!memchr(ends, end ? text[length - 1] : *text, sizeof ends - 1))
    return 0;
  for (size_t i = 0; i < COUNT(marks); i++) {
    size_t size = strlen(marks[i]);
    if (size <= length &&
        memcmp(end ? text + length - size : text, marks[i], size) == 0)
      return size;
  }
  return 0;
}

byline_string name_trim(const char *text, size_t length) {
  size_t size;
  while (length > 0 && (size = ornament(text, length, false)) > 0) {
    text += size;
    length -= size;
  }
  while (length > 0 && (size = ornament(text, length, true)) > 0)
    length -= size;
  byline_string result = {text, length};
  return result;
}

/* The separator at a place of a line: its length, or 0. */
static size_t separator_at(const char *text, size_t length, size_t at,
                           name_separator *kind) {
  static const char firsts[] = ",;\xE2\xD8\xE3\xEF";
  static const char behind_space[] = "aAwW&/+-|\xE2";
  static const struct {
    const char *mark;
    name_separator kind;
  } table[] = {{", with additional reporting by ", SEPARATOR_AND},
               {" with additional reporting by ", SEPARATOR_AND},
               {", additional reporting by ", SEPARATOR_AND},
               {", and ", SEPARATOR_AND},
               {", & ", SEPARATOR_AND},
               {" and ", SEPARATOR_AND},
               {" & ", SEPARATOR_AND},
               {" with ", SEPARATOR_AND},
               {" / ", SEPARATOR_AND},
               {" + ", SEPARATOR_AND},
               {"\xE2\x80\x94", SEPARATOR_DASH},
               {"\xE2\x80\x95", SEPARATOR_DASH},
               {" \xE2\x80\x93 ", SEPARATOR_DASH},
               {" - ", SEPARATOR_DASH},
               {" -- ", SEPARATOR_DASH},
               {" | ", SEPARATOR_DASH},
               {" \xE2\x80\x94 ", SEPARATOR_DASH},
               {",", SEPARATOR_COMMA},
               {";", SEPARATOR_COMMA},
               {"\xD8\x8C", SEPARATOR_COMMA},
               {"\xE3\x80\x81", SEPARATOR_COMMA},
               {"\xEF\xBC\x8C", SEPARATOR_COMMA},
               {"\xEF\xBC\x9B", SEPARATOR_COMMA}};
  if (text[at] == ' ' ? length - at < 2 || !memchr(behind_space, text[at + 1],
                                                   sizeof behind_space - 1)
                      : !memchr(firsts, text[at], sizeof firsts - 1))
    return 0;
  for (size_t i = 0; i < COUNT(table); i++)
    if (words_begin(text + at, length - at, table[i].mark)) {
      *kind = table[i].kind;
      return strlen(table[i].mark);
    }
  return 0;
}

/* The Arabic "and" is written as one with the name behind it, and is as well
 * the first letter of some. */
static size_t joined_wa_at(const char *text, size_t length, size_t at) {
  static const char *const names[] = {
      "وليد", "وائل", "وسام", "وسيم", "وفاء", "وداد", "وجدان", "وجيه",
      "وحيد", "وديع", "وردة", "ورد",  "وضاح", "وفيق", "وهيب",  "وهبة",
      "وصفي", "وجدي", "ولاء", "ولي",  "وئام", "ولد",  "وعد",   "وصال"};
  static const char mark[] = " \xD9\x88";
  size_t size = sizeof mark - 1;
  if (length - at <= size || memcmp(text + at, mark, size) != 0)
    return 0;
  const char *word = text + at + 1;
  const char *space = memchr(word, ' ', length - at - 1);
  size_t end = space ? (size_t)(space - word) : length - at - 1;
  return words_contain(names, COUNT(names), word, end) ? 0 : size;
}

/* "and" in languages where it is a letter or two, and may be part of a name or
 * of a title: it parts two full names and nothing else. */
static size_t conjunction_at(const char *text, size_t length, size_t at,
                             bool trusted) {
  static const char firsts[] = " /\xC2\xE0\xE1\xE3\xEF";
  static const char *const marks[] = {
      " und ",  " et ",  " и ",   " та ", " y ",     " e ",    " i ",
      " en ",   " og ",  " och ", " ja ", " ve ",    " dan ",  " eta ",
      " oraz ", " és ",  " και ", " și ", " şi ",    " và ",   " και ",
      " و ",    " ו",    " और ",  " एवं ", " ও ",     "และ",    " 和 ",
      " 与 ",   " 與 ",  "と",    "・",   "／",      "/",      " і ",
      " й ",    " և ",   " եւ ",  " და ", " மற்றும் ", " మరియు ", " ಮತ್ತು ",
      " અને ",   " आणि ", " ਅਤੇ ",  " 및 ", " និង ",    "និង",     "ແລະ",
      "နှင့်",     "·"};
  static const char seconds[] = "ueyiojvda";
  if (!memchr(firsts, text[at], sizeof firsts - 1) ||
      (text[at] == ' ' && length - at > 1 && text[at + 1] >= 0 &&
       !memchr(seconds, text[at + 1], sizeof seconds - 1)))
    return 0;
  if (trusted && words_begin(text + at, length - at, " a "))
    return 3;
  for (size_t i = 0; i < COUNT(marks); i++)
    if (words_begin(text + at, length - at, marks[i]))
      return strlen(marks[i]);
  return joined_wa_at(text, length, at);
}

/* Han letters or Hangul alone, as many as a name has. */
static bool is_short_name(byline_string s) {
  enum { LEAST = 2, MOST = 5 };
  size_t count = 0;
  for (size_t at = 0; at < s.length; count++) {
    uint32_t c = utf8_next(s.data, s.length, &at);
    bool han = c >= 0x3400 && c <= 0x9FFF, hangul = c >= 0xAC00 && c <= 0xD7A3;
    if (!han && !hangul)
      return false;
  }
  return count >= LEAST && count <= MOST;
}

/* Names of a script without capitals that are more than one word, or short.
 * kind: what person_look says of them. */
static bool is_uncased_name(byline_string s, person_kind kind) {
  return kind == PERSON_UNCASED &&
         (memchr(s.data, ' ', s.length) != NULL || is_short_name(s));
}

static bool parts_names(byline_string left, byline_string right, bool slash,
                        bool trusted) {
  if (left.length == 0 || right.length == 0)
    return false;
  person_kind kind = person_look(left.data, left.length);
  bool full = kind == PERSON_FULL, uncased = is_uncased_name(left, kind);
  if ((full || uncased) &&
      (name_is_agency(right.data, right.length) || name_is_dispatch(right)))
    return true;
  if (slash && !trusted)
    return false;
  if (kind == PERSON_GROUP)
    return person_look(right.data, right.length) == PERSON_GROUP;
  bool couple = trusted && kind == PERSON_SINGLE; /* "Jane and Tom Roe" */
  if (!full && !couple)
    return uncased &&
           is_uncased_name(right, person_look(right.data, right.length));
  size_t place;
  size_t end = person_end(right.data, right.length, trusted, &place);
  return person_look(right.data, end) == PERSON_FULL &&
         !person_starts_as_place(right.data, end) &&
         !name_is_place(right.data, end);
}

/* The length of a conjunction that parts two names, or 0. */
static size_t weak_separator_at(const name_parts *c, size_t at) {
  if (at == c->at || at - c->at > LONGEST_NAME)
    return 0;
  size_t size = conjunction_at(c->text, c->length, at, c->trusted);
  if (size == 0)
    return 0;
  size_t from = at + size, end = from;
  name_separator kind;
  while (end < c->length && c->text[end] != '(' &&
         separator_at(c->text, c->length, end, &kind) == 0 &&
         conjunction_at(c->text, c->length, end, c->trusted) == 0)
    end++;
  return parts_names(name_trim(c->text + c->at, at - c->at),
                     name_trim(c->text + from, end - from),
                     strchr("/\xEF", c->text[at]) != NULL, c->trusted)
             ? size
             : 0;
}

bool name_is_dispatch(byline_string s) {
  static const char *const marks[] = {"報導", "報道", "报道"};
  for (size_t i = 0; i < COUNT(marks); i++) {
    size_t size = strlen(marks[i]);
    if (s.length > size &&
        memcmp(s.data + s.length - size, marks[i], size) == 0)
      return true;
  }
  return false;
}

static bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool name_parts_next(name_parts *c, byline_string *part,
                     name_separator *before) {
  if (c->at >= c->length)
    return false;
  *before = c->before;
  size_t size = 0, end = c->at;
  int depth = 0;
  for (; end < c->length; end++) {
    char byte = c->text[end];
    depth += (byte == '(') - (byte == ')' && depth > 0);
    if (depth > 0 || is_letter(byte))
      continue;
    if ((size = separator_at(c->text, c->length, end, &c->before)) > 0)
      break;
    if ((size = weak_separator_at(c, end)) > 0) {
      c->before = SEPARATOR_AND;
      break;
    }
  }
  *part = name_trim(c->text + c->at, end - c->at);
  c->at = end + size;
  return true;
}
