#include "index/author.h"

#include <unicode/uchar.h>

#include "base/error.h"
#include "base/utf8.h"
#include "index/schema.h"

/* ---- What spellings have in common ---- */

static bool is_apostrophe(uint32_t c) {
  return c == '\'' || c == '`' || (c >= 0x2018 && c <= 0x201B) || c == 0xB4 ||
         c == 0x2BB || c == 0x2BC || c == 0x2032 || c == 0xFF07;
}

/* Punctuation parts words, but for apostrophes. */
static bool is_between(uint32_t c) {
  return c == ' ' || u_isspace((UChar32)c) || u_ispunct((UChar32)c);
}

/* Squeezes what stands from start on, in its place. */
static void squeeze(buf *text, size_t start) {
  size_t to = start;
  bool space = false;
  for (size_t at = start; at < text->length;) {
    char bytes[4];
    uint32_t c = utf8_next(text->data, text->length, &at);
    if (c == UTF8_INVALID || is_apostrophe(c))
      continue;
    if (is_between(c)) {
      space = to > start;
      continue;
    }
    if (space)
      text->data[to++] = ' ';
    space = false;
    size_t size = utf8_put(c, bytes);
    for (size_t i = 0; i < size; i++)
      text->data[to++] = bytes[i];
  }
  text->length = to;
}

byline_status author_key(analyzer *a, byline_string name, buf *key,
                         byline_error *error) {
  size_t start = key->length;
  byline_status status = analyzer_fold(a, name.data, name.length, key, error);
  if (status == BYLINE_OK && key->length > start)
    squeeze(key, start);
  return status;
}

/* ---- The spelling of a database ---- */

static int collect(void *user, byline_string value) {
  return buf_add_str(user, value) ? 0 : BYLINE_NO_MEMORY;
}

/* Puts the name's place in the metadata into scratch; empty where the name has
 * nothing to be told by. */
static byline_status find_place(analyzer *a, byline_string name, buf *key,
                                buf *place, byline_error *error) {
  buf_clear(key);
  buf_clear(place);
  byline_status status = author_key(a, name, key, error);
  if (status != BYLINE_OK || key->length == 0)
    return status;
  return schema_author_place(buf_string(key), place) ? BYLINE_OK
                                                     : error_no_memory(error);
}

typedef struct scratch {
  buf key, place, found;
} scratch;

static byline_status spell(xap_writer *writer, analyzer *a, arena *memory,
                           scratch *s, byline_string *name,
                           byline_error *error) {
  byline_status status = find_place(a, *name, &s->key, &s->place, error);
  if (status != BYLINE_OK || s->place.length == 0)
    return status;
  buf_clear(&s->found);
  status =
      xap_database_metadata(xap_writer_database(writer), buf_string(&s->place),
                            collect, &s->found, error);
  if (status == BYLINE_OK && s->found.length == 0)
    return xap_writer_set_metadata(writer, buf_string(&s->place), *name, error);
  if (status == BYLINE_OK && !arena_string(memory, buf_string(&s->found), name))
    status = error_no_memory(error);
  return status;
}

byline_status author_spell(xap_writer *writer, analyzer *a, arena *memory,
                           byline_string *names, size_t count,
                           byline_error *error) {
  scratch s = {BUF_INIT, BUF_INIT, BUF_INIT};
  byline_status status = BYLINE_OK;
  for (size_t i = 0; status == BYLINE_OK && i < count; i++)
    status = spell(writer, a, memory, &s, &names[i], error);
  buf_free(&s.key);
  buf_free(&s.place);
  buf_free(&s.found);
  return status;
}
