/* Remembers what words are folded to: the same ones come again and again. */
#ifndef BYLINE_ANALYZE_FOLD_MEMORY_H
#define BYLINE_ANALYZE_FOLD_MEMORY_H

#include <stdbool.h>

#include "byline/types.h"

struct fold_slot;

/* The slots are allocated when the first word comes; where there is no memory
 * for them, nothing is remembered. */
typedef struct fold_memory {
  struct fold_slot *slots;
} fold_memory;

void fold_memory_close(fold_memory *m);

/* What is remembered of a word, and how it was folded: any address that stands
 * for that. True: *found says whether there is a folded form, which is *result,
 * until the next fold_remember. */
bool fold_recall(const fold_memory *m, const void *how, byline_string word,
                 bool *found, byline_string *result);

void fold_remember(fold_memory *m, const void *how, byline_string word,
                   bool found, byline_string result);

#endif
