#include "read/name_words.h"

#include <string.h>

#include "read/folded.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- Single words ---- */

static const struct {
  const char *text;
  unsigned is;
} words[] = {
#include "read/name_words.inc"
};

enum { LONGEST_WORD = 40 };

/* The word as it stands in the table; false if it is too long for one. */
static bool fold(const char *text, size_t length, char *out) {
  size_t size = 0;
  if (length == 0 || length > LONGEST_WORD)
    return false;
  for (; size < length && (unsigned char)text[size] < 0x80; size++) {
    char c = text[size];
    out[size] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
  }
  if (size < length && !folded_copy(text, length, out, LONGEST_WORD, &size))
    return false;
  out[size] = '\0';
  return true;
}

unsigned name_word(const char *text, size_t length) {
  char word[LONGEST_WORD + 1];
  if (!fold(text, length, word))
    return 0;
  size_t low = 0, high = COUNT(words);
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = (unsigned char)*word - (unsigned char)*words[middle].text;
    if (order == 0)
      order = strcmp(word, words[middle].text);
    if (order == 0)
      return words[middle].is;
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return 0;
}

/* ---- Who sells articles, and where they come from ---- */

/* Whether a text, once folded, is one of some; most are ASCII, and none begins
 * as one does. */
static bool is_one_of(const char *text, size_t length, const char *const *table,
                      size_t count) {
  char word[LONGEST_WORD + 1];
  if (length == 0 || length > LONGEST_WORD)
    return false;
  char first = *text >= 'A' && *text <= 'Z' ? (char)(*text | 0x20) : *text;
  bool folded = false;
  for (size_t i = 0; i < count; i++) {
    if (first >= 0 && *table[i] != first)
      continue;
    if (!folded && !fold(text, length, word))
      return false;
    folded = true;
    if (strcmp(table[i], word) == 0)
      return true;
  }
  return false;
}

bool name_is_agency(const char *text, size_t length) {
  /* Short ones only as they are written. */
  static const char *const exact[] = {
      "AP",         "AFP",  "dpa",  "DPA",  "UPI",  "PA",        "EFE",  "ANSA",
      "AAP",        "APA",  "SDA",  "sda",  "KNA",  "epd",       "sid",  "SID",
      "TT",         "NTB",  "STT",  "PAP",  "MTI",  "ANP",       "ATS",  "AGI",
      "PTI",        "IANS", "Lusa", "LUSA", "TASS", "ITAR-TASS", "ТАСС", "IRNA",
      "\xC4\x8CTK", "CTK",  "WAM",  "NHK",  "IPS"};
  static const char *const folded[] = {"reuters",
                                       "agencies",
                                       "agency",
                                       "agenturen",
                                       "agences",
                                       "agencias",
                                       "agenzie",
                                       "bloomberg",
                                       "xinhua",
                                       "associated press",
                                       "the associated press",
                                       "canadian press",
                                       "the canadian press",
                                       "press association",
                                       "pa media",
                                       "agence france-presse",
                                       "europa press",
                                       "kyodo",
                                       "kyodo news",
                                       "wire services",
                                       "wire reports",
                                       "wire service",
                                       "news services",
                                       "news agencies",
                                       "ritzau",
                                       "belga",
                                       "interfax",
                                       "интерфакс",
                                       "риа новости",
                                       "рейтер",
                                       "укринформ",
                                       "وکالات",
                                       "رویترز",
                                       "新華社",
                                       "新华社",
                                       "共同通信",
                                       "時事通信",
                                       "中新社",
                                       "연합뉴스",
                                       "סוכנויות",
                                       "רויטרס"};
  enum { LONGEST_EXACT = 9 };
  if (length <= LONGEST_EXACT)
    for (size_t i = 0; i < COUNT(exact); i++)
      if (*exact[i] == *text && strlen(exact[i]) == length &&
          memcmp(exact[i], text, length) == 0)
        return true;
  return is_one_of(text, length, folded, COUNT(folded));
}

bool name_is_paper(const char *text, size_t length) {
  size_t last = length;
  while (last > 0 && text[last - 1] != ' ')
    last--;
  return (name_word(text + last, length - last) & NAME_WORD_PAPER) != 0;
}

bool name_is_place(const char *text, size_t length) {
  static const char *const places[] = {
      "abu dhabi",        "addis ababa",      "buenos aires",
      "cape town",        "costa rica",       "hong kong",
      "ho chi minh city", "kuala lumpur",     "mexico city",
      "monte carlo",      "northern ireland", "nova york",
      "phnom penh",       "rio de janeiro",   "salt lake city",
      "san diego",        "san francisco",    "san jose",
      "san juan",         "santa cruz",       "santa fe",
      "sao paulo",        "saudi arabia",     "south africa",
      "south korea",      "north korea",      "sri lanka",
      "st louis",         "st. louis",        "st petersburg",
      "st. petersburg",   "tel aviv",         "united kingdom",
      "united states",    "united nations",   "washington dc",
      "washington d.c.",  "west bank",        "east jerusalem",
      "port-au-prince",   "st. gallen",       "sankt petersburg",
      "saint-denis"};
  return is_one_of(text, length, places, COUNT(places));
}
