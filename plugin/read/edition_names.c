#include "read/edition_names.h"

#include <string.h>
#include <unicode/uchar.h>

#include "base/utf8.h"
#include "read/edition_marks.h"
#include "read/edition_phrases.h"
#include "read/edition_reporting.h"
#include "read/person.h"
#include "read/words.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum {
  LONGEST_BYLINE = 200,
  LONGEST_SIGNATURE = 100,
  MOST_WORDS = 5,
  MOST_GROUP = 8
};

/* ---- Authors ---- */

static bool comma_before(const names *n, size_t i) {
  const char *end = n->authors[i - 1].data + n->authors[i - 1].length;
  return end < n->authors[i].data && *end == ',' &&
         !memchr(end, '&', (size_t)(n->authors[i].data - end)) &&
         n->authors[i].data - end <= 2;
}

/* Makes all from the second author on an affiliation. */
static void cut_affiliation(byline_string text, names *n) {
  const char *from = n->authors[1].data;
  n->count = 1;
  n->affiliation =
      (byline_string){from, text.length - (size_t)(from - text.data)};
}

/* "Paul, Coventry": papers put no last names first. */
static void part_single(names *n) {
  byline_string *author = &n->authors[0];
  if (n->count != 1 || n->affiliation.length > 0)
    return;
  const char *comma = memchr(author->data, ',', author->length);
  if (!comma)
    return;
  size_t length = (size_t)(comma - author->data);
  if (author->length < length + 3 || comma[1] != ' ' ||
      person_look(author->data, length) != PERSON_SINGLE)
    return;
  n->affiliation = (byline_string){comma + 2, author->length - length - 2};
  author->length = length;
  *author = words_trim(*author);
}

/* "Carlisle Labour Club (north)": names.h parts this from persons only. */
static void part_bracket(names *n) {
  byline_string *author = &n->authors[0];
  if (n->count != 1 || n->affiliation.length > 0 ||
      author->data[author->length - 1] != ')')
    return;
  for (size_t at = author->length - 1; at > 1; at--)
    if (author->data[at] == '(' && author->data[at - 1] == ' ') {
      n->affiliation =
          (byline_string){author->data + at + 1, author->length - at - 2};
      author->length = at - 1;
      return;
    }
}

/* "Wilf Roe (aged 84), Easington": the bracket is not where he belongs. */
static void part_age(names *n) {
  byline_string *place = &n->affiliation;
  if (place->length == 0)
    return;
  const char *end = memchr(place->data, ')', place->length);
  if (!end || memchr(place->data, '(', (size_t)(end - place->data)))
    return;
  size_t size = (size_t)(end - place->data), rest = place->length - size;
  if (rest > 3 && end[1] == ',' && end[2] == ' ')
    *place = (byline_string){end + 3, rest - 3};
}

/* Makes of a line that was parsed what it is in an edition. */
static void settle(const evidence *e, byline_string text, names *out) {
  part_single(out);
  part_bracket(out);
  out->affiliation = words_trim(out->affiliation);
  part_age(out);
  if (out->count < 2 || !comma_before(out, 1) ||
      person_look(out->authors[0].data, out->authors[0].length) != PERSON_FULL)
    return;
  const byline_string *last = &out->authors[out->count - 1];
  person_kind kind = person_look(last->data, last->length);
  const habits *h = &e->habits;
  if (out->affiliation.length > 0 && out->affiliation.data[-1] == '(')
    return;
  if (kind == PERSON_GROUP || kind == PERSON_SINGLE ||
      (out->count == 2 && h->affiliated > h->listed))
    cut_affiliation(text, out);
}

void edition_names(const evidence *e, byline_string text, names *out) {
  names_parse(text.data, text.length, out);
  settle(e, text, out);
}

/* A name in one line, and what its bearer does in the next one. */
static bool two_lines(block *k, names *out) {
  byline_string name = {k->text.data, k->first};
  if (k->lines != 2 || k->first + 1 >= k->text.length ||
      evidence_paragraph(k) || marks_data(buf_string(&k->text)))
    return false;
  names_parse(name.data, name.length, out);
  byline_string role = {name.data + k->first + 1,
                        k->text.length - k->first - 1};
  if (out->shape != NAMES_SURE || out->affiliation.length > 0 ||
      person_look(out->authors[0].data, out->authors[0].length) !=
          PERSON_FULL ||
      memchr(role.data, '.', role.length) || marks_words(role) > MOST_WORDS)
    return false;
  out->affiliation = role;
  return true;
}

void edition_block_names(const evidence *e, block *k, names *out) {
  if (two_lines(k, out))
    return;
  *out = *block_names(k);
  settle(e, buf_string(&k->text), out);
}

static void settle_signers(const evidence *e, byline_string text, names *out) {
  settle(e, text, out);
  if (out->count == 2 && comma_before(out, 1))
    cut_affiliation(text, out);
}

void edition_signers(const evidence *e, byline_string text, names *out) {
  names_parse(text.data, text.length, out);
  settle_signers(e, text, out);
}

/* Whether an author's words are all common ones: "Cold Rooms". */
static bool any_common(const evidence *e, const names *n) {
  for (size_t i = 0; i < n->count; i++)
    if (evidence_common(e, n->authors[i]))
      return true;
  return false;
}

bool edition_reporters(const evidence *e, byline_string text, names *out) {
  byline_string place, part = edition_reporting(text, &place);
  if (part.length == 0)
    return false;
  edition_names(e, part, out);
  if (out->count == 0 || out->by || any_common(e, out))
    return false;
  for (size_t i = 0; i < out->count; i++)
    if (person_look(out->authors[i].data, out->authors[i].length) !=
        PERSON_FULL)
      return false;
  if (place.length > 0)
    out->affiliation = place;
  return true;
}

bool edition_introduces(byline_string s) {
  static const char *const verbs[] = {"is", "was", "ist", "est", "es", "jest"};
  size_t words = 0;
  for (size_t at = 1; at < s.length && words < MOST_WORDS; at++) {
    if (s.data[at] != ' ')
      continue;
    const char *verb = s.data + at + 1;
    const char *end = memchr(verb, ' ', s.length - at - 1);
    if (++words >= 2 && end &&
        words_contain(verbs, COUNT(verbs), verb, (size_t)(end - verb)))
      return person_look(s.data, at) == PERSON_FULL;
  }
  return false;
}

/* ---- Groups ---- */

byline_string edition_tail(byline_string text) {
  size_t at = text.length, words = 0;
  while (at > 0 && (text.data[at - 1] != ' ' || ++words < 2))
    at--;
  return (byline_string){text.data + at, text.length - at};
}

static byline_string last_word(byline_string s) {
  size_t at = s.length;
  while (at > 0 && s.data[at - 1] != ' ')
    at--;
  return (byline_string){s.data + at, s.length - at};
}

static bool is_small(const char *word, size_t length) {
  size_t at = 0;
  uint32_t c = length > 0 ? utf8_next(word, length, &at) : UTF8_INVALID;
  return c != UTF8_INVALID && u_islower((UChar32)c);
}

/* The first word and at least half of all begin with no small letter. */
static bool is_proper(byline_string s) {
  size_t words = 0, small = 0;
  for (size_t at = 0; at < s.length; at++)
    if (at == 0 || s.data[at - 1] == ' ') {
      words++;
      small += s.data[at] >= 'a' && s.data[at] <= 'z';
    }
  return small * 2 <= words && !(*s.data >= 'a' && *s.data <= 'z');
}

/* "Members of the lorry drivers' union in Leeds", "Asamblea de Letras": a noun
 * for people among the first words, and no verb: all small words are articles,
 * prepositions, or right behind one of these. */
static phrases_people people_of(byline_string s) {
  phrases_people found = PEOPLE_NONE;
  size_t words = 0, proper = 0;
  bool may_be_small = false;
  for (size_t at = 0; at < s.length; words++) {
    const char *word = s.data + at;
    const char *space = memchr(word, ' ', s.length - at);
    size_t length = space ? (size_t)(space - word) : s.length - at;
    bool small = is_small(word, length),
         joins = phrases_small_word(word, length);
    phrases_people now = words < MOST_WORDS && !found
                             ? phrases_people_of(word, length)
                             : PEOPLE_NONE;
    if (now)
      found = now;
    else if (small && !joins && !may_be_small)
      return PEOPLE_NONE;
    proper += !small && !joins && !now;
    may_be_small = joins;
    at += length + 1;
  }
  return found == PEOPLE_SOME && proper == 0 ? PEOPLE_NONE : found;
}

/* Groups that write, and are hardly written of in two words. */
static bool group_signs(const evidence *e, byline_string text, signs *s) {
  static const char *const people[] = {
      "members",       "supporters", "reporters", "correspondents",
      "activists",     "branch",     "strikers",  "collective",
      "correspondent", "students",   "group",     "committee"};
  byline_string last = last_word(text);
  size_t words = marks_words(text);
  if (words <= MOST_GROUP && !evidence_title_case(e) &&
      text.data[text.length - 1] != '?' && text.data[text.length - 1] != '!' &&
      people_of(text) != PEOPLE_NONE) {
    signs_add(s, 3, "a group of people");
    return true;
  }
  if (words < 2 || words > 6 || !is_proper(text) ||
      (person_look(text.data, text.length) != PERSON_GROUP &&
       !words_contain(people, COUNT(people), last.data, last.length)))
    return false;
  if (recur_times(&e->tails, edition_tail(text)) > 0)
    signs_add(s, 3, "a group like those that authors belong to");
  else if (words_contain(people, COUNT(people), last.data, last.length))
    signs_add(s, 3, "a group of people");
  else if (words >= 3)
    signs_add(s, 1, "an organisation");
  else
    return false;
  return true;
}

static byline_string group_of(const evidence *e, byline_string text) {
  names n;
  edition_names(e, text, &n);
  return n.count == 1 ? n.authors[0] : text;
}

/* ---- Bylines ---- */

static void habit_signs(const evidence *e, const names *n, signs *s) {
  const habits *h = &e->habits;
  bool plain = !n->by && n->affiliation.length == 0;
  if (h->named >= 3 && evidence_mostly(h->by, h->named) && !n->by)
    signs_add(s, -4, "other bylines begin with By");
  else if (plain && h->named >= 3 && evidence_mostly(h->title_case, h->heads) &&
           evidence_mostly(h->affiliated, h->named))
    signs_add(s, -2, "other bylines say more");
}

bool edition_byline(const evidence *e, block *k, signs *s) {
  if (k->text.length > LONGEST_BYLINE || k->lines > 3 || k->date != DATE_NONE)
    return false;
  names two;
  const names *n = two_lines(k, &two) ? &two : block_names(k);
  byline_string text = buf_string(&k->text);
  bool belongs = n->affiliation.length > 0;
  if (marks_data(text) && !n->by)
    return false;
  if (n->shape == NAMES_NO || n->shape == NAMES_ODD)
    return n->shape == NAMES_NO && group_signs(e, text, s);
  person_kind first = person_look(n->authors[0].data, n->authors[0].length);
  if (n->by)
    signs_add(s, n->shape == NAMES_SURE ? 6 : 4, "a name behind By");
  else if (first == PERSON_FULL && belongs)
    signs_add(s, n->shape == NAMES_SURE ? 5 : 4,
              "a full name and where it belongs");
  else if (first == PERSON_FULL)
    signs_add(s, 4, "a full name");
  else if (first == PERSON_UNCASED)
    signs_add(s, 2, "short enough for a name");
  else if (first != PERSON_GROUP || !group_signs(e, group_of(e, text), s))
    return false;
  if (any_common(e, n) && first != PERSON_GROUP)
    signs_add(s, n->by ? -1 : -5, "its words are common ones");
  habit_signs(e, n, s);
  return true;
}

static edition_signature signature_of(const evidence *e, const names *n) {
  person_kind first = person_look(n->authors[0].data, n->authors[0].length);
  byline_string place = n->affiliation;
  bool belongs = place.length > 0;
  if (any_common(e, n))
    return SIGNATURE_NO;
  /* "Open Days in Tarnmouth", "Paris, city of light" */
  if (first == PERSON_FULL)
    return n->shape != NAMES_SURE || marks_words(n->authors[0]) > MOST_WORDS
               ? SIGNATURE_NO
           : belongs ? SIGNATURE_SURE
                     : SIGNATURE_NAME;
  return first == PERSON_SINGLE && place.length > 0 &&
                 !(*place.data >= 'a' && *place.data <= 'z')
             ? SIGNATURE_SURE
             : SIGNATURE_NO;
}

edition_signature edition_signed(const evidence *e, block *k) {
  names n;
  byline_string text = buf_string(&k->text);
  if (k->text.length > LONGEST_SIGNATURE || k->lines > 1 ||
      k->date != DATE_NONE)
    return SIGNATURE_NO;
  if (phrases_anonymous(text) && !evidence_paragraph(k))
    return SIGNATURE_ANONYMOUS;
  if (block_names(k)->count == 0 || marks_data(text))
    return SIGNATURE_NO;
  n = *block_names(k);
  settle_signers(e, text, &n);
  return n.count == 0 || n.by || n.shape == NAMES_ODD ? SIGNATURE_NO
                                                      : signature_of(e, &n);
}
