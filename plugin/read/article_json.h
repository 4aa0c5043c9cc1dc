/* A JSON object to an article: the names of fields as people use them. */
#ifndef BYLINE_READ_ARTICLE_JSON_H
#define BYLINE_READ_ARTICLE_JSON_H

#include <jansson.h>

#include "read/draft.h"

/* Whether an object has a field for the text of an article. */
bool article_json_has_text(const json_t *object);

/* Whether a schema.org object says that it is an article, by its "@type". */
bool article_json_is_typed(const json_t *object);

/* Fills all of a draft but its text; false when memory runs out. Fields that
 * it has from elsewhere stay. */
bool article_json_fields(const json_t *object, draft *d);

/* Sets the text, unless there is one. Errors: as below. */
byline_status article_json_text(const json_t *object, draft *d,
                                byline_error *error);

/* Both. *found is
 * whether it has a title or a text then. Errors: BYLINE_INVALID (its HTML can't
 * be read), BYLINE_NO_MEMORY. */
byline_status article_json(const json_t *object, draft *d, bool *found,
                           byline_error *error);

#endif
