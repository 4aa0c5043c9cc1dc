#include "read/names.h"

#include <string.h>

#include "read/name_leads.h"
#include "read/name_odd.h"
#include "read/name_parts.h"
#include "read/name_words.h"
#include "read/person.h"
#include "read/shape.h"
#include "read/words.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* The longest byline in bytes. */
enum { LONGEST = 900, LONGEST_STOPPED = 100, LONGEST_AFFILIATION = 150 };

static byline_string unbracket(byline_string s) {
  bool round = s.length > 2 && s.data[0] == '(' && s.data[s.length - 1] == ')';
  bool square = s.length > 2 && s.data[0] == '[' && s.data[s.length - 1] == ']';
  return round || square ? name_trim(s.data + 1, s.length - 2) : s;
}

/* "From our correspondent": the group is "our correspondent". */
static bool take_from(byline_string *s) {
  static const struct {
    const char *text;
    size_t size; /* of what is no part of the group */
  } marks[] = {{"from our ", 5}, {"report from ", 12}, {"de nuestr", 3},
               {"de notre ", 3}, {"del nostro ", 4},   {"dal nostro ", 4},
               {"do nosso ", 3}, {"da nossa ", 3},     {"dalla nostra ", 6}};
  for (size_t i = 0; i < COUNT(marks); i++) {
    if (!words_begin(s->data, s->length, marks[i].text))
      continue;
    size_t size = marks[i].size;
    *s = name_trim(s->data + size, s->length - size);
    return s->length > 0;
  }
  return false;
}

static bool add(names *out, byline_string author) {
  if (out->count == NAMES_MAX || author.length == 0)
    return false;
  out->authors[out->count++] = author;
  return true;
}

/* All that follows is about the authors, and names no further one. */
static void rest_is_affiliation(names *out, const byline_string *line,
                                const char *from) {
  byline_string rest =
      name_trim(from, line->length - (size_t)(from - line->data));
  static const char *const leads[] = {"in ", "at ", "from ", "of "};
  for (size_t i = 0; i < COUNT(leads); i++)
    if (words_begin(rest.data, rest.length, leads[i])) {
      rest = name_trim(rest.data + strlen(leads[i]),
                       rest.length - strlen(leads[i]));
      break;
    }
  out->affiliation = rest;
}

/* What has been read of a byline so far. */
typedef struct progress {
  person_kind first;
  bool all_single;
  bool saw_and;
  size_t affiliated; /* how many authors there were when the affiliation came */
} progress;

typedef enum verdict { TAKEN, AGENCY, AFFILIATION, REFUSED } verdict;

static bool has_and_after(const name_parts *c) {
  name_parts copy = *c;
  byline_string part;
  name_separator before;
  while (name_parts_next(&copy, &part, &before))
    if (before == SEPARATOR_AND)
      return true;
  return false;
}

/* "By our Paris correspondent, Jane Doe" */
static bool is_name_of_role(const names *out, const progress *p,
                            person_kind kind, name_separator before) {
  return before == SEPARATOR_COMMA && kind == PERSON_FULL &&
         p->first == PERSON_GROUP && out->count == 1 &&
         person_role(out->authors[0].data, out->authors[0].length);
}

static verdict judge(const name_parts *c, names *out, progress *p,
                     byline_string part, name_separator before) {
  person_kind kind = person_look(part.data, part.length);
  bool list = kind == PERSON_FULL ||
              (kind == PERSON_UNCASED && p->first == PERSON_UNCASED);
  if (before == SEPARATOR_COMMA && person_suffix(part.data, part.length)) {
    byline_string *last = &out->authors[out->count - 1];
    last->length = (size_t)(part.data + part.length - last->data);
    return TAKEN;
  }
  if (p->first != PERSON_GROUP && name_is_agency(part.data, part.length))
    return AGENCY;
  if (p->first == PERSON_UNCASED && name_is_dispatch(part))
    return AFFILIATION;
  if (is_name_of_role(out, p, kind, before)) {
    out->affiliation = out->authors[0];
    out->authors[0] = part;
    p->first = PERSON_FULL;
    p->affiliated = 1;
    return TAKEN;
  }
  if (before == SEPARATOR_AND) {
    p->saw_and = true;
    list = kind != PERSON_NOT;
  } else if (p->saw_and || name_is_place(part.data, part.length)) {
    return AFFILIATION;
  } else if (kind == PERSON_SINGLE) {
    list = before == SEPARATOR_COMMA && (p->all_single || has_and_after(c));
  }
  if (!list)
    return before == SEPARATOR_AND ? REFUSED : AFFILIATION;
  p->all_single = p->all_single && kind == PERSON_SINGLE;
  return add(out, part) ? TAKEN : REFUSED;
}

/* What reporters of the Far East have behind their names. */
static size_t reporter_start(byline_string s) {
  static const char *const marks[] = {"記者", "记者", "기자", "特派員"};
  for (size_t i = 0; i < COUNT(marks); i++) {
    size_t size = strlen(marks[i]);
    if (s.length > size + 3 &&
        memcmp(s.data + s.length - size, marks[i], size) == 0)
      return s.length - size;
  }
  return s.length;
}

/* "Jane Doe Associated Press": where the name ends, or 0. */
static size_t name_before_agency(byline_string s) {
  for (size_t at = 1; at < s.length; at++)
    if (s.data[at] == ' ' &&
        name_is_agency(s.data + at + 1, s.length - at - 1) &&
        person_look(s.data, at) == PERSON_FULL)
      return at;
  return 0;
}

/* "Jane Doe Staff Writer": where the name ends, or 0. */
static size_t name_before_role(byline_string s) {
  static const char *const adjuncts[] = {
      "staff",   "senior",    "chief",     "political", "guest",
      "special", "foreign",   "sports",    "business",  "education",
      "health",  "science",   "city",      "crime",     "news",
      "deputy",  "assistant", "associate", "managing",  "features",
      "arts",    "industry",  "religion",  "travel",    "contributing"};
  for (size_t at = 1; at < s.length; at++) {
    if (s.data[at] != ' ')
      continue;
    const char *word = s.data + at + 1;
    const char *space = memchr(word, ' ', s.length - at - 1);
    size_t size = space ? (size_t)(space - word) : s.length - at - 1;
    if ((words_contain(adjuncts, COUNT(adjuncts), word, size) ||
         name_is_agency(word, size) || !space) &&
        person_look(s.data, at) == PERSON_FULL)
      return at;
  }
  return 0;
}

/* Parts what stands in one with a name: "Staff Reporter Jane Doe", "Jane Doe
 * Staff Reporter". */
static void part_role(names *out, progress *p, bool trusted) {
  byline_string *s = &out->authors[0];
  size_t at = s->length, name = 0;
  if (p->first == PERSON_UNCASED)
    at = reporter_start(*s);
  else if (trusted && p->first == PERSON_GROUP &&
           person_role(s->data, s->length))
    at = name_before_role(*s);
  else if (trusted && (at = name_before_agency(*s)) > 0)
    name = 0;
  else if ((trusted || p->first == PERSON_FULL) &&
           !person_behind_role(s->data, s->length, &name))
    return;
  if (name > 0) {
    out->affiliation = name_trim(s->data, name);
    *s = name_trim(s->data + name, s->length - name);
  } else if (at > 0 && at < s->length) {
    out->affiliation = name_trim(s->data + at, s->length - at);
    *s = name_trim(s->data, at);
  } else {
    return;
  }
  p->first = p->first == PERSON_UNCASED ? PERSON_UNCASED : PERSON_FULL;
  p->affiliated = 1;
}

/* The same for the later names of a list in scripts without capitals. */
static void part_reporter(names *out, progress *p) {
  byline_string *s = &out->authors[out->count - 1];
  size_t at = reporter_start(*s);
  if (at == s->length)
    return;
  if (out->affiliation.length == 0) {
    out->affiliation = name_trim(s->data + at, s->length - at);
    p->affiliated = out->count;
  }
  *s = name_trim(s->data, at);
}

/* The first part decides whether the line is a byline at all. */
static bool take_first(names *out, progress *p, byline_string part,
                       bool trusted) {
  p->first = person_look(part.data, part.length);
  if (!add(out, part))
    return false;
  part_role(out, p, trusted);
  p->all_single = p->first == PERSON_SINGLE;
  return p->first != PERSON_NOT;
}

/* Takes all from here on as affiliation, or puts it to an agency that stands
 * directly before it; an affiliation of another author stays alone. */
static void take_affiliation(names *out, const progress *p, byline_string line,
                             const char *from) {
  byline_string *a = &out->affiliation;
  if (a->length == 0)
    rest_is_affiliation(out, &line, from);
  else if (p->affiliated == out->count && a->data < from &&
           a->data > out->authors[out->count - 1].data)
    *a = name_trim(a->data, line.length - (size_t)(a->data - line.data));
}

static bool take_names(names *out, byline_string line, bool trusted) {
  name_parts c = {line.data, line.length, 0, SEPARATOR_NONE, trusted};
  progress p = {PERSON_NOT, false, false, 0};
  bool cut_plainly = false; /* "Jane Doe in Berlin": it may be a title */
  byline_string part;
  name_separator before;
  while (name_parts_next(&c, &part, &before)) {
    size_t place;
    size_t end = person_end(part.data, part.length, trusted, &place);
    bool cut = end < part.length;
    if (cut && !trusted && before != SEPARATOR_DASH &&
        part.data[end + 1] != '(' && part.data[end + 1] != '<')
      cut_plainly = true;
    const char *tail = part.data + place;
    if (cut)
      part.length = end;
    if (part.length == 0)
      continue;
    verdict v = out->count > 0 ? judge(&c, out, &p, part, before)
                : take_first(out, &p, part, trusted) ? TAKEN
                                                     : REFUSED;
    if (v == REFUSED)
      return false;
    if (v == TAKEN && out->count > 1 && p.first == PERSON_UNCASED)
      part_reporter(out, &p);
    if (v == AGENCY && out->affiliation.length == 0) {
      out->affiliation = part;
      p.affiliated = out->count;
    } else if (v == AFFILIATION || cut) {
      take_affiliation(out, &p, line, v == AFFILIATION ? part.data : tail);
      break;
    }
  }
  if (out->count == 2 && p.all_single && !p.saw_and) {
    out->authors[0] = line; /* "Doe, Jane": one author, as it is spelled */
    out->count = 1;
  }
  out->shape =
      p.first == PERSON_FULL && !cut_plainly ? NAMES_SURE : NAMES_MAYBE;
  return out->count > 0;
}

/* ---- "Doe, Jane; Roe, Tom" ---- */

/* "Doe", "de la Cruz" */
static bool is_last_name(byline_string s) {
  size_t last = s.length;
  while (last > 0 && s.data[last - 1] != ' ')
    last--;
  return person_look(s.data + last, s.length - last) == PERSON_SINGLE &&
         (last == 0 || (person_starts_as_place(s.data, s.length) &&
                        *s.data >= 'a' && *s.data <= 'z'));
}

static bool is_turned(byline_string s) {
  const char *comma = memchr(s.data, ',', s.length);
  if (!comma)
    return false;
  byline_string last = name_trim(s.data, (size_t)(comma - s.data));
  byline_string first =
      name_trim(comma + 1, s.length - (size_t)(comma - s.data) - 1);
  if (memchr(first.data, ',', first.length))
    return false;
  person_kind kind = person_look(first.data, first.length);
  return is_last_name(last) && (kind == PERSON_SINGLE || kind == PERSON_FULL);
}

/* Adds what one part of such a list names. */
static bool take_listed(names *out, byline_string part, bool trusted) {
  names one = {.shape = NAMES_NO};
  if (is_turned(part)) {
    if (out->count == 0)
      out->shape = NAMES_MAYBE;
    return add(out, part);
  }
  if (!take_names(&one, part, trusted))
    return false;
  if (out->count == 0)
    out->shape = one.shape;
  for (size_t i = 0; i < one.count; i++)
    if (!add(out, one.authors[i]))
      return false;
  if (out->affiliation.length == 0)
    out->affiliation = one.affiliation;
  return true;
}

static bool take_list(names *out, byline_string line, bool trusted) {
  if (!memchr(line.data, ';', line.length)) {
    out->shape = NAMES_MAYBE;
    return trusted && *line.data >= 'a' && *line.data <= 'z' && is_turned(line)
               ? add(out, line)
               : take_names(out, line, trusted);
  }
  bool turned = false;
  for (size_t at = 0; at < line.length;) {
    const char *end = memchr(line.data + at, ';', line.length - at);
    size_t size = (end ? (size_t)(end - line.data) : line.length) - at;
    byline_string part = name_trim(line.data + at, size);
    at += size + 1;
    turned = turned || is_turned(part);
    if (turned && part.length > 0 && !take_listed(out, part, trusted))
      return false;
    if (!turned)
      return take_names(out, line, trusted);
  }
  return out->count > 0;
}

/* Brackets that "Jane Doe (Leeds)" leaves on its affiliation. */
static void close_affiliation(names *out) {
  byline_string *a = &out->affiliation;
  while (a->length > 0 &&
         (a->data[a->length - 1] == ')' || a->data[a->length - 1] == ']') &&
         !memchr(a->data, '(', a->length))
    a->length--;
  /* An electronic address is no affiliation. */
  if (a->length > 0 && a->data[a->length - 1] == '>')
    *a = (byline_string){NULL, 0};
}

/* Bylines are no sentences; "By Jane Doe." loses its full stop. */
static bool end_fits(byline_string *line, bool by) {
  shape s;
  shape_measure(line->data, line->length, &s);
  if (s.end == SHAPE_END_STRONG || s.end == SHAPE_END_OPEN)
    return false;
  bool initial = line->length > 3 && line->data[line->length - 3] == ' ';
  if (s.end == SHAPE_END_STOP && !initial) {
    if (by && line->length <= LONGEST_STOPPED)
      line->length--;
    else
      return false;
  }
  return true;
}

static void clear(names *out) {
  out->shape = NAMES_NO;
  out->count = 0;
  out->affiliation = (byline_string){NULL, 0};
}

static bool take(names *out, byline_string line, bool trusted) {
  bool others = name_cut_others(&line);
  if (line.length == 0 || !end_fits(&line, trusted))
    return false;
  if (take_list(out, line, trusted) &&
      out->affiliation.length <= LONGEST_AFFILIATION &&
      (trusted || !others || out->shape == NAMES_SURE)) {
    close_affiliation(out);
    return true;
  }
  clear(out);
  return false;
}

/* "unserem Korrespondenten", "notre envoyé spécial" */
static bool is_ours(byline_string s) {
  static const char *const marks[] = {
      "our ", "unser", "notre ",     "nos ",   "nuestr", "nostr",   "onze ",
      "ons ", "noss",  "v\xC3\xA5r", "vores ", "naš",    "нашего ", "нашей "};
  for (size_t i = 0; i < COUNT(marks); i++)
    if (words_begin(s.data, s.length, marks[i]))
      return true;
  return false;
}

/* Behind a word that may as well begin a name or a title, only full names
 * tell that it does not. */
static bool take_behind_weak(names *out, byline_string line) {
  if (!take(out, line, true))
    return false;
  byline_string first = out->authors[0];
  bool group = name_is_agency(line.data, line.length) ||
               (!memchr(line.data, ' ', line.length) &&
                person_look(line.data, line.length) == PERSON_GROUP);
  /* "Jana und Tom Muster" */
  bool couple =
      out->count == 2 &&
      person_look(first.data, first.length) == PERSON_SINGLE &&
      person_look(out->authors[1].data, out->authors[1].length) == PERSON_FULL;
  bool fits = group || couple || is_ours(line) ||
              (out->shape == NAMES_SURE &&
               !person_starts_as_place(first.data, first.length));
  if (!fits)
    clear(out);
  return fits;
}

static void parse(const char *text, size_t length, bool field, names *out) {
  clear(out);
  out->by = false;
  if (length == 0 || length > LONGEST)
    return;
  byline_string line = unbracket(name_trim(text, length));
  if (line.length == 0)
    return;
  size_t size = 0;
  name_lead lead = name_lead_find(line.data, line.length, &size);
  if (lead == LEAD_WEAK &&
      take_behind_weak(out, name_trim(line.data + size, line.length - size))) {
    out->by = true;
    return;
  }
  if (lead == LEAD_SURE)
    line = name_trim(line.data + size, line.length - size);
  out->by = lead == LEAD_SURE || take_from(&line);
  if (take(out, line, out->by || field))
    return;
  if (lead == LEAD_SURE && *text == 'b' && name_take_capitalised(line, out))
    return;
  if (!name_is_odd(line))
    return;
  if (!end_fits(&line, out->by))
    return;
  out->shape = NAMES_ODD;
  add(out, line);
}

void names_parse(const char *text, size_t length, names *out) {
  parse(text, length, false, out);
}

void names_parse_field(const char *text, size_t length, names *out) {
  parse(text, length, true, out);
}

byline_string names_without_lead(byline_string line) {
  names n;
  size_t size = 0;
  name_lead lead = name_lead_find(line.data, line.length, &size);
  byline_string rest = name_trim(line.data + size, line.length - size);
  if (lead == LEAD_NONE || rest.length == 0)
    return line;
  clear(&n);
  return lead == LEAD_SURE || take_behind_weak(&n, rest) ? rest : line;
}
