#include "read/date_scan.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "base/utf8.h"
#include "read/date_particles.h"
#include "read/folded.h"

/* A folded text and the place in it. */
typedef struct reader {
  const char *text;
  size_t length, at;
  char before;     /* what parts the next item from the last */
  bool glued;      /* nothing does */
  date_role ahead; /* what the next number is */
} reader;

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/* ---- Numbers ---- */

static bool add_item(date_scan *s, reader *r, date_item item) {
  if (s->count == DATE_MOST_ITEMS)
    return false;
  item.before = r->before;
  s->items[s->count++] = item;
  return true;
}

static bool take_number(date_scan *s, reader *r) {
  date_item item = {.role = r->ahead};
  r->ahead = ROLE_NONE;
  while (r->at < r->length && is_digit(r->text[r->at])) {
    if (++item.digits > 4)
      return false;
    item.value = item.value * 10 + (unsigned)(r->text[r->at++] - '0');
  }
  size_t ordinal = particle_ordinal(r->text + r->at, r->length - r->at);
  bool year = r->text[r->at] == '(' || item.digits == 4;
  if (ordinal > 0 && (item.digits <= 2 || year))
    r->at += ordinal;
  return add_item(s, r, item);
}

/* The value of a Chinese numeral, or 10 for the ten, 11 for none. */
static unsigned han_digit(uint32_t c) {
  static const uint32_t digits[] = {0x3007, 0x4E00, 0x4E8C, 0x4E09,
                                    0x56DB, 0x4E94, 0x516D, 0x4E03,
                                    0x516B, 0x4E5D, 0x5341};
  for (unsigned i = 0; i < 11; i++)
    if (digits[i] == c)
      return i;
  return c == 0x96F6 ? 0 : 11;
}

/* 二〇二〇, 十二, 二十一 */
static bool take_han_number(date_scan *s, reader *r) {
  date_item item = {.role = r->ahead};
  unsigned last = 0;
  bool ten = false;
  size_t start = r->at;
  while (r->at < r->length) {
    size_t next = r->at;
    uint32_t c = utf8_next(r->text, r->length, &next);
    unsigned digit = c == UTF8_INVALID ? 11 : han_digit(c);
    if (digit > 10 || item.digits == 4 || (ten && digit == 10))
      break;
    if (digit == 10) {
      item.value = (item.digits == 0 ? 1 : last) * 10;
      ten = true;
    } else {
      item.value = ten ? item.value + digit : item.value * 10 + digit;
    }
    last = digit;
    item.digits++;
    r->at = next;
  }
  if (r->at == start)
    return false;
  if (ten)
    item.digits = 2;
  r->ahead = ROLE_NONE;
  return add_item(s, r, item);
}

/* ---- Words ---- */

static bool is_letter(uint32_t c) {
  if (c < 0x80)
    return c >= 'a' && c <= 'z';
  return c != UTF8_INVALID && (u_isalpha((UChar32)c) ||
                               (U_GET_GC_MASK((UChar32)c) & U_GC_M_MASK) != 0);
}

/* Scripts that write words without a space between them. */
static bool is_unspaced(uint32_t c) {
  UErrorCode code = U_ZERO_ERROR;
  if (c < 0x0E00 || c == UTF8_INVALID)
    return false;
  UScriptCode script = uscript_getScript((UChar32)c, &code);
  return script == USCRIPT_THAI || script == USCRIPT_LAO ||
         script == USCRIPT_KHMER || script == USCRIPT_MYANMAR ||
         script == USCRIPT_HAN || script == USCRIPT_HIRAGANA ||
         script == USCRIPT_KATAKANA || script == USCRIPT_HANGUL ||
         script == USCRIPT_TIBETAN;
}

/* Where a word that begins here may end, nearest first. */
static size_t word_ends(const reader *r, size_t *ends, size_t most) {
  enum { LONGEST = 64, SPACES = 6 };
  size_t count = 0, spaces = 0, at = r->at;
  uint32_t c = utf8_next(r->text, r->length, &at);
  while (count < most && at - r->at <= LONGEST) {
    size_t next = at;
    uint32_t d = ' ';
    if (at < r->length)
      d = utf8_next(r->text, r->length, &next);
    if (!is_letter(c) || !is_letter(d) || is_unspaced(c))
      ends[count++] = at;
    spaces += d == ' ';
    if (at == r->length || spaces > SPACES || (d < 0x80 && is_digit((char)d)))
      break;
    c = d;
    at = next;
  }
  return count;
}

static void take_weekday(date_scan *s, const date_word *word) {
  if (s->weekdays != 0 && (s->weekdays & word->weekdays) == 0)
    s->strange = true;
  else
    s->weekdays = s->weekdays ? s->weekdays & word->weekdays : word->weekdays;
}

static bool take_name(date_scan *s, reader *r, const date_word *word) {
  s->words = true;
  s->rare = s->rare || word->rare;
  s->languages &= word->in;
  if (word->months != 0)
    return add_item(s, r, (date_item){.word = word});
  size_t at = 0;
  if (r->glued && !is_unspaced(utf8_next(word->text, strlen(word->text), &at)))
    return false;
  take_weekday(s, word);
  return true;
}

static bool take_particle(date_scan *s, reader *r, const particle *p) {
  date_item *last = s->count > 0 ? &s->items[s->count - 1] : NULL;
  switch (p->kind) {
  case PARTICLE_FILLER:
    s->filler = true;
    return true;
  case PARTICLE_RANGE:
    s->strange = true;
    return s->count > 0;
  case PARTICLE_YEAR:
    return true;
  case PARTICLE_ROLE_BEHIND:
    if (!last || last->word || last->role != ROLE_NONE)
      return false;
    last->role = (date_role)p->value;
    return true;
  case PARTICLE_ROLE_AHEAD:
    r->ahead = (date_role)p->value;
    return true;
  case PARTICLE_ERA:
    if (s->era != ERA_NONE)
      return false;
    s->era = (date_era)p->value;
    return true;
  case PARTICLE_FIRST:
    return s->era > ERA_BUDDHIST &&
           add_item(s, r, (date_item){.value = 1, .digits = 1});
  default:
    s->other = true;
    return true;
  }
}

/* A word that is a particle and a name: "des" is December, "to" at the
 * beginning a Finnish Thursday. */
static bool is_name(const date_scan *s, const particle *p,
                    const date_word *word) {
  if (!word || !p)
    return word != NULL;
  return (p->kind == PARTICLE_PLAIN && word->months != 0 && !word->rare) ||
         (p->kind == PARTICLE_RANGE && s->count == 0);
}

/* The longest word that begins here. */
static bool take_word(date_scan *s, reader *r) {
  enum { MOST_ENDS = 24 };
  size_t ends[MOST_ENDS];
  size_t count = word_ends(r, ends, MOST_ENDS);
  while (count-- > 0) {
    const char *text = r->text + r->at;
    size_t size = ends[count] - r->at;
    const particle *p = particle_find(text, size);
    const date_word *word = date_word_find(text, size);
    if (!p && !word)
      continue;
    r->at += size;
    return is_name(s, p, word) ? take_name(s, r, word) : take_particle(s, r, p);
  }
  return take_han_number(s, r);
}

/* ---- Between them ---- */

/* Steps over what parts two items; its kind is the most telling character.
 * Any other character ends the run. */
static void skip_separator(reader *r, bool number) {
  r->before = ' ';
  for (; r->at < r->length; r->at++) {
    char c = r->text[r->at];
    if (c == '-' || c == '/')
      r->before = c;
    else if (c == '.' && number)
      r->before = '.';
    else if (c != '.' && c != ' ' && c != ',' && c != '(' && c != ')')
      break;
  }
}

static bool is_thai(const char *text, size_t length) {
  for (size_t i = 0; i + 2 < length; i++)
    if (text[i] == '\xE0' && (text[i + 1] == '\xB8' || text[i + 1] == '\xB9'))
      return true;
  return false;
}

static bool scan(date_scan *s, reader *r) {
  skip_separator(r, false);
  if (r->at > 0 && r->text[0] != '(')
    return false; /* a dash or comma in front */
  while (r->at < r->length) {
    bool number = is_digit(r->text[r->at]);
    if (number ? !take_number(s, r) : !take_word(s, r))
      return false;
    size_t end = r->at;
    skip_separator(r, number);
    r->glued = r->at == end;
    if (r->at == r->length && r->at > end && r->text[r->at - 1] != ')')
      return false; /* the end is trimmed: a dash or comma is left over */
  }
  return s->count > 0 && r->ahead == ROLE_NONE;
}

/* Whether a byte is a digit, or begins one of another script: those are 0xD9 or
 * more, and not that of curly quotes. */
static unsigned char may_be_digit(char c) {
  unsigned char byte = (unsigned char)c;
  unsigned char digit = (unsigned char)(byte - '0') < 10;
  unsigned char wide = byte >= 0xD9, quote = byte == 0xE2;
  return digit | (unsigned char)(wide & (quote ^ 1));
}

/* Looks at VECTOR bytes in one go: of loops of a fixed length, without a way
 * out, compilers make vectors. */
static bool may_have_digit(const char *text, size_t length) {
  enum { VECTOR = 16 };
  size_t at = 0;
  for (; length - at >= VECTOR; at += VECTOR) {
    unsigned char found[VECTOR];
    uint64_t words[VECTOR / sizeof(uint64_t)];
    for (size_t i = 0; i < VECTOR; i++)
      found[i] = may_be_digit(text[at + i]);
    memcpy(words, found, sizeof words);
    if (words[0] | words[1])
      return true;
  }
  while (at < length && !may_be_digit(text[at]))
    at++;
  return at < length;
}

/* A quick look, as nearly all lines are no dates. Dates have a digit, of
 * whichever script, and few words. */
static bool may_be_date(const char *text, size_t length) {
  enum { MOST_SPACES = 16 };
  size_t spaces = 0;
  if (!may_have_digit(text, length))
    return false;
  for (size_t i = 0; i < length && spaces <= MOST_SPACES; i++)
    spaces += text[i] == ' ';
  return spaces <= MOST_SPACES;
}

static size_t trimmed(const char *text, size_t length) {
  while (length > 0 && text[length - 1] == ' ')
    length--;
  if (length > 0 && text[length - 1] == '.')
    length--;
  while (length > 0 && text[length - 1] == ' ')
    length--;
  return length;
}

bool date_scan_text(const char *text, size_t length, date_scan *out) {
  char folded[DATE_LONGEST];
  reader r = {.text = folded, .before = ' '};
  while (length > 0 && (*text == ' ' || (*text >= '\t' && *text <= '\r'))) {
    text++;
    length--;
  }
  if (length == 0 || length > DATE_LONGEST || !may_be_date(text, length) ||
      !folded_copy(text, length, folded, sizeof folded - 1, &r.length))
    return false;
  *out = (date_scan){.languages = DATE_LANGUAGES_ALL};
  r.length = trimmed(folded, r.length);
  folded[r.length] = '\0';
  out->thai = is_thai(text, length);
  return scan(out, &r);
}
