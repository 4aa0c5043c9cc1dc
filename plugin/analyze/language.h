/* Names of languages. */
#ifndef BYLINE_ANALYZE_LANGUAGE_H
#define BYLINE_ANALYZE_LANGUAGE_H

enum { LANGUAGE_CODE_SIZE = 8 };

/* The ISO 639 code of a language given by its code, by a tag such as "en-GB" or
 * by its English name (as Snowball's stemmers are); "" for what names none,
 * such as "porter". */
void language_code(const char *name, char code[LANGUAGE_CODE_SIZE]);

#endif
