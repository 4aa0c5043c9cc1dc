/* Lanes: a text that has words without spaces is in the index once more, or
 * twice, divided in another way, at positions far from the base tokens'. A
 * phrase is found there, whatever scripts it mixes. */
#ifndef BYLINE_ANALYZE_LANE_H
#define BYLINE_ANALYZE_LANE_H

#include "analyze/state.h"

/* Moves a lane on by one position. */
byline_status lane_next(analysis *r, lane *l);

/* Gives a term at the lane's position. */
byline_status lane_give(analysis *r, const lane *l, byline_token_kind kind,
                        byline_string term, size_t start, size_t end);

/* Gives a base token that is a word of the lane at its next position; forms
 * are those of the token, NULL if it has but its term. */
byline_status lane_give_again(analysis *r, lane *l, const base_token *token,
                              const variants *forms);

/* Gives a part of a base token at the next position, with its forms and their
 * stems. */
byline_status lane_give_word(analysis *r, lane *l, const base_token *word);

/* The lane of words: those of the dictionaries. */
byline_status words_give(analysis *r, const base_token *token,
                         const variants *forms);

/* The lane of n-grams: see ngrams.h. */
byline_status ngrams_give(analysis *r, const base_token *token,
                          const variants *forms);

#endif
