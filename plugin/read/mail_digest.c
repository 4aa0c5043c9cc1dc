#include "read/mail_digest.h"

#include <string.h>

#include "read/words.h"

/* Hyphens of the lines behind the contents and between two messages. */
enum { FIRST_RULE = 70, RULE = 30 };

typedef struct line {
  size_t start, length; /* without its end */
  size_t next;
} line;

static line line_at(const char *bytes, size_t length, size_t at) {
  const char *end = memchr(bytes + at, '\n', length - at);
  size_t stop = end ? (size_t)(end - bytes) : length;
  line l = {at, stop - at, end ? stop + 1 : length};
  if (l.length > 0 && bytes[stop - 1] == '\r')
    l.length--;
  return l;
}

static bool is_rule(const char *bytes, const line *l, size_t count) {
  if (l->length != count)
    return false;
  for (size_t i = 0; i < count; i++)
    if (bytes[l->start + i] != '-')
      return false;
  return true;
}

/* Where the line behind the next rule begins; length if there is none. *rule
 * gets where the rule does. */
static size_t behind_rule(const char *bytes, size_t length, size_t at,
                          size_t count, size_t *rule) {
  bool blank = true;
  *rule = length;
  while (at < length) {
    line l = line_at(bytes, length, at);
    if (blank && is_rule(bytes, &l, count)) {
      *rule = l.start;
      return l.next;
    }
    blank = l.length == 0;
    at = l.next;
  }
  return length;
}

/* Whether a message is here: headers that say from whom it is, and when or
 * about what. */
static bool is_message(const char *bytes, size_t length, size_t at) {
  bool from = false, more = false;
  while (at < length) {
    line l = line_at(bytes, length, at);
    const char *text = bytes + l.start;
    if (l.length == 0)
      break;
    from = from || words_begin(text, l.length, "from:");
    more = more || words_begin(text, l.length, "date:") ||
           words_begin(text, l.length, "subject:");
    at = l.next;
  }
  return from && more;
}

static size_t skip_blank(const char *bytes, size_t length, size_t at) {
  while (at < length) {
    line l = line_at(bytes, length, at);
    if (l.length > 0)
      return at;
    at = l.next;
  }
  return length;
}

/* The body of a mail that is text; length if it is something else. */
static size_t body_of(const char *bytes, size_t length) {
  size_t at = 0;
  while (at < length) {
    line l = line_at(bytes, length, at);
    const char *text = bytes + l.start;
    if (l.length == 0)
      return l.next;
    if (words_begin(text, l.length, "content-type: multipart") ||
        words_begin(text, l.length, "content-transfer-encoding: base64"))
      return length;
    at = l.next;
  }
  return length;
}

bool mail_digest_next(const char *bytes, size_t length, size_t *at,
                      size_t *start, size_t *size) {
  size_t rule;
  if (*at == 0)
    *at = behind_rule(bytes, length, body_of(bytes, length), FIRST_RULE, &rule);
  while (*at < length) {
    *start = skip_blank(bytes, length, *at);
    *at = behind_rule(bytes, length, *start, RULE, &rule);
    *size = rule - *start;
    if (is_message(bytes, rule, *start))
      return true;
  }
  return false;
}
