/* Bylines and signatures of printed papers: what names.h reads, judged by what
 * the whole text says. */
#ifndef BYLINE_READ_EDITION_NAMES_H
#define BYLINE_READ_EDITION_NAMES_H

#include "read/evidence.h"
#include "read/signs.h"

/* What a block is worth as a byline: adds its signs, or returns false when it
 * can be none. */
bool edition_byline(const evidence *e, block *k, signs *s);

typedef enum edition_signature {
  SIGNATURE_NO,
  SIGNATURE_NAME,     /* a name only: it might be a caption */
  SIGNATURE_SURE,     /* a name and a place or a role */
  SIGNATURE_ANONYMOUS /* says that there is a name, but not which */
} edition_signature;

edition_signature edition_signed(const evidence *e, block *k);

/* Reads the authors of a text; "Jane Doe, Milton Keynes" has two where papers
 * list authors so, and one where they put affiliations there. */
void edition_names(const evidence *e, byline_string text, names *out);

/* The same for a block, which may have what the author does in a second line.
 */
void edition_block_names(const evidence *e, block *k, names *out);

/* The same for a signature, where two names with a comma between them are a
 * name and a place. */
void edition_signers(const evidence *e, byline_string text, names *out);

/* The authors that a sentence names at its beginning or its end; false when
 * there are none. */
bool edition_reporters(const evidence *e, byline_string text, names *out);

/* "Jane Doe is a nurse in Leeds" */
bool edition_introduces(byline_string s);

/* The last two words of an affiliation or a group, by which they are known. */
byline_string edition_tail(byline_string text);

#endif
