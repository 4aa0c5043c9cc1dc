/* Layouts that were taught: what the lines of a plain text are, in a file that
 * an archivist writes. byline(1), "Layouts", says what may stand in it. */
#ifndef BYLINE_READ_PROFILE_H
#define BYLINE_READ_PROFILE_H

#include "base/arena.h"
#include "read/date.h"
#include "read/rule.h"

enum {
  PROFILE_LONGEST = 64 << 10, /* bytes of a file of profiles */
  PROFILES_MOST = 64,         /* in one file */
  PROFILE_RULES = 100,        /* of one profile */
  PROFILE_NAMES = 100         /* and its names of files, or of authors */
};

/* Of the names of such files. */
#define PROFILE_ENDING ".byline"

typedef struct profile {
  size_t line;          /* where it begins */
  byline_string *files; /* patterns with * and ?; none: any plain text */
  size_t file_count;
  rule *rules; /* in the order in which they are tried */
  size_t rule_count;
  bool separated;      /* a separator stands between articles */
  bool marked;         /* a pattern says where texts begin */
  bool titled;         /* a pattern gives titles; else the first lines do */
  bool finds_bylines;  /* also such as no pattern takes */
  bool finds_dates;    /* the same */
  bool dates_below;    /* a date above a title holds on, until the next one */
  bool wrapped_titles; /* they go on in the lines directly below */
  bool line_paragraphs;
  byline_string *authors; /* of articles that name none; so are the others */
  size_t author_count;
  byline_string section, language;
  byline_string url; /* a template; empty: none */
  date_order order;  /* of dates in numbers */
} profile;

/* The profiles of one file. */
typedef struct profiles {
  arena memory;
  const char *path;
  byline_string text; /* of the file, as far as it could be read */
  bool folder;        /* it holds for all files below its folder */
  profile *items;
  size_t count;
  byline_error fault; /* code BYLINE_OK: it is right */
} profiles;

/* Never NULL but when memory runs out: what is wrong is in fault, with path,
 * line and what to do. text is copied. */
profiles *profiles_parse(const char *path, const char *text, size_t length);
void profiles_free(profiles *p);

/* The first profile for a file with this path; NULL: none. Standard input,
 * "-", fits all names. packed: without the ending of a compressed file, too. */
const profile *profiles_for(const profiles *p, const char *path, bool packed);

/* For profiles_parse: fills in items and count. Errors: BYLINE_INVALID, with
 * the message, and BYLINE_NO_MEMORY. */
byline_status profiles_parse_yaml(profiles *p, byline_error *error);

/* Adds an empty profile that begins in a line; NULL when memory runs out. */
profile *profiles_add(profiles *p, size_t line);

#endif
