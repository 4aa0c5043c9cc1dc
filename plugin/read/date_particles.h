/* The small words of dates. */
#ifndef BYLINE_READ_DATE_PARTICLES_H
#define BYLINE_READ_DATE_PARTICLES_H

#include <stddef.h>

#include "read/date_scan.h"

typedef enum particle_kind {
  PARTICLE_NONE,
  PARTICLE_PLAIN,       /* de, den, le, στις */
  PARTICLE_FILLER,      /* the, of */
  PARTICLE_RANGE,       /* to, and */
  PARTICLE_YEAR,        /* г., roku: it stands by the year */
  PARTICLE_ROLE_BEHIND, /* 年: what the number before it is */
  PARTICLE_ROLE_AHEAD,  /* năm: what the number behind it is */
  PARTICLE_ERA,
  PARTICLE_FIRST /* 元: the first year of an era */
} particle_kind;

typedef struct particle {
  const char *text; /* folded */
  particle_kind kind;
  unsigned value; /* a date_role or date_era */
} particle;

/* NULL when there is no such word. text is folded. */
const particle *particle_find(const char *text, size_t length);

/* How many bytes at the start of text make the number before them an ordinal:
 * "th", "-го", "er"; 0 for none. */
size_t particle_ordinal(const char *text, size_t length);

#endif
