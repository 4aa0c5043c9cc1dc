#include "read/ezine_masthead.h"

#include <string.h>

#include "read/edition_marks.h"
#include "read/ezine_marks.h"
#include "read/words.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (unsigned char)c >= 0x80;
}

/* Where a mark begins at the beginning of a word; length if it does not. */
static size_t find(byline_string s, const char *mark) {
  bool ascii = (unsigned char)*mark < 0x80;
  for (size_t at = 0; at < s.length; at++) {
    /* All but a few places end here. */
    if (ascii ? (s.data[at] | 0x20) != (*mark | 0x20)
              : (unsigned char)s.data[at] < 0x80)
      continue;
    if ((at == 0 || !is_letter(s.data[at - 1])) &&
        ezine_begins((byline_string){s.data + at, s.length - at}, mark))
      return at;
  }
  return s.length;
}

static bool has_any(byline_string s, const char *const *marks, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (find(s, marks[i]) < s.length)
      return true;
  return false;
}

/* ---- Issues ---- */

bool ezine_contents_heading(byline_string s) {
  static const char *const marks[] = {
      "contents",
      "table of contents",
      "in this issue",
      "this issue",
      "in this edition",
      "topics",
      "index",
      "what's inside",
      "inside",
      "inhalt",
      "inhaltsverzeichnis",
      "in diesem heft",
      "in dieser ausgabe",
      "themen",
      "sommaire",
      "au sommaire",
      "dans ce num",
      "table des mati",
      "contenido",
      "contenidos",
      "sumario",
      "indice",
      "\xC3\xADndice",
      "en este n",
      "sommario",
      "in questo numero",
      "conte\303\272do",
      "neste n",
      "inhoud",
      "in dit nummer",
      "inneh\xC3\xA5ll",
      "i detta nummer",
      "indhold",
      "innhold",
      "sis\xC3\xA4lt",
      "sis\xC3\xA4llys",
      "spis tre\xC5\x9B",
      "w numerze",
      "w tym numerze",
      "obsah",
      "tartalom",
      "\xD1\x81\xD0\xBE\xD0\xB4\xD0\xB5\xD1\x80\xD0\xB6\xD0\xB0\xD0\xBD",
      "\xD0\xB2 \xD1\x8D\xD1\x82\xD0\xBE\xD0\xBC \xD0\xB2\xD1\x8B\xD0\xBF",
      "\xD0\xB2 \xD1\x8D\xD1\x82\xD0\xBE\xD0\xBC \xD0\xBD\xD0\xBE\xD0\xBC",
      "\xD0\xB2 \xD0\xBD\xD0\xBE\xD0\xBC\xD0\xB5\xD1\x80\xD0\xB5",
      "\xD0\xB7\xD0\xBC\xD1\x96\xD1\x81\xD1\x82"};
  bool framed;
  s = ezine_bare(s, &framed);
  if (s.length == 0 || s.length > 60 || marks_words(s) > 7)
    return false;
  for (size_t i = 0; i < COUNT(marks); i++) {
    size_t at = find(s, marks[i]);
    bool first =
        at == 0 && (marks_words(s) <= 5 || s.data[s.length - 1] == ':');
    size_t end = at + strlen(marks[i]);
    bool whole = end >= s.length || !is_letter(s.data[end]) ||
                 marks[i][strlen(marks[i]) - 1] != 's';
    bool last = at < s.length && at > 0 && end + 1 >= s.length;
    if ((first || (last && marks_words(s) <= 5)) && whole)
      return true;
  }
  return false;
}

/* A number behind a word: "No. 7", "Volume 3", "#42". */
static const char *const issue_words[] = {
    "volume",
    "vol",
    "issue",
    "number",
    "no",
    "nr",
    "num",
    "edition",
    "ausgabe",
    "heft",
    "nummer",
    "jahrgang",
    "numero",
    "num\xC3\xA9ro",
    "n\xC3\xBAmero",
    "n\xC2\xBA",
    "n\xC2\xB0",
    "a\xC3\xB1o",
    "anno",
    "rok",
    "numer",
    "\xC4\x8D\xC3\xADslo",
    "\xE2\x84\x96",
    "\xD0\xB2\xD1\x8B\xD0\xBF\xD1\x83\xD1\x81\xD0\xBA",
    "\xD0\xBD\xD0\xBE\xD0\xBC\xD0\xB5\xD1\x80",
    "szam",
    "uitgave",
    "numara"};

/* "no 3" may be part of a sentence, "No 3" and "no. 3" are not. */
static bool is_spelled(byline_string s, size_t at, const char *word) {
  size_t end = at + strlen(word);
  return strlen(word) > 3 || (s.data[at] >= 'A' && s.data[at] <= 'Z') ||
         (unsigned char)s.data[at] >= 0x80 ||
         (end < s.length && memchr(".:#", s.data[end], 3));
}

static bool is_roman(byline_string s) {
  size_t size = 0;
  while (size < s.length && memchr("IVXLC", s.data[size], 5))
    size++;
  return size > 0 && (size == s.length || !is_letter(s.data[size]));
}

/* A digit, or a word that may be a Roman number. */
static bool has_number(byline_string s) {
  for (size_t i = 0; i < s.length; i++)
    if (is_digit(s.data[i]) ||
        (memchr("IVXLC", s.data[i], 5) &&
         (i == 0 || !is_letter(s.data[i - 1])) &&
         is_roman((byline_string){s.data + i, s.length - i})))
      return true;
  return false;
}

bool ezine_issue(byline_string s) {
  enum { WITH_ROMAN = 3 };
  if (!has_number(s))
    return false;
  for (size_t i = 0; i < COUNT(issue_words); i++) {
    size_t start = find(s, issue_words[i]);
    size_t at = start + strlen(issue_words[i]);
    if (start == s.length || !is_spelled(s, start, issue_words[i]))
      continue;
    while (at < s.length && memchr(" .:#", s.data[at], 4))
      at++;
    if (at < s.length && (is_digit(s.data[at]) ||
                          (i < WITH_ROMAN && is_roman((byline_string){
                                                 s.data + at, s.length - at}))))
      return true;
  }
  for (size_t i = 1; i + 1 < s.length; i++)
    if (s.data[i] == '#' && is_digit(s.data[i + 1]) && s.length < 80 &&
        (is_letter(s.data[0]) || s.data[0] == '*'))
      return true;
  return false;
}

static bool is_issue_word(byline_string s) {
  while (s.length > 0 && memchr(".:#", s.data[s.length - 1], 3))
    s.length--;
  for (size_t i = 0; i < COUNT(issue_words); i++)
    if (strlen(issue_words[i]) == s.length && ezine_begins(s, issue_words[i]))
      return true;
  return false;
}

/* The word before at, and where it begins. */
static byline_string word_before(byline_string s, size_t at, size_t *from) {
  while (at > 0 && s.data[at - 1] == ' ')
    at--;
  size_t end = at;
  while (at > 0 && s.data[at - 1] != ' ')
    at--;
  *from = at;
  return (byline_string){s.data + at, end - at};
}

/* "7" in "Ausgabe 7 - Oktober 1998" is no day. */
static bool numbers_issue(byline_string s, size_t at) {
  size_t from;
  return is_digit(s.data[at]) && is_issue_word(word_before(s, at, &from));
}

static bool is_month(byline_string word) {
  char iso[DATE_ISO_SIZE], text[64];
  while (word.length > 0 && memchr(",.", word.data[word.length - 1], 2))
    word.length--;
  if (word.length == 0 || word.length + 6 > sizeof text)
    return false;
  memcpy(text, word.data, word.length);
  memcpy(text + word.length, " 1999", 6);
  return date_parse(text, word.length + 5, iso) == DATE_FOUND &&
         strlen(iso) >= 7;
}

/* Whether what stands before a date makes it the end of a range: "1-7 March",
 * "September/October", "31 March and 1 April". */
static bool follows_range(byline_string s, size_t at, bool partial) {
  static const char *const links[] = {"-",  "/",  "&",   "and",          "und",
                                      "et", "to", "bis", "\xE2\x80\x93", "au",
                                      "al"};
  size_t from = at;
  byline_string word = word_before(s, at, &from);
  bool linked = false;
  if (word.length > 0 &&
      words_contain(links, COUNT(links), word.data, word.length)) {
    linked = true;
    word = word_before(s, from, &from);
  } else if (word.length > 1 && from + word.length == at &&
             memchr("-/&", word.data[word.length - 1], 3)) {
    linked = true;
    word.length--;
  }
  if (word.length == 0)
    return false;
  if (is_month(word))
    return linked || partial;
  if (numbers_issue(s, from))
    return false;
  bool day = true, pair = false;
  for (size_t i = 0; i < word.length; i++) {
    pair = pair || (i > 0 && memchr("-/", word.data[i], 2));
    day = day && (is_digit(word.data[i]) || memchr("-/.,", word.data[i], 4));
  }
  return day && word.length <= 6 && (linked || (partial && pair));
}

/* The longest date that the words from at on are. */
static size_t date_at(byline_string s, size_t at, const date_hints *hints,
                      char *iso) {
  enum { WORDS = 6 };
  size_t ends[WORDS], count = 0;
  for (size_t i = at + 1; i <= s.length && count < WORDS; i++)
    if (i == s.length || s.data[i] == ' ')
      ends[count++] = i;
  while (count > 0) {
    size_t end = ends[--count];
    while (end > at && memchr(",;:)]*|-", s.data[end - 1], 8))
      end--;
    if (end > at &&
        date_parse_hinted(s.data + at, end - at, hints, iso) == DATE_FOUND &&
        strlen(iso) >= 7)
      return end;
  }
  return at;
}

bool ezine_issue_date(byline_string s, const date_hints *hints, char *iso) {
  enum { LONGEST = 160 };
  char found[DATE_ISO_SIZE];
  size_t count = 0;
  *iso = '\0';
  if (s.length > LONGEST)
    return false;
  for (size_t at = 0; at < s.length; at++) {
    if (s.data[at] == ' ' ||
        (at > 0 && s.data[at - 1] != ' ' &&
         !memchr("(/[-*|", s.data[at - 1], 6)) ||
        (at > 0 && s.data[at - 1] != ' ' && at > 1 && is_digit(s.data[at]) &&
         is_digit(s.data[at - 2])))
      continue;
    size_t end = numbers_issue(s, at) ? at : date_at(s, at, hints, found);
    if (end == at)
      continue;
    if (follows_range(s, at, strlen(found) == 7))
      return false;
    if (count++ > 0 && strcmp(iso, found) != 0)
      return false;
    memcpy(iso, found, sizeof found);
    at = end - 1;
  }
  return count > 0;
}

/* ---- Boilerplate ---- */

bool ezine_boilerplate(byline_string s) {
  static const char *const marks[] = {
      "subscri",
      "unsubscri",
      "back issue",
      "backissue",
      "copyright",
      "all rights reserved",
      "submissions",
      "disclaimer",
      "mailing list",
      "may be reprinted",
      "may be distributed",
      "redistribut",
      "abonn",
      "abbestell",
      "impressum",
      "desabonn",
      "s'abonner",
      "d\303\251sabonn",
      "droits r\xC3\xA9serv",
      "suscri",
      "suscrib",
      "cancelar",
      "abbonar",
      "iscriver",
      "abonneer",
      "prenumer",
      "\xD0\xBF\xD0\xBE\xD0\xB4\xD0\xBF\xD0\xB8\xD1\x81\xD0\xBA",
      "\xD0\xBF\xD0\xBE\xD0\xB4\xD0\xBF\xD0\xB8\xD1\x81\xD0\xB0\xD1\x82"};
  return s.length <= 400 && has_any(s, marks, COUNT(marks));
}

bool ezine_ending(byline_string s) {
  static const char *const marks[] = {
      "end of ",
      "end ",
      "the end",
      "fin de ",
      "fin du ",
      "fin d'",
      "fin ",
      "ende ",
      "ende der ",
      "fine ",
      "koniec ",
      "konec ",
      "einde ",
      "slut ",
      "eof ",
      "loppu ",
      "\xD0\xBA\xD0\xBE\xD0\xBD\xD0\xB5\xD1\x86 "};
  bool framed;
  s = ezine_bare(s, &framed);
  if (s.length == 0 || marks_words(s) > 7 || s.length > 70 ||
      memchr(".?!", s.data[s.length - 1], 3))
    return false;
  for (size_t i = 0; i < COUNT(marks); i++) {
    size_t length = strlen(marks[i]);
    bool alone = marks[i][length - 1] == ' ' && s.length == length - 1;
    char word[32];
    memcpy(word, marks[i], length + 1);
    if (alone)
      word[length - 1] = '\0';
    if (ezine_begins(s, word) &&
        (alone || framed || i == 0 || i == 2 || memchr(s.data, '#', s.length) ||
         is_digit(s.data[s.length - 1])))
      return true;
    if (ezine_begins(s, word) && i >= 3 && i <= 5)
      return true;
  }
  return false;
}
