#include "bulk/termlists.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "bulk/pack.h"
#include "bulk/small.h"

/* The head of a list: the document's length, the number of its terms. */
enum { HEAD_ROOM = 2 * PACK_UINT_MAX };

void termlists_free(termlists *t) {
  free(t->lists);
  free(t->bytes);
  buf_free(&t->slots);
  *t = (termlists){.count = 0};
}

size_t termlists_memory(const termlists *t) {
  return t->capacity * sizeof *t->lists + t->slots.capacity;
}

bool termlists_reserve(termlists *t) {
  if (t->count < t->capacity)
    return true;
  size_t capacity = t->capacity ? t->capacity * 2 : 256;
  termlist *lists = realloc(t->lists, capacity * sizeof *lists);
  if (!lists)
    return false;
  t->lists = lists;
  t->capacity = capacity;
  return true;
}

void termlists_add(termlists *t, const termlist *document) {
  t->lists[t->count++] = *document;
}

/* ---- The walk ----------------------------------------------------------- */

bool termlists_begin(termlists *t) {
  size_t size = 1;
  for (size_t i = 0; i < t->count; i++) {
    if (t->lists[i].room > SIZE_MAX / 2 - size)
      return false;
    size += HEAD_ROOM + t->lists[i].room;
  }
  unsigned char *at = t->bytes = malloc(size);
  if (!at)
    return false;
  for (size_t i = 0; i < t->count; i++) {
    termlist *l = &t->lists[i];
    l->begin = l->at = at;
    l->last = l->last_length = 0;
    at += HEAD_ROOM + l->room;
  }
  t->number = 0;
  t->term = (byline_string){NULL, 0};
  return true;
}

static size_t common_prefix(byline_string a, byline_string b) {
  size_t most = a.length < b.length ? a.length : b.length;
  size_t n = 0;
  while (n < most && a.data[n] == b.data[n])
    n++;
  return n;
}

void termlists_term(termlists *t, byline_string term) {
  t->number++;
  for (size_t n = common_prefix(t->term, term) + 1; n <= term.length + 1; n++)
    t->breaks[n] = t->number;
  t->term = term;
}

/* A list begins with all of its first term. */
static void put_first(const termlists *t, termlist *l, uint32_t wdf) {
  unsigned char *at = l->at;
  at += pack_uint(at, l->length);
  at += pack_uint(at, l->term_count);
  *at++ = (unsigned char)t->term.length;
  small_copy(at, t->term.data, t->term.length);
  at += t->term.length;
  l->at = at + pack_uint(at, wdf);
}

/* A small wdf shares a byte with the length of the common prefix, if the
 * product of what each can be fits. */
static void put_next(const termlists *t, termlist *l, uint32_t wdf) {
  size_t same = 0;
  while (t->breaks[same + 1] <= l->last)
    same++;
  size_t left = t->term.length - same;
  size_t packed =
      wdf < 127 ? (wdf + 1) * (size_t)(l->last_length + 1) + same : SIZE_MAX;
  unsigned char *at = l->at;
  *at++ = (unsigned char)(packed < 256 ? packed : same);
  *at++ = (unsigned char)left;
  small_copy(at, t->term.data + same, left);
  at += left;
  if (packed >= 256)
    at += pack_uint(at, wdf);
  l->at = at;
}

void termlists_post(termlists *t, size_t index, uint32_t wdf) {
  termlist *l = &t->lists[index];
  if (l->last == 0)
    put_first(t, l, wdf);
  else
    put_next(t, l, wdf);
  l->last = t->number;
  l->last_length = (uint32_t)t->term.length;
}

size_t termlists_search(const termlists *t, size_t from, uint32_t docid) {
  size_t low = from, high = t->count - 1;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (t->lists[middle].docid < docid)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* ---- Its end ------------------------------------------------------------ */

static byline_status add_record(record r, deflater *d, buf *tag, records *to,
                                byline_error *error) {
  buf_clear(tag);
  if (r.tag.length > RECORD_TAG_MAX)
    return error_set(error, BYLINE_INVALID,
                     "document %lu has a list of terms of more than 100 MiB",
                     (unsigned long)r.docid);
  if (!deflater_run(d, r.tag, table_compress_min(TABLE_TERMLIST), tag,
                    &r.compressed))
    return error_no_memory(error);
  r.tag = buf_string(tag);
  if (!records_reserve(to, 1, r.tag.length))
    return error_no_memory(error);
  records_add(to, &r);
  return BYLINE_OK;
}

byline_status termlists_end(termlists *t, deflater *d, records *to,
                            byline_error *error) {
  buf tag = BUF_INIT;
  byline_status status = BYLINE_OK;
  const char *slots = t->slots.data;
  for (size_t i = 0; status == BYLINE_OK && i < t->count; i++) {
    const termlist *l = &t->lists[i];
    record r = {.docid = l->docid};
    r.tag = (byline_string){(const char *)l->begin, (size_t)(l->at - l->begin)};
    status = add_record(r, d, &tag, to, error);
    if (status != BYLINE_OK || l->slots_length == 0)
      continue;
    r.slots = true;
    r.tag = (byline_string){slots, l->slots_length};
    status = add_record(r, d, &tag, to, error);
    slots += l->slots_length;
  }
  buf_free(&tag);
  termlists_free(t);
  return status;
}
