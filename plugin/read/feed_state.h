/* What feed_parse.c and feed_events.c share: the parser of a feed. */
#ifndef BYLINE_READ_FEED_STATE_H
#define BYLINE_READ_FEED_STATE_H

#include <libxml/parser.h>

#include "read/feed_names.h"
#include "read/feed_parse.h"

/* Limits. */
enum {
  CHUNK = 4096, /* all entries that end in one are held */
  MOST_ENTITIES = 100,
  LONGEST_ENTITY = 1000,
  LONGEST_PROLOGUE = 1 << 20, /* before the first element */
  LONGEST_TAG = 8 << 20,      /* libxml2 gives up at 10,000,000 bytes */
  MOST_ATTRIBUTES = 5000,     /* of a tag: libxml2 compares each with all */
  SCOPES = 5                  /* elements around a field, and itself */
};

/* What an element and those in it inherit. */
typedef struct scope {
  byline_string base; /* in memory of its own, by xmlBuildURI */
  char language[16];
} scope;

/* WordPress's items name their authors by their logins. */
typedef struct feed_user {
  byline_string login, name;
} feed_user;

typedef struct entity {
  byline_string name, text;
} entity;

struct feed_parse {
  byline_input *input;
  xmlParserCtxtPtr context;
  feed_kind kind;
  draft feed; /* what it says of all entries */
  feed_user *users;
  size_t user_count, user_capacity;
  bool in_user;
  size_t prologue; /* bytes before the first element, about */
  char tail[4];    /* of a chunk: a character that it cuts */
  size_t tail_length;
  size_t signs; /* "=" in the tag that has no end yet, about */
  buf mended;
  tally replaced;
  tally nameless; /* users beyond FEED_USERS */
  byline_status status;
  bool ended;
  char fault[160];
  size_t fault_line;
  entity entities[MOST_ENTITIES];
  size_t entity_count;
  xmlEntity known; /* the last entity that was asked for */
  char known_text[LONGEST_ENTITY + 1];
  /* Where we are: */
  size_t depth;
  scope scopes[SCOPES];
  size_t entry_depth, person_depth, source_depth; /* 0: in none */
  feed_field field;                               /* being captured */
  size_t field_depth;
  feed_markup markup;
  bool tags; /* tags in the field become HTML */
  bool permalink;
  buf value;
  /* The entries that are whole, [at, count), and the one we are in. */
  feed_entry *entries;
  size_t at, count, capacity;
};

/* Makes the parser stop; the first status stays. */
void feed_stop(feed_parse *p, byline_status status);

/* Stops with BYLINE_NO_MEMORY unless ok. */
void feed_require(feed_parse *p, bool ok);

/* Stops with something to tell the user; only the first is told. */
void feed_fault(feed_parse *p, size_t line, const char *message);

size_t feed_line(const feed_parse *p);

/* Fills in the handlers of elements and text. */
void feed_events(xmlSAXHandler *sax);

#endif
