/* Letters that have no decomposition, and the ASCII people type for them.
 * ICU's NFKC_Casefold has made ss of sharp s and s of long s before. */
#include <stdlib.h>

#include "analyze/fold.h"

typedef struct letter {
  UChar32 from;
  const char *to;
} letter;

/* In order of from. */
static const letter LETTERS[] = {
    {0x00E6, "ae"}, /* æ */
    {0x00F0, "d"},  /* ð */
    {0x00F8, "o"},  /* ø */
    {0x00FE, "th"}, /* þ */
    {0x0111, "d"},  /* đ */
    {0x0127, "h"},  /* ħ */
    {0x0131, "i"},  /* ı */
    {0x0138, "k"},  /* ĸ */
    {0x0142, "l"},  /* ł */
    {0x014B, "ng"}, /* ŋ */
    {0x0153, "oe"}, /* œ */
    {0x0167, "t"},  /* ŧ */
    {0x0180, "b"},  /* ƀ */
    {0x0188, "c"},  /* ƈ */
    {0x0192, "f"},  /* ƒ */
    {0x0199, "k"},  /* ƙ */
    {0x019A, "l"},  /* ƚ */
    {0x01A5, "p"},  /* ƥ */
    {0x01AD, "t"},  /* ƭ */
    {0x01B4, "y"},  /* ƴ */
    {0x01B6, "z"},  /* ƶ */
    {0x01E5, "g"},  /* ǥ */
    {0x0237, "j"},  /* ȷ */
    {0x023C, "c"},  /* ȼ */
    {0x0247, "e"},  /* ɇ */
    {0x0249, "j"},  /* ɉ */
    {0x024D, "r"},  /* ɍ */
    {0x024F, "y"},  /* ɏ */
    {0x0253, "b"},  /* ɓ */
    {0x0254, "o"},  /* ɔ */
    {0x0256, "d"},  /* ɖ */
    {0x0257, "d"},  /* ɗ */
    {0x025B, "e"},  /* ɛ */
    {0x0260, "g"},  /* ɠ */
    {0x0268, "i"},  /* ɨ */
    {0x026B, "l"},  /* ɫ */
    {0x0272, "n"},  /* ɲ */
    {0x0289, "u"},  /* ʉ */
    {0x028B, "v"},  /* ʋ */
    {0x02BB, "'"},  /* ʻ, as in Hawaiʻi */
    {0x02BC, "'"},  /* ʼ, an apostrophe that is a letter */
    {0x0640, ""},   /* ـ, which stretches Arabic words */
    {0x2C65, "a"},  /* ⱥ */
    {0x2C66, "t"},  /* ⱦ */
};

static int compare(const void *key, const void *element) {
  UChar32 a = *(const UChar32 *)key;
  UChar32 b = ((const letter *)element)->from;
  return (a > b) - (a < b);
}

const char *fold_letter(UChar32 ch) {
  if (ch < 0xE6)
    return NULL;
  const letter *found =
      bsearch(&ch, LETTERS, sizeof LETTERS / sizeof LETTERS[0],
              sizeof LETTERS[0], compare);
  return found ? found->to : NULL;
}
