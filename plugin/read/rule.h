/* A pattern of a profile: an ICU regular expression for a whole line, and what
 * its named groups are. */
#ifndef BYLINE_READ_RULE_H
#define BYLINE_READ_RULE_H

#include <stdbool.h>
#include <unicode/uregex.h>

#include "base/buf.h"

enum {
  RULE_LONGEST_LINE = 4096, /* bytes; no pattern takes a longer one */
  RULE_LONGEST = 1000       /* bytes of a pattern */
};

/* What a line is that a pattern takes. */
typedef enum rule_kind {
  RULE_SKIP,      /* no part of any article */
  RULE_SEPARATOR, /* stands between articles */
  RULE_DATE,
  RULE_TITLE,
  RULE_BYLINE,
  RULE_DECK,
  RULE_FIELD, /* of a head; what it says is in its groups */
  RULE_TEXT,  /* what is behind it is text */
  RULE_FOOTER /* as FIELD, but behind the head as well */
} rule_kind;

typedef enum rule_group {
  GROUP_TITLE,
  GROUP_AUTHOR,
  GROUP_AFFILIATION,
  GROUP_DATE,
  GROUP_YEAR,
  GROUP_MONTH,
  GROUP_DAY,
  GROUP_DECK,
  GROUP_SECTION,
  GROUP_KEYWORDS,
  GROUP_LANGUAGE,
  GROUP_URL,
  GROUP_ID,
  GROUP_TEXT,
  GROUP_COUNT
} rule_group;

typedef struct rule {
  rule_kind kind;
  size_t line; /* of the profile */
  URegularExpression *expression;
  int32_t groups[GROUP_COUNT]; /* their numbers; 0: not in the pattern */
  int32_t ticks;               /* that the last match took; most take none */
} rule;

/* kind and line are set. On BYLINE_INVALID, fault (of size bytes) says what is
 * wrong with the pattern and what to do. */
byline_status rule_compile(rule *r, byline_string pattern, char *fault,
                           size_t size);
void rule_close(rule *r);

/* A line as patterns see it. */
typedef struct rule_line {
  UChar text[RULE_LONGEST_LINE];
  int32_t length; /* -1: no pattern takes it */
} rule_line;

/* text is valid UTF-8. */
void rule_line_set(rule_line *line, byline_string text);

typedef enum rule_result {
  RULE_NO,
  RULE_YES,
  RULE_TIRED /* it would take too much time or memory to know */
} rule_result;

/* Whether the pattern takes the whole line, which must stay as it is while its
 * groups are asked for. */
rule_result rule_match(rule *r, const rule_line *line);

/* Whether the pattern has a group; then text is what it took, trimmed, which
 * may be nothing. *ok is false when memory runs out. */
bool rule_text(const rule *r, rule_group group, const rule_line *line,
               buf *text, bool *ok);

#endif
