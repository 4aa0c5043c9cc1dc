#include "read/name_leads.h"

#include <stdbool.h>
#include <string.h>

#include "base/utf8.h"
#include "read/folded.h"
#include "read/words.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

typedef enum lead_form {
  FORM_COLON, /* "Text: ", "文/": a colon, slash or bar behind it */
  FORM_WORD,  /* "Written by ": a space or a colon */
  FORM_TIGHT, /* "作者": nothing need follow */
  FORM_WEAK,  /* "Von " */
  FORM_SMALL  /* "de ": as FORM_WEAK, but in no capitals of its own */
} lead_form;

/* Folded, as folded_copy does it, and in the order of their bytes. */
static const struct {
  const char *text;
  lead_form form;
} leads[] = {
    {"a cura di", FORM_WORD},
    {"af", FORM_WEAK},
    {"analyse von", FORM_WEAK},
    {"aufgezeichnet von", FORM_WORD},
    {"auteur", FORM_COLON},
    {"auteure", FORM_COLON},
    {"auteurs", FORM_COLON},
    {"author", FORM_COLON},
    {"authors", FORM_COLON},
    {"autor", FORM_COLON},
    {"autora", FORM_COLON},
    {"autore", FORM_COLON},
    {"autoren", FORM_COLON},
    {"autores", FORM_COLON},
    {"autori", FORM_COLON},
    {"autorin", FORM_COLON},
    {"autrice", FORM_COLON},
    {"av", FORM_WEAK},
    {"bericht von", FORM_WORD},
    {"by", FORM_WORD},
    {"byline", FORM_COLON},
    {"compiled by", FORM_WORD},
    {"da", FORM_SMALL},
    {"de", FORM_SMALL},
    {"deur", FORM_WEAK},
    {"di", FORM_WEAK},
    {"door", FORM_WEAK},
    {"ecrit par", FORM_WORD},
    {"ein bericht von", FORM_WORD},
    {"ein kommentar von", FORM_WEAK},
    {"eine analyse von", FORM_WEAK},
    {"escrita por", FORM_WORD},
    {"escrito por", FORM_WORD},
    {"forfattare", FORM_COLON},
    {"forfatter", FORM_COLON},
    {"gastbeitrag von", FORM_WEAK},
    {"geschreven door", FORM_WORD},
    {"geschrieben von", FORM_WORD},
    {"haber", FORM_COLON},
    {"interview by", FORM_WORD},
    {"interview von", FORM_WORD},
    {"irta", FORM_COLON},
    {"kirjoittaja", FORM_COLON},
    {"kirjoittanut", FORM_WORD},
    {"kolumne von", FORM_WEAK},
    {"kommentar von", FORM_WEAK},
    {"napisala", FORM_WORD},
    {"napisao", FORM_WORD},
    {"napsal", FORM_WORD},
    {"napsala", FORM_WORD},
    {"oleh", FORM_WORD},
    {"opracowal", FORM_WORD},
    {"opracowala", FORM_WORD},
    {"par", FORM_WEAK},
    {"penulis", FORM_COLON},
    {"pise", FORM_COLON},
    {"por", FORM_WEAK},
    {"propos recueillis par", FORM_WORD},
    {"recueilli par", FORM_WORD},
    {"report by", FORM_WORD},
    {"reportage von", FORM_WEAK},
    {"reported by", FORM_WORD},
    {"review by", FORM_WORD},
    {"reviewed by", FORM_WORD},
    {"rozmawial", FORM_WORD},
    {"rozmawiala", FORM_WORD},
    {"scritto da", FORM_WORD},
    {"skrevet af", FORM_WORD},
    {"skrevet av", FORM_WORD},
    {"skribent", FORM_COLON},
    {"skriven av", FORM_WORD},
    {"story by", FORM_WORD},
    {"szerzo", FORM_COLON},
    {"tac gia", FORM_COLON},
    {"tekst", FORM_COLON},
    {"tekst af", FORM_WORD},
    {"tekst av", FORM_WORD},
    {"tekst og foto", FORM_COLON},
    {"teksti", FORM_COLON},
    {"testo", FORM_COLON},
    {"testo di", FORM_WORD},
    {"testo e foto", FORM_COLON},
    {"text", FORM_COLON},
    {"text & foto", FORM_COLON},
    {"text & fotos", FORM_COLON},
    {"text and photos by", FORM_WORD},
    {"text av", FORM_WORD},
    {"text by", FORM_WORD},
    {"text och bild", FORM_COLON},
    {"text och foto", FORM_COLON},
    {"text und bild", FORM_COLON},
    {"text und foto", FORM_COLON},
    {"text und fotos", FORM_COLON},
    {"text von", FORM_WORD},
    {"texte", FORM_COLON},
    {"texte de", FORM_WORD},
    {"texte et photos", FORM_COLON},
    {"texte par", FORM_WORD},
    {"textes", FORM_COLON},
    {"texto", FORM_COLON},
    {"texto de", FORM_WORD},
    {"texto e fotos", FORM_COLON},
    {"texto por", FORM_WORD},
    {"texto y fotos", FORM_COLON},
    {"textos", FORM_COLON},
    {"un texte de", FORM_WORD},
    {"verfasst von", FORM_WORD},
    {"von", FORM_WEAK},
    {"words", FORM_COLON},
    {"words and photos by", FORM_WORD},
    {"words and pictures by", FORM_WORD},
    {"words by", FORM_WORD},
    {"written by", FORM_WORD},
    {"yazan", FORM_COLON},
    {"γραφει", FORM_COLON},
    {"γραφει η", FORM_WORD},
    {"γραφει ο", FORM_WORD},
    {"κειμενο", FORM_COLON},
    {"συντακτησ", FORM_COLON},
    {"τησ", FORM_WEAK},
    {"του", FORM_WEAK},
    {"автор", FORM_COLON},
    {"автори", FORM_COLON},
    {"авторы", FORM_COLON},
    {"беседовал", FORM_WORD},
    {"беседовала", FORM_WORD},
    {"пише", FORM_COLON},
    {"подготовил", FORM_WORD},
    {"подготовила", FORM_WORD},
    {"текст", FORM_COLON},
    {"текст и фото", FORM_COLON},
    {"כתב", FORM_COLON},
    {"מאת", FORM_WORD},
    {"اعداد", FORM_COLON},
    {"بقلم", FORM_WORD},
    {"تحریر", FORM_COLON},
    {"نوشته", FORM_COLON},
    {"نویسنده", FORM_COLON},
    {"کتب", FORM_WORD},
    {"کتبت", FORM_WORD},
    {"लेखक", FORM_COLON},
    {"लेखिका", FORM_COLON},
    {"ผู้เขียน", FORM_COLON},
    {"เรื่อง", FORM_COLON},
    {"โดย", FORM_WORD},
    {"作者", FORM_COLON},
    {"写真・文", FORM_COLON},
    {"取材・文", FORM_COLON},
    {"執筆", FORM_COLON},
    {"执笔", FORM_COLON},
    {"採訪", FORM_COLON},
    {"撰文", FORM_COLON},
    {"文", FORM_COLON},
    {"文と写真", FORM_COLON},
    {"文・写真", FORM_COLON},
    {"本報記者", FORM_TIGHT},
    {"本报记者", FORM_TIGHT},
    {"構成", FORM_COLON},
    {"聞き手", FORM_COLON},
    {"聞き手・文", FORM_COLON},
    {"記者", FORM_WORD},
    {"记者", FORM_WORD},
    {"글", FORM_WORD},
    {"글·사진", FORM_WORD},
};

static bool is_space(const char *text, size_t length, size_t at, size_t *size) {
  *size = 1;
  if (at < length && text[at] == ' ')
    return true;
  *size = 3; /* U+3000 */
  return length - at >= 3 && memcmp(text + at, "\xE3\x80\x80", 3) == 0;
}

static size_t skip_spaces(const char *text, size_t length, size_t at) {
  size_t size;
  while (is_space(text, length, at, &size))
    at += size;
  return at;
}

/* The length of a colon, a slash or a bar, narrow or wide, or of a middle dot,
 * or 0. */
static size_t colon_at(const char *text, size_t length, size_t at) {
  static const char *const marks[] = {
      ":",           "/", "|", "\xEF\xBC\x9A", "\xEF\xBC\x8F", "\xEF\xBD\x9C",
      "\xE3\x83\xBB"};
  for (size_t i = 0; i < COUNT(marks); i++)
    if (words_begin(text + at, length - at, marks[i]))
      return strlen(marks[i]);
  return 0;
}

/* Where the name begins behind a lead of this form that ends at at; 0 if none
 * may. */
static size_t behind_lead(const char *text, size_t length, size_t at,
                          lead_form form) {
  size_t past = skip_spaces(text, length, at);
  size_t colon = past < length ? colon_at(text, length, past) : 0;
  if (colon > 0 && form <= FORM_TIGHT)
    return skip_spaces(text, length, past + colon);
  if (past > at && form != FORM_COLON)
    return past;
  return form == FORM_TIGHT ? at : 0;
}

static bool is_small(const char *text) {
  return *text >= 'a' && *text <= 'z';
}

/* Where the leads with this first byte begin; most lines begin with none. */
static size_t first_lead(unsigned char byte) {
  size_t low = 0, high = COUNT(leads);
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if ((unsigned char)*leads[middle].text < byte)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* The end of the lead's words at the beginning of a text, or 0. */
static size_t lead_end(const char *text, size_t length, size_t i) {
  /* "Pär" is a name. */
  if (leads[i].form < FORM_WEAK || *text < 0)
    return folded_begin(text, length, leads[i].text);
  return words_begin(text, length, leads[i].text) ? strlen(leads[i].text) : 0;
}

name_lead name_lead_find(const char *text, size_t length, size_t *size) {
  size_t at = 0;
  char first[4] = "";
  uint32_t c = length > 0 ? utf8_next(text, length, &at) : UTF8_INVALID;
  if (c == UTF8_INVALID || utf8_put(folded_character(c), first) == 0)
    return LEAD_NONE;
  name_lead found = LEAD_NONE; /* by the longest that fits */
  for (size_t i = first_lead((unsigned char)*first);
       i < COUNT(leads) && *leads[i].text == *first; i++) {
    lead_form form = leads[i].form;
    size_t end = lead_end(text, length, i);
    size_t name =
        end > 0 && end < length ? behind_lead(text, length, end, form) : 0;
    if (name == 0 || name >= length || (form == FORM_SMALL && !is_small(text)))
      continue;
    *size = name;
    found = form < FORM_WEAK ? LEAD_SURE : LEAD_WEAK;
  }
  return found;
}
