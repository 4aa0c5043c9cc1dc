/* Lines of synonyms into the terms that they stand for. */
#ifndef BYLINE_INDEX_SYNONYMS_H
#define BYLINE_INDEX_SYNONYMS_H

#include "analyze/analyzer.h"
#include "base/arena.h"
#include "xapian_shim.h"

enum {
  SYNONYM_WORDS_MAX = 8,     /* of one member */
  SYNONYM_MEMBERS_MAX = 100, /* of one line */
  SYNONYM_LENGTH_MAX = 200   /* bytes: Xapian's table takes little more */
};

/* What a line says: each of from may also be each of to, where it is not the
 * same. */
typedef struct synonym_line {
  byline_string from[SYNONYM_MEMBERS_MAX], to[SYNONYM_MEMBERS_MAX];
  size_t from_count, to_count; /* 0: the line says nothing */
} synonym_line;

/* Reads "a, b, c" (each stands for all), "a, b => c" or nothing but a comment.
 * BYLINE_INVALID says what is wrong, without the place. */
byline_status synonyms_read_line(byline_string text, synonym_line *line,
                                 byline_error *error);

/* Records the synonyms of a line for words as articles of the analyzer's
 * language have them. BYLINE_INVALID as above. */
byline_status synonyms_add_line(xap_writer *writer, analyzer *a, arena *memory,
                                const synonym_line *line, byline_error *error);

/* Adds the synonyms that a database has for languages that are new in it; to
 * be committed with their articles. */
byline_status synonyms_renew(xap_writer *writer, byline_error *error);

/* Gives the database at destination, made of several, the synonyms of all. */
byline_status synonyms_join(const char *const *paths, size_t count,
                            const char *destination, byline_error *error);

#endif
