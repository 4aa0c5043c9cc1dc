/* Whether a few words are a person's name, or a group's. */
#ifndef BYLINE_READ_PERSON_H
#define BYLINE_READ_PERSON_H

#include <stdbool.h>
#include <stddef.h>

typedef enum person_kind {
  PERSON_NOT,
  PERSON_SINGLE,  /* one capitalised word: "Madonna", "Reuters" */
  PERSON_GROUP,   /* "our correspondents", "Carlisle Socialist Party" */
  PERSON_UNCASED, /* a few words of a script without capitals */
  PERSON_FULL     /* two or more capitalised words, initials, particles */
} person_kind;

/* text is trimmed, its spaces single. */
person_kind person_look(const char *text, size_t length);

/* How much of "Jane Doe in Berlin", "Jane Doe reports from Berlin" or
 * "Jane Doe (Berlin)" is the name; length when nothing follows it, or when
 * what stands before it is no full name. trusted: the text is a byline for
 * certain. *place is where what follows begins without its preposition. */
size_t person_end(const char *text, size_t length, bool trusted, size_t *place);

/* Whether the last word says what one author is: "our Paris correspondent". */
bool person_role(const char *text, size_t length);

/* Whether a full name stands behind such words: "Staff Reporter Jane Doe";
 * *name is where it begins. */
bool person_behind_role(const char *text, size_t length, size_t *name);

/* "San Juan", "El Alto", "la Cruz": no given name begins so. */
bool person_starts_as_place(const char *text, size_t length);

/* "Jr", "III", "PhD", "MP" standing alone behind a comma. */
int person_suffix(const char *text, size_t length);

#endif
