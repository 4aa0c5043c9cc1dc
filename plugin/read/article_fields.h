/* What the fields of an article are called in the formats that name them. */
#ifndef BYLINE_READ_ARTICLE_FIELDS_H
#define BYLINE_READ_ARTICLE_FIELDS_H

#include <stdbool.h>
#include <stddef.h>

typedef enum article_field {
  FIELD_ID,
  FIELD_TITLE,
  FIELD_DECK,
  FIELD_AUTHOR,
  FIELD_AFFILIATION,
  FIELD_DATE,
  FIELD_LANGUAGE,
  FIELD_SECTION,
  FIELD_KEYWORDS,
  FIELD_URL,
  FIELD_TEXT,
  FIELD_INNER, /* an object that may be the article itself */
  FIELD_META,  /* an object that says more about it */
  FIELD_COUNT
} article_field;

typedef struct field_name {
  const char *name;
  unsigned char field; /* article_field */
  unsigned char rank;  /* of two that say the same the lower one counts */
  bool stamp;          /* a date that may be a number of seconds */
  bool html;
} field_name;

/* A text of this rank or more is a summary: it stands in for a text. */
enum { RANK_SUMMARY = 20 };

/* Case, "_", "-", " ", ".", ":" and brackets do not matter, but a first "_" or
 * "@" does. NULL for a name that means nothing here. */
const field_name *article_field_find(const char *name, size_t length);

#endif
