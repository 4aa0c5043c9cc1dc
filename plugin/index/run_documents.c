#include "index/run_documents.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "base/error.h"

struct run_document {
  uint64_t id[2]; /* a hash of it */
  unsigned char content[DIGEST_SIZE];
  const schema_file *file;
  const char *source;
  size_t line;
  uint32_t source_length;
};

enum { PIECE = 4096 }; /* documents */

static run_document *document_at(const run_documents *r, size_t docid) {
  return &r->pieces[(docid - 1) / PIECE][(docid - 1) % PIECE];
}

static void hash_id(byline_string id, uint64_t hash[2]) {
  XXH128_hash_t h = XXH3_128bits(id.data, id.length);
  hash[0] = h.low64;
  hash[1] = h.high64;
}

/* The slot of an id, or the free one where it belongs. */
static size_t find_slot(const run_documents *r, const uint64_t id[2]) {
  size_t at = (size_t)id[0] & (r->slot_count - 1);
  for (; r->slots[at]; at = (at + 1) & (r->slot_count - 1)) {
    const run_document *d = document_at(r, r->slots[at]);
    if (d->id[0] == id[0] && d->id[1] == id[1])
      break;
  }
  return at;
}

static byline_status find(lookup *methods, byline_string id,
                          const unsigned char digest[DIGEST_SIZE],
                          found_document *found, byline_error *error) {
  const run_documents *r = (const run_documents *)methods;
  uint64_t hash[2];
  if (r->count == 0)
    return BYLINE_OK;
  if (!r->pieces)
    return error_set(error, BYLINE_INTERNAL,
                     "a document is looked for when all were forgotten");
  hash_id(id, hash);
  uint32_t docid = r->slots[find_slot(r, hash)];
  if (docid == 0)
    return BYLINE_OK;
  const run_document *d = document_at(r, docid);
  found->docid = docid;
  found->building = true;
  found->content = memcmp(d->content, digest, DIGEST_SIZE) == 0;
  found->source = (byline_string){d->source, d->source_length};
  if (schema_names_file(d->file))
    found->absolute = d->file->absolute;
  found->line = d->line;
  return BYLINE_OK;
}

run_documents run_documents_none(void) {
  return (run_documents){.methods = {.find = find}};
}

size_t run_documents_memory(const run_documents *r) {
  return r->capacity * sizeof(run_document) + r->slot_count * sizeof *r->slots;
}

void run_documents_forget(run_documents *r) {
  for (size_t i = 0; i < r->capacity / PIECE; i++)
    free(r->pieces[i]);
  free(r->pieces);
  free(r->slots);
  r->pieces = NULL;
  r->slots = NULL;
  r->capacity = r->slot_count = 0;
}

void run_documents_free(run_documents *r) {
  run_documents_forget(r);
  arena_free(&r->memory);
  *r = run_documents_none();
}

const schema_file *run_documents_file(run_documents *r,
                                      const schema_file *file) {
  schema_file *copy = arena_alloc(&r->memory, sizeof *copy);
  if (!copy)
    return NULL;
  *copy = *file;
  return arena_string(&r->memory, file->absolute, &copy->absolute) ? copy
                                                                   : NULL;
}

static bool add_piece(run_documents *r) {
  size_t count = r->capacity / PIECE;
  if (r->capacity > UINT32_MAX / 2)
    return false;
  run_document **pieces = realloc(r->pieces, (count + 1) * sizeof *pieces);
  if (!pieces)
    return false;
  r->pieces = pieces;
  pieces[count] = malloc(PIECE * sizeof **pieces);
  if (!pieces[count])
    return false;
  r->capacity += PIECE;
  return true;
}

/* Keeps the table at most half full. */
static bool make_room(run_documents *r) {
  if (r->count == r->capacity && !add_piece(r))
    return false;
  if ((r->count + 1) * 2 <= r->slot_count)
    return true;
  size_t slot_count = r->slot_count ? r->slot_count * 2 : 512;
  uint32_t *slots = calloc(slot_count, sizeof *slots);
  if (!slots)
    return false;
  free(r->slots);
  r->slots = slots;
  r->slot_count = slot_count;
  for (size_t i = 0; i < r->count; i++)
    r->slots[find_slot(r, document_at(r, i + 1)->id)] = (uint32_t)i + 1;
  return true;
}

/* Neighbours come from the same source. */
static bool keep_source(run_documents *r, byline_string source) {
  if (r->source.data && r->source.length == source.length &&
      memcmp(r->source.data, source.data, source.length) == 0)
    return true;
  return source.length <= UINT32_MAX &&
         arena_string(&r->memory, source, &r->source);
}

bool run_documents_set(run_documents *r, const byline_article *article,
                       const schema_file *file,
                       const unsigned char content[DIGEST_SIZE],
                       uint32_t docid) {
  run_document d = {.file = file, .line = article->line};
  if (!make_room(r) || !keep_source(r, article->source))
    return false;
  hash_id(article->id, d.id);
  memcpy(d.content, content, DIGEST_SIZE);
  d.source = r->source.data;
  d.source_length = (uint32_t)r->source.length;
  if (docid == 0) {
    size_t slot = find_slot(r, d.id);
    docid = (uint32_t)++r->count;
    r->slots[slot] = docid;
  }
  *document_at(r, docid) = d;
  return true;
}
