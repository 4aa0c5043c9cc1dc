#include "read/name_case.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "base/utf8.h"
#include "read/folded.h"
#include "read/person.h"
#include "read/words.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { MOST_WORDS = 8, LONGEST_FOLDED = 64 };

/* A word of a name and what its letters are. */
typedef struct word {
  byline_string text;
  size_t letters, upper, lower;
  bool vowel, stop;
  char folded[LONGEST_FOLDED];
} word;

typedef struct name {
  word words[MOST_WORDS];
  size_t count;
  bool turkish; /* I and i are two letters */
} name;

/* ---- Looking ---- */

/* Scripts whose capitals tell what the small letters are. */
static bool is_plain_script(UChar32 c) {
  UErrorCode code = U_ZERO_ERROR;
  UScriptCode script = uscript_getScript(c, &code);
  return script == USCRIPT_LATIN || script == USCRIPT_CYRILLIC ||
         script == USCRIPT_ARMENIAN || script == USCRIPT_GEORGIAN ||
         script == USCRIPT_INHERITED;
}

/* A vowel, or a letter of which it is not known. */
static bool may_be_vowel(UChar32 c) {
  uint32_t f = folded_character((uint32_t)c);
  return f >= 0x80 || (f != 0 && strchr("aeiouy", (char)f));
}

static bool look_at_letter(word *w, UChar32 c) {
  if (!is_plain_script(c))
    return false;
  w->letters++;
  w->upper += u_isupper(c) || u_istitle(c);
  w->lower += u_islower(c) && !u_isupper(c);
  w->vowel = w->vowel || may_be_vowel(c);
  return true;
}

static bool look_at(word *w) {
  size_t size = 0;
  for (size_t at = 0; at < w->text.length;) {
    uint32_t c = utf8_next(w->text.data, w->text.length, &at);
    if (c == UTF8_INVALID)
      return false;
    w->stop = w->stop || c == '.';
    if (u_isalpha((UChar32)c) && !look_at_letter(w, (UChar32)c))
      return false;
  }
  if (!folded_copy(w->text.data, w->text.length, w->folded, LONGEST_FOLDED - 1,
                   &size))
    return false;
  w->folded[size] = '\0';
  return true;
}

static bool split(byline_string s, name *n) {
  n->count = 0;
  for (size_t at = 0; at < s.length;) {
    const char *space = memchr(s.data + at, ' ', s.length - at);
    size_t end = space ? (size_t)(space - s.data) : s.length;
    if (n->count == MOST_WORDS)
      return false;
    word *w = &n->words[n->count++];
    *w = (word){.text = {s.data + at, end - at}};
    if (!look_at(w))
      return false;
    at = end + 1;
  }
  return true;
}

/* ---- Whether ---- */

static bool has(byline_string s, const char *letter) {
  size_t size = strlen(letter);
  for (size_t i = 0; i + size <= s.length; i++)
    if (memcmp(s.data + i, letter, size) == 0)
      return true;
  return false;
}

static bool is_language(byline_string language, const char *code) {
  return language.length == 2 && memcmp(language.data, code, 2) == 0;
}

/* Whether it is clear what an I becomes; n->turkish gets the answer. */
static bool settle_turkish(byline_string s, byline_string language, name *n) {
  n->turkish = is_language(language, "tr") || is_language(language, "az") ||
               has(s, "\xC4\xB0") || has(s, "\xC4\x9E");  /* İ, Ğ */
  bool may_be = has(s, "\xC5\x9E") || has(s, "\xC6\x8F"); /* Ş, Ə */
  return n->turkish || language.length > 0 || !may_be || !has(s, "I");
}

static bool is_one_of(const char *const *list, size_t count, const word *w) {
  for (size_t i = 0; i < count; i++)
    if (strcmp(list[i], w->folded) == 0)
      return true;
  return false;
}

/* Small within a name, unless the word is Vietnamese. */
static bool is_particle(const name *n, size_t i) {
  static const char *const particles[] = {
      "de",  "da",   "do",  "dos", "das", "du",  "des", "del",
      "van", "von",  "vom", "der", "den", "ter", "ten", "op",
      "zu",  "zum",  "zur", "'t",  "bin", "ibn", "wa",  "af",
      "av",  "bint", "фон", "де",  "ван", "дер", "ибн"};
  static const char *const viet[] = {"nguyen", "tran", "le",   "pham", "hoang",
                                     "huynh",  "phan", "vu",   "vo",   "dang",
                                     "bui",    "do",   "ho",   "ngo",  "duong",
                                     "ly",     "dinh", "trinh"};
  static const char *const articles[] = {"la", "las", "los", "le"};
  const word *w = &n->words[i];
  if (i == 0 || i + 1 == n->count)
    return false;
  if (is_one_of(viet, COUNT(viet), &n->words[0]))
    return false;
  if (is_one_of(particles, COUNT(particles), w))
    return true;
  const char *before = n->words[i - 1].folded;
  if (is_one_of(articles, COUNT(articles), w))
    return strcmp(before, "de") == 0;
  return i >= 2 && (strcmp(w->folded, "y") == 0 || strcmp(w->folded, "e") == 0);
}

/* Written in a way of its own, whatever surrounds it. */
static const char *fixed_form(const word *w) {
  static const char *const forms[][2] = {{"jr", "Jr"},
                                         {"jr.", "Jr."},
                                         {"jr,", "Jr,"},
                                         {"sr", "Sr"},
                                         {"sr.", "Sr."},
                                         {"ii", "II"},
                                         {"iii", "III"},
                                         {"iv", "IV"},
                                         {"vii", "VII"},
                                         {"viii", "VIII"},
                                         {"phd", "PhD"},
                                         {"ph.d.", "Ph.D."},
                                         {"ph.d", "Ph.D"},
                                         {"md", "MD"},
                                         {"mp", "MP"},
                                         {"mep", "MEP"},
                                         {"msp", "MSP"},
                                         {"td", "TD"},
                                         {"qc", "QC"},
                                         {"kc", "KC"},
                                         {"obe", "OBE"},
                                         {"mbe", "MBE"},
                                         {"dr", "Dr"},
                                         {"mr", "Mr"},
                                         {"mrs", "Mrs"},
                                         {"ms", "Ms"},
                                         {"st", "St"},
                                         {"ng", "Ng"},
                                         {"cllr", "Cllr"},
                                         {"macdonald", "MacDonald"},
                                         {"macgregor", "MacGregor"},
                                         {"macleod", "MacLeod"},
                                         {"macarthur", "MacArthur"},
                                         {"macdougall", "MacDougall"},
                                         {"macpherson", "MacPherson"},
                                         {"macneil", "MacNeil"}};
  for (size_t i = 0; i < COUNT(forms); i++)
    if (strcmp(w->folded, forms[i][0]) == 0)
      return forms[i][1];
  return NULL;
}

/* Two letters that stand for two names: "PJ", "AJ", "JR". */
static bool are_initials(const word *w) {
  static const char *const given[] = {"al", "an", "ed", "ib", "im",
                                      "ik", "ul", "on", "ng", "in"};
  if (w->letters != 2 || w->stop || strlen(w->folded) != 2)
    return false;
  bool open = strchr("aeiouy", w->folded[1]);
  return !open && !is_one_of(given, COUNT(given), w);
}

/* Letters that are no word: "BBC", "RMT". */
static bool is_acronym(const word *w) {
  return w->letters > 1 && !w->vowel && !w->stop && !fixed_form(w) &&
         w->letters != 2 && strncmp(w->folded, "mc", 2) != 0;
}

/* All of it is in capitals, or all but the given name, or but the particles. */
static bool is_shouted(const name *n) {
  size_t shouted = 0, given = 0;
  for (size_t i = 0; i < n->count; i++) {
    const word *w = &n->words[i];
    if (is_acronym(w))
      return false;
    if (w->lower == 0)
      shouted += w->letters > 1 && !(w->letters < 3 && w->stop);
    else if (w->upper > 0)
      given++;
  }
  if (given == 0)
    return shouted > 0;
  /* "Jane DOE"; but "Jane Doe II", "J.R. Doe" and "Al Doe MP" are written. */
  const word *last = &n->words[n->count - 1];
  return given == 1 && n->count == 2 && shouted == 1 &&
         (last->lower == 0 ? last : &n->words[0])->letters > 3 &&
         !fixed_form(last->lower == 0 ? last : &n->words[0]);
}

/* ---- Writing ---- */

static bool put(buf *out, UChar32 c) {
  char bytes[4];
  return buf_add(out, bytes, utf8_put((uint32_t)c, bytes));
}

static UChar32 small(UChar32 c, bool turkish) {
  if (turkish && c == 'I')
    return 0x131;
  return c == 0x130 ? 'i' : u_tolower(c);
}

static bool is_apostrophe(uint32_t c) {
  return c == '\'' || c == 0x2019 || c == 0x2BC || c == '`';
}

/* Where a piece of a word ends: at a hyphen, an apostrophe or a stop. */
static size_t piece_end(byline_string s, size_t at, uint32_t *mark) {
  while (at < s.length) {
    size_t next = at;
    *mark = utf8_next(s.data, s.length, &next);
    if (*mark == '-' || *mark == 0x2010 || *mark == 0x2011 || *mark == '.' ||
        is_apostrophe(*mark))
      return at;
    at = next;
  }
  *mark = 0;
  return at;
}

static size_t letters_in(byline_string s, size_t from, size_t to) {
  size_t count = 0;
  for (; from < to; from++)
    count += ((unsigned char)s.data[from] & 0xC0) != 0x80;
  return count;
}

static bool put_piece(buf *out, byline_string s, size_t from, size_t to,
                      bool capital, bool turkish) {
  bool mc = capital && to - from > 4 && words_begin(s.data + from, 2, "mc");
  size_t index = 0;
  for (size_t at = from; at < to; index++) {
    uint32_t c = utf8_next(s.data, s.length, &at);
    UChar32 lower = small((UChar32)c, turkish);
    bool keep = capital && (index == 0 || (mc && index == 2)) &&
                u_totitle(lower) != lower; /* Georgian has none in names */
    if (!put(out, keep ? u_totitle((UChar32)c) : lower))
      return false;
  }
  return true;
}

/* "D'ANGELO" is Italian and keeps its D, "D'ESTAING" does not; "THIONG'O" is
 * one word. */
static bool starts_small(byline_string s, size_t from, size_t to,
                         uint32_t mark) {
  if (to - from == 1 && (s.data[from] | 0x20) == 'd' && is_apostrophe(mark))
    return !strchr("aio", s.data[s.length - 1] | 0x20);
  return to - from == 2 && mark == '-' && words_begin(s.data + from, 2, "al");
}

static bool put_word(buf *out, const name *n, size_t i) {
  byline_string s = n->words[i].text;
  const char *fixed = fixed_form(&n->words[i]);
  if (fixed)
    return buf_add_string(out, fixed);
  if (n->words[i].lower > 0 || (i == 0 && are_initials(&n->words[i])))
    return buf_add_str(out, s);
  bool particle = is_particle(n, i);
  size_t before = 0;
  bool joined = false; /* by an apostrophe */
  for (size_t at = 0; at < s.length;) {
    uint32_t mark;
    size_t end = piece_end(s, at, &mark), next = end;
    size_t letters = letters_in(s, at, end);
    bool capital = !particle && !(i > 0 && starts_small(s, at, end, mark)) &&
                   !(joined && (letters == 1 || before > 4));
    if (!put_piece(out, s, at, end, capital, n->turkish))
      return false;
    if (end < s.length)
      utf8_next(s.data, s.length, &next);
    if (!buf_add(out, s.data + end, next - end))
      return false;
    before = letters;
    joined = is_apostrophe(mark);
    at = next;
  }
  return true;
}

static bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}

/* A quick look, as nearly all names have small letters. */
static bool may_be_shouted(byline_string s) {
  for (size_t i = 0; i < s.length; i++)
    if (s.data[i] < 0 || (i > 0 && is_capital(s.data[i - 1]) &&
                          (is_capital(s.data[i]) || s.data[i] == '\'')))
      return true;
  return false;
}

/* A full name, also as "DOE, JANE" and "JANE DOE, JR." */
static bool is_person(byline_string s) {
  const char *comma = memchr(s.data, ',', s.length);
  size_t end = comma ? (size_t)(comma - s.data) : s.length;
  person_kind kind = person_look(s.data, end);
  if (kind != PERSON_SINGLE || end + 2 >= s.length)
    return kind == PERSON_FULL;
  kind = person_look(s.data + end + 2, s.length - end - 2);
  return kind == PERSON_SINGLE || kind == PERSON_FULL;
}

bool name_case(byline_string text, byline_string language, buf *out) {
  name n;
  if (text.length < 4 || !may_be_shouted(text) || !split(text, &n) ||
      n.count < 2 || !is_shouted(&n) || !settle_turkish(text, language, &n) ||
      !is_person(text))
    return true;
  for (size_t i = 0; i < n.count; i++)
    if ((i > 0 && !buf_add_char(out, ' ')) || !put_word(out, &n, i))
      return false;
  return true;
}
