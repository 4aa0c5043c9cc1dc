#include "stream.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"

typedef struct source {
  const unsigned char *at, *end;
  arena *memory;
  bool broken, no_memory;
} source;

static uint64_t read_number(source *s, uint64_t most) {
  uint64_t value = 0;
  for (unsigned shift = 0; s->at < s->end && shift < 63; shift += 7) {
    unsigned char byte = *s->at++;
    value |= (uint64_t)(byte & 0x7F) << shift;
    if (byte < 0x80) {
      s->broken |= value > most;
      return value;
    }
  }
  s->broken = true;
  return 0;
}

static uint32_t read_uint32(source *s) {
  return (uint32_t)read_number(s, UINT32_MAX);
}

/* A count of things that take at least size bytes each. */
static size_t read_count(source *s, size_t size) {
  size_t left = (size_t)(s->end - s->at) / size;
  size_t count = (size_t)read_number(s, left);
  return s->broken ? 0 : count;
}

static byline_string read_string(source *s) {
  size_t length = read_count(s, 1);
  if (length > (size_t)(s->end - s->at)) {
    s->broken = true;
    length = 0;
  }
  byline_string text = {(const char *)s->at, length};
  s->at += length;
  return text;
}

static void *new_array(source *s, size_t count, size_t size) {
  void *array = arena_array(s->memory, count, size);
  s->no_memory |= array == NULL;
  s->broken |= array == NULL;
  return array;
}

static void read_values(source *s, document *d) {
  d->value_count = read_count(s, 3);
  document_value *values = new_array(s, d->value_count, sizeof *values);
  d->values = values;
  for (size_t i = 0; i < d->value_count && !s->broken; i++) {
    values[i].slot = read_uint32(s);
    values[i].value = read_string(s);
    s->broken |= values[i].value.length == 0 ||
                 (i > 0 && values[i].slot <= values[i - 1].slot);
  }
}

static void read_positions(source *s, document_term *t) {
  t->position_count = read_count(s, 1);
  uint32_t *positions = new_array(s, t->position_count, sizeof *positions);
  t->positions = positions;
  uint64_t position = 0;
  for (size_t i = 0; i < t->position_count && !s->broken; i++) {
    uint32_t step = read_uint32(s);
    position += step;
    s->broken |= position > UINT32_MAX || (i > 0 && step == 0);
    positions[i] = (uint32_t)position;
  }
}

static bool in_order(byline_string a, byline_string b) {
  size_t shorter = a.length < b.length ? a.length : b.length;
  int order = shorter > 0 ? memcmp(a.data, b.data, shorter) : 0;
  return order < 0 || (order == 0 && a.length < b.length);
}

static void read_terms(source *s, document *d) {
  d->term_count = read_count(s, 3);
  document_term *terms = new_array(s, d->term_count, sizeof *terms);
  d->terms = terms;
  for (size_t i = 0; i < d->term_count && !s->broken; i++) {
    terms[i].term = read_string(s);
    terms[i].wdf = read_uint32(s);
    read_positions(s, &terms[i]);
    s->broken |= i > 0 && !in_order(terms[i - 1].term, terms[i].term);
  }
}

static void read_document(source *s, stream_document *d) {
  d->docid = read_uint32(s);
  d->content.data = read_string(s);
  read_values(s, &d->content);
  if (!s->broken)
    read_terms(s, &d->content);
}

/* A larger array every time that count is a power of two. */
static void *grow(source *s, void *array, size_t count, size_t size) {
  if (s->broken || (count & (count - 1)) != 0)
    return array;
  void *larger = realloc(array, 2 * (count + 1) * size);
  s->no_memory |= larger == NULL;
  s->broken |= larger == NULL;
  return larger ? larger : array;
}

static void read_record(source *s, stream *out) {
  unsigned char kind = *s->at++;
  if (kind == 'D') {
    size_t n = out->document_count;
    out->documents = grow(s, out->documents, n, sizeof *out->documents);
    if (s->broken)
      return;
    memset(&out->documents[n], 0, sizeof *out->documents);
    read_document(s, &out->documents[n]);
    uint32_t last = n > 0 ? out->documents[n - 1].docid : 0;
    s->broken |= out->documents[n].docid <= last;
    out->document_count++;
  } else if (kind == 'M') {
    out->metadata =
        grow(s, out->metadata, out->metadata_count, sizeof *out->metadata);
    if (s->broken)
      return;
    stream_metadata *m = &out->metadata[out->metadata_count++];
    m->key = read_string(s);
    m->value = read_string(s);
  } else if (kind == 'S') {
    out->words = grow(s, out->words, out->word_count, sizeof *out->words);
    if (s->broken)
      return;
    stream_word *w = &out->words[out->word_count++];
    w->word = read_string(s);
    w->frequency = read_uint32(s);
  } else if (kind == 'W') {
    out->terms_are_words = true;
  } else {
    s->broken = true;
  }
}

byline_status stream_parse(byline_string bytes, stream *result,
                           byline_error *error) {
  *result = (stream){0};
  result->memory = calloc(1, sizeof *result->memory);
  if (!result->memory)
    return error_no_memory(error);
  const unsigned char *begin = (const unsigned char *)bytes.data;
  source s = {begin, begin + bytes.length, result->memory, false, false};
  while (s.at < s.end && !s.broken)
    read_record(&s, result);
  if (!s.broken)
    return BYLINE_OK;
  stream_free(result);
  if (s.no_memory)
    return error_no_memory(error);
  return error_set(error, BYLINE_CORRUPT, "no stream of documents at byte %zu",
                   (size_t)(s.at - begin));
}

bool stream_is_word(byline_string term) {
  return term.length > 0 && *term.data >= 'a' && *term.data <= 'z';
}

void stream_free(stream *s) {
  free(s->documents);
  free(s->metadata);
  free(s->words);
  if (s->memory)
    arena_free(s->memory);
  free(s->memory);
  *s = (stream){0};
}
