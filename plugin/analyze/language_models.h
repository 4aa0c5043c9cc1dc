/* How near a text is to languages by its n-grams: Cavnar and Trenkle's measure,
 * with the models of libexttextcat and just as that has it, but in a fraction
 * of the time: a text's n-grams are looked up once, and not once a model. */
#ifndef BYLINE_ANALYZE_LANGUAGE_MODELS_H
#define BYLINE_ANALYZE_LANGUAGE_MODELS_H

#include <stdbool.h>

#include "byline/types.h"

/* Belongs to one thread. */
typedef struct language_models language_models;

enum { LANGUAGE_MODELS_MAX = 255 };

/* Reads folder/NAME.lm for each of so many names, where there is one; the
 * models have the numbers of their names. Errors: BYLINE_NO_MEMORY. */
byline_status language_models_load(const char *folder, const char *const *names,
                                   size_t count, language_models **result,
                                   byline_error *error);
void language_models_free(language_models *m);

/* How many there are. */
size_t language_models_count(const language_models *m);

enum { LANGUAGE_MODELS_NEAREST = 5 };

/* The numbers of the models within 3 % of the nearest, in rising order; none
 * where there are more than five. text is UTF-8. *count is 0 also when memory
 * runs out. */
void language_models_ask(language_models *m, byline_string text,
                         size_t nearest[LANGUAGE_MODELS_NEAREST],
                         size_t *count);

#endif
