#include "analyze/detect.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/ulocdata.h>

#include "analyze/detect_letters.h"
#include "analyze/language_models.h"
#include "analyze/scan.h"
#include "analyze/stopwords.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/utf8.h"

enum {
  ONE_PART = 200,    /* characters up to which a text is taken as one */
  TWO_PARTS = 3000,  /* bytes up to which as its beginning and end */
  PART_BYTES = 1000, /* looked at of each part, */
  PLAIN_BYTES = 400, /* but only so many where they leave no doubt */
  PARTS_MAX = 3,
  FOREIGN_PERCENT = 2, /* letters that names may bring from other alphabets */
  LISTED_PERCENT = 35, /* stop words in a text of a language that has a list */
  PLAIN_PERCENT = 35,  /* enough of them without another witness */
  OWN_PERCENT = 12,    /* at least, of so many words */
  MANY_WORDS = 30
};

static const double ENOUGH = 0.7; /* two of three parts is not */

/* A language and its models. Rare neighbours of large languages (Scots,
 * Rusyn) are left out: they would make these unknown far more often than they
 * are met. */
typedef struct model {
  const char *code;
  const char *name; /* of the file, where it is not the code */
  bool doubtful;    /* found in bad text more often than in good: a reason to
                       say nothing */
} model;

/* The most likely first, which is quicker. */
static const model MODELS[] = {
    {"en", NULL, false},      {"de", NULL, false},
    {"es", NULL, false},      {"fr", NULL, false},
    {"it", NULL, false},      {"pt", NULL, false},
    {"nl", NULL, false},      {"ru", NULL, false},
    {"zh", "zh-Hans", false}, {"zh", "zh-Hant", false},
    {"ja", NULL, false},      {"ar", NULL, false},
    {"sv", NULL, false},      {"da", NULL, false},
    {"no", "nb", false},      {"no", "nn", false},
    {"fi", NULL, false},      {"pl", NULL, false},
    {"cs", NULL, false},      {"hu", NULL, false},
    {"ro", NULL, false},      {"tr", NULL, false},
    {"uk", NULL, false},      {"el", NULL, false},
    {"ca", NULL, false},      {"ko", NULL, false},
    {"hi", NULL, false},      {"fa", NULL, false},
    {"he", NULL, false},      {"vi", NULL, false},
    {"th", NULL, false},      {"id", NULL, false},
    {"ms", NULL, false},      {"bg", NULL, false},
    {"hr", NULL, false},      {"bs", NULL, false},
    {"sr", "sr-Latn", false}, {"sr", "sr-Cyrl", false},
    {"sk", NULL, false},      {"sl", NULL, false},
    {"lt", NULL, false},      {"lv", NULL, false},
    {"et", NULL, false},      {"eu", NULL, false},
    {"gl", NULL, false},      {"be", NULL, false},
    {"mk", NULL, false},      {"sq", NULL, false},
    {"is", NULL, false},      {"fo", NULL, false},
    {"af", NULL, false},      {"fy", NULL, true},
    {"lb", NULL, true},       {"nds", NULL, true},
    {"ga", NULL, false},      {"gd", NULL, false},
    {"cy", NULL, false},      {"br", NULL, false},
    {"oc", NULL, true},       {"ast", NULL, true},
    {"mt", NULL, false},      {"hy", NULL, false},
    {"ka", NULL, false},      {"kk", NULL, false},
    {"bn", NULL, false},      {"ta", NULL, false},
    {"ml", NULL, false},      {"mr", NULL, false},
    {"ne", NULL, false},      {"gu", NULL, false},
    {"kn", NULL, false},      {"pa", NULL, false},
    {"si", NULL, false},      {"ur", NULL, false},
    {"ckb", NULL, false},     {"lo", NULL, false},
    {"km", NULL, false},      {"my", NULL, false},
    {"am", NULL, false},      {"mn", NULL, false},
    {"sw", NULL, false},      {"tl", NULL, false},
    {"eo", NULL, true},       {"la", NULL, true},
    {"ht", NULL, true},       {"so", NULL, true},
    {"zu", NULL, true},       {"yi", NULL, false},
    {"rm", NULL, true},
};

enum { MODEL_COUNT = sizeof MODELS / sizeof *MODELS };

struct detector {
  language_models *models;
  USet *alphabets[MODEL_COUNT]; /* as they were needed */
  bool no_alphabet[MODEL_COUNT];
  uint32_t lists[MODEL_COUNT]; /* bits of stopwords.h; 0: it has no list */
  stopword_index stopwords;
  buf part;
  size_t words;              /* of the part, */
  size_t votes[MODEL_COUNT]; /* and how many of them each list has */
};

/* What one part of a text says: the languages that it may be in. */
typedef struct opinion {
  bool may_be[MODEL_COUNT];
  size_t count;
} opinion;

/* The first entry of a language stands for it. */
static size_t find_language(const char *code) {
  size_t i = 0;
  while (i < MODEL_COUNT && strcmp(MODELS[i].code, code) != 0)
    i++;
  return i;
}

/* ---- Models ------------------------------------------------------------ */

byline_status detector_new(detector **result, byline_error *error) {
  const char *names[MODEL_COUNT];
  detector *d = calloc(1, sizeof *d);
  if (!d)
    return error_no_memory(error);
  for (size_t i = 0; i < MODEL_COUNT; i++) {
    names[i] = MODELS[i].name ? MODELS[i].name : MODELS[i].code;
    if (find_language(MODELS[i].code) == i)
      d->lists[i] = stopwords_bit(MODELS[i].code);
  }
  stopword_index_fill(&d->stopwords);
  byline_status status = language_models_load(BYLINE_TEXTCAT_DATA, names,
                                              MODEL_COUNT, &d->models, error);
  if (status == BYLINE_OK)
    *result = d;
  else
    detector_free(d);
  return status;
}

void detector_free(detector *d) {
  if (!d)
    return;
  for (size_t i = 0; i < MODEL_COUNT; i++)
    uset_close(d->alphabets[i]);
  language_models_free(d->models);
  buf_free(&d->part);
  free(d);
}

static void allow(opinion *o, const char *code) {
  size_t i = find_language(code);
  if (i == MODEL_COUNT || o->may_be[i])
    return;
  o->may_be[i] = true;
  o->count++;
}

static void forbid(opinion *o, size_t i) {
  if (o->may_be[i])
    o->count--;
  o->may_be[i] = false;
}

static void ask_models(detector *d, opinion *o) {
  size_t nearest[LANGUAGE_MODELS_NEAREST], count;
  language_models_ask(d->models, buf_string(&d->part), nearest, &count);
  for (size_t i = 0; i < count; i++)
    allow(o, MODELS[nearest[i]].code);
  /* They hardly tell these apart. */
  if (o->may_be[find_language("da")] || o->may_be[find_language("no")]) {
    allow(o, "da");
    allow(o, "no");
  }
}

/* ---- Alphabets --------------------------------------------------------- */

/* The letters of gy and cs count, where a language has no y or c else. */
static void add_letters_of_strings(USet *set) {
  UErrorCode code = U_ZERO_ERROR;
  for (int32_t i = 0; i < uset_getItemCount(set); i++) {
    UChar letters[16];
    UChar32 start, end;
    int32_t n = uset_getItem(set, i, &start, &end, letters, 16, &code);
    if (U_SUCCESS(code) && n >= 2)
      uset_addAllCodePoints(set, letters, n);
  }
}

static const USet *alphabet_of(detector *d, size_t i) {
  if (d->alphabets[i] || d->no_alphabet[i])
    return d->alphabets[i];
  UErrorCode code = U_ZERO_ERROR;
  ULocaleData *data = ulocdata_open(MODELS[i].code, &code);
  if (code == U_ZERO_ERROR) /* not another language's, for want of it */
    d->alphabets[i] = ulocdata_getExemplarSet(data, NULL, USET_CASE_INSENSITIVE,
                                              ULOCDATA_ES_STANDARD, &code);
  if (data)
    ulocdata_close(data);
  if (U_FAILURE(code)) {
    uset_close(d->alphabets[i]);
    d->alphabets[i] = NULL;
  }
  if (d->alphabets[i]) {
    add_letters_of_strings(d->alphabets[i]);
    uset_freeze(d->alphabets[i]);
  }
  d->no_alphabet[i] = !d->alphabets[i];
  return d->alphabets[i];
}

static bool fits_alphabet(const buf *part, const USet *alphabet) {
  size_t letters = 0, foreign = 0;
  for (size_t at = 0; at < part->length;) {
    UChar32 ch = (UChar32)utf8_next(part->data, part->length, &at);
    if (ch < 0 || !u_isalpha(ch))
      continue;
    letters++;
    foreign += letter_has_alphabet(ch) && !uset_contains(alphabet, ch);
  }
  return foreign * 100 <= letters * FOREIGN_PERCENT;
}

static void ask_alphabets(detector *d, opinion *o) {
  for (size_t i = 0; i < MODEL_COUNT; i++) {
    const USet *alphabet = o->may_be[i] ? alphabet_of(d, i) : NULL;
    if (alphabet && !fits_alphabet(&d->part, alphabet))
      forbid(o, i);
  }
}

/* ---- Stop words -------------------------------------------------------- */

static void count_stopwords(detector *d) {
  enum { LISTS = 32 };
  size_t by_list[LISTS] = {0};
  scanner s = {d->part.data, d->part.length, 0};
  base_token token;
  for (d->words = 0; scan_next(&s, &token); d->words++) {
    uint32_t languages =
        stopword_index_languages(&d->stopwords, base_term(&token));
    for (; languages != 0; languages &= languages - 1)
      by_list[__builtin_ctz(languages)]++;
  }
  for (size_t i = 0; i < MODEL_COUNT; i++)
    d->votes[i] = d->lists[i] ? by_list[__builtin_ctz(d->lists[i])] : 0;
}

/* The language with the most stop words among those allowed, or all. */
static size_t most(const detector *d, const opinion *o, size_t except) {
  size_t best = MODEL_COUNT;
  for (size_t i = 0; i < MODEL_COUNT; i++)
    if (i != except && (!o || o->may_be[i]) && d->lists[i] != 0 &&
        (best == MODEL_COUNT || d->votes[i] > d->votes[best]))
      best = i;
  return best;
}

/* Snowball's lists of these two are not alike enough for that: words that only
 * one of them has, in a good text of it. */
static const char DANISH[] =
    " ad af bag blev bliver dig efter end gik gør havde hende hvad igen lidt "
    "mellem mig noget nogle nu op os sagde sig siger sit tilbage ud uden ";
static const char NORWEGIAN[] =
    " av berre ble blir deg dei eg enn etter frå gikk gjør hadde henne hva "
    "igjen ikkje kva litt meg mellom mye noe noen noko nå opp oss sa seg sier "
    "sitt tilbake ut uten vere ";

static bool is_among(byline_string word, const char *list) {
  char spaced[16];
  int n = snprintf(spaced, sizeof spaced, " %.*s ",
                   word.length < 12 ? (int)word.length : 12, word.data);
  return n > 0 && strstr(list, spaced);
}

static void part_danish_from_norwegian(const buf *part, opinion *o) {
  scanner s = {part->data, part->length, 0};
  base_token token;
  size_t danish = 0, norwegian = 0;
  while (scan_next(&s, &token)) {
    danish += is_among(base_term(&token), DANISH);
    norwegian += is_among(base_term(&token), NORWEGIAN);
  }
  if (danish >= 2 && danish >= 3 * norwegian)
    forbid(o, find_language("no"));
  if (norwegian >= 2 && norwegian >= 3 * danish)
    forbid(o, find_language("da"));
}

/* All that have a list, or all that have none. */
static void forbid_listed(const detector *d, opinion *o, bool listed) {
  for (size_t i = 0; i < MODEL_COUNT; i++)
    if ((d->lists[i] != 0) == listed)
      forbid(o, i);
}

/* Without a list of its own, a language may share its short words with one
 * that has; but not that many. */
static void doubt_unlisted(const detector *d, opinion *o) {
  size_t most_of_all = d->votes[most(d, NULL, MODEL_COUNT)];
  if (most_of_all < 5 || most_of_all * 100 < d->words * LISTED_PERCENT)
    return;
  forbid_listed(d, o, false);
}

/* Of two that n-grams don't tell apart, the one with clearly more stop words;
 * none where another language has clearly more of them, or that has hardly
 * any. */
static void ask_stopwords(const detector *d, opinion *o) {
  const size_t *votes = d->votes;
  doubt_unlisted(d, o);
  size_t best = most(d, o, MODEL_COUNT);
  if (best == MODEL_COUNT)
    return;
  size_t rival = most(d, NULL, best);
  if (votes[rival] > votes[best] + votes[best] / 2 + 1 ||
      (d->words >= MANY_WORDS && votes[best] * 100 < d->words * OWN_PERCENT)) {
    forbid_listed(d, o, true);
    return;
  }
  if (o->may_be[find_language("da")] && o->may_be[find_language("no")]) {
    part_danish_from_norwegian(&d->part, o);
    return;
  }
  size_t second = most(d, o, best);
  while (second < MODEL_COUNT &&
         votes[best] > votes[second] + votes[second] / 4 + 1) {
    forbid(o, second);
    second = most(d, o, best);
  }
}

/* ---- Parts ------------------------------------------------------------- */

/* Takes whole characters, and whole words if there are spaces. */
static bool take_part(detector *d, byline_string text, size_t start,
                      size_t length) {
  size_t end = utf8_cut(text.data, text.length, start + length);
  if (start > 0)
    start = utf8_cut(text.data, text.length, start);
  for (size_t at = start; start > 0 && at < start + 40 && at < end; at++)
    if (text.data[at] == ' ') {
      start = at;
      break;
    }
  buf_clear(&d->part);
  if (!utf8_repair(text.data + start, end - start, &d->part, NULL))
    return false;
  letters_leave_out_latin(&d->part);
  return true;
}

/* The language that the stop words alone leave no doubt of, or MODEL_COUNT.
 * before: what an earlier part is in, or MODEL_COUNT. */
static size_t plain_language(const detector *d, size_t before) {
  /* No neighbour has as many of the same words. */
  static const char *const alone[] = {"en", "de", "fr", "hu"};
  const size_t *votes = d->votes;
  size_t best = most(d, NULL, MODEL_COUNT);
  size_t rival = most(d, NULL, best);
  if (d->words < MANY_WORDS || votes[best] * 100 < d->words * PLAIN_PERCENT ||
      votes[best] < 2 * votes[rival])
    return MODEL_COUNT;
  bool clear = best == before;
  for (size_t i = 0; i < sizeof alone / sizeof *alone; i++)
    clear = clear || strcmp(MODELS[best].code, alone[i]) == 0;
  return clear ? best : MODEL_COUNT;
}

/* Whether stop words alone settle what the part is in. */
static bool is_plain(detector *d, size_t before, opinion *o) {
  memset(o, 0, sizeof *o);
  if (d->part.length == 0 || !letters_are_enough(&d->part))
    return false;
  count_stopwords(d);
  size_t plain = plain_language(d, before);
  if (plain < MODEL_COUNT)
    allow(o, MODELS[plain].code);
  return plain < MODEL_COUNT;
}

/* N-grams take most of the time: they are asked only where they must. */
static void form_opinion(detector *d, size_t before, opinion *o) {
  if (is_plain(d, before, o) || d->part.length == 0 ||
      !letters_are_enough(&d->part))
    return;
  if (letters_are_chinese(&d->part)) {
    allow(o, "zh");
    return;
  }
  ask_models(d, o);
  ask_alphabets(d, o);
  ask_stopwords(d, o);
}

/* The only language of an opinion, or MODEL_COUNT. */
static size_t only_language(const opinion *o) {
  size_t i = 0;
  while (i < MODEL_COUNT && !(o->count == 1 && o->may_be[i]))
    i++;
  return i;
}

static size_t count_parts(byline_string text) {
  size_t characters = 0;
  for (size_t i = 0; i < text.length && characters <= ONE_PART; i++)
    characters += ((unsigned char)text.data[i] & 0xC0) != 0x80;
  if (characters <= ONE_PART)
    return 1;
  return text.length <= TWO_PARTS ? 2 : PARTS_MAX;
}

void detector_run(detector *d, byline_string text, detected *result) {
  double weights[MODEL_COUNT] = {0};
  size_t parts = count_parts(text);
  size_t size = text.length / parts, best = 0, before = MODEL_COUNT;
  if (size > PART_BYTES)
    size = PART_BYTES;
  size_t step = parts > 1 ? (text.length - size) / (parts - 1) : 0;
  *result = (detected){"", 0};
  for (size_t i = 0; language_models_count(d->models) > 0 && i < parts; i++) {
    opinion o;
    bool plain = false;
    if (size > PLAIN_BYTES) {
      if (!take_part(d, text, i * step, PLAIN_BYTES))
        return;
      plain = is_plain(d, before, &o);
    }
    if (!plain && !take_part(d, text, i * step, size))
      return;
    if (!plain)
      form_opinion(d, before, &o);
    before = only_language(&o);
    for (size_t k = 0; k < MODEL_COUNT; k++)
      if (o.may_be[k])
        weights[k] += 1.0 / (double)o.count / (double)parts;
  }
  for (size_t k = 1; k < MODEL_COUNT; k++)
    if (weights[k] > weights[best] && !MODELS[k].doubtful)
      best = k;
  result->confidence = weights[best];
  if (weights[best] > ENOUGH)
    memcpy(result->code, MODELS[best].code, strlen(MODELS[best].code) + 1);
}
