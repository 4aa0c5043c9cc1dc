#include "read/lines.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/utf8.h"
#include "read/plain.h"

enum { FIRST_CAPACITY = 256 << 10 };

void lines_init(lines *l, lines_read_fn read, void *user) {
  *l = (lines){.read = read,
               .user = user,
               .longest = LINES_LONGEST,
               .pending = SIZE_MAX};
}

void lines_free(lines *l) {
  free(l->raw);
  buf_free(&l->clean);
}

byline_status lines_read_memory(void *user, char *buffer, size_t capacity,
                                size_t *length, byline_error *error) {
  lines_memory *m = user;
  (void)error;
  *length = m->length < capacity ? m->length : capacity;
  if (*length > 0) {
    memcpy(buffer, m->text, *length);
    m->text += *length;
    m->length -= *length;
  }
  return BYLINE_OK;
}

/* ---- Finding the ends of lines ---- */

/* Reads more behind what is there. */
static byline_status refill(lines *l, byline_error *error) {
  if (l->at > 0) {
    memmove(l->raw, l->raw + l->at, l->end - l->at);
    l->end -= l->at;
    l->lf -= l->lf > l->at ? l->at : l->lf;
    l->cr -= l->cr > l->at ? l->at : l->cr;
    l->at = 0;
  }
  if (l->capacity - l->end < FIRST_CAPACITY / 4) {
    size_t capacity = l->capacity ? l->capacity * 2 : FIRST_CAPACITY;
    char *raw = realloc(l->raw, capacity);
    if (!raw)
      return error_no_memory(error);
    l->raw = raw;
    l->capacity = capacity;
  }
  size_t length = 0;
  byline_status status =
      l->read(l->user, l->raw + l->end, l->capacity - l->end, &length, error);
  if (status != BYLINE_OK)
    return status;
  l->end += length;
  l->ended = length == 0;
  return BYLINE_OK;
}

/* The first c at or behind at, or end; *known remembers how far was looked. */
static size_t find(const lines *l, char c, size_t *known) {
  if (*known < l->at)
    *known = l->at;
  if (*known < l->end && l->raw[*known] != c) {
    char *found = memchr(l->raw + *known, c, l->end - *known);
    *known = found ? (size_t)(found - l->raw) : l->end;
  }
  return *known;
}

/* Where the line at at ends and the next begins; false if more bytes are
 * needed to know. */
static bool find_end(lines *l, size_t *stop, size_t *next) {
  size_t lf = find(l, '\n', &l->lf);
  size_t cr = find(l, '\r', &l->cr);
  if (cr < lf) {
    size_t after = cr + 1;
    if (after < l->end && l->raw[after] == '\r')
      after++;
    *stop = cr;
    if (after < l->end && l->raw[after] == '\n')
      *next = after + 1;
    else
      *next = cr + 1;
    return after < l->end || l->ended;
  }
  *stop = lf;
  *next = lf < l->end ? lf + 1 : lf;
  return lf < l->end || l->ended;
}

/* ---- Cleaning ---- */

static bool is_line_end(uint32_t c) {
  return c == 0x2028 || c == 0x2029 || c == 0x85;
}

static bool is_space(uint32_t c) {
  return c == ' ' || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
         c == 0x202F || c == 0x205F || c == 0x3000 || (c > 0 && c < 0x20) ||
         (c >= 0x7F && c <= 0x9F);
}

/* The length of the character at at if it stays as it is, else 0. */
static size_t keep_wide(const char *text, size_t length, size_t at) {
  size_t next = at;
  uint32_t c = utf8_next(text, length, &next);
  if (c == UTF8_INVALID || is_space(c) || is_line_end(c))
    return 0;
  return next - at;
}

/* How much of a line, which begins with no space, can stay as it is. A space
 * before something that can't stay is left to be looked at again. */
static size_t plain_length(const char *text, size_t length) {
  size_t at = 0;
  while ((at = plain_end(text, length, at)) < length) {
    size_t size =
        (unsigned char)text[at] > 0x7F ? keep_wide(text, length, at) : 0;
    if (size == 0)
      break;
    at += size;
  }
  return at > 0 && text[at - 1] == ' ' ? at - 1 : at;
}

static bool note_invalid(lines *l) {
  l->invalid++;
  if (l->first_invalid == 0)
    l->first_invalid = l->number;
  return buf_add(&l->clean, "\xEF\xBF\xBD", 3);
}

static void drop_last_space(buf *b) {
  if (b->length > 0 && b->data[b->length - 1] == ' ')
    b->data[--b->length] = '\0';
}

/* Adds the character at *at, cleaned; a line end becomes LF. */
static bool clean_one(lines *l, const char *text, size_t length, size_t *at) {
  buf *out = &l->clean;
  size_t start = *at;
  uint32_t c = utf8_next(text, length, at);
  bool blank = out->length == 0 || out->data[out->length - 1] == ' ' ||
               out->data[out->length - 1] == '\n';
  if (c == UTF8_INVALID || c == 0)
    return note_invalid(l);
  if (is_line_end(c)) {
    drop_last_space(out);
    return buf_add_char(out, '\n');
  }
  if (is_space(c))
    return blank || buf_add_char(out, ' ');
  return buf_add(out, text + start, *at - start);
}

static bool clean_line(lines *l, const char *text, size_t length,
                       size_t plain) {
  buf_clear(&l->clean);
  if (!buf_add(&l->clean, text, plain))
    return false;
  for (size_t at = plain; at < length;) {
    if (!clean_one(l, text, length, &at))
      return false;
    size_t more = at < length ? plain_length(text + at, length - at) : 0;
    if (more > 0 && text[at] != ' ') {
      if (!buf_add(&l->clean, text + at, more))
        return false;
      at += more;
    }
  }
  drop_last_space(&l->clean);
  return true;
}

/* Joiners and zero-width spaces alone make no text. */
static bool shows_nothing(const char *text, size_t length) {
  for (size_t at = 0; at < length;) {
    if ((unsigned char)text[at] < 0x80)
      return false;
    uint32_t c = utf8_next(text, length, &at);
    if (c != 0xFEFF && c != 0x2060 && !(c >= 0x200B && c <= 0x200F))
      return false;
  }
  return true;
}

static bool starts_with_bom(const char *text, size_t length) {
  return length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0;
}

static byline_string finished(const char *text, size_t length) {
  while (starts_with_bom(text, length)) {
    text += 3;
    length -= 3;
  }
  while (length > 0 && *text == ' ') {
    text++;
    length--;
  }
  if (shows_nothing(text, length))
    length = 0;
  return (byline_string){text, length};
}

/* The next of the lines that U+2028 and its like made of one. */
static void give_pending(lines *l, line *out) {
  const char *text = l->clean.data + l->pending;
  size_t length = l->clean.length - l->pending;
  const char *stop = memchr(text, '\n', length);
  size_t size = stop ? (size_t)(stop - text) : length;
  l->pending = stop ? l->pending + size + 1 : SIZE_MAX;
  out->text = finished(text, size);
}

static bool give(lines *l, const char *text, size_t length, line *out) {
  while (length > 0 && (*text == ' ' || *text == '\t')) {
    text++;
    length--;
  }
  while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t'))
    length--;
  size_t plain = plain_length(text, length);
  if (plain == length) {
    out->text = finished(text, length);
    return true;
  }
  if (!clean_line(l, text, length, plain))
    return false;
  l->pending = 0;
  give_pending(l, out);
  return true;
}

/* Where a line that is too long is cut: in a word if there is one near, for
 * the blanks at the ends of a piece are lost. */
static size_t piece_length(const char *text, size_t length, size_t longest) {
  enum { NEAR = 256 };
  size_t cut = utf8_cut(text, length, longest);
  for (size_t at = cut; at > 1 && cut - at < NEAR; at--)
    if (((unsigned char)text[at] & 0xC0) != 0x80 &&
        (unsigned char)text[at] > ' ' && (unsigned char)text[at - 1] > ' ')
      return at;
  return cut;
}

byline_status lines_next(lines *l, line *out, bool *found,
                         byline_error *error) {
  size_t stop, next;
  *found = true;
  out->number = l->number;
  out->continued = false;
  if (l->pending != SIZE_MAX) {
    out->raw = l->given;
    give_pending(l, out);
    return BYLINE_OK;
  }
  while (!find_end(l, &stop, &next)) {
    if (l->end - l->at > l->longest)
      break;
    byline_status status = refill(l, error);
    if (status != BYLINE_OK)
      return status;
  }
  if (l->at == l->end) {
    *found = false;
    return BYLINE_OK;
  }
  bool cut = stop - l->at > l->longest;
  if (cut)
    next = stop =
        l->at + piece_length(l->raw + l->at, stop - l->at, l->longest);
  out->continued = l->cut;
  if (!l->cut)
    l->number++;
  if (cut && l->first_long == 0)
    l->first_long = l->number;
  l->cut = cut;
  out->number = l->number;
  const char *text = l->raw + l->at;
  l->at = next;
  out->raw = l->given = (byline_string){text, stop - (size_t)(text - l->raw)};
  return give(l, text, out->raw.length, out) ? BYLINE_OK
                                             : error_no_memory(error);
}
