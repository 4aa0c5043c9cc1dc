#include "read/names.h"

#include <string.h>

#include "read/person.h"
#include "read/shape.h"
#include "read/words.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* The longest byline in bytes. */
enum {
  LONGEST = 900,
  LONGEST_ODD = 60,
  LONGEST_STOPPED = 100,
  LONGEST_AFFILIATION = 150,

};

typedef enum separator {
  SEPARATOR_NONE,
  SEPARATOR_COMMA,
  SEPARATOR_AND,
  SEPARATOR_DASH
} separator;

/* What is left of a line, from at to length, and how its next part ends. */
typedef struct cursor {
  const char *text;
  size_t length;
  size_t at;
  separator before; /* what stood before the part at at */
} cursor;

/* Marks around a byline: dashes, stars, brackets and the like. */
static size_t ornament(const char *text, size_t length, bool end) {
  static const char *const marks[] = {" ",
                                      "-",
                                      "*",
                                      "_",
                                      "~",
                                      "|",
                                      "=",
                                      "#",
                                      "\xE2\x80\x94",
                                      "\xE2\x80\x93",
                                      "\xE2\x80\x95",
                                      "\xE2\x80\xA2"};
  for (size_t i = 0; i < COUNT(marks); i++) {
    size_t size = strlen(marks[i]);
    if (size <= length &&
        memcmp(end ? text + length - size : text, marks[i], size) == 0)
      return size;
  }
  return 0;
}

static byline_string trim(const char *text, size_t length) {
  size_t size;
  while (length > 0 && (size = ornament(text, length, false)) > 0) {
    text += size;
    length -= size;
  }
  while (length > 0 && (size = ornament(text, length, true)) > 0)
    length -= size;
  byline_string result = {text, length};
  return result;
}

static byline_string unbracket(byline_string s) {
  bool round = s.length > 2 && s.data[0] == '(' && s.data[s.length - 1] == ')';
  bool square = s.length > 2 && s.data[0] == '[' && s.data[s.length - 1] == ']';
  return round || square ? trim(s.data + 1, s.length - 2) : s;
}

/* Takes "By ", "Words by ", "Author: " and the like off. */
static bool take_prefix(byline_string *s) {
  static const char *const prefixes[] = {
      "by:",          "by ",         "written by ",  "words by ",
      "words:",       "report by ",  "reported by ", "story by ",
      "text by ",     "review by ",  "reviewed by ", "interview by ",
      "compiled by ", "author:",     "authors:",     "byline:",
      "from our ",    "report from "};
  for (size_t i = 0; i < COUNT(prefixes); i++) {
    if (!words_begin(s->data, s->length, prefixes[i]))
      continue;
    size_t size = strlen(prefixes[i]);
    if (prefixes[i][0] == 'f') /* the group is "our ..." */
      size = 5;
    *s = trim(s->data + size, s->length - size);
    return s->length > 0;
  }
  return false;
}

/* The separator at a place of a line: its length, or 0. */
static size_t separator_at(const char *text, size_t length, size_t at,
                           separator *kind) {
  static const char firsts[] = " ,;\xE2\xD8\xE3\xEF";
  static const struct {
    const char *mark;
    separator kind;
  } table[] = {{", with additional reporting by ", SEPARATOR_AND},
               {" with additional reporting by ", SEPARATOR_AND},
               {", additional reporting by ", SEPARATOR_AND},
               {", and ", SEPARATOR_AND},
               {", & ", SEPARATOR_AND},
               {" and ", SEPARATOR_AND},
               {" & ", SEPARATOR_AND},
               {" with ", SEPARATOR_AND},
               {" / ", SEPARATOR_AND},
               {" und ", SEPARATOR_AND},
               {" et ", SEPARATOR_AND},
               {" \xD0\xB8 ", SEPARATOR_AND},
               {" \xD1\x82\xD0\xB0 ", SEPARATOR_AND},
               {" + ", SEPARATOR_AND},
               {"\xE2\x80\x94", SEPARATOR_DASH},
               {"\xE2\x80\x95", SEPARATOR_DASH},
               {" \xE2\x80\x93 ", SEPARATOR_DASH},
               {" - ", SEPARATOR_DASH},
               {" -- ", SEPARATOR_DASH},
               {" | ", SEPARATOR_DASH},
               {" \xE2\x80\x94 ", SEPARATOR_DASH},
               {",", SEPARATOR_COMMA},
               {";", SEPARATOR_COMMA},
               {"\xD8\x8C", SEPARATOR_COMMA},
               {"\xE3\x80\x81", SEPARATOR_COMMA},
               {"\xEF\xBC\x8C", SEPARATOR_COMMA},
               {"\xEF\xBC\x9B", SEPARATOR_COMMA}};
  if (!memchr(firsts, text[at], sizeof firsts - 1))
    return 0;
  for (size_t i = 0; i < COUNT(table); i++)
    if (words_begin(text + at, length - at, table[i].mark)) {
      *kind = table[i].kind;
      return strlen(table[i].mark);
    }
  return 0;
}

/* The next part; false at the end. */
static bool next_part(cursor *c, byline_string *part, separator *before) {
  if (c->at >= c->length)
    return false;
  *before = c->before;
  size_t size = 0, end = c->at;
  int depth = 0;
  for (; end < c->length; end++) {
    char byte = c->text[end];
    depth += (byte == '(') - (byte == ')' && depth > 0);
    if (depth == 0 &&
        (size = separator_at(c->text, c->length, end, &c->before)) > 0)
      break;
  }
  *part = trim(c->text + c->at, end - c->at);
  c->at = end + size;
  return true;
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
  byline_string rest = trim(from, line->length - (size_t)(from - line->data));
  static const char *const leads[] = {"in ", "at ", "from ", "of "};
  for (size_t i = 0; i < COUNT(leads); i++)
    if (words_begin(rest.data, rest.length, leads[i])) {
      rest = trim(rest.data + strlen(leads[i]), rest.length - strlen(leads[i]));
      break;
    }
  out->affiliation = rest;
}

/* What has been read of a byline so far. */
typedef struct progress {
  person_kind first;
  bool all_single;
  bool saw_and;
} progress;

typedef enum verdict { TAKEN, AFFILIATION, REFUSED } verdict;

static bool has_and_after(const cursor *c) {
  cursor copy = *c;
  byline_string part;
  separator before;
  while (next_part(&copy, &part, &before))
    if (before == SEPARATOR_AND)
      return true;
  return false;
}

static verdict judge(const cursor *c, names *out, progress *p,
                     byline_string part, separator before) {
  person_kind kind = person_look(part.data, part.length);
  bool list = kind == PERSON_FULL ||
              (kind == PERSON_UNCASED && p->first == PERSON_UNCASED);
  if (before == SEPARATOR_COMMA && person_suffix(part.data, part.length)) {
    byline_string *last = &out->authors[out->count - 1];
    last->length = (size_t)(part.data + part.length - last->data);
    return TAKEN;
  }
  if (before == SEPARATOR_AND) {
    p->saw_and = true;
    list = kind != PERSON_NOT;
  } else if (p->saw_and) {
    return AFFILIATION;
  } else if (kind == PERSON_SINGLE) {
    list = before == SEPARATOR_COMMA && (p->all_single || has_and_after(c));
  }
  if (!list)
    return before == SEPARATOR_AND ? REFUSED : AFFILIATION;
  p->all_single = p->all_single && kind == PERSON_SINGLE;
  return add(out, part) ? TAKEN : REFUSED;
}

/* The first part decides whether the line is a byline at all. */
static bool take_first(names *out, progress *p, byline_string part) {
  p->first = person_look(part.data, part.length);
  p->all_single = p->first == PERSON_SINGLE;
  return p->first != PERSON_NOT && add(out, part);
}

static bool take_names(names *out, byline_string line) {
  cursor c = {line.data, line.length, 0, SEPARATOR_NONE};
  progress p = {PERSON_NOT, false, false};
  bool cut_plainly = false; /* "Jane Doe in Berlin": it may be a title */
  byline_string part;
  separator before;
  while (next_part(&c, &part, &before)) {
    size_t place;
    size_t end = person_end(part.data, part.length, &place);
    bool cut = end < part.length;
    if (cut && !out->by && before != SEPARATOR_DASH &&
        part.data[end + 1] != '(' && part.data[end + 1] != '<')
      cut_plainly = true;
    const char *tail = part.data + place;
    if (cut)
      part.length = end;
    if (part.length == 0)
      continue;
    verdict v = out->count == 0 ? (take_first(out, &p, part) ? TAKEN : REFUSED)
                                : judge(&c, out, &p, part, before);
    if (v == REFUSED)
      return false;
    if (v == AFFILIATION || cut) {
      rest_is_affiliation(out, &line, v == AFFILIATION ? part.data : tail);
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

/* A name written without capitals. A line with some is a title. */
static bool is_odd(byline_string s) {
  size_t words = 1;
  if (s.length == 0 || s.length > LONGEST_ODD)
    return false;
  for (size_t i = 0; i < s.length; i++) {
    bool lower = s.data[i] >= 'a' && s.data[i] <= 'z';
    if (!lower && !strchr(" -'", s.data[i]))
      return false;
    words += s.data[i] == ' ';
  }
  return words == 2 || words == 3;
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

void names_parse(const char *text, size_t length, names *out) {
  out->shape = NAMES_NO;
  out->by = false;
  out->count = 0;
  out->affiliation = (byline_string){NULL, 0};
  if (length == 0 || length > LONGEST)
    return;
  byline_string line = unbracket(trim(text, length));
  out->by = take_prefix(&line);
  if (line.length == 0 || !end_fits(&line, out->by))
    return;
  if (take_names(out, line) && out->affiliation.length <= LONGEST_AFFILIATION) {
    close_affiliation(out);
    return;
  }
  out->count = 0;
  out->affiliation = (byline_string){NULL, 0};
  out->shape = is_odd(line) ? NAMES_ODD : NAMES_NO;
  if (out->shape == NAMES_ODD)
    add(out, line);
}
