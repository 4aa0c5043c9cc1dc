#include "analyze/detect_letters.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "base/utf8.h"

enum {
  SHORTEST = 70,     /* letters; below, names and numbers weigh too much */
  DENSE = 30,        /* the same in a script of syllables or words */
  GUEST_PERCENT = 30 /* letters of links and names in another script */
};

bool letter_has_alphabet(UChar32 letter) {
  UErrorCode code = U_ZERO_ERROR;
  UScriptCode script = uscript_getScript(letter, &code);
  return U_SUCCESS(code) &&
         (script == USCRIPT_LATIN || script == USCRIPT_CYRILLIC);
}

static bool is_alpha(UChar32 ch) {
  if (ch < 0x80)
    return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z');
  return u_isalpha(ch);
}

bool letters_are_enough(const buf *part) {
  size_t letters = 0, dense = 0;
  for (size_t at = 0; at < part->length && letters < SHORTEST;) {
    UChar32 ch = (UChar32)utf8_next(part->data, part->length, &at);
    if (ch < 0 || !is_alpha(ch))
      continue;
    letters++;
    dense += ch >= 0x0E00 && !letter_has_alphabet(ch);
  }
  return letters >= SHORTEST || dense >= DENSE;
}

static bool is_latin(UChar32 letter) {
  UErrorCode code = U_ZERO_ERROR;
  if (letter < 0x80)
    return true;
  return uscript_getScript(letter, &code) == USCRIPT_LATIN && U_SUCCESS(code);
}

/* Letters of ASCII, without a branch. */
static size_t count_ascii(const buf *part) {
  size_t letters = 0;
  for (size_t i = 0; i < part->length; i++) {
    unsigned char small = (unsigned char)part->data[i] | 0x20;
    letters += small >= 'a' && small <= 'z';
  }
  return letters;
}

void letters_leave_out_latin(buf *part) {
  size_t latin = 0, others = 0, at = 0;
  while ((at = utf8_ascii_end(part->data, part->length, at)) < part->length) {
    UChar32 ch = (UChar32)utf8_next(part->data, part->length, &at);
    if (ch >= 0 && is_alpha(ch))
      *(is_latin(ch) ? &latin : &others) += 1;
  }
  if (others == 0) /* nearly all texts in Latin letters */
    return;
  latin += count_ascii(part);
  if (latin == 0 || latin * 100 > (latin + others) * GUEST_PERCENT)
    return;
  for (at = 0; at < part->length;) {
    size_t start = at;
    UChar32 ch = (UChar32)utf8_next(part->data, part->length, &at);
    if (ch >= 0 && is_alpha(ch) && is_latin(ch))
      memset(part->data + start, ' ', at - start);
  }
}

bool letters_are_chinese(const buf *part) {
  size_t han = 0;
  for (size_t at = 0; at < part->length;) {
    UChar32 ch = (UChar32)utf8_next(part->data, part->length, &at);
    UErrorCode code = U_ZERO_ERROR;
    if (ch < 0 || !is_alpha(ch))
      continue;
    if (uscript_getScript(ch, &code) != USCRIPT_HAN)
      return false;
    han++;
  }
  return han >= DENSE;
}
