#include "read/person.h"

#include <stdbool.h>
#include <string.h>
#include <unicode/uchar.h>

#include "base/utf8.h"
#include "read/folded.h"
#include "read/name_words.h"
#include "read/words.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { MOST_WORDS = 8, LONGEST_UNCASED = 30 };

typedef enum word_kind {
  WORD_BAD,
  WORD_CAPITAL,
  WORD_UNCASED,
  WORD_PARTICLE,
  WORD_LOWER
} word_kind;

static const char *const particles[] = {
    "de",   "da",  "di",  "du",  "del", "della", "dello", "der",
    "den",  "des", "van", "von", "zu",  "zum",   "zur",   "la",
    "le",   "las", "los", "lo",  "el",  "al",    "bin",   "ibn",
    "bint", "ben", "abu", "wa",  "y",   "e",     "i",     "dos",
    "das",  "do",  "af",  "av",  "ter", "ten",   "'t",    "\xE2\x80\x99t",
    "te",   "op",  "vom", "san", "ul",  "ud",    "ur"};

/* One word over a column that is no author. */
static const char *const rubrics[] = {
    "analysis", "comment",    "opinion",    "editorial",   "feature",
    "features", "interview",  "review",     "reviews",     "letters",
    "news",     "obituary",   "sport",      "update",      "exclusive",
    "video",    "photos",     "commentary", "perspective", "introduction",
    "contents", "background", "conclusion"};

static const char *const prepositions[] = {
    "in", "at", "from", "of", "for", "reports", "reporting", "writes", "near"};

static const char *const suffixes[] = {
    "jr",    "jr.",  "sr",  "sr.",  "ii",   "iii", "iv",  "phd",
    "ph.d.", "ph.d", "md",  "m.d.", "mp",   "mep", "msp", "td",
    "qc",    "kc",   "obe", "esq",  "esq.", "ma",  "ba",  "msc"};

int person_suffix(const char *text, size_t length) {
  return words_contain(suffixes, COUNT(suffixes), text, length);
}

static bool is_apostrophe(UChar32 c) {
  return c == '\'' || c == 0x2019 || c == 0x2018 || c == 0x02BC ||
         c == 0x02BB || c == 0x0060 || c == 0x00B4;
}

static bool is_joiner(UChar32 c) {
  return is_apostrophe(c) || c == '-' || c == '.' || c == 0x2010 ||
         c == 0x2011 || c == 0x00B7 || c == 0x30FB || c == 0xFF65 ||
         c == 0x2027 || c == 0x05F3 || c == 0x05F4 || c == 0x200C ||
         c == 0x200D || c == 0x200B || c == 0x3005;
}

/* Letters and the marks that names have between them; *first is the first
 * letter, *upper whether a capital follows a joiner (al-Assad, d'Arcy). */
static bool letters_only(const char *word, size_t length, UChar32 *first,
                         bool *upper) {
  bool joined = false;
  *first = 0;
  *upper = false;
  for (size_t at = 0; at < length;) {
    uint32_t c = utf8_next(word, length, &at);
    if (c == UTF8_INVALID)
      return false;
    UChar32 point = (UChar32)c;
    if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') { /* nearly always */
      *first = *first ? *first : point;
      *upper = *upper || (joined && c <= 'Z');
      joined = false;
      continue;
    }
    if (is_joiner(point)) {
      joined = true;
      continue;
    }
    bool mark = (U_GET_GC_MASK(point) & (U_GC_MN_MASK | U_GC_MC_MASK)) != 0;
    if (!u_isalpha(point) && !mark)
      return false;
    if (!*first && !mark)
      *first = point;
    if (joined && (u_isupper(point) || u_istitle(point)))
      *upper = true;
    joined = false;
  }
  return *first != 0;
}

/* workers', Smith's: names do not end so. */
static bool is_possessive(const char *word, size_t length) {
  if (length >= 1 && word[length - 1] == '\'')
    return true;
  if (length >= 3 && memcmp(word + length - 3, "\xE2\x80\x99", 3) == 0)
    return true;
  if (length >= 2 && word[length - 1] == 's' && word[length - 2] == '\'')
    return true;
  return length >= 4 && word[length - 1] == 's' &&
         memcmp(word + length - 4, "\xE2\x80\x99", 3) == 0;
}

/* Small letters by their properties, but nobody begins names with others. */
static bool is_georgian(UChar32 c) {
  return c >= 0x10D0 && c <= 0x10FF;
}

/* is: what name_word says of the word. */
static word_kind look_at(const char *word, size_t length, unsigned is,
                         bool opens) {
  UChar32 first;
  bool upper;
  if (!letters_only(word, length, &first, &upper) ||
      is_possessive(word, length))
    return WORD_BAD;
  if (is & (opens ? NAME_WORD_NO_NAME | NAME_WORD_NO_FIRST : NAME_WORD_NO_NAME))
    return WORD_BAD;
  if (u_isupper(first) || u_istitle(first))
    return WORD_CAPITAL;
  if (!u_islower(first) || is_georgian(first))
    return WORD_UNCASED;
  if (upper)
    return WORD_CAPITAL;
  return words_contain(particles, COUNT(particles), word, length)
             ? WORD_PARTICLE
             : WORD_LOWER;
}

static size_t word_end(const char *text, size_t length, size_t at) {
  const char *space = memchr(text + at, ' ', length - at);
  return space ? (size_t)(space - text) : length;
}

/* The end of a nickname ('Red', "Big Joe", (Bob)) that begins at at, or at
 * when none does. */
static size_t nickname_end(const char *text, size_t length, size_t at) {
  static const char *const pairs[][2] = {{"'", "'"},
                                         {"\"", "\""},
                                         {"(", ")"},
                                         {"\xE2\x80\x98", "\xE2\x80\x99"},
                                         {"\xE2\x80\x9C", "\xE2\x80\x9D"},
                                         {"\xE2\x80\x9E", "\xE2\x80\x9C"},
                                         {"\xC2\xAB", "\xC2\xBB"}};
  for (size_t i = 0; i < COUNT(pairs); i++) {
    if (*pairs[i][0] != text[at])
      continue;
    size_t open = strlen(pairs[i][0]), close = strlen(pairs[i][1]);
    if (length - at < open || memcmp(text + at, pairs[i][0], open) != 0)
      continue;
    for (size_t end = at + open + 1; end + close <= length; end++)
      if (memcmp(text + end, pairs[i][1], close) == 0 &&
          (end + close == length || text[end + close] == ' '))
        return end + close;
  }
  return at;
}

/* What the words of a text are, in numbers; of more than MOST_WORDS, not of
 * all, nor behind one that no name has but that of a group. */
typedef struct tally {
  size_t words, capitals, uncased, lower, bad, nicknames;
  word_kind last;
  unsigned first_is; /* what name_word says of the first word */
} tally;

/* last_is: what name_word says of the last word, which begins at last. */
static void count_words(const char *text, size_t length, bool group,
                        size_t last, unsigned last_is, tally *t) {
  *t = (tally){0};
  for (size_t at = 0; at < length && t->words <= MOST_WORDS;) {
    if (!group && t->bad + t->lower > 0)
      return;
    size_t end = nickname_end(text, length, at);
    if (end > at && t->words > 0) {
      t->nicknames++;
      at = end + 1;
      continue;
    }
    end = word_end(text, length, at);
    unsigned is = at == last ? last_is : name_word(text + at, end - at);
    word_kind kind = look_at(text + at, end - at, is, at == 0);
    if (t->words++ == 0)
      t->first_is = is;
    t->capitals += kind == WORD_CAPITAL;
    t->uncased += kind == WORD_UNCASED;
    t->lower += kind == WORD_LOWER;
    t->bad += kind == WORD_BAD;
    t->last = kind;
    at = end + 1;
  }
}

static bool is_han(uint32_t c) {
  return (c >= 0x3400 && c <= 0x9FFF) || c == 0x3005;
}

/* Words of a script without capitals that may be one name. Of Chinese and
 * Japanese, not more than a name has; and no particles between Han letters. */
static bool is_uncased_name(const char *text, size_t length) {
  enum { MOST_HAN = 8, MOST_HIRAGANA = 6 };
  size_t count = 0, han = 0, hiragana = 0;
  uint32_t before = 0, between = 0;
  for (size_t at = 0; at < length; count++) {
    uint32_t c = utf8_next(text, length, &at);
    han += is_han(c);
    hiragana += c >= 0x3041 && c <= 0x309F;
    if (c == 0x3092 || (is_han(c) && between))
      return false; /* を, or の, は, が, で, に between two */
    bool particle =
        c == 0x306E || c == 0x306F || c == 0x304C || c == 0x3067 || c == 0x306B;
    between = particle && is_han(before) ? c : 0;
    before = c;
  }
  return count <= LONGEST_UNCASED && han <= MOST_HAN &&
         hiragana <= MOST_HIRAGANA;
}

static size_t last_word(const char *text, size_t length) {
  while (length > 0 && text[length - 1] != ' ')
    length--;
  return length;
}

/* "envoyé spécial", "inviata speciale", "enviado especial" */
static bool is_envoy(const char *text, size_t length) {
  static const char *const envoys[] = {"envoye", "inviat", "enviad"};
  static const char *const specials[] = {"special", "speciale", "especial"};
  size_t last = last_word(text, length);
  if (last == 0 || (text[length - 1] != 'l' && text[length - 1] != 'e'))
    return false;
  size_t from = last_word(text, last - 1);
  bool envoy = false, special = false;
  for (size_t i = 0; i < COUNT(envoys); i++)
    envoy = envoy || folded_begin(text + from, last - 1 - from, envoys[i]) > 0;
  for (size_t i = 0; envoy && i < COUNT(specials); i++)
    special = special || folded_equal(text + last, length - last, specials[i]);
  return special;
}

bool person_role(const char *text, size_t length) {
  size_t from = last_word(text, length);
  return (name_word(text + from, length - from) & NAME_WORD_ROLE) != 0 ||
         is_envoy(text, length);
}

/* "East London" is a place; "Norma East" is not. */
static bool starts_with_direction(const char *text, size_t length) {
  static const char *const directions[] = {"north",   "south",   "east", "west",
                                           "central", "greater", "mid"};
  size_t end = word_end(text, length, 0);
  return words_contain(directions, COUNT(directions), text, end);
}

/* "BBC News": letters that are no word beside words that are; "MRS DOE" is
 * all in capitals. */
static bool has_acronym(const char *text, size_t length) {
  bool acronym = false, small = false;
  for (size_t at = 0; at < length;) {
    size_t end = word_end(text, length, at);
    bool letters = end - at >= 3;
    for (size_t i = at; i < end; i++) {
      letters = letters && text[i] >= 'A' && text[i] <= 'Z' &&
                !memchr("AEIOUY", text[i], 6);
      small = small || (text[i] >= 'a' && text[i] <= 'z');
    }
    acronym = acronym || (letters && !person_suffix(text + at, end - at));
    at = end + 1;
  }
  return acronym && small;
}

bool person_starts_as_place(const char *text, size_t length) {
  static const char *const words[] = {
      "de",  "da",  "du",  "del", "della", "der",   "den",   "des",   "van",
      "von", "zur", "la",  "le",  "las",   "los",   "lo",    "el",    "san",
      "dos", "das", "les", "st",  "st.",   "santa", "santo", "saint", "sankt"};
  return words_contain(words, COUNT(words), text, word_end(text, length, 0));
}

/* "Vorsitzende des Bundes", "Statement of the Board": what somebody is or what
 * this is, and no name. */
static bool is_of(const char *text, size_t length, unsigned first_is) {
  size_t end = word_end(text, length, 0);
  return (first_is & NAME_WORD_OF) != 0 && end + 1 < length &&
         text[end + 1] >= 'a' && text[end + 1] <= 'z';
}

person_kind person_look(const char *text, size_t length) {
  enum { MOST_AGENCY = 3, MOST_GROUP = 6 };
  tally t;
  if (length == 0)
    return PERSON_NOT;
  size_t last = last_word(text, length);
  unsigned is = name_word(text + last, length - last);
  bool group =
      (is & (NAME_WORD_GROUP | NAME_WORD_ROLE)) != 0 || is_envoy(text, length);
  count_words(text, length, group, last, is, &t);
  if (t.words > MOST_WORDS || is_of(text, length, t.first_is))
    return PERSON_NOT;
  if (group || (t.words <= MOST_AGENCY && name_is_agency(text, length)))
    return t.words <= MOST_GROUP ? PERSON_GROUP : PERSON_NOT;
  if (t.bad > 0 || t.lower > 0)
    return PERSON_NOT;
  if (t.uncased > 0 && t.capitals == 0)
    return is_uncased_name(text, length) ? PERSON_UNCASED : PERSON_NOT;
  if (t.capitals == 0 || t.last == WORD_PARTICLE)
    return PERSON_NOT;
  if (t.words == 1)
    return words_contain(rubrics, COUNT(rubrics), text, length) ? PERSON_NOT
                                                                : PERSON_SINGLE;
  return starts_with_direction(text, length) || has_acronym(text, length)
             ? PERSON_GROUP
             : PERSON_FULL;
}

/* The end of an address in angle brackets or of words in brackets at the end
 * of a line is no part of the name. */
static size_t bracket_start(const char *text, size_t length) {
  char close = text[length - 1];
  if (close != ')' && close != '>' && close != ']')
    return length;
  char open = close == ')' ? '(' : close == '>' ? '<' : '[';
  for (size_t at = length - 1; at > 1; at--)
    if (text[at] == open && text[at - 1] == ' ')
      return at - 1;
  return length;
}

/* "Jane Doe aus Berlin", "Jane Doe à Londres": other languages' words are not
 * enough where the line may be a title. */
static bool is_preposition(const char *text, size_t length, bool trusted) {
  static const char *const others[] = {"aus",  "\xC3\xA0", "en",
                                       "em",   "uit",      "fr\xC3\xA5n",
                                       "fra",  "\xD0\xB2", "\xD0\xB8\xD0\xB7",
                                       "z",    "para",     "f\xC3\xBCr",
                                       "voor", "special"};
  return words_contain(prepositions, COUNT(prepositions), text, length) ||
         (trusted && words_contain(others, COUNT(others), text, length));
}

/* Where what follows a preposition begins: behind "reports from", but "special
 * to the Gazette" is all of it said. */
static size_t behind_preposition(const char *text, size_t length, size_t at,
                                 size_t end) {
  if (words_begin(text + at, length - at, "special "))
    return at;
  size_t place = end < length ? end + 1 : length;
  size_t more = place < length ? word_end(text, length, place) : length;
  bool two = more < length && words_contain(prepositions, COUNT(prepositions),
                                            text + place, more - place);
  return two ? more + 1 : place;
}

size_t person_end(const char *text, size_t length, bool trusted,
                  size_t *place) {
  *place = length;
  if (length == 0)
    return length;
  size_t bracket = bracket_start(text, length);
  if (bracket < length && person_look(text, bracket) == PERSON_FULL) {
    *place = bracket + 2;
    return bracket;
  }
  for (size_t at = word_end(text, length, 0); at < length;) {
    size_t next = at + 1, end = word_end(text, length, next);
    if (is_preposition(text + next, end - next, trusted)) {
      if (person_look(text, at) != PERSON_FULL)
        return length;
      *place = behind_preposition(text, length, next, end);
      return at;
    }
    at = end;
  }
  return length;
}

bool person_behind_role(const char *text, size_t length, size_t *name) {
  enum { MOST_BEFORE = 6 };
  size_t words = 0;
  for (size_t at = word_end(text, length, 0); at + 1 < length;
       at = word_end(text, length, at + 1)) {
    if (++words > MOST_BEFORE)
      return false;
    if (!person_role(text, at))
      continue;
    *name = at + 1;
    return !person_role(text, word_end(text, length, at + 1)) &&
           person_look(text + at + 1, length - at - 1) == PERSON_FULL;
  }
  return false;
}
