#include "read/url_template.h"

#include <stdint.h>
#include <string.h>
#include <unicode/uchar.h>

#include "base/utf8.h"
#include "read/folded.h"
#include "read/words.h"

typedef enum place {
  PLACE_DATE,
  PLACE_YEAR,
  PLACE_MONTH,
  PLACE_DAY,
  PLACE_SLUG,
  PLACE_LINE,
  PLACE_FILE,
  PLACE_NUMBER,
  PLACE_COUNT
} place;

static const char *const names[PLACE_COUNT] = {
    "date", "year", "month", "day", "title-slug", "line", "file", "number"};

/* The place that begins at an opening brace, and its length; PLACE_COUNT when
 * it is none. */
static place place_at(const char *text, size_t length, size_t *size) {
  const char *end = memchr(text, '}', length);
  *size = end ? (size_t)(end - text) + 1 : length;
  for (int i = 0; end && i < PLACE_COUNT; i++)
    if (strlen(names[i]) == *size - 2 &&
        memcmp(names[i], text + 1, *size - 2) == 0)
      return (place)i;
  return PLACE_COUNT;
}

const char *url_template_fault(byline_string t) {
  bool one = false; /* it tells an article from others of a day */
  if (!words_begin(t.data, t.length, "http://") &&
      !words_begin(t.data, t.length, "https://"))
    return "an address must begin with http:// or https://";
  for (size_t at = 0, size; at < t.length; at += size) {
    size = 1;
    if ((unsigned char)t.data[at] <= ' ')
      return "an address has no spaces";
    if (t.data[at] != '{')
      continue;
    place p = place_at(t.data + at, t.length - at, &size);
    if (p == PLACE_COUNT)
      return "what stands in { } must be one of date, year, month, day, "
             "title-slug, line, file, number";
    one = one || p == PLACE_SLUG || p == PLACE_LINE || p == PLACE_NUMBER;
  }
  return one ? NULL
             : "articles with the same address are one article: use "
               "{title-slug}, {number} or {line}";
}

static bool add_encoded(buf *out, const char *text, size_t length) {
  for (size_t i = 0; i < length; i++) {
    unsigned char c = (unsigned char)text[i];
    bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                 (c >= '0' && c <= '9') || (c != 0 && strchr("-._~", c));
    if (!(plain ? buf_add_char(out, (char)c) : buf_printf(out, "%%%02X", c)))
      return false;
  }
  return true;
}

/* Small letters and digits without accents; one dash for whatever is between.
 */
static bool add_slug(buf *out, byline_string title) {
  size_t start = out->length;
  bool gap = false;
  for (size_t at = 0; at < title.length;) {
    char bytes[4];
    uint32_t c = utf8_next(title.data, title.length, &at);
    if (c == UTF8_INVALID || c == '\'' || c == 0x2019 ||
        (c = folded_character(c)) == 0)
      continue;
    if (!u_isalnum((UChar32)c) &&
        u_charType((UChar32)c) != U_NON_SPACING_MARK &&
        u_charType((UChar32)c) != U_COMBINING_SPACING_MARK) {
      gap = out->length > start;
      continue;
    }
    if (gap && !buf_add_char(out, '-'))
      return false;
    gap = false;
    if (!add_encoded(out, bytes, utf8_put(c, bytes)))
      return false;
  }
  return true;
}

/* The name without folders and what is behind its last dot. */
static bool add_file(buf *out, const char *path) {
  const char *slash = strrchr(path, '/');
  const char *name = slash ? slash + 1 : path;
  const char *dot = strrchr(name, '.');
  return add_encoded(out, name,
                     dot && dot > name ? (size_t)(dot - name) : strlen(name));
}

/* Some characters of a date: none when it has not as many. */
static bool add_part(buf *out, byline_string date, size_t from, size_t end) {
  return date.length < end || buf_add(out, date.data + from, end - from);
}

static bool add_place(buf *out, place p, const url_values *v) {
  switch (p) {
  case PLACE_DATE:
    return add_part(out, v->date, 0, 10);
  case PLACE_YEAR:
    return add_part(out, v->date, 0, 4);
  case PLACE_MONTH:
    return add_part(out, v->date, 5, 7);
  case PLACE_DAY:
    return add_part(out, v->date, 8, 10);
  case PLACE_SLUG:
    return add_slug(out, v->title);
  case PLACE_FILE:
    return add_file(out, v->path);
  case PLACE_LINE:
    return buf_printf(out, "%zu", v->line);
  default:
    return buf_printf(out, "%zu", v->number);
  }
}

bool url_template_fill(byline_string t, const url_values *values, buf *out) {
  buf_clear(out);
  for (size_t at = 0, size; at < t.length; at += size) {
    size = 1;
    size_t before = out->length;
    if (t.data[at] != '{') {
      if (!buf_add_char(out, t.data[at]))
        return false;
      continue;
    }
    if (!add_place(out, place_at(t.data + at, t.length - at, &size), values))
      return false;
    if (out->length == before) {
      buf_clear(out);
      return true;
    }
  }
  return true;
}
