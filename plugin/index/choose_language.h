/* In which language an article is, and in which it is analyzed. */
#ifndef BYLINE_INDEX_CHOOSE_LANGUAGE_H
#define BYLINE_INDEX_CHOOSE_LANGUAGE_H

#include "analyze/detect.h"
#include "analyze/language.h"
#include "base/arena.h"

/* Belongs to one thread. */
typedef struct language_chooser {
  char *language;     /* of articles that name none; NULL: to be found out */
  detector *detector; /* made for the first of them */
  char claim[LANGUAGE_CODE_SIZE]; /* the code of language, if there is one */
} language_chooser;

/* option: as byline_index_options has it. BYLINE_INVALID for what is no
 * language. */
byline_status language_chooser_init(language_chooser *c, const char *option,
                                    byline_error *error);
void language_chooser_free(language_chooser *c);

/* Says in an article that names none in which language it is, if that is known.
 */
byline_status language_claim(language_chooser *c, arena *memory,
                             byline_article *article, byline_error *error);

/* That of an article's analysis, which may be in code. What is unknown is taken
 * for English, as Omega takes everything. */
const char *language_of_analysis(const language_chooser *c,
                                 const byline_article *article,
                                 char code[LANGUAGE_CODE_SIZE]);

#endif
