#include "read/head_line.h"

#include <string.h>

#include "read/words.h"

enum { LONGEST_RULE = 200 };

bool head_line_is_url(byline_string s) {
  return (words_begin(s.data, s.length, "http://") ||
          words_begin(s.data, s.length, "https://")) &&
         s.length > strlen("https://") + 2 && !memchr(s.data, ' ', s.length);
}

bool head_line_is_rule(byline_string s) {
  /* The bytes of dashes and of lines for boxes too. */
  static const char marks[] = "-=*_~#+. \xE2\x80\x94\x95\x93\x95\x90\x81";
  if (s.length < 3 || s.length > LONGEST_RULE || s.data[0] == ' ')
    return false;
  for (size_t i = 0; i < s.length; i++)
    if (!memchr(marks, s.data[i], sizeof marks - 1))
      return false;
  return true;
}
