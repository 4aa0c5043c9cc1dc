/* Chinese, Japanese and Korean as Xapian 1.4 has them with FLAG_CJK_NGRAM: each
 * character, and each two that stand together. Its query parser asks for both,
 * and in quotes for the characters as a phrase, with the words of other
 * scripts among them: so these stand in the lane too.
 *
 * Xapian's TermGenerator keeps capitals of full width, which its query parser
 * lowers; here they are lower-case. */
#ifndef BYLINE_ANALYZE_NGRAMS_H
#define BYLINE_ANALYZE_NGRAMS_H

#include <stdbool.h>
#include <stddef.h>

/* Whether text has a character that Xapian makes n-grams of. */
bool ngrams_are_in(const char *text, size_t length);

#endif
