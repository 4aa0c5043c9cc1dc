#include "read/html_flow.h"

#include <string.h>

#include "read/words.h"

void html_flow_init(html_flow *f, html_paragraph_fn paragraph, void *user) {
  memset(f, 0, sizeof *f);
  f->paragraph = paragraph;
  f->user = user;
}

void html_flow_free(html_flow *f) {
  buf_free(&f->line);
  buf_free(&f->held);
  buf_free(&f->figure);
}

/* ---- Giving out ---- */

static bool give_captions(html_flow *f, buf *captions) {
  for (size_t at = 0; at < captions->length;) {
    const char *text = captions->data + at;
    const char *end = memchr(text, '\n', captions->length - at);
    size_t length = end ? (size_t)(end - text) : captions->length - at;
    html_paragraph p = {{text, length}, 0, HTML_CAPTIONED};
    if (!f->paragraph(f->user, &p))
      return false;
    at += length + 1;
  }
  buf_clear(captions);
  return true;
}

bool html_flow_flush(html_flow *f) {
  bool ok = true;
  if (f->line.length > 0) {
    html_paragraph p = {buf_string(&f->line), f->link_bytes,
                        f->captions > 0   ? HTML_CAPTIONED
                        : f->headings > 0 ? HTML_TITLE
                                          : HTML_PLAIN};
    ok = f->paragraph(f->user, &p);
  }
  buf_clear(&f->line);
  f->prose.space = false;
  f->link_bytes = 0;
  f->breaks = 0;
  return ok && give_captions(f, &f->held);
}

/* ---- Text ---- */

static bool put(html_flow *f, const char *text, size_t length) {
  size_t before = f->line.length;
  f->prose.out = &f->line;
  f->prose.html = true;
  if (!prose_put(&f->prose, text, length))
    return false;
  if (f->links > 0)
    f->link_bytes += f->line.length - before;
  return true;
}

static bool is_blank(const char *text, size_t length) {
  for (size_t i = 0; i < length; i++)
    if (text[i] != ' ' && !(text[i] >= '\t' && text[i] <= '\r'))
      return false;
  return true;
}

static bool put_after_breaks(html_flow *f, const char *text, size_t length) {
  if (is_blank(text, length)) {
    f->prose.space = true;
    return true;
  }
  if (f->breaks >= 2 && !html_flow_flush(f))
    return false;
  f->breaks = 0;
  return put(f, text, length);
}

/* In <pre> an empty line ends a paragraph. */
static bool put_lines(html_flow *f, const char *text, size_t length) {
  while (length > 0) {
    const char *end = memchr(text, '\n', length);
    size_t size = end ? (size_t)(end - text) : length;
    if (!put_after_breaks(f, text, size))
      return false;
    if (!end)
      return true;
    f->breaks++;
    f->prose.space = true;
    text += size + 1;
    length -= size + 1;
  }
  return true;
}

bool html_flow_text(html_flow *f, const char *text, size_t length) {
  if (f->hidden > 0)
    return true;
  return f->pre > 0 ? put_lines(f, text, length)
                    : put_after_breaks(f, text, length);
}

/* ---- Images ---- */

static bool has_letter(const char *text) {
  for (; *text; text++)
    if ((*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z') ||
        (*text >= '0' && *text <= '9'))
      return true;
    else if ((unsigned char)*text >= 0xC3 && (unsigned char)*text <= 0xE9 &&
             (unsigned char)*text != 0xE2)
      return true; /* of another script */
  return false;
}

/* "IMG_0417.jpg" is no caption. */
static bool is_file_name(const char *text, size_t length) {
  static const char *const ends[] = {".jpg", ".jpeg", ".png", ".gif", ".webp"};
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
    size_t size = strlen(ends[i]);
    if (length > size && words_begin(text + length - size, size, ends[i]))
      return true;
  }
  return false;
}

/* The alt text of an image is a caption, except where it stands for a sign
 * within a line: an emoji. */
static bool take_image(html_flow *f, const html_tag *tag) {
  const char *alt = html_attribute(tag, "alt");
  if (!alt || is_blank(alt, strlen(alt)))
    return true;
  size_t length = strlen(alt);
  if (!has_letter(alt))
    return put_after_breaks(f, alt, length);
  buf *captions = f->figures > 0 ? &f->figure : &f->held;
  prose p = {.out = captions, .start = captions->length, .html = true};
  if (is_file_name(alt, length))
    return true;
  if (!prose_put(&p, alt, length) || !buf_add_char(captions, '\n'))
    return false;
  return f->figures > 0 || f->line.length > 0 || give_captions(f, captions);
}

/* ---- Tags ---- */

/* Counts an element as open or closed. */
static void count(html_flow *f, unsigned flags, bool open) {
  size_t *const counters[] = {&f->pre, &f->links, &f->headings, &f->captions,
                              &f->figures};
  static const unsigned kinds[] = {HTML_PRE, HTML_LINK, HTML_HEADING,
                                   HTML_CAPTION, HTML_FIGURE};
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (flags & kinds[i]) {
      if (open)
        ++*counters[i];
      else if (*counters[i] > 0)
        --*counters[i];
    }
}

bool html_flow_start(html_flow *f, const html_tag *tag, bool hide) {
  unsigned flags = tag->element->flags | (hide ? HTML_HIDDEN : 0);
  f->depth++;
  if (f->hidden > 0)
    return true;
  bool apart = (flags & HTML_BLOCK) || ((flags & HTML_CELL) && f->laid_out);
  if (apart && !html_flow_flush(f))
    return false;
  if (apart)
    f->laid_out = false;
  if (flags & HTML_HIDDEN) {
    f->hidden = f->depth;
    f->prose.space = true;
    return true;
  }
  count(f, flags, true);
  if (flags & HTML_CAPTION)
    buf_clear(&f->figure); /* says more than the alt text */
  if (flags & HTML_BREAK) {
    f->breaks++;
    f->laid_out = true;
  }
  if (flags & (HTML_BREAK | HTML_CELL))
    f->prose.space = true;
  return !(flags & HTML_IMAGE) || take_image(f, tag);
}

bool html_flow_end(html_flow *f, const html_element *element) {
  unsigned flags = element->flags;
  size_t depth = f->depth;
  if (f->depth > 0)
    f->depth--;
  if (f->hidden > 0) {
    if (depth <= f->hidden)
      f->hidden = 0;
    return true;
  }
  if ((flags & HTML_BLOCK) && !html_flow_flush(f))
    return false;
  count(f, flags, false);
  return !(flags & HTML_FIGURE) || give_captions(f, &f->figure);
}
