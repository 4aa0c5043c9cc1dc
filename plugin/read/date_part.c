#include "read/date_part.h"

#include <string.h>
#include <unicode/uchar.h>

#include "base/utf8.h"
#include "read/date_time.h"
#include "read/words.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum {
  LONGEST = 200, /* of a line, in bytes */
  LONGEST_DAY = 120,
  LONGEST_SOURCE = 60,
  MOST_PIECES = 10,
  MOST_OF_DATE = 3 /* pieces: "Tuesday, October 20, 2020" */
};

/* Longer ones first. */
static const char *const separators[] = {" \xE2\x80\x94 ",
                                         " \xE2\x80\x93 ",
                                         " \xC2\xB7 ",
                                         " \xE2\x80\xA2 ",
                                         " -- ",
                                         " by ",
                                         " | ",
                                         " - ",
                                         " / ",
                                         " (",
                                         "\xE2\x80\x94",
                                         "\xEF\xBC\x8C",
                                         "\xEF\xBC\x8F",
                                         "\xEF\xBC\x9A",
                                         "\xEF\xBC\x88",
                                         "\xEF\xBC\x89",
                                         "\xE3\x80\x80",
                                         "\xD8\x8C ",
                                         ", ",
                                         "; ",
                                         ": ",
                                         "|",
                                         "(",
                                         ")",
                                         "[",
                                         "]"};

/* Words before a date that say no more than that it is one. */
static const char *const labels[] = {"date",
                                     "dated",
                                     "published",
                                     "published on",
                                     "posted",
                                     "posted on",
                                     "first posted",
                                     "first published",
                                     "issued",
                                     "datum",
                                     "data",
                                     "fecha",
                                     "publicado",
                                     "publicado el",
                                     "publicado em",
                                     "publi\xC3\xA9 le",
                                     "opublikowano",
                                     "on",
                                     "\xD0\x94\xD0\xB0\xD1\x82\xD0\xB0",
                                     "\xE6\x97\xA5\xE6\x9C\x9F"};

bool date_part_may_hold(const char *text, size_t length) {
  size_t digits = 0;
  bool ascii = true;
  for (size_t at = 0; at < length;) {
    if ((unsigned char)text[at] < 0x80) {
      digits += text[at] >= '0' && text[at] <= '9';
      at++;
      continue;
    }
    uint32_t c = utf8_next(text, length, &at);
    digits += c != UTF8_INVALID && u_isdigit((UChar32)c);
    ascii = false;
  }
  return digits >= (ascii ? 5 : 3);
}

static size_t separator_at(const char *text, size_t length, size_t at) {
  static const char firsts[] = " ,;:|()[]\xE2\xEF\xE3\xD8";
  if (!memchr(firsts, text[at], sizeof firsts - 1))
    return 0;
  for (size_t i = 0; i < COUNT(separators); i++)
    if (words_begin(text + at, length - at, separators[i]))
      return strlen(separators[i]);
  return 0;
}

/* Where the pieces of a line begin and end; more than MOST_PIECES are 0. */
static size_t take_apart(const char *text, size_t length, size_t *begins,
                         size_t *ends) {
  size_t count = 0, from = 0;
  for (size_t at = 0; at <= length;) {
    size_t size = at < length ? separator_at(text, length, at) : 1;
    if (size == 0) {
      at++;
      continue;
    }
    if (at > from) {
      if (count == MOST_PIECES)
        return 0;
      begins[count] = from;
      ends[count++] = at;
    }
    at = from = at + size;
  }
  return count;
}

/* The length of the longest label and the space behind it, or 0. */
static size_t label_at(byline_string s) {
  size_t longest = 0;
  for (size_t i = 0; i < COUNT(labels); i++) {
    size_t size = strlen(labels[i]);
    if (size >= longest && size < s.length && s.data[size] == ' ' &&
        words_begin(s.data, s.length, labels[i]))
      longest = size + 1;
  }
  return longest;
}

/* "20 October" is unclear too, and no date of a line. */
static bool has_year(byline_string s) {
  size_t digits = 0;
  for (size_t i = 0; i < s.length && digits < 4; i++)
    digits = s.data[i] >= '0' && s.data[i] <= '9' ? digits + 1 : 0;
  return digits == 4;
}

static bool is_day(byline_string s, const date_hints *hints, date_part *out) {
  out->text = s;
  out->date = memchr(s.data, ':', s.length)
                  ? date_time_parse_hinted(s.data, s.length, hints, out->iso)
                  : date_parse_hinted(s.data, s.length, hints, out->iso);
  return (out->date == DATE_FOUND && strlen(out->iso) >= 10) ||
         (out->date == DATE_UNCLEAR && has_year(s));
}

/* What is left of a side once separators and labels are off. */
static byline_string bare(const char *text, size_t length) {
  static const char marks[] = " ,;:|-/()[]";
  byline_string s = {text, length};
  for (size_t before = s.length + 1; before != s.length;) {
    before = s.length;
    while (s.length > 0 && strchr(marks, *s.data)) {
      s.data++;
      s.length--;
    }
    while (s.length > 0 && strchr(marks, s.data[s.length - 1]))
      s.length--;
    for (size_t i = 0; i < COUNT(separators) && s.length > 0; i++) {
      size_t size = strlen(separators[i]);
      if (size > s.length || strcmp(separators[i], " by ") == 0)
        continue;
      if (memcmp(s.data + s.length - size, separators[i], size) == 0)
        s.length -= size;
      else if (memcmp(s.data, separators[i], size) == 0)
        s = (byline_string){s.data + size, s.length - size};
    }
  }
  return s;
}

static void take_sides(const char *text, size_t length, size_t begin,
                       size_t end, date_part *out) {
  out->before = bare(text, begin);
  out->after = bare(text + end, length - end);
  if (words_contain(labels, COUNT(labels), out->before.data,
                    out->before.length))
    out->before.length = 0;
}

bool date_part_find(const char *text, size_t length, const date_hints *hints,
                    date_part *out) {
  static const date_hints none = DATE_HINTS_NONE;
  size_t begins[MOST_PIECES], ends[MOST_PIECES];
  date_part part;
  bool unclear = false;
  if (length > LONGEST || !date_part_may_hold(text, length))
    return false;
  size_t count = take_apart(text, length, begins, ends);
  for (size_t size = MOST_OF_DATE; size > 0; size--)
    for (size_t i = 0; i + size <= count; i++) {
      size_t begin = begins[i], end = ends[i + size - 1];
      if (end - begin > LONGEST_DAY ||
          !date_part_may_hold(text + begin, end - begin))
        continue;
      size_t label = label_at((byline_string){text + begin, end - begin});
      byline_string s = {text + begin + label, end - begin - label};
      if ((size == count && label == 0) ||
          !is_day(s, hints ? hints : &none, &part) ||
          (unclear && part.date != DATE_FOUND))
        continue;
      take_sides(text, length, begin, end, &part);
      *out = part;
      if (part.date == DATE_FOUND)
        return true;
      unclear = true;
    }
  return unclear;
}

bool date_part_is_source(const date_part *part) {
  byline_string s = part->before.length > 0 ? part->before : part->after;
  size_t words = 0;
  if (s.length == 0 || s.length > LONGEST_SOURCE ||
      (part->before.length > 0 && part->after.length > 0))
    return false;
  for (size_t at = 0; at < s.length; words++) {
    const char *space = memchr(s.data + at, ' ', s.length - at);
    size_t end = space ? (size_t)(space - s.data) : s.length, next = at;
    uint32_t c = utf8_next(s.data, s.length, &next);
    if (c == UTF8_INVALID || (u_islower((UChar32)c) && end - at > 3))
      return false;
    at = end + 1;
  }
  return words <= 5;
}
