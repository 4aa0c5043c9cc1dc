#include "read/words.h"

#include <stdint.h>
#include <string.h>

static char lower(char c) {
  return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

bool words_begin_more(const char *text, size_t length, const char *mark) {
  size_t i = 0;
  for (; mark[i]; i++)
    if (i == length || lower(text[i]) != mark[i])
      return false;
  return true;
}

/* Whether text is the whole word. */
static bool equals(const char *word, const char *text, size_t length) {
  for (size_t i = 0; i < length; i++)
    if (lower(text[i]) != word[i] || word[i] == '\0')
      return false;
  return word[length] == '\0';
}

bool words_contain(const char *const *words, size_t count, const char *text,
                   size_t length) {
  char first = length > 0 ? lower(*text) : '\0';
  for (size_t i = 0; i < count; i++)
    if (*words[i] == first && equals(words[i], text, length))
      return true;
  return false;
}

byline_string words_trim(byline_string s) {
  while (s.length > 0 && *s.data == ' ') {
    s.data++;
    s.length--;
  }
  while (s.length > 0 && s.data[s.length - 1] == ' ')
    s.length--;
  return s;
}

bool words_have_digit(byline_string s) {
  enum { VECTOR = 16 }; /* of loops without a way out compilers make vectors */
  size_t at = 0;
  for (; s.length - at >= VECTOR; at += VECTOR) {
    unsigned char digits[VECTOR];
    uint64_t parts[VECTOR / sizeof(uint64_t)];
    for (size_t i = 0; i < VECTOR; i++)
      digits[i] = (unsigned char)(s.data[at + i] - '0') < 10;
    memcpy(parts, digits, sizeof parts);
    if (parts[0] | parts[1])
      return true;
  }
  while (at < s.length && (unsigned char)(s.data[at] - '0') >= 10)
    at++;
  return at < s.length;
}
