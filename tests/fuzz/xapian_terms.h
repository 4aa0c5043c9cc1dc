/* What Xapian itself makes of a text: what the fuzz targets compare with. */
#ifndef BYLINE_TESTS_XAPIAN_TERMS_H
#define BYLINE_TESTS_XAPIAN_TERMS_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* TermGenerator drops longer words. */
enum { XAPIAN_LONGEST = 64 };

typedef void (*xapian_term_fn)(void *user, const char *term, size_t length);

/* Gives the terms that TermGenerator makes of a valid text, unstemmed, in the
 * order of their positions. */
void xapian_terms(const char *text, size_t length, xapian_term_fn term,
                  void *user);

/* Whether QueryParser takes the query, with Omega's flags. */
bool xapian_parses(const char *text, size_t length);

#ifdef __cplusplus
}
#endif
#endif
