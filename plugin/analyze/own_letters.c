/* A letter is kept where readers of the language take it for another letter
 * than the one below its mark, and type it. Where they also have a way to
 * write it without the key for it, that form is indexed as well. */
#include "analyze/own_letters.h"

#include <stdio.h>
#include <string.h>

/* Swedish and Finnish write their neighbours' letters with their own. */
static const own_letter SWEDISH[] = {
    {0xE5, {0xE5}}, /* å */
    {0xE4, {0xE4}}, /* ä */
    {0xF6, {0xF6}}, /* ö */
    {0xE6, {0xE4}}, /* æ: ä */
    {0xF8, {0xF6}}, /* ø: ö */
    {0},
};

static const own_letter DANISH[] = {
    {0xE5, {0xE5}}, /* å */
    {0xE6, {0xE6}}, /* æ */
    {0xF8, {0xF8}}, /* ø */
    {0xE4, {0xE6}}, /* ä: æ */
    {0xF6, {0xF8}}, /* ö: ø */
    {0},
};

static const own_letter ESTONIAN[] = {
    {0xE4, {0xE4}}, /* ä */
    {0xF5, {0xF5}}, /* õ */
    {0xF6, {0xF6}}, /* ö */
    {0xFC, {0xFC}}, /* ü */
    {0},
};

static const own_letter DANISH_SPELLED[] = {
    {0xE5, {'a', 'a'}}, {0xE4, {'a', 'e'}}, {0xE6, {'a', 'e'}},
    {0xF6, {'o', 'e'}}, {0xF8, {'o', 'e'}}, {0},
};

static const own_letter GERMAN_SPELLED[] = {
    {0xE4, {'a', 'e'}},
    {0xF6, {'o', 'e'}},
    {0xFC, {'u', 'e'}},
    {0},
};

static const own_letter SPANISH[] = {{0xF1, {0xF1}}, {0}}; /* ñ */

/* Stemming is by the harmony of vowels; who types without these letters is
 * answered by the plain form. */
static const own_letter TURKISH[] = {
    {0xE7, {0xE7}},   /* ç */
    {0x11F, {0x11F}}, /* ğ */
    {0x131, {0x131}}, /* ı */
    {0xF6, {0xF6}},   /* ö */
    {0x15F, {0x15F}}, /* ş */
    {0xFC, {0xFC}},   /* ü */
    {0x259, {0x259}}, /* ə, in Azerbaijani */
    {0},
};

static const own_letter PLAIN[] = {{0}};

static const own_letter RUSSIAN[] = {{0x439, {0x439}}, {0}}; /* й */

static const own_letter UKRAINIAN[] = {
    {0x439, {0x439}}, /* й */
    {0x457, {0x457}}, /* ї */
    {0x491, {0x491}}, /* ґ */
    {0},
};

static const own_letter BELARUSIAN[] = {
    {0x439, {0x439}}, /* й */
    {0x45E, {0x45E}}, /* ў */
    {0},
};

static const own_letter MACEDONIAN[] = {
    {0x453, {0x453}}, /* ѓ */
    {0x45C, {0x45C}}, /* ќ */
    {0},
};

static const own_digraph DANISH_DIGRAPHS[] = {
    {'a', 'a', "å"}, {'a', 'e', "æ"}, {'o', 'e', "ø"}, {0}};

static const own_digraph GERMAN_DIGRAPHS[] = {
    {'a', 'e', "a"}, {'o', 'e', "o"}, {'u', 'e', "u"}, {0}};

#define LETTER(c) (1u << ((c) - 'a'))

static const own_letters LANGUAGES[] = {
    {.codes = " sv fi ", .kept = SWEDISH},
    {.codes = " da no nb nn fo ",
     .kept = DANISH,
     .spelled = DANISH_SPELLED,
     .digraphs = DANISH_DIGRAPHS,
     .firsts = LETTER('a') | LETTER('o')},
    {.codes = " et ", .kept = ESTONIAN},
    {.codes = " de ",
     .spelled = GERMAN_SPELLED,
     .digraphs = GERMAN_DIGRAPHS,
     .firsts = LETTER('a') | LETTER('o') | LETTER('u')},
    {.codes = " es gl eu ", .kept = SPANISH},
    {.codes = " tr az ", .kept = TURKISH, .spelled = PLAIN, .dotless = true},
    {.codes = " ru bg ", .kept = RUSSIAN},
    {.codes = " uk ", .kept = UKRAINIAN},
    {.codes = " be ", .kept = BELARUSIAN},
    {.codes = " mk ", .kept = MACEDONIAN},
};

const own_letters *own_letters_of(const char *code) {
  static const own_letters none = {0};
  char word[16];
  snprintf(word, sizeof word, " %.12s ", code);
  for (size_t i = 0; i < sizeof LANGUAGES / sizeof *LANGUAGES; i++)
    if (strlen(word) > 2 && strstr(LANGUAGES[i].codes, word))
      return &LANGUAGES[i];
  return &none;
}

/* The digraph at a place of a term. The u of neue and Quelle belongs to the
 * letter before it. */
static const own_digraph *digraph_at(const own_letters *own, byline_string term,
                                     size_t at) {
  if (at + 1 >= term.length)
    return NULL;
  for (const own_digraph *d = own->digraphs; d && d->first; d++)
    if (term.data[at] == d->first && term.data[at + 1] == d->second)
      return d->first == 'u' && at > 0 && strchr("aeiouyq", term.data[at - 1])
                 ? NULL
                 : d;
  return NULL;
}

bool own_letters_search(const own_letters *own, byline_string source,
                        byline_string term) {
  if (own->dotless)
    return source.length > 0 && memchr(source.data, 'I', source.length);
  for (size_t at = 0; at + 1 < term.length; at++) {
    unsigned letter = (unsigned char)term.data[at] - (unsigned)'a';
    if (letter < 26 && (own->firsts >> letter & 1) != 0 &&
        digraph_at(own, term, at))
      return true;
  }
  return false;
}

static bool put(const char *text, size_t length, char *out, size_t room,
                size_t *n) {
  if (length > room - *n)
    return false;
  memcpy(out + *n, text, length);
  *n += length;
  return true;
}

/* Which letter the next i of a term was in the text; moves *at behind it. */
static bool was_dotless(byline_string source, size_t *at) {
  while (*at < source.length) {
    char c = source.data[(*at)++];
    if (c == 'I' || c == 'i')
      return c == 'I';
    if (c == '\xC4' && *at < source.length && source.data[*at] == '\xB0')
      return false; /* a dotted capital */
  }
  return false;
}

size_t own_letters_read(const own_letters *own, byline_string source,
                        byline_string term, char *out, size_t room) {
  size_t n = 0, seen = 0;
  if (!own_letters_hidden(own, source, term))
    return 0;
  for (size_t at = 0; at < term.length; at++) {
    const own_digraph *d = digraph_at(own, term, at);
    const char *to = d ? d->to : NULL;
    if (own->dotless && term.data[at] == 'i' && was_dotless(source, &seen))
      to = "ı";
    if (!put(to ? to : &term.data[at], to ? strlen(to) : 1, out, room, &n))
      return 0;
    at += d != NULL;
  }
  return n;
}
