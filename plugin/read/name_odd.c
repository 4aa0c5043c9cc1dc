#include "read/name_odd.h"

#include <string.h>
#include <unicode/uchar.h>

#include "base/utf8.h"
#include "read/name_parts.h"
#include "read/words.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { LONGEST_ODD = 60, MOST_CAPITALISED = 4 };

bool name_is_odd(byline_string s) {
  size_t words = 1;
  if (s.length == 0 || s.length > LONGEST_ODD)
    return false;
  for (size_t i = 0; i < s.length; i++) {
    bool lower = s.data[i] >= 'a' && s.data[i] <= 'z';
    if (!lower && !strchr(" -'", s.data[i]))
      return false;
    words += s.data[i] == ' ';
  }
  return words == 2 || words == 3;
}

/* ---- "and nine others" ---- */

/* Where the last word of what ends at end begins. */
static size_t word_start(const char *text, size_t end) {
  while (end > 0 && text[end - 1] != ' ')
    end--;
  return end;
}

bool name_cut_others(byline_string *line) {
  static const char *const others[] = {
      "others", "andere", "anderen", "autres", "otros", "otras",
      "outros", "outras", "altri",   "altre",  "andra", "andre",
      "inni",   "другие", "др.",     "інші",   "άλλοι"};
  static const char *const ands[] = {"and", "&",  "und", "et",  "y",
                                     "e",   "en", "og",  "och", "i",
                                     "и",   "та", "και"};
  size_t last = word_start(line->data, line->length);
  if (last == 0)
    return false;
  const char *word = line->data + last;
  size_t size = line->length - last, end = last - 1;
  bool al = last > 3 && words_begin(word - 3, size + 3, "et al") &&
            (size == 2 || (size == 3 && word[2] == '.'));
  if (!al && !words_contain(others, COUNT(others), word, size))
    return false;
  /* "nine" may stand between */
  for (int i = 0; i < 2; i++) {
    size_t from = word_start(line->data, end);
    if (from == 0)
      return false;
    if (words_contain(ands, COUNT(ands), line->data + from, end - from)) {
      *line = name_trim(line->data, from);
      while (line->length > 0 && line->data[line->length - 1] == ',')
        line->length--;
      return true;
    }
    end = from - 1;
  }
  return false;
}

/* ---- "by Big Si" ---- */

static bool is_capitalised(byline_string s) {
  size_t words = 1;
  bool begins = true;
  for (size_t at = 0; at < s.length;) {
    uint32_t c = utf8_next(s.data, s.length, &at);
    if (c == UTF8_INVALID || (begins && !u_isupper((UChar32)c)) ||
        (c != ' ' && !u_isalpha((UChar32)c) &&
         (c > 0x7F ? c != 0x2019 : !strchr("'-.", (int)c))))
      return false;
    begins = c == ' ';
    words += begins;
  }
  return s.length > 0 && words <= MOST_CAPITALISED;
}

bool name_take_capitalised(byline_string line, names *out) {
  name_parts c = {line.data, line.length, 0, SEPARATOR_NONE, true};
  byline_string part;
  name_separator before;
  out->count = 0;
  out->affiliation = (byline_string){NULL, 0};
  while (name_parts_next(&c, &part, &before)) {
    if (out->count == NAMES_MAX || !is_capitalised(part)) {
      out->count = 0;
      break;
    }
    out->authors[out->count++] = part;
  }
  out->shape = out->count > 0 ? NAMES_MAYBE : NAMES_NO;
  return out->count > 0;
}
