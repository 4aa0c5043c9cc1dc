/* Lists of documents by key, as they come: a hash table over a pool. Keys are
 * terms, slots of values, or words that are only counted. */
#ifndef BYLINE_BULK_INVERTER_H
#define BYLINE_BULK_INVERTER_H

#include "bulk/pool.h"

enum { INVERTER_KEY_MAX = 245, INVERTER_KEY_INSIDE = 15 };

/* A key and its documents, in one line of the processor's cache. What the list
 * holds of a document follows the distance from the one before, less 1; the
 * first has none. */
typedef struct inverter_entry {
  pool_list bytes;
  uint64_t total; /* of wdfs */
  uint32_t count; /* of documents */
  uint32_t first, last;
  uint32_t hash;
  unsigned char key[INVERTER_KEY_INSIDE]; /* or of a longer one: see
                                             inverter_key */
  uint8_t key_length;
} inverter_entry;

typedef struct inverter_slot {
  uint32_t hash;
  uint32_t index; /* of the entry, plus 1; 0: free */
} inverter_slot;

typedef struct inverter {
  pool memory;
  inverter_entry *entries; /* in order of arrival */
  size_t count, capacity;
  inverter_slot *slots; /* a power of two */
  size_t slot_count;
} inverter;

#define INVERTER_NONE UINT32_MAX

void inverter_free(inverter *v);

byline_string inverter_key(const inverter_entry *e);

/* All bytes that it holds. */
size_t inverter_memory(const inverter *v);

/* What one document is about to do to one key. */
typedef struct inverter_step {
  byline_string key;
  uint32_t hash;
  uint32_t index;      /* of its entry, or INVERTER_NONE */
  uint32_t wdf;        /* added to the total */
  uint32_t length;     /* of content */
  const char *content; /* what the list holds of the document */
} inverter_step;

enum { INVERTER_GAP_MAX = 5 }; /* bytes that a list takes besides content */

/* Looks up keys, which are all different, and reserves all memory that
 * inverter_add takes, and extra bytes besides. Many at once, as the memory that
 * they lie in is slow. False when memory runs out. */
bool inverter_prepare(inverter *v, inverter_step *steps, size_t count,
                      size_t extra);

/* The next call after inverter_prepare. docid is greater than those before.
 * False if a key is there twice: the inverter can then only be freed. */
bool inverter_add(inverter *v, const inverter_step *steps, size_t count,
                  uint32_t docid);

/* Counts a key without a list. False when memory runs out; count is then what
 * it was. */
bool inverter_count(inverter *v, byline_string key, uint32_t count);

/* A list outside the table, such as the lengths of documents. */
void inverter_list_add(inverter_entry *e, pool *memory,
                       const inverter_step *step, uint32_t docid);

/* The entries in order of their keys, as an array of v->count indices that the
 * caller frees; nothing can be looked up after it. NULL when memory runs out.
 */
uint32_t *inverter_sort(inverter *v);

#endif
