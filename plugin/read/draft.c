#include "read/draft.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/utf8.h"
#include "read/date_time.h"
#include "read/html_text.h"
#include "read/input.h"
#include "read/markup.h"
#include "read/name_case.h"
#include "read/names.h"
#include "read/prose.h"
#include "read/words.h"

enum {
  LONGEST_AUTHOR = 300,    /* longer ones are no names */
  KEPT_CAPACITY = 8 << 20, /* of buffers, from article to article */
  LONGEST_SHOWN = 60       /* of a date in a notice */
};

static void forget(buf *b) {
  if (b->capacity > KEPT_CAPACITY)
    buf_free(b);
  buf_clear(b);
}

void draft_reset(draft *d) {
  arena_reset(&d->memory);
  forget(&d->text);
  forget(&d->scratch[0]);
  forget(&d->scratch[1]);
  *d = (draft){.memory = d->memory,
               .text = d->text,
               .scratch = {d->scratch[0], d->scratch[1]}};
}

void draft_free(draft *d) {
  arena_free(&d->memory);
  buf_free(&d->text);
  buf_free(&d->scratch[0]);
  buf_free(&d->scratch[1]);
}

/* ---- Strings ---- */

/* Plain text as one clean line, in scratch[1]. */
static bool clean_plain(draft *d, const char *text, size_t length,
                        byline_string *out) {
  buf *line = &d->scratch[1];
  buf_clear(line);
  *out = (byline_string){"", 0};
  if (!prose_line(line, text, length, &d->replaced))
    return false;
  if (line->length > 0)
    *out = buf_string(line);
  return true;
}

/* One clean line, in scratch[1]; HTML that can't be read counts as empty. */
static bool clean_line(draft *d, const char *text, size_t length,
                       byline_string *out) {
  buf *plain = &d->scratch[0];
  markup m = markup_look(text, length);
  buf_clear(plain);
  *out = (byline_string){"", 0};
  if (m.tags) {
    byline_status status = html_text(text, length, plain, NULL);
    if (status != BYLINE_OK)
      return status != BYLINE_NO_MEMORY;
  } else if (m.entities && !markup_decode(text, length, plain)) {
    return false;
  }
  if (m.tags || m.entities) {
    text = plain->data;
    length = plain->length;
  }
  return clean_plain(d, text, length, out);
}

bool draft_set_plain(draft *d, byline_string *field, const char *text,
                     size_t length) {
  byline_string line;
  if (field->length > 0)
    return true;
  return clean_plain(d, text, length, &line) &&
         (line.length == 0 || arena_string(&d->memory, line, field));
}

bool draft_set(draft *d, byline_string *field, const char *text,
               size_t length) {
  byline_string line;
  if (field->length > 0)
    return true;
  return clean_line(d, text, length, &line) &&
         (line.length == 0 || arena_string(&d->memory, line, field));
}

static bool is_in(const draft_list *list, byline_string s) {
  for (size_t i = 0; i < list->count; i++)
    if (list->items[i].length == s.length &&
        memcmp(list->items[i].data, s.data, s.length) == 0)
      return true;
  return false;
}

static int compare(const void *a, const void *b) {
  const byline_string *x = a, *y = b;
  if (x->length != y->length)
    return x->length < y->length ? -1 : 1;
  return memcmp(x->data, y->data, x->length);
}

/* Counts a line that a full list has no room for, unless it is in it. There
 * may be a million of them. */
static bool leave_out(draft *d, draft_list *list, byline_string line) {
  size_t size = sizeof line;
  if (!list->sorted) {
    list->sorted = arena_array(&d->memory, list->count, size);
    if (!list->sorted)
      return false;
    memcpy(list->sorted, list->items, list->count * size);
    qsort(list->sorted, list->count, size, compare);
  }
  if (!bsearch(&line, list->sorted, list->count, size, compare))
    d->left_out++;
  return true;
}

/* Adds a clean line. */
static bool append(draft *d, draft_list *list, byline_string line) {
  if (line.length == 0)
    return true;
  if (list->count == DRAFT_ITEMS)
    return leave_out(d, list, line);
  if (is_in(list, line))
    return true;
  if (list->count == list->capacity) {
    size_t capacity = list->capacity ? list->capacity * 2 : 4;
    byline_string *items = arena_array(&d->memory, capacity, sizeof *items);
    if (!items)
      return false;
    if (list->count > 0)
      memcpy(items, list->items, list->count * sizeof *items);
    list->items = items;
    list->capacity = capacity;
  }
  if (!arena_string(&d->memory, line, &list->items[list->count]))
    return false;
  list->count++;
  return true;
}

bool draft_add(draft *d, draft_list *list, const char *text, size_t length) {
  byline_string line;
  return clean_line(d, text, length, &line) && append(d, list, line);
}

bool draft_add_plain(draft *d, draft_list *list, const char *text,
                     size_t length) {
  byline_string line;
  return clean_plain(d, text, length, &line) && append(d, list, line);
}

bool draft_add_parts(draft *d, draft_list *list, const char *text,
                     size_t length) {
  byline_string line;
  if (!clean_line(d, text, length, &line))
    return false;
  char separator = memchr(line.data, ';', line.length) ? ';' : ',';
  for (size_t at = 0; at < line.length;) {
    const char *part = line.data + at;
    const char *end = memchr(part, separator, line.length - at);
    size_t size = end ? (size_t)(end - part) : line.length - at;
    at += size + 1;
    if (!append(d, list, words_trim((byline_string){part, size})))
      return false;
  }
  return true;
}

/* ---- Authors ---- */

/* What programs write where there is no author; addresses are none either. */
static bool is_nobody(byline_string s) {
  static const char *const words[] = {
      "null", "none", "nil", "n/a", "nan", "na", "-", "undefined", "unknown"};
  if (s.length == 0 || s.length > LONGEST_AUTHOR ||
      words_contain(words, sizeof words / sizeof *words, s.data, s.length))
    return true;
  for (size_t i = 0; i + 2 < s.length; i++)
    if (memcmp(s.data + i, "://", 3) == 0)
      return true;
  return memchr(s.data, '@', s.length) && !memchr(s.data, ' ', s.length);
}

/* "jane@example.org (Jane Doe)", as feeds write it, and "Jane Doe
 * <jane@example.org>". */
static byline_string without_address(byline_string s) {
  if (s.length == 0)
    return s;
  const char *space = memchr(s.data, ' ', s.length);
  const char *open = memchr(s.data, '<', s.length);
  if (open && s.data[s.length - 1] == '>' && open > s.data && open[-1] == ' ' &&
      memchr(open, '@', s.length - (size_t)(open - s.data)))
    return (byline_string){s.data, (size_t)(open - s.data) - 1};
  if (!space || !memchr(s.data, '@', (size_t)(space - s.data)))
    return s;
  size_t from = (size_t)(space - s.data) + 1;
  if (s.length - from > 2 && s.data[from] == '(' && s.data[s.length - 1] == ')')
    return (byline_string){s.data + from + 1, s.length - from - 2};
  return s;
}

/* Adds a name, which is no part of scratch[0]. */
static bool add_name(draft *d, byline_string name) {
  buf *shown = &d->scratch[0];
  buf_clear(shown);
  return name_case(name, d->language, shown) &&
         append(d, &d->authors, shown->length > 0 ? buf_string(shown) : name);
}

bool draft_add_author_plain(draft *d, const char *text, size_t length) {
  byline_string line;
  return clean_plain(d, text, length, &line) && add_name(d, line);
}

bool draft_add_author(draft *d, const char *text, size_t length) {
  byline_string line;
  if (!clean_line(d, text, length, &line))
    return false;
  line = without_address(line);
  return is_nobody(line) || add_name(d, names_without_lead(line));
}

bool draft_add_byline(draft *d, const char *text, size_t length) {
  byline_string line;
  names n;
  if (!clean_line(d, text, length, &line))
    return false;
  line = without_address(line);
  if (is_nobody(line))
    return true;
  names_parse_field(line.data, line.length, &n);
  if (n.shape == NAMES_NO)
    return add_name(d, names_without_lead(line));
  for (size_t i = 0; i < n.count; i++)
    if (!add_name(d, words_trim(n.authors[i])))
      return false;
  while (n.affiliation.length > 0 &&
         n.affiliation.data[n.affiliation.length - 1] == ' ')
    n.affiliation.length--; /* a bracket stood behind it */
  return d->affiliation.length > 0 || n.affiliation.length == 0 ||
         arena_string(&d->memory, words_trim(n.affiliation), &d->affiliation);
}

/* ---- The others ---- */

bool draft_set_language(draft *d, const char *text, size_t length) {
  char code[3];
  size_t size = 0;
  while (size < length && text[size] != '-' && text[size] != '_') {
    char c = (char)(text[size] | 0x20);
    if (size == sizeof code || c < 'a' || c > 'z')
      return true;
    code[size++] = c;
  }
  /* "und", "mul" and "zxx" say that it is none, or several. */
  static const char *const others[] = {"und", "mul", "zxx"};
  return size < 2 ||
         words_contain(others, sizeof others / sizeof *others, code, size) ||
         draft_set(d, &d->language, code, size);
}

bool draft_is_url(byline_string text) {
  static const char *const schemes[] = {"http://", "https://"};
  for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
    if (text.length > strlen(schemes[i]) &&
        words_begin(text.data, text.length, schemes[i]))
      return true;
  return false;
}

bool draft_set_url(draft *d, const char *text, size_t length) {
  byline_string line = {text, length};
  if (d->url.length > 0 || length == 0)
    return true;
  for (size_t i = 0; i < length; i++)
    if ((unsigned char)text[i] <= ' ' || text[i] == 0x7F)
      return true;
  return memchr(text, '/', length) == NULL ||
         arena_string(&d->memory, line, &d->url);
}

bool draft_set_date(draft *d, date_result result, const char *iso,
                    const char *text, size_t length) {
  if (d->date[0])
    return true;
  if (result == DATE_FOUND) {
    snprintf(d->date, sizeof d->date, "%s", iso);
    return true;
  }
  return draft_set(d, &d->unclear, text, length);
}

bool draft_parse_date(draft *d, const byline_input *input, const char *text,
                      size_t length) {
  char iso[DATE_ISO_SIZE];
  date_hints hints = DATE_HINTS_NONE;
  hints.stated = input_date_order(input);
  date_result result = date_time_parse_hinted(text, length, &hints, iso);
  return draft_set_date(d, result, iso, text, length);
}

/* ---- Text ---- */

static void cut(buf *b, size_t length) {
  b->length = length;
  if (b->data)
    b->data[length] = '\0';
}

bool draft_add_paragraph(draft *d, const char *text, size_t length) {
  size_t before = d->text.length;
  if (before > 0 && !buf_add(&d->text, "\n\n", 2))
    return false;
  size_t start = d->text.length;
  if (!prose_line(&d->text, text, length, &d->replaced))
    return false;
  if (d->text.length == start)
    cut(&d->text, before);
  return true;
}

/* Blank lines part paragraphs in HTML that has no other sign of them, as blogs
 * keep it. */
static byline_status add_pieces(draft *d, const char *text, size_t length,
                                byline_error *error) {
  size_t start = d->text.length, from = 0;
  for (size_t at = 0; at <= length; at++) {
    bool blank = at + 1 < length && text[at] == '\n' &&
                 (text[at + 1] == '\n' || text[at + 1] == '\r');
    if (!blank && at < length)
      continue;
    size_t before = d->text.length;
    if (before > start && !buf_add(&d->text, "\n\n", 2))
      return error_no_memory(error);
    size_t joined = d->text.length;
    byline_status status = html_text(text + from, at - from, &d->text, error);
    if (status != BYLINE_OK)
      return status;
    if (d->text.length == joined)
      cut(&d->text, before);
    from = at;
  }
  return BYLINE_OK;
}

static byline_status add_plain(draft *d, const char *text, size_t length,
                               bool entities, byline_error *error) {
  if (entities) {
    buf_clear(&d->scratch[0]);
    if (!markup_decode(text, length, &d->scratch[0]))
      return error_no_memory(error);
    text = d->scratch[0].data;
    length = d->scratch[0].length;
  }
  return prose_paragraphs(&d->text, text, length, &d->replaced)
             ? BYLINE_OK
             : error_no_memory(error);
}

byline_status draft_add_text(draft *d, const char *text, size_t length,
                             bool html, byline_error *error) {
  size_t before = d->text.length;
  markup m = markup_look(text, length);
  if (before > 0 && !buf_add(&d->text, "\n\n", 2))
    return error_no_memory(error);
  size_t start = d->text.length;
  byline_status status;
  if (m.blocks)
    status = html_text(text, length, &d->text, error);
  else if (m.tags || html)
    status = add_pieces(d, text, length, error);
  else
    status = add_plain(d, text, length, m.entities, error);
  if (status == BYLINE_OK && d->text.length == start)
    cut(&d->text, before);
  return status;
}

/* ---- */

bool draft_is_empty(const draft *d) {
  return d->title.length == 0 && d->text.length == 0;
}

static void set_list(const draft_list *list, const byline_string **items,
                     size_t *count) {
  *items = list->items;
  *count = list->count;
}

const byline_article *draft_finish(draft *d, size_t line, const char *type) {
  byline_article *a = &d->article;
  *a = (byline_article){.size = sizeof *a,
                        .id = d->id,
                        .title = d->title,
                        .affiliation = d->affiliation,
                        .date = {d->date, strlen(d->date)},
                        .language = d->language,
                        .line = line,
                        .section = d->section,
                        .url = d->url,
                        .text = buf_string(&d->text),
                        .type = {type, strlen(type)}};
  set_list(&d->decks, &a->decks, &a->deck_count);
  set_list(&d->authors, &a->authors, &a->author_count);
  set_list(&d->keywords, &a->keywords, &a->keyword_count);
  return a;
}

static void tell(const draft *d, byline_input *input, const char *message) {
  byline_input_notice(input, BYLINE_NOTICE_REPAIRED, d->article.line, message);
}

static void tell_unclear_date(const draft *d, byline_input *input) {
  char message[256];
  size_t shown = utf8_cut(d->unclear.data, d->unclear.length, LONGEST_SHOWN);
  snprintf(message, sizeof message,
           "\"%.*s\" names no day for certain: the article has no date "
           "(write it as YYYY-MM-DD)",
           (int)shown, d->unclear.data);
  byline_input_count_unclear_date(input);
  tell(d, input, message);
}

static void tell_left_out(const draft *d, byline_input *input) {
  char message[128];
  snprintf(message, sizeof message,
           "%zu author%s, deck%s or keyword%s beyond %d left out", d->left_out,
           d->left_out == 1 ? "" : "s", d->left_out == 1 ? "" : "s",
           d->left_out == 1 ? "" : "s", DRAFT_ITEMS);
  tell(d, input, message);
}

static void tell_too_deep(const draft *d, byline_input *input) {
  char message[128];
  snprintf(message, sizeof message,
           "what is nested more than %" PRIu64 " levels deep is left out: the "
           "limit \"nesting\"",
           input_limits(input)->nesting);
  tell(d, input, message);
}

void draft_report(const draft *d, byline_input *input) {
  if (!d->date[0] && d->unclear.length > 0)
    tell_unclear_date(d, input);
  if (d->left_out > 0)
    tell_left_out(d, input);
  if (d->too_deep)
    tell_too_deep(d, input);
  if (d->replaced > 0)
    byline_input_count_invalid(input, d->replaced);
}
