/* Writes date_words.inc: the names of months and weekdays in every locale of
 * ICU, folded, from the Gregorian calendar's wide and abbreviated names in
 * both the form within a date and the form alone. To bring it up to date:
 *
 *   cmake --build build/release --target make_date_words
 *   build/release/plugin/make_date_words >plugin/read/date_words.inc
 *
 * Names with digits in them are left out: date_scan.c knows the words that
 * stand for them. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/udat.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>
#include <unicode/uversion.h>

#include "read/folded.h"

enum { MOST_WORDS = 20000, MOST_LANGUAGES = 400, WORD_SIZE = 96 };

/* A name, what it means and where. */
typedef struct meaning {
  char word[WORD_SIZE];
  bool weekday;
  unsigned value; /* 0 January, 0 Sunday */
  size_t language;
} meaning;

static meaning meanings[MOST_WORDS];
static size_t meaning_count;
static char languages[MOST_LANGUAGES][8];
static size_t language_count;

/* Languages with large archives. Where one of their months has another meaning
 * elsewhere, the other needs evidence: "May" is November in Basaa, but only in
 * files that are in Basaa for certain. Weekdays of such words are left out.
 * Short names of other languages count only in dates with day and year. */
static const char *const common[] = {
    "am", "ar", "az", "be", "bg",  "bn", "bs", "ca", "cs", "cy", "da", "de",
    "el", "en", "eo", "es", "et",  "eu", "fa", "fi", "fr", "ga", "gl", "gu",
    "he", "hi", "hr", "hu", "hy",  "id", "is", "it", "ja", "ka", "kk", "km",
    "kn", "ko", "ky", "lo", "lt",  "lv", "mk", "ml", "mn", "mr", "ms", "my",
    "nb", "ne", "nl", "nn", "no",  "or", "pa", "pl", "ps", "pt", "ro", "ru",
    "si", "sk", "sl", "sq", "sr",  "sv", "sw", "ta", "te", "th", "tk", "tr",
    "uk", "ur", "uz", "vi", "yue", "zh"};

static bool is_common(size_t language) {
  for (size_t i = 0; i < sizeof common / sizeof *common; i++)
    if (strcmp(common[i], languages[language]) == 0)
      return true;
  return false;
}

static void give_up(const char *reason) {
  fprintf(stderr, "make_date_words: %s\n", reason);
  exit(1);
}

static size_t language_of(const char *locale) {
  size_t size = strcspn(locale, "_");
  for (size_t i = 0; i < language_count; i++)
    if (strlen(languages[i]) == size && memcmp(languages[i], locale, size) == 0)
      return i;
  if (language_count == MOST_LANGUAGES || size >= sizeof languages[0])
    give_up("too many languages");
  memcpy(languages[language_count], locale, size);
  return language_count++;
}

static void add(const UChar *name, int32_t length, meaning m) {
  char text[4 * WORD_SIZE];
  int32_t bytes;
  size_t size;
  UErrorCode code = U_ZERO_ERROR;
  u_strToUTF8(text, sizeof text, &bytes, name, length, &code);
  if (U_FAILURE(code) ||
      !folded_copy(text, (size_t)bytes, m.word, WORD_SIZE - 1, &size))
    give_up("a name is too long");
  while (size > 0 && (m.word[size - 1] == '.' || m.word[size - 1] == ' '))
    size--;
  m.word[size] = '\0';
  if (size == 0 || strpbrk(m.word, "0123456789\"\\"))
    return;
  for (size_t i = 0; i < meaning_count; i++)
    if (strcmp(meanings[i].word, m.word) == 0 &&
        meanings[i].weekday == m.weekday && meanings[i].value == m.value &&
        meanings[i].language == m.language)
      return;
  if (meaning_count == MOST_WORDS)
    give_up("too many names");
  meanings[meaning_count++] = m;
}

/* What a locale writes directly before and behind a month's name, as in Hebrew
 * "בדצמבר" and Basque "abenduaren". */
typedef struct affixes {
  UChar text[256]; /* the pattern without its quotes; fields are 'M' or 0 */
  int32_t before, month, behind, end;
} affixes;

/* Literal letters of a pattern stay, fields become 0, but for the month. */
static int32_t unquote(const UDateFormat *format, UChar *out) {
  UChar pattern[256];
  UErrorCode code = U_ZERO_ERROR;
  int32_t length = udat_toPattern(format, false, pattern, 256, &code);
  int32_t size = 0;
  bool quoted = false;
  if (U_FAILURE(code))
    give_up(u_errorName(code));
  for (int32_t i = 0; i < length; i++) {
    UChar c = pattern[i];
    if (c == '\'')
      quoted = !quoted;
    else
      out[size++] = quoted || c > 0x7F || c == 'M' || c == 'L' ? c : 0;
  }
  return size;
}

static affixes affixes_of(const UDateFormat *format) {
  affixes a;
  int32_t length = unquote(format, a.text);
  for (a.month = 0;
       a.month < length && a.text[a.month] != 'M' && a.text[a.month] != 'L';)
    a.month++;
  for (a.behind = a.month; a.behind < length && (a.text[a.behind] == 'M' ||
                                                 a.text[a.behind] == 'L');)
    a.behind++;
  for (a.before = a.month; a.before > 0 && u_isalpha(a.text[a.before - 1]);)
    a.before--;
  for (a.end = a.behind; a.end < length && u_isalpha(a.text[a.end]);)
    a.end++;
  return a;
}

static void add_affixed(const UChar *name, int32_t length, const affixes *a,
                        meaning m) {
  UChar whole[WORD_SIZE + 512];
  int32_t size = a->month - a->before;
  if (a->behind - a->month < 4 || (size == 0 && a->end == a->behind))
    return;
  u_memcpy(whole, a->text + a->before, size);
  u_memcpy(whole + size, name, length);
  u_memcpy(whole + size + length, a->text + a->behind, a->end - a->behind);
  add(whole, size + length + a->end - a->behind, m);
}

static void add_symbols(const UDateFormat *format, UDateFormatSymbolType type,
                        bool weekday, size_t language) {
  int32_t count = udat_countSymbols(format, type);
  int32_t first = weekday ? 1 : 0;
  affixes around = affixes_of(format);
  for (int32_t i = first; i < count; i++) {
    UChar name[WORD_SIZE];
    UErrorCode code = U_ZERO_ERROR;
    int32_t length = udat_getSymbols(format, type, i, name, WORD_SIZE, &code);
    if (U_FAILURE(code))
      give_up(u_errorName(code));
    meaning m = {.weekday = weekday,
                 .value = (unsigned)(i - first),
                 .language = language};
    add(name, length, m);
    if (!weekday)
      add_affixed(name, length, &around, m);
  }
}

static void add_locale(const char *locale) {
  static const UDateFormatSymbolType months[] = {UDAT_MONTHS, UDAT_SHORT_MONTHS,
                                                 UDAT_STANDALONE_MONTHS,
                                                 UDAT_STANDALONE_SHORT_MONTHS};
  static const UDateFormatSymbolType weekdays[] = {
      UDAT_WEEKDAYS, UDAT_SHORT_WEEKDAYS, UDAT_STANDALONE_WEEKDAYS,
      UDAT_STANDALONE_SHORT_WEEKDAYS};
  char name[ULOC_FULLNAME_CAPACITY];
  snprintf(name, sizeof name, "%s@calendar=gregorian", locale);
  UErrorCode code = U_ZERO_ERROR;
  UDateFormat *format =
      udat_open(UDAT_NONE, UDAT_LONG, name, NULL, 0, NULL, 0, &code);
  if (U_FAILURE(code))
    give_up(u_errorName(code));
  size_t language = language_of(locale);
  for (size_t i = 0; i < 4; i++) {
    add_symbols(format, months[i], false, language);
    add_symbols(format, weekdays[i], true, language);
  }
  udat_close(format);
}

/* Names that people write and ICU does not. */
static void add_extras(void) {
  static const struct {
    const char *language, *name;
    bool weekday;
    unsigned value;
  } extras[] = {{"en", "sept", false, 8},
                {"en", "tues", true, 2},
                {"en", "weds", true, 3},
                {"en", "thur", true, 4},
                {"en", "thurs", true, 4},
                {"de", "jaenner", false, 0},
                {"de", "jän", false, 0},
                {"de", "mrz", false, 2},
                {"de", "maerz", false, 2},
                {"es", "setiembre", false, 8},
                {"es", "set", false, 8},
                {"fr", "fev", false, 1},
                {"fr", "juil", false, 6},
                {"it", "sett", false, 8},
                {"nl", "mrt", false, 2},
                {"hi", "अक्तूबर", false, 9},
                {"hi", "सितंबर", false, 8},
                {"hi", "सितम्बर", false, 8},
                {"hi", "नवंबर", false, 10},
                {"hi", "नवम्बर", false, 10},
                {"hi", "दिसंबर", false, 11},
                {"hi", "दिसम्बर", false, 11},
                {"vi", "tháng giêng", false, 0},
                {"vi", "tháng một", false, 0},
                {"vi", "tháng hai", false, 1},
                {"vi", "tháng ba", false, 2},
                {"vi", "tháng tư", false, 3},
                {"vi", "tháng năm", false, 4},
                {"vi", "tháng sáu", false, 5},
                {"vi", "tháng bảy", false, 6},
                {"vi", "tháng tám", false, 7},
                {"vi", "tháng chín", false, 8},
                {"vi", "tháng mười", false, 9},
                {"vi", "tháng mười một", false, 10},
                {"vi", "tháng mười hai", false, 11},
                {"vi", "tháng chạp", false, 11},
                {"uk", "листоп", false, 10},
                {"ru", "сен", false, 8},
                {"ja", "日曜", true, 0},
                {"ja", "月曜", true, 1},
                {"ja", "火曜", true, 2},
                {"ja", "水曜", true, 3},
                {"ja", "木曜", true, 4},
                {"ja", "金曜", true, 5},
                {"ja", "土曜", true, 6},
                {"zh", "星期天", true, 0},
                {"zh", "礼拜天", true, 0},
                {"zh", "週日", true, 0},
                {"zh", "週一", true, 1},
                {"zh", "週二", true, 2},
                {"zh", "週三", true, 3},
                {"zh", "週四", true, 4},
                {"zh", "週五", true, 5},
                {"zh", "週六", true, 6}};
  for (size_t i = 0; i < sizeof extras / sizeof *extras; i++) {
    UChar name[WORD_SIZE];
    int32_t length;
    UErrorCode code = U_ZERO_ERROR;
    u_strFromUTF8(name, WORD_SIZE, &length, extras[i].name, -1, &code);
    if (U_FAILURE(code))
      give_up(u_errorName(code));
    add(name, length,
        (meaning){.weekday = extras[i].weekday,
                  .value = extras[i].value,
                  .language = language_of(extras[i].language)});
  }
}

static int compare(const void *a, const void *b) {
  return strcmp(((const meaning *)a)->word, ((const meaning *)b)->word);
}

/* The meanings of one word. */
typedef struct entry {
  const meaning *first;
  size_t count;
  unsigned months, weekdays;
  unsigned others; /* months in small languages alone, where it has months in
                      common ones */
  bool rare;       /* in no common language, and short */
} entry;

static size_t characters(const char *word) {
  size_t count = 0;
  for (; *word; word++)
    count += ((unsigned char)*word & 0xC0) != 0x80;
  return count;
}

static entry entry_at(size_t at) {
  entry e = {.first = &meanings[at]};
  bool known = false;
  while (at + e.count < meaning_count &&
         strcmp(e.first[e.count].word, e.first->word) == 0)
    known = is_common(e.first[e.count++].language) || known;
  for (size_t i = 0; i < e.count; i++) {
    unsigned bit = 1u << e.first[i].value;
    if (known && !is_common(e.first[i].language))
      e.others |= e.first[i].weekday ? 0 : bit;
    else if (e.first[i].weekday)
      e.weekdays |= bit;
    else
      e.months |= bit;
  }
  e.others = known && e.months ? e.others & ~e.months : 0;
  e.rare = !known && characters(e.first->word) < 4;
  return e;
}

/* ---- Languages that disagree ---- */

/* Bit 0 stands for all that do not; date_words.h has the other two ranges. */
enum { FIRST_EQUAL = 1, FIRST_SMALL = 8, BITS = 16 };

static size_t disagree[BITS];
static size_t equals = FIRST_EQUAL, smalls = FIRST_SMALL;

static bool is_several(unsigned months) {
  return (months & (months - 1)) != 0;
}

/* The bit of a language, added if wanted; 0 when it has none of its own. */
static unsigned bit_of(size_t language, bool wanted) {
  size_t first = is_common(language) ? FIRST_EQUAL : FIRST_SMALL;
  size_t *end = is_common(language) ? &equals : &smalls;
  for (size_t i = first; i < *end; i++)
    if (disagree[i] == language)
      return 1u << i;
  if (!wanted)
    return 0;
  if (*end == (is_common(language) ? FIRST_SMALL : BITS))
    give_up("too many languages disagree: date_languages needs more bits");
  disagree[*end] = language;
  return 1u << (*end)++;
}

static void note_disagreement(const entry *e) {
  for (size_t i = 0; i < e->count; i++) {
    const meaning *m = &e->first[i];
    if (!m->weekday && (e->others >> m->value & 1 ||
                        (is_several(e->months) && is_common(m->language))))
      bit_of(m->language, true);
  }
}

/* The languages that have the word. */
static unsigned languages_with(const entry *e) {
  unsigned mask = 0;
  for (size_t i = 0; i < e->count; i++) {
    unsigned bit = bit_of(e->first[i].language, false);
    mask |= bit < 1u << FIRST_SMALL ? bit | 1 : bit;
  }
  return mask;
}

/* Those in which it is the month. */
static unsigned languages_of(const entry *e, unsigned month) {
  unsigned mask = 0;
  if (!is_several(e->months | e->others))
    return 0;
  if (e->months >> month & 1 && e->others && !is_several(e->months))
    return 1;
  for (size_t i = 0; i < e->count; i++)
    if (!e->first[i].weekday && e->first[i].value == month &&
        (e->others || is_common(e->first[i].language)))
      mask |= bit_of(e->first[i].language, false);
  return mask;
}

static void write_words(void) {
  printf("static const date_word words[] = {\n");
  for (size_t at = 0; at < meaning_count;) {
    entry e = entry_at(at);
    printf("{\"%s\",0x%X,0x%X,0x%X,%d},\n", e.first->word, e.months | e.others,
           e.weekdays, languages_with(&e), e.rare);
    at += e.count;
  }
  printf("};\n\nstatic const date_contest contests[] = {\n");
  for (size_t at = 0; at < meaning_count;) {
    entry e = entry_at(at);
    for (unsigned month = 0; month < 12; month++)
      if (languages_of(&e, month))
        printf("{\"%s\",%u,0x%X},\n", e.first->word, month,
               languages_of(&e, month));
    at += e.count;
  }
  printf("};\n");
}

int main(void) {
  for (int32_t i = 0; i < uloc_countAvailable(); i++)
    add_locale(uloc_getAvailable(i));
  add_extras();
  qsort(meanings, meaning_count, sizeof *meanings, compare);
  for (size_t at = 0; at < meaning_count;) {
    entry e = entry_at(at);
    note_disagreement(&e);
    at += e.count;
  }
  printf("/* Written by make_date_words.c from ICU %s; not by hand. */\n"
         "#define DATE_WORDS_ICU %d\n\n/* Bits of the languages:",
         U_ICU_VERSION, U_ICU_VERSION_MAJOR_NUM);
  for (size_t i = 1; i < smalls; i = i + 1 == equals ? FIRST_SMALL : i + 1)
    printf(" 0x%X %s", 1u << i, languages[disagree[i]]);
  printf(". */\n");
  write_words();
  return 0;
}
