#include "corpus_words.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- Numbers by chance (splitmix64) -------------------------------------- */

static uint64_t mix(uint64_t x) {
  x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
  x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
  return x ^ (x >> 31);
}

uint64_t rng_next(rng *r) {
  return mix(r->state += UINT64_C(0x9e3779b97f4a7c15));
}

uint64_t rng_below(rng *r, uint64_t limit) {
  return rng_next(r) % limit;
}

double rng_uniform(rng *r) {
  return (double)(rng_next(r) >> 11) * 0x1p-53;
}

double rng_normal(rng *r) {
  double radius = sqrt(-2 * log(1 - rng_uniform(r)));
  return radius * cos(6.283185307179586 * rng_uniform(r));
}

/* ---- Ranks --------------------------------------------------------------- */

/* Up to FREQUENT frequencies fall as 1 / (rank + SHIFT), beyond as
 * rank^-TAIL: then there are about tokens^(1 / TAIL) words. The figures are
 * about those of newspapers and news agencies. */
static const double FREQUENT = 3000, SHIFT = 1.2, TAIL = 1.75;

uint64_t word_rank(rng *r) {
  double head = log((FREQUENT + SHIFT) / (1 + SHIFT));
  double share = head / (head + FREQUENT / (FREQUENT + SHIFT) / (TAIL - 1));
  double u = rng_uniform(r);
  if (u < share)
    return (uint64_t)((1 + SHIFT) * exp(u / share * head) - SHIFT);
  u = (u - share) / (1 - share);
  double rank = FREQUENT * pow(1 - u, -1 / (TAIL - 1));
  return rank < 1e12 ? (uint64_t)rank : (uint64_t)1e12;
}

/* ---- Letters ------------------------------------------------------------- */

static const char *const SMALL[] = {
    "the",    "of",    "to",     "and",     "a",       "in",    "that",
    "for",    "is",    "on",     "was",     "it",      "with",  "as",
    "he",     "at",    "by",     "said",    "be",      "from",  "his",
    "have",   "an",    "not",    "are",     "has",     "but",   "they",
    "which",  "this",  "who",    "had",     "were",    "will",  "their",
    "would",  "been",  "we",     "one",     "more",    "or",    "about",
    "new",    "when",  "all",    "up",      "there",   "its",   "out",
    "her",    "I",     "she",    "if",      "so",      "what",  "no",
    "after",  "can",   "than",   "two",     "into",    "other", "years",
    "people", "over",  "could",  "them",    "some",    "him",   "you",
    "first",  "last",  "only",   "time",    "now",     "most",  "also",
    "made",   "while", "do",     "any",     "many",    "such",  "then",
    "these",  "even",  "back",   "may",     "where",   "our",   "how",
    "just",   "much",  "before", "under",   "because", "still", "those",
    "both",   "down",  "being",  "through", "between", "very",
};

static const char *const STARTS[] = {
    "b",  "br", "c",   "ch", "cl", "d",  "dr", "f",  "fl", "g", "gr", "h",
    "j",  "k",  "l",   "m",  "n",  "p",  "pl", "pr", "qu", "r", "s",  "sh",
    "sl", "st", "str", "t",  "th", "tr", "v",  "w",  "wh", ""};
static const char *const VOWELS[] = {"a", "e", "i",  "o",  "u",  "a", "e",
                                     "o", "i", "ea", "ou", "ai", "oo"};
static const char *const ACCENTED[] = {"é", "ö", "á", "ü", "è", "ç",
                                       "ñ", "å", "í", "ô", "ø", "ã"};
static const char *const MIDDLES[] = {"", "", "", "n", "r", "l", "m", "s"};
static const char *const ENDS[] = {"n",  "r",  "l",  "d",  "t",  "nd", "rt",
                                   "m",  "ck", "st", "rd", "lt", "mp", "nt",
                                   "sh", "p",  "ld", "rk", "b",  "g"};
static const char *const FORMS[][3] = {
    {"", "s", "’s"},  {"", "ed", "ing"},     {"", "s", "ed"},
    {"", "s", "ing"}, {"", "ly", "er"},      {"e", "ation", "es"},
    {"", "s", "y"},   {"ism", "ist", "ists"}};
enum { PROBE_FORMS = 2, NAME_SHARE = 9, NUMBER_SHARE = 14, ACCENT_SHARE = 35 };

uint64_t word_small_ranks(void) {
  return COUNT(SMALL);
}

static size_t put(char out[WORD_MAX], size_t length, const char *part) {
  size_t more = strlen(part);
  if (length + more >= WORD_MAX)
    return length;
  memcpy(out + length, part, more);
  return length + more;
}

static const char *pick(const char *const *list, size_t count, uint64_t *h) {
  const char *part = list[*h % count];
  *h = mix(*h + 1);
  return part;
}

/* Three ranks in a row have a stem in common. */
typedef struct stem {
  uint64_t letters; /* what they are picked by */
  size_t syllables, forms;
  bool name, accent;
} stem;

static uint64_t first_rank(uint64_t number) {
  return COUNT(SMALL) + 1 + number * 3;
}

static bool is_number(uint64_t rank) {
  return mix(rank) % NUMBER_SHARE == 0;
}

static stem stem_of(uint64_t number) {
  uint64_t h = mix(number);
  stem s = {.letters = mix(number * 2 + 1),
            .forms = mix(h) % COUNT(FORMS),
            .name = h % NAME_SHARE == 0,
            .accent = h / NAME_SHARE % ACCENT_SHARE == 0};
  h /= (uint64_t)NAME_SHARE * ACCENT_SHARE;
  if (number < 1000)
    s.syllables = 1 + h % 4 / 3;
  else
    s.syllables = number < 20000 ? 2 : 2 + h % 2;
  return s;
}

static size_t spell_stem(const stem *s, char out[WORD_MAX]) {
  uint64_t h = s->letters;
  size_t length = 0;
  for (size_t i = s->syllables; i; i--) {
    length = put(out, length, pick(STARTS, COUNT(STARTS), &h));
    length = put(out, length,
                 s->accent && i == 1 ? pick(ACCENTED, COUNT(ACCENTED), &h)
                                     : pick(VOWELS, COUNT(VOWELS), &h));
    length = put(out, length,
                 i > 1 ? pick(MIDDLES, COUNT(MIDDLES), &h)
                       : pick(ENDS, COUNT(ENDS), &h));
  }
  return length;
}

static size_t spell_number(uint64_t rank, char out[WORD_MAX]) {
  uint64_t h = mix(rank), n = mix(h);
  int length = 0;
  switch (h % 6) {
  case 0:
    length = snprintf(out, WORD_MAX, "%d", 1900 + (int)(n % 130));
    break;
  case 1:
    length = snprintf(out, WORD_MAX, "%d,%03d", 1 + (int)(n % rank % 900),
                      (int)(n / 900 % 1000));
    break;
  case 2:
    length = snprintf(out, WORD_MAX, "%d.%d", (int)(n % rank % 100),
                      (int)(n / 100 % 10));
    break;
  case 3:
    length = snprintf(out, WORD_MAX, "£%d,000", 1 + (int)(n % rank % 500));
    break;
  default:
    length = snprintf(out, WORD_MAX, "%d", 1 + (int)(n % rank % 100000));
  }
  return (size_t)length;
}

static void capital(char *word) {
  if (word[0] >= 'a' && word[0] <= 'z')
    word[0] = (char)(word[0] - 'a' + 'A');
}

size_t word_spell(uint64_t rank, char out[WORD_MAX]) {
  if (rank <= COUNT(SMALL))
    return put(out, 0, SMALL[rank - 1]);
  if (is_number(rank))
    return spell_number(rank, out);
  uint64_t at = rank - COUNT(SMALL) - 1;
  stem s = stem_of(at / 3);
  size_t length = spell_stem(&s, out);
  if (!s.name)
    return put(out, length, FORMS[s.forms][at % 3]);
  capital(out);
  return at % 3 ? length : put(out, length, "’s");
}

/* ---- Words to look for --------------------------------------------------- */

static bool is_probe(uint64_t number) {
  static const char *const SURE[] = {"nd", "rt", "ck", "rd", "lt", "mp", "nt"};
  stem s = stem_of(number);
  if (s.name || s.accent || s.forms != PROBE_FORMS || s.syllables < 2)
    return false;
  for (uint64_t i = 0; i < 3; i++)
    if (is_number(first_rank(number) + i))
      return false;
  char word[WORD_MAX];
  size_t length = spell_stem(&s, word);
  for (size_t i = 0; i < COUNT(SURE); i++)
    if (memcmp(word + length - 2, SURE[i], 2) == 0)
      return true;
  return false;
}

uint64_t word_probe(unsigned n) {
  uint64_t number = UINT64_C(40) << 2 * n;
  while (!is_probe(number))
    number++;
  return first_rank(number);
}

/* ---- Persons ------------------------------------------------------------- */

size_t word_person(uint64_t n, char out[WORD_MAX]) {
  static const char *const FIRST[] = {
      "Ada",    "Bruno", "Cora",   "Dov",   "Esme",    "Farid", "Greta",
      "Hugo",   "Ines",  "Jonas",  "Kofi",  "Lena",    "Mirko", "Nadia",
      "Otis",   "Petra", "Rosa",   "Søren", "Quentin", "Tess",  "Ulla",
      "Viktor", "Wanda", "Xavier", "Yusuf", "Zoë"};
  char last[WORD_MAX];
  stem s = stem_of(n / 2 + 1000000);
  size_t length = put(out, 0, FIRST[mix(n) % COUNT(FIRST)]);
  size_t more = spell_stem(&s, last);
  capital(last);
  last[more] = '\0';
  return put(out, put(out, length, " "), last);
}
