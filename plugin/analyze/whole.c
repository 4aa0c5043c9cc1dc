#include "analyze/whole.h"

#include <string.h>
#include <strings.h>
#include <unicode/uchar.h>

#include "analyze/chars.h"
#include "base/utf8.h"

enum {
  NAME_MAX_BYTES = 140, /* of a hashtag, a handle or a local part */
  HOST_MAX = 253,
  LINK_MAX = 2000
};

typedef struct search {
  byline_string text;
  whole_fn fn;
  void *user;
  size_t done; /* where the last link ended: none begins before */
} search;

static bool is_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9');
}

/* strchr finds the end of set for NUL. */
static bool is_one_of(char c, const char *set) {
  return c != '\0' && strchr(set, c);
}

static char byte_at(byline_string text, size_t at) {
  return at < text.length ? text.data[at] : '\0';
}

/* Whether the character before at is part of a word. */
static bool word_before(byline_string text, size_t at) {
  size_t start = at;
  while (start > 0 && at - start < 4 &&
         ((unsigned char)text.data[--start] & 0xC0) == 0x80)
    ;
  if (start == at)
    return false;
  uint32_t ch = utf8_next(text.data, text.length, &start);
  return ch != UTF8_INVALID && char_is_word((UChar32)ch);
}

static int give(const search *s, whole_kind kind, size_t start, size_t end) {
  byline_string found = {s->text.data + start, end - start};
  return s->fn(s->user, kind, found);
}

/* ---- Hashtags ---------------------------------------------------------- */

/* Letters, digits and marks, with a letter among them: #1 is a number. */
static size_t tag_end(byline_string text, size_t start) {
  bool letter = false;
  size_t end = start;
  for (size_t at = start; at < text.length; end = at) {
    uint32_t ch = utf8_next(text.data, text.length, &at);
    if (ch == UTF8_INVALID || !char_is_word((UChar32)ch))
      break;
    letter = letter || u_isalpha((UChar32)ch);
  }
  return letter && end - start <= NAME_MAX_BYTES ? end : start;
}

static int see_hash(search *s, size_t at) {
  byline_string t = s->text;
  if (word_before(t, at) || (at > 0 && is_one_of(t.data[at - 1], "&/#=?")))
    return 0;
  size_t end = tag_end(t, at + 1);
  return end > at + 1 ? give(s, WHOLE_HASHTAG, at + 1, end) : 0;
}

/* ---- Handles and addresses --------------------------------------------- */

static size_t run_end(byline_string text, size_t at, const char *others,
                      size_t most) {
  size_t start = at;
  while (at < text.length && at - start < most &&
         (is_alphanumeric(text.data[at]) || is_one_of(text.data[at], others)))
    at++;
  while (at > start && !is_alphanumeric(text.data[at - 1]) &&
         text.data[at - 1] != '_')
    at--;
  return at;
}

/* The end of a host with a dot whose last part is letters, or start. */
static size_t host_end(byline_string text, size_t start) {
  size_t end = run_end(text, start, ".-", HOST_MAX), last = end;
  while (last > start && text.data[last - 1] != '.')
    last--;
  if (last < start + 2 || end - last < 2)
    return start;
  for (size_t i = last; i < end; i++)
    if (text.data[i] >= '0' && text.data[i] <= '9')
      return start;
  return end;
}

static size_t local_start(byline_string text, size_t end) {
  size_t start = end;
  while (start > 0 && end - start < NAME_MAX_BYTES &&
         (is_alphanumeric(text.data[start - 1]) ||
          is_one_of(text.data[start - 1], "._%+-")))
    start--;
  while (start < end && !is_alphanumeric(text.data[start]) &&
         text.data[start] != '_')
    start++;
  return start;
}

static int see_at(search *s, size_t at) {
  byline_string t = s->text;
  size_t start = local_start(t, at);
  if (start < at) {
    size_t end = host_end(t, at + 1);
    bool handle = start > 0 && t.data[start - 1] == '@';
    return end > at + 1 && !handle ? give(s, WHOLE_EMAIL, start, end) : 0;
  }
  if (word_before(t, at) || (at > 0 && is_one_of(t.data[at - 1], "/@.")))
    return 0;
  size_t end = run_end(t, at + 1, "_.-", NAME_MAX_BYTES);
  if (end > at + 1 && byte_at(t, end) == '@') {
    size_t host = host_end(t, end + 1);
    end = host > end + 1 ? host : end;
  }
  return end > at + 1 ? give(s, WHOLE_HANDLE, at + 1, end) : 0;
}

/* ---- Links ------------------------------------------------------------- */

static bool ends_link(uint32_t ch) {
  if (ch < 0x80)
    return ch <= ' ' || ch == 0x7F || strchr("<>\"`{}|\\^", (int)ch);
  return ch == UTF8_INVALID || !char_is_word((UChar32)ch);
}

/* Punctuation at the end is the sentence's; a bracket as well, unless it was
 * opened in the link. */
static size_t trim_link(byline_string text, size_t start, size_t end) {
  while (end > start) {
    char last = text.data[end - 1];
    bool open = memchr(text.data + start, '(', end - start) != NULL;
    if (!is_one_of(last, ".,;:!?'*_]") && (last != ')' || open))
      return end;
    end--;
  }
  return end;
}

/* start is that of the host. */
static int see_link(search *s, size_t start) {
  byline_string t = s->text;
  size_t host = run_end(t, start, ".-", HOST_MAX), end = start;
  if (start < s->done || host <= start + 2 ||
      !memchr(t.data + start, '.', host - start))
    return 0;
  for (size_t at = start; at < t.length && at - start < LINK_MAX; end = at)
    if (ends_link(utf8_next(t.data, t.length, &at)))
      break;
  s->done = end;
  return give(s, WHOLE_LINK, start, trim_link(t, start, end));
}

/* The length of a scheme that ends at a place. */
static size_t scheme_before(byline_string text, size_t end) {
  static const char *const schemes[] = {"https", "http", "ftp"};
  for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
    size_t length = strlen(schemes[i]);
    if (end >= length &&
        strncasecmp(text.data + end - length, schemes[i], length) == 0 &&
        !word_before(text, end - length))
      return length;
  }
  return 0;
}

static int see_colon(search *s, size_t at) {
  byline_string t = s->text;
  bool link = byte_at(t, at + 1) == '/' && byte_at(t, at + 2) == '/' &&
              scheme_before(t, at) > 0;
  return link ? see_link(s, at + 3) : 0;
}

/* www. without a scheme. */
static int see_dot(search *s, size_t at) {
  byline_string t = s->text;
  bool link = at >= 3 && strncasecmp(t.data + at - 3, "www", 3) == 0 &&
              !word_before(t, at - 3) &&
              (at == 3 || !is_one_of(t.data[at - 4], "/.@-"));
  return link ? see_link(s, at - 3) : 0;
}

/* ---- All --------------------------------------------------------------- */

int whole_find(byline_string text, whole_fn fn, void *user) {
  static const struct {
    char mark;
    int (*see)(search *s, size_t at);
  } marks[] = {
      {'#', see_hash}, {'@', see_at}, {':', see_colon}, {'.', see_dot}};
  search s = {text, fn, user, 0};
  int status = 0;
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
    s.done = 0;
    for (size_t at = 0; status == 0 && at < text.length; at++) {
      const char *next =
          memchr(text.data + at, marks[i].mark, text.length - at);
      if (!next)
        break;
      at = (size_t)(next - text.data);
      status = marks[i].see(&s, at);
    }
  }
  return status;
}

static void cut_front(byline_string *text, size_t length) {
  text->data += length;
  text->length -= length;
}

byline_status whole_fold(analyzer *a, whole_kind kind, byline_string text,
                         buf *out, byline_error *error) {
  if (kind == WHOLE_HASHTAG && byte_at(text, 0) == '#')
    cut_front(&text, 1);
  if (kind == WHOLE_HANDLE && byte_at(text, 0) == '@')
    cut_front(&text, 1);
  const char *colon = kind == WHOLE_LINK && text.length > 0
                          ? memchr(text.data, ':', text.length)
                          : NULL;
  size_t at = colon ? (size_t)(colon - text.data) : 0;
  if (colon && scheme_before(text, at) == at && byte_at(text, at + 1) == '/' &&
      byte_at(text, at + 2) == '/')
    cut_front(&text, at + 3);
  while (kind == WHOLE_LINK && text.length > 0 &&
         text.data[text.length - 1] == '/')
    text.length--;
  return analyzer_fold(a, text.data, text.length, out, error);
}
