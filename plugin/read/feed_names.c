#include "read/feed_names.h"

#include <stddef.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Whose names they are. */
typedef enum owner {
  OWNER_OTHER,
  OWNER_RSS,
  OWNER_ATOM,
  OWNER_DUBLIN_CORE,
  OWNER_CONTENT,
  OWNER_EXCERPT,
  OWNER_WORDPRESS,
  OWNER_BLOGGER,
  OWNER_PUBLISHING /* the Atom Publishing Protocol */
} owner;

static owner owner_of(const char *space) {
  static const struct {
    const char *space;
    owner owner;
  } known[] = {
      {"", OWNER_RSS},
      {"http://purl.org/rss/1.0/", OWNER_RSS},
      {"http://my.netscape.com/rdf/simple/0.9/", OWNER_RSS},
      {"http://channel.netscape.com/rdf/simple/0.9/", OWNER_RSS},
      {"http://backend.userland.com/rss2", OWNER_RSS},
      {"http://blogs.law.harvard.edu/tech/rss", OWNER_RSS},
      {"http://www.w3.org/2005/Atom", OWNER_ATOM},
      {"http://purl.org/atom/ns#", OWNER_ATOM},
      {"http://purl.org/dc/elements/1.1/", OWNER_DUBLIN_CORE},
      {"http://purl.org/dc/elements/1.0/", OWNER_DUBLIN_CORE},
      {"http://purl.org/dc/terms/", OWNER_DUBLIN_CORE},
      {"http://purl.org/rss/1.0/modules/content/", OWNER_CONTENT},
      {"http://schemas.google.com/blogger/2018", OWNER_BLOGGER},
      {"http://purl.org/atom/app#", OWNER_PUBLISHING},
      {"http://www.w3.org/2007/app", OWNER_PUBLISHING},
  };
  /* The version stands behind it. */
  static const char export[] = "http://wordpress.org/export/";
  if (space && strncmp(space, export, sizeof export - 1) == 0)
    return strstr(space, "/excerpt/") ? OWNER_EXCERPT : OWNER_WORDPRESS;
  for (size_t i = 0; i < COUNT(known); i++)
    if (strcmp(known[i].space, space ? space : "") == 0)
      return known[i].owner;
  return OWNER_OTHER;
}

feed_kind feed_kind_of(const char *name, const char *space) {
  static const char rdf[] = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
  owner whose = owner_of(space);
  if (whose == OWNER_RSS && strcmp(name, "rss") == 0)
    return FEED_RSS;
  if (whose == OWNER_ATOM && strcmp(name, "feed") == 0)
    return FEED_ATOM;
  /* An entry may stand alone. */
  if (whose == OWNER_ATOM && strcmp(name, "entry") == 0)
    return FEED_ATOM;
  return space && strcmp(space, rdf) == 0 && strcmp(name, "RDF") == 0
             ? FEED_RDF
             : FEED_NONE;
}

const char *feed_kind_type(feed_kind kind) {
  return kind == FEED_ATOM  ? "application/atom+xml"
         : kind == FEED_RDF ? "application/rdf+xml"
                            : "application/rss+xml";
}

int feed_is_entry(const char *name, const char *space) {
  owner whose = owner_of(space);
  return (whose == OWNER_RSS && strcmp(name, "item") == 0) ||
         (whose == OWNER_ATOM && strcmp(name, "entry") == 0);
}

/* Atom's updated and modified are left out: they are not when an article was
 * published. Atom 0.3 calls that issued. */
feed_field feed_field_of(const char *name, const char *space) {
  static const struct {
    owner owner;
    const char *name;
    feed_field field;
  } known[] = {
      {OWNER_RSS, "title", FIELD_TITLE},
      {OWNER_RSS, "link", FIELD_LINK},
      {OWNER_RSS, "guid", FIELD_GUID},
      {OWNER_RSS, "pubDate", FIELD_DATE},
      {OWNER_RSS, "author", FIELD_AUTHOR},
      {OWNER_RSS, "category", FIELD_KEYWORD},
      {OWNER_RSS, "description", FIELD_SUMMARY},
      {OWNER_RSS, "language", FIELD_LANGUAGE},
      {OWNER_CONTENT, "encoded", FIELD_CONTENT},
      {OWNER_DUBLIN_CORE, "creator", FIELD_AUTHOR},
      {OWNER_DUBLIN_CORE, "date", FIELD_DATE},
      {OWNER_DUBLIN_CORE, "subject", FIELD_KEYWORD},
      {OWNER_DUBLIN_CORE, "language", FIELD_LANGUAGE},
      {OWNER_ATOM, "title", FIELD_TITLE},
      {OWNER_ATOM, "link", FIELD_ATOM_LINK},
      {OWNER_ATOM, "id", FIELD_ID},
      {OWNER_ATOM, "published", FIELD_DATE},
      {OWNER_ATOM, "issued", FIELD_DATE},
      {OWNER_ATOM, "author", FIELD_PERSON},
      {OWNER_ATOM, "name", FIELD_NAME},
      {OWNER_ATOM, "source", FIELD_SOURCE},
      {OWNER_ATOM, "category", FIELD_ATOM_CATEGORY},
      {OWNER_ATOM, "content", FIELD_CONTENT},
      {OWNER_ATOM, "summary", FIELD_SUMMARY},
      {OWNER_EXCERPT, "encoded", FIELD_SUMMARY},
      {OWNER_WORDPRESS, "author", FIELD_USER},
      {OWNER_WORDPRESS, "author_login", FIELD_LOGIN},
      {OWNER_WORDPRESS, "author_display_name", FIELD_DISPLAY},
      {OWNER_WORDPRESS, "post_type", FIELD_TYPE},
      {OWNER_WORDPRESS, "status", FIELD_STATUS},
      {OWNER_BLOGGER, "type", FIELD_TYPE},
      {OWNER_BLOGGER, "status", FIELD_STATUS},
      {OWNER_PUBLISHING, "draft", FIELD_DRAFT},
  };
  owner whose = owner_of(space);
  for (size_t i = 0; i < COUNT(known); i++)
    if (known[i].owner == whose && strcmp(known[i].name, name) == 0)
      return known[i].field;
  return FIELD_NONE;
}
