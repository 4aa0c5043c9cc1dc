/* Names of months and weekdays in every language that ICU knows.
 *
 * They are a constant table, made from ICU's data by tables/make_date_words.c:
 * so that there is nothing to build when a program starts, and a date means
 * the same whichever ICU is installed. A test compares the two. */
#ifndef BYLINE_READ_DATE_WORDS_H
#define BYLINE_READ_DATE_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A few names are different months in different languages: listopad is
 * November in Polish and Czech, October in Croatian; "may" is November in
 * Basaa. A bit for each language that differs, and one for all others. */
typedef uint16_t date_languages;
#define DATE_LANGUAGES_ALL ((date_languages)0xFFFF)
/* Those with no name that is peculiar. */
#define DATE_LANGUAGES_OTHER ((date_languages)0x0001)
/* Widely written ones, each as likely as the other. */
#define DATE_LANGUAGES_EQUAL ((date_languages)0x00FE)
/* Less written ones, whose meaning needs evidence for the language. */
#define DATE_LANGUAGES_SMALL ((date_languages)0xFF00)

/* With the text in it: pointers to thousands of them would be set each time
 * that the library is loaded. */
typedef struct date_word {
  char text[60];     /* folded */
  uint16_t months;   /* bit 0 is January */
  uint8_t weekdays;  /* bit 0 is Sunday */
  date_languages in; /* those of the languages above that have it */
  bool rare;         /* short, and of no widely written language */
} date_word;

/* NULL when there is no such word. text is folded. */
const date_word *date_word_find(const char *text, size_t length);

/* In which of these languages a word with several months is the month (0 to
 * 11); 0 when nothing is known of it. */
date_languages date_word_languages(const date_word *word, unsigned month);

#endif
