/* Documents in a row, inverted in memory: terms with their postings and
 * positions, values, lengths, and what goes to the termlist and docdata tables
 * as it stands. A part belongs to one thread at a time. */
#ifndef BYLINE_BULK_PART_H
#define BYLINE_BULK_PART_H

#include "bulk/deflater.h"
#include "bulk/document.h"

typedef struct bulk_part bulk_part;

/* d is borrowed until the part is packed or taken: it deflates data and lists
 * of terms. Errors: BYLINE_NO_MEMORY. */
byline_status bulk_part_new(deflater *d, bulk_part **part, byline_error *error);
void bulk_part_free(bulk_part *part);

/* docid rises from call to call, counts from the part's own beginning (1: its
 * first) and stays below 2^32 when bulk_take adds its base. Nothing of the
 * document is kept after a failure; but after a term that is there twice the
 * part can only be freed. Errors: BYLINE_INVALID (a term of no bytes or over
 * 245, a NUL counted twice; lengths beyond 2^32), BYLINE_NO_MEMORY. */
byline_status bulk_part_add(bulk_part *part, const document *d, uint32_t docid,
                            byline_error *error);

/* Terms that are words for the spelling table too, each counted once for every
 * document that has it: asked when the part is packed, of each term once. */
void bulk_part_count_words(bulk_part *part,
                           bool (*is_word)(byline_string term));

/* A word besides, or the same again, of so many documents. Errors:
 * BYLINE_INVALID (more than 245 bytes), BYLINE_NO_MEMORY. */
byline_status bulk_part_add_word(bulk_part *part, byline_string word,
                                 uint32_t frequency, byline_error *error);

/* Sorts its lists and packs them; nothing can be added any more. bulk_take does
 * it to a part that is not packed yet, but the thread that filled it may well
 * do it while others are taken. What it holds is once more in memory until it
 * is done. Errors: BYLINE_INVALID (a document whose list of terms is longer
 * than 100 MiB), BYLINE_NO_MEMORY; the part can then only be freed. */
byline_status bulk_part_pack(bulk_part *part, byline_error *error);

/* All bytes that it holds. */
size_t bulk_part_memory(const bulk_part *part);
size_t bulk_part_documents(const bulk_part *part);

#endif
