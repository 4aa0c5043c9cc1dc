#include "read/mail_text.h"

#include <string.h>
#include <strings.h>

#include "base/error.h"
#include "base/utf8.h"
#include "read/charset.h"
#include "read/decoder.h"

/* ---- Character sets ---- */

enum { DECODED = 16 << 10 };

static byline_status decode(const char *name, const char *bytes, size_t length,
                            buf *out, size_t *replaced, byline_error *error) {
  const char *end = bytes + length;
  decoder *d;
  size_t got = DECODED;
  byline_status status = decoder_new(name, &d, error);
  if (status != BYLINE_OK)
    return status;
  while (status == BYLINE_OK && (bytes < end || got == DECODED)) {
    if (!buf_reserve(out, DECODED + 1))
      status = error_no_memory(error);
    else
      status = decoder_run(d, &bytes, end, true, out->data + out->length,
                           DECODED, &got, error);
    if (status == BYLINE_OK) {
      out->length += got;
      out->data[out->length] = '\0';
    }
  }
  *replaced += decoder_invalid(d);
  decoder_free(d);
  return status;
}

/* Bytes that are not ASCII show that something else was meant. */
static bool says_nothing(const char *declared, bool ascii) {
  return !declared || !*declared ||
         (!ascii && (strcasecmp(declared, "us-ascii") == 0 ||
                     strcasecmp(declared, "ascii") == 0));
}

byline_status mail_decode(const char *declared, const char *bytes,
                          size_t length, buf *out, size_t *replaced,
                          byline_error *error) {
  bool ascii = utf8_ascii_end(bytes, length, 0) == length;
  charset c = {.origin = CHARSET_UNCLEAR};
  char name[CHARSET_NAME];
  if (!ascii && utf8_valid(bytes, length))
    return buf_add(out, bytes, length) ? BYLINE_OK : error_no_memory(error);
  /* ASCII may still be ISO-2022-JP or UTF-7. */
  if (!says_nothing(declared, ascii) &&
      charset_find(declared, name, NULL) == BYLINE_OK)
    return decode(name, bytes, length, out, replaced, error);
  if (!ascii && !charset_guess(bytes, length, &c))
    return error_no_memory(error);
  if (c.origin == CHARSET_GUESSED)
    return decode(c.name, bytes, length, out, replaced, error);
  return utf8_repair(bytes, length, out, replaced) ? BYLINE_OK
                                                   : error_no_memory(error);
}

/* ---- Paragraphs ---- */

/* A line without its marks of quotation. */
typedef struct mail_line {
  const char *text;
  size_t length;
  size_t depth;
} mail_line;

/* Where we are in a mail that is signed with PGP. */
typedef enum armour {
  ARMOUR_NONE,
  ARMOUR_HEAD, /* "Hash: ..." up to an empty line */
  ARMOUR_SIGNED,
  ARMOUR_SIGNATURE
} armour;

typedef struct paragraphs {
  draft *draft;
  mail_format format;
  buf text; /* the paragraph so far */
  size_t depth;
  bool open; /* it has a line */
  armour armour;
} paragraphs;

enum { DEEPEST_QUOTE = 100 };

static mail_line split_line(const char *text, size_t length,
                            mail_format format) {
  mail_line l = {text, length, 0};
  while (l.depth < DEEPEST_QUOTE) {
    size_t space = l.depth > 0 && l.length > 1 && *l.text == ' ' ? 1 : 0;
    if (l.length <= space || l.text[space] != '>')
      break;
    l.text += space + 1;
    l.length -= space + 1;
    l.depth++;
  }
  /* The space that flowed text is stuffed with, or that follows ">". */
  if ((format.flowed || l.depth > 0) && l.length > 0 && *l.text == ' ') {
    l.text++;
    l.length--;
  }
  return l;
}

static bool end_paragraph(paragraphs *p) {
  if (p->open && !draft_add_paragraph(p->draft, p->text.data, p->text.length))
    return false;
  buf_clear(&p->text);
  p->open = false;
  return true;
}

static bool is_blank(const mail_line *l) {
  for (size_t i = 0; i < l->length; i++)
    if (l->text[i] != ' ' && l->text[i] != '\t')
      return false;
  return true;
}

static bool add_line(paragraphs *p, const mail_line *l) {
  bool signature = l->length == 3 && memcmp(l->text, "-- ", 3) == 0;
  if ((l->depth != p->depth || signature || is_blank(l)) && !end_paragraph(p))
    return false;
  p->depth = l->depth;
  if (is_blank(l))
    return true;
  for (size_t i = 0; !p->open && i < l->depth; i++)
    if (!buf_add_char(&p->text, '>'))
      return false;
  if (!p->open && l->depth > 0 && !buf_add_char(&p->text, ' '))
    return false;
  p->open = true;
  bool soft =
      p->format.flowed && p->format.delsp && l->text[l->length - 1] == ' ';
  return buf_add(&p->text, l->text, l->length - (soft ? 1 : 0)) &&
         (soft || buf_add_char(&p->text, ' '));
}

static bool says(const char *text, size_t length, const char *what) {
  return length >= strlen(what) && memcmp(text, what, strlen(what)) == 0;
}

/* Whether a line is what PGP put around the text; takes its dash off others. */
static bool is_armour(paragraphs *p, const char **text, size_t *length) {
  static const char escape[] = "- -";
  switch (p->armour) {
  case ARMOUR_NONE:
    if (!says(*text, *length, "-----BEGIN PGP SIGNED MESSAGE-----"))
      return false;
    p->armour = ARMOUR_HEAD;
    return true;
  case ARMOUR_HEAD:
    if (*length == 0)
      p->armour = ARMOUR_SIGNED;
    return true;
  case ARMOUR_SIGNED:
    if (says(*text, *length, "-----BEGIN PGP SIGNATURE-----")) {
      p->armour = ARMOUR_SIGNATURE;
      return true;
    }
    if (says(*text, *length, escape)) {
      *text += 2;
      *length -= 2;
    }
    return false;
  default:
    if (says(*text, *length, "-----END PGP SIGNATURE-----"))
      p->armour = ARMOUR_NONE;
    return true;
  }
}

bool mail_add_text(draft *d, const char *text, size_t length,
                   mail_format format) {
  paragraphs p = {d, format, BUF_INIT, 0, false, ARMOUR_NONE};
  bool ok = true;
  while (ok && length > 0) {
    const char *end = memchr(text, '\n', length);
    size_t size = end ? (size_t)(end - text) : length;
    size_t shown = size > 0 && text[size - 1] == '\r' ? size - 1 : size;
    const char *line = text;
    if (!is_armour(&p, &line, &shown)) {
      mail_line l = split_line(line, shown, format);
      ok = add_line(&p, &l);
    }
    size += end ? 1 : 0;
    text += size;
    length -= size;
  }
  ok = ok && end_paragraph(&p);
  buf_free(&p.text);
  return ok;
}
