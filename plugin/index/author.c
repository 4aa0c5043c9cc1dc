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

enum { KNOWN_MAX = 50000 }; /* names that are kept in memory */

void author_speller_free(author_speller *s) {
  string_map_free(&s->known);
  buf_free(&s->key);
  buf_free(&s->place);
  buf_free(&s->found);
}

/* Makes the name's place in the metadata; empty where the name has nothing to
 * be told by. */
static byline_status find_place(author_speller *s, byline_string name,
                                byline_error *error) {
  buf_clear(&s->key);
  buf_clear(&s->place);
  byline_status status = author_key(s->analyzer, name, &s->key, error);
  if (status != BYLINE_OK || s->key.length == 0)
    return status;
  return schema_author_place(buf_string(&s->key), &s->place)
             ? BYLINE_OK
             : error_no_memory(error);
}

/* The spelling in found: that of the metadata, or else the name itself. */
static byline_status look_up(author_speller *s, byline_string name,
                             byline_error *error) {
  buf_clear(&s->found);
  byline_status status = find_place(s, name, error);
  if (status == BYLINE_OK && s->place.length > 0)
    status =
        s->metadata->get(s->metadata, buf_string(&s->place), &s->found, error);
  if (status != BYLINE_OK || s->found.length > 0)
    return status;
  if (!buf_add_str(&s->found, name))
    return error_no_memory(error);
  return s->place.length == 0
             ? BYLINE_OK
             : s->metadata->set(s->metadata, buf_string(&s->place), name,
                                error);
}

static byline_status spell(author_speller *s, arena *memory,
                           byline_string *name, byline_error *error) {
  const byline_string *known = string_map_find(&s->known, *name);
  if (!known) {
    byline_status status = look_up(s, *name, error);
    if (status != BYLINE_OK)
      return status;
    if (s->known.count == KNOWN_MAX)
      string_map_clear(&s->known);
    if (!string_map_set(&s->known, *name, buf_string(&s->found)))
      return error_no_memory(error);
    known = string_map_find(&s->known, *name);
  }
  return arena_string(memory, *known, name) ? BYLINE_OK
                                            : error_no_memory(error);
}

byline_status author_spell(author_speller *s, arena *memory,
                           const byline_string *names, size_t count,
                           byline_string **spellings, byline_error *error) {
  byline_status status = BYLINE_OK;
  byline_string *list = arena_array(memory, count, sizeof *list);
  if (!list)
    return error_no_memory(error);
  for (size_t i = 0; status == BYLINE_OK && i < count; i++) {
    list[i] = names[i];
    status = spell(s, memory, &list[i], error);
  }
  *spellings = list;
  return status;
}
