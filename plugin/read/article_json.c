#include "read/article_json.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "read/article_fields.h"
#include "read/date_time.h"
#include "read/json_rich.h"
#include "read/stamp.h"

enum {
  MOST_DATES = 6,    /* fields of one object that may be its date */
  DEEPEST_VALUE = 4, /* how far a string may lie in objects and lists */
  DEEPEST_INNER = 2
};

typedef struct slot {
  const json_t *value; /* NULL: none */
  const field_name *name;
} slot;

typedef struct slots {
  slot of[FIELD_COUNT];
  slot dates[MOST_DATES]; /* by rank */
  size_t date_count;
} slots;

/* ---- Finding the fields ---- */

static bool is_empty(const json_t *value) {
  if (json_is_string(value))
    return json_string_length(value) == 0;
  if (json_is_array(value))
    return json_array_size(value) == 0;
  if (json_is_object(value))
    return json_object_size(value) == 0;
  return !json_is_number(value);
}

static void note_date(slots *s, const json_t *value, const field_name *name) {
  size_t at = s->date_count;
  while (at > 0 && s->dates[at - 1].name->rank > name->rank)
    at--;
  if (at == MOST_DATES)
    return;
  if (s->date_count < MOST_DATES)
    s->date_count++;
  memmove(&s->dates[at + 1], &s->dates[at],
          (s->date_count - at - 1) * sizeof *s->dates);
  s->dates[at] = (slot){value, name};
}

static void note(slots *s, const char *key, const json_t *value) {
  const field_name *name = article_field_find(key, strlen(key));
  if (!name || is_empty(value))
    return;
  if (name->field == FIELD_DATE) {
    note_date(s, value, name);
    return;
  }
  unsigned field = name->field;
  /* The number of an author is one of another table. */
  if ((field == FIELD_META && !json_is_object(value)) ||
      (field == FIELD_AUTHOR && json_is_number(value)))
    return;
  if (field == FIELD_INNER && json_is_string(value))
    field = FIELD_TEXT; /* "article": "The text ..." */
  else if (field == FIELD_INNER && !json_is_object(value))
    return;
  slot *old = &s->of[field];
  if (!old->value || name->rank < old->name->rank)
    *old = (slot){value, name};
}

static void collect(const json_t *object, slots *s) {
  const char *key;
  json_t *value;
  memset(s, 0, sizeof *s);
  json_object_foreach((json_t *)(uintptr_t)object, key, value) {
    note(s, key, value);
  }
}

static bool has_text(const slots *s) {
  return s->of[FIELD_TEXT].value && s->of[FIELD_TEXT].name->rank < RANK_SUMMARY;
}

/* What the outer object has and the inner one has not. */
static void add_outer(slots *inner, const slots *outer) {
  for (size_t i = 0; i < FIELD_COUNT; i++)
    if (!inner->of[i].value && i != FIELD_INNER)
      inner->of[i] = outer->of[i];
  for (size_t i = 0; i < outer->date_count && inner->date_count == 0; i++)
    inner->dates[i] = outer->dates[i];
  if (inner->date_count == 0)
    inner->date_count = outer->date_count;
}

static void go_in(slots *s) {
  for (int depth = 0; depth < DEEPEST_INNER; depth++) {
    const json_t *value = s->of[FIELD_INNER].value;
    slots inner;
    if (!value || has_text(s))
      return;
    collect(value, &inner);
    if (!inner.of[FIELD_TITLE].value && !inner.of[FIELD_TEXT].value &&
        !inner.of[FIELD_INNER].value)
      return;
    add_outer(&inner, s);
    *s = inner;
  }
}

/* The fields of an object, or of the one in it that is the article. */
static void find_fields(const json_t *object, slots *s) {
  slots more;
  collect(object, s);
  go_in(s);
  if (!s->of[FIELD_META].value)
    return;
  collect(s->of[FIELD_META].value, &more);
  add_outer(s, &more);
}

/* ---- Values ---- */

/* The string that an object stands for: {"rendered": "..."} and the like. */
static const json_t *unwrap(const json_t *value) {
  static const char *const keys[] = {
      "rendered", "#text", "$t",       "@value", "value",       "text",
      "html",     "name",  "headline", "main",   "original",    "content",
      "plain",    "$oid",  "$date",    "code",   "$numberLong", "@id"};
  for (int depth = 0; depth < DEEPEST_VALUE; depth++) {
    const json_t *next = NULL;
    if (json_is_array(value))
      next = json_array_get(value, 0);
    else if (!json_is_object(value))
      return value;
    for (size_t i = 0; !next && i < sizeof keys / sizeof *keys; i++)
      next = json_object_get(value, keys[i]);
    value = next;
  }
  return NULL;
}

/* Of a string or an integer; empty for others. */
static byline_string string_of(const json_t *value, char *digits, size_t size) {
  if (json_is_string(value))
    return (byline_string){json_string_value(value), json_string_length(value)};
  if (!json_is_integer(value))
    return (byline_string){"", 0};
  int length = snprintf(digits, size, "%" JSON_INTEGER_FORMAT,
                        json_integer_value(value));
  return (byline_string){digits, length > 0 ? (size_t)length : 0};
}

enum { DIGITS = 32 };

/* A string as set by one of draft's functions. */
static bool set_line(draft *d, byline_string *field, const slot *s) {
  char digits[DIGITS];
  byline_string text = string_of(unwrap(s->value), digits, sizeof digits);
  return draft_set(d, field, text.data, text.length);
}

/* ---- Lists ---- */

static bool add_deck(draft *d, const json_t *value) {
  char digits[DIGITS];
  byline_string text = string_of(unwrap(value), digits, sizeof digits);
  return draft_add(d, &d->decks, text.data, text.length);
}

/* One string may hold several keywords; those of a list stand alone. Numbers
 * are keys of another table. */
static bool add_keyword(draft *d, const json_t *value) {
  value = unwrap(value);
  return !json_is_string(value) ||
         draft_add(d, &d->keywords, json_string_value(value),
                   json_string_length(value));
}

static bool each(draft *d, const json_t *value,
                 bool (*add)(draft *, const json_t *)) {
  bool ok = true;
  if (!json_is_array(value))
    return add(d, value);
  for (size_t i = 0; ok && i < json_array_size(value); i++)
    ok = add(d, json_array_get(value, i));
  return ok;
}

/* ---- Authors ---- */

/* {"given": "Jane", "family": "Doe"}, under either kind of names. */
static bool add_parts_of_name(draft *d, const json_t *object) {
  static const char *const first[] = {"given", "first_name", "firstName",
                                      "givenName", "firstname"};
  static const char *const last[] = {"family", "last_name", "lastName",
                                     "familyName", "lastname"};
  char whole[256];
  for (size_t i = 0; i < sizeof first / sizeof *first; i++) {
    const char *a = json_string_value(json_object_get(object, first[i]));
    const char *b = json_string_value(json_object_get(object, last[i]));
    if (!a && !b)
      continue;
    int length = snprintf(whole, sizeof whole, "%s %s", a ? a : "", b ? b : "");
    if (length > 0 && (size_t)length < sizeof whole)
      return draft_add_author(d, whole, (size_t)length);
  }
  return true;
}

static bool add_author(draft *d, const json_t *value) {
  if (json_is_object(value)) {
    const json_t *of = json_object_get(value, "affiliation");
    if (!json_object_get(value, "name") && !json_object_get(value, "original"))
      return add_parts_of_name(d, value);
    if (of && !set_line(d, &d->affiliation, &(slot){of, NULL}))
      return false;
    value = unwrap(value);
  }
  return !json_is_string(value) || draft_add_author(d, json_string_value(value),
                                                    json_string_length(value));
}

static const json_t *first_of(const json_t *value) {
  return json_is_array(value) && json_array_size(value) == 1
             ? json_array_get(value, 0)
             : value;
}

/* A publisher that is given as the author as well is no author. */
static bool is_publisher(const json_t *object, const json_t *author) {
  const json_t *name =
      json_is_object(author) ? json_object_get(author, "name") : author;
  const json_t *publisher =
      json_object_get(json_object_get(object, "publisher"), "name");
  const char *type = json_string_value(json_object_get(author, "@type"));
  return json_is_string(name) && json_is_string(publisher) &&
         json_equal(name, publisher) && !(type && strcmp(type, "Person") == 0);
}

/* One string is a byline: it may name several. */
static bool set_authors(draft *d, const json_t *value) {
  const json_t *line = value;
  if (json_is_object(value) && json_object_get(value, "original"))
    line = json_object_get(value, "original");
  if (json_is_string(line))
    return draft_add_byline(d, json_string_value(line),
                            json_string_length(line));
  return each(d, value, add_author);
}

/* ---- Dates ---- */

/* The number that a value is, or that its digits are; 0 for none. */
static double number_of(const json_t *value, byline_string text) {
  double number = 0;
  if (json_is_number(value))
    return json_number_value(value);
  for (size_t i = 0; i < text.length; i++) {
    if (text.data[i] < '0' || text.data[i] > '9')
      return 0;
    number = number * 10 + (text.data[i] - '0');
  }
  return number;
}

/* A number counts as seconds only where a field says that it is one, or as
 * milliseconds where it has 13 digits, which no other form of a date has. Those
 * of four and eight digits are years and days. */
static date_result parse_date(const slot *s, char *iso, byline_string *text,
                              char *digits) {
  static const double largest_day = 99991231, least_ms = 1e12, most_ms = 1e13;
  const json_t *value = unwrap(s->value);
  *text = string_of(value, digits, DIGITS);
  double number = number_of(value, *text);
  bool stamp = s->name->stamp || json_object_get(s->value, "$date");
  stamp |= json_is_integer(value) && number >= least_ms && number < most_ms;
  if (stamp && number > largest_day)
    return stamp_epoch(number, iso);
  if (json_is_real(value)) {
    *text = (byline_string){"a number", 8};
    return DATE_UNCLEAR;
  }
  return date_time_parse(text->data, text->length, iso);
}

/* The best field that has a clear date; 0 stands for none. */
static bool set_date(draft *d, const slots *s) {
  char digits[DIGITS], iso[DATE_ISO_SIZE];
  byline_string text;
  for (size_t i = 0; i < s->date_count && !d->date[0]; i++) {
    date_result result = parse_date(&s->dates[i], iso, &text, digits);
    bool none = json_is_number(s->dates[i].value) &&
                json_number_value(s->dates[i].value) == 0;
    if (!none && !draft_set_date(d, result, iso, text.data, text.length))
      return false;
  }
  return true;
}

/* ---- The rest ---- */

static bool set_keywords(draft *d, const json_t *value) {
  return json_is_string(value)
             ? draft_add_parts(d, &d->keywords, json_string_value(value),
                               json_string_length(value))
             : each(d, value, add_keyword);
}

static bool set_section(draft *d, const json_t *value) {
  value = unwrap(value);
  return !json_is_string(value) ||
         draft_set(d, &d->section, json_string_value(value),
                   json_string_length(value));
}

static bool set_code(draft *d, const slots *s) {
  const json_t *language = unwrap(s->of[FIELD_LANGUAGE].value);
  const json_t *url = s->of[FIELD_URL].value;
  if (json_is_object(url) && json_object_get(url, "@id"))
    url = json_object_get(url, "@id");
  url = unwrap(url);
  return (!json_is_string(language) ||
          draft_set_language(d, json_string_value(language),
                             json_string_length(language))) &&
         (!json_is_string(url) ||
          draft_set_url(d, json_string_value(url), json_string_length(url)));
}

/* A text may be a list of paragraphs. */
static byline_status set_text(draft *d, const slot *s, byline_error *error) {
  if (json_rich_is(s->value))
    return json_rich_add(s->value, d, error);
  size_t count = json_is_array(s->value) ? json_array_size(s->value) : 1;
  for (size_t i = 0; i < count; i++) {
    const json_t *value =
        json_is_array(s->value) ? json_array_get(s->value, i) : s->value;
    bool html = s->name->html || json_object_get(value, "rendered") ||
                json_object_get(value, "html");
    value = unwrap(value);
    if (!json_is_string(value))
      continue;
    byline_status status = draft_add_text(
        d, json_string_value(value), json_string_length(value), html, error);
    if (status != BYLINE_OK)
      return status;
  }
  return BYLINE_OK;
}

static bool set_lines(draft *d, const slots *s) {
  static const struct {
    article_field field;
    size_t offset;
  } lines[] = {{FIELD_ID, offsetof(draft, id)},
               {FIELD_TITLE, offsetof(draft, title)},
               {FIELD_AFFILIATION, offsetof(draft, affiliation)}};
  for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
    byline_string *field =
        (byline_string *)(void *)((char *)d + lines[i].offset);
    if (s->of[lines[i].field].value &&
        !set_line(d, field, &s->of[lines[i].field]))
      return false;
  }
  return true;
}

bool article_json_fields(const json_t *object, draft *d) {
  slots s;
  find_fields(object, &s);
  bool authors = d->authors.count > 0, decks = d->decks.count > 0,
       keywords = d->keywords.count > 0;
  bool ok = set_lines(d, &s) && set_section(d, s.of[FIELD_SECTION].value) &&
            set_code(d, &s) && set_date(d, &s);
  if (ok && !authors && s.of[FIELD_AUTHOR].value &&
      !is_publisher(object, first_of(s.of[FIELD_AUTHOR].value)))
    ok = set_authors(d, s.of[FIELD_AUTHOR].value);
  if (ok && !decks && s.of[FIELD_DECK].value)
    ok = each(d, s.of[FIELD_DECK].value, add_deck);
  if (ok && !keywords && s.of[FIELD_KEYWORDS].value)
    ok = set_keywords(d, s.of[FIELD_KEYWORDS].value);
  return ok;
}

byline_status article_json_text(const json_t *object, draft *d,
                                byline_error *error) {
  slots s;
  find_fields(object, &s);
  return d->text.length == 0 && s.of[FIELD_TEXT].value
             ? set_text(d, &s.of[FIELD_TEXT], error)
             : BYLINE_OK;
}

byline_status article_json(const json_t *object, draft *d, bool *found,
                           byline_error *error) {
  if (!article_json_fields(object, d))
    return error_no_memory(error);
  byline_status status = article_json_text(object, d, error);
  *found = d->title.length > 0 || d->text.length > 0;
  return status;
}

/* ---- Looking ---- */

bool article_json_has_text(const json_t *object) {
  slots s;
  collect(object, &s);
  return has_text(&s);
}

static bool is_article_type(const json_t *type) {
  static const char *const ends[] = {"Article", "Posting", "Report"};
  const char *name = json_string_value(type);
  size_t length = json_string_length(type);
  for (size_t i = 0; name && i < sizeof ends / sizeof *ends; i++) {
    size_t size = strlen(ends[i]);
    if (length >= size && strcmp(name + length - size, ends[i]) == 0)
      return true;
  }
  return false;
}

bool article_json_is_typed(const json_t *object) {
  const json_t *type = json_object_get(object, "@type");
  if (!json_is_array(type))
    return is_article_type(type);
  for (size_t i = 0; i < json_array_size(type); i++)
    if (is_article_type(json_array_get(type, i)))
      return true;
  return false;
}
