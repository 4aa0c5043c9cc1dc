/* What the elements of feeds mean. */
#ifndef BYLINE_READ_FEED_NAMES_H
#define BYLINE_READ_FEED_NAMES_H

typedef enum feed_kind {
  FEED_NONE,
  FEED_RSS, /* 0.91 to 2.0 */
  FEED_RDF, /* RSS 0.90 and 1.0 */
  FEED_ATOM /* 0.3 and 1.0 */
} feed_kind;

typedef enum feed_field {
  FIELD_NONE,
  FIELD_TITLE,
  FIELD_LINK,      /* RSS: its text */
  FIELD_ATOM_LINK, /* href */
  FIELD_ID,
  FIELD_GUID, /* an id that may be an address */
  FIELD_DATE,
  FIELD_AUTHOR,
  FIELD_PERSON, /* Atom: the name is in it */
  FIELD_NAME,
  FIELD_SOURCE, /* Atom: the feed that an entry was taken from */
  FIELD_KEYWORD,
  FIELD_ATOM_CATEGORY,
  FIELD_CONTENT,
  FIELD_SUMMARY,
  FIELD_LANGUAGE,
  FIELD_USER,    /* of WordPress, with these two in it: */
  FIELD_LOGIN,   /* what its items call their author */
  FIELD_DISPLAY, /* what the author is called */
  FIELD_TYPE,    /* of what an export has in it */
  FIELD_STATUS,
  FIELD_DRAFT /* "yes" or "no", in an element of its own */
} feed_field;

/* By the root element. */
feed_kind feed_kind_of(const char *name, const char *space);

/* The MIME type. */
const char *feed_kind_type(feed_kind kind);

/* Whether an element is an entry. */
int feed_is_entry(const char *name, const char *space);

feed_field feed_field_of(const char *name, const char *space);

#endif
