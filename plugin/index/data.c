/* Articles as Omega's "name=value" lines, and back. A value has no escapes, so
 * what can't stand in one is replaced before anything is made of an article. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/graphemes.h"
#include "analyze/language.h"
#include "base/error.h"
#include "base/utf8.h"
#include "index/schema.h"

#define PARAGRAPH "\xE2\x80\xA9" /* U+2029 PARAGRAPH SEPARATOR */

enum { SAMPLE_SIZE = 500 };

/* Characters that break a line for somebody: C0, DEL, C1, U+2028, U+2029. */
static size_t break_at(const char *s, size_t left) {
  unsigned char c = (unsigned char)s[0];
  if (c < 0x20 || c == 0x7F)
    return 1;
  if (c == 0xC2 && left > 1 && (unsigned char)s[1] < 0xA0)
    return 2;
  if (c == 0xE2 && left > 2 && (unsigned char)s[1] == 0x80 &&
      ((unsigned char)s[2] == 0xA8 || (unsigned char)s[2] == 0xA9))
    return 3;
  return 0;
}

/* How much of a text can stay as it is in a line. */
static size_t clean_length(const char *s, size_t length) {
  size_t at = 0;
  while ((at = utf8_printable_end(s, length, at)) < length) {
    size_t next = at;
    if (break_at(s + at, length - at) ||
        utf8_next(s, length, &next) == UTF8_INVALID)
      break;
    at = next;
  }
  return at;
}

static bool is_clean(byline_string text) {
  return clean_length(text.data, text.length) == text.length;
}

/* Whether a text is what clean_text would make of it, as nearly all are. */
static bool is_clean_text(byline_string text) {
  for (size_t from = 0; from < text.length;) {
    const char *paragraph = text.data + from;
    size_t length = clean_length(paragraph, text.length - from);
    if (length == 0 || paragraph[0] == ' ' || paragraph[length - 1] == ' ')
      return false;
    if (from + length == text.length)
      return true;
    if (text.length - from - length < 2 ||
        memcmp(paragraph + length, "\n\n", 2) != 0)
      return false;
    from += length + 2;
  }
  return false;
}

static byline_string trim(byline_string text) {
  while (text.length > 0 && text.data[0] == ' ') {
    text.data++;
    text.length--;
  }
  while (text.length > 0 && text.data[text.length - 1] == ' ')
    text.length--;
  return text;
}

/* One line: every character that would break it becomes a space. */
static bool clean_line(arena *a, byline_string in, byline_string *out) {
  if (is_clean(in)) {
    *out = trim(in);
    return true;
  }
  buf text = BUF_INIT;
  if (!utf8_repair(in.data, in.length, &text, NULL)) {
    buf_free(&text);
    return false;
  }
  size_t to = 0;
  for (size_t i = 0; i < text.length;) {
    size_t skip = break_at(text.data + i, text.length - i);
    text.data[to++] = skip ? ' ' : text.data[i];
    i += skip ? skip : 1;
  }
  text.length = to;
  bool ok = arena_string(a, trim(buf_string(&text)), out);
  buf_free(&text);
  return ok;
}

/* Bytes of a paragraph break ("\n\n", or U+2029) at s, or 0. */
static size_t paragraph_at(const char *s, size_t left) {
  if (left >= 2 && s[0] == '\n' && s[1] == '\n')
    return 2;
  return left >= 3 && memcmp(s, PARAGRAPH, 3) == 0 ? 3 : 0;
}

/* Paragraphs, each clean, joined by "\n\n". */
static bool clean_text(arena *a, byline_string in, byline_string *out) {
  if (is_clean_text(in)) {
    *out = in;
    return true;
  }
  buf text = BUF_INIT;
  bool ok = true;
  size_t from = 0;
  for (size_t i = 0; ok && i <= in.length;) {
    size_t skip = i < in.length ? paragraph_at(in.data + i, in.length - i) : 1;
    if (skip == 0) {
      i++;
      continue;
    }
    byline_string raw = {in.data + from, i - from};
    byline_string paragraph;
    arena scratch = ARENA_INIT;
    ok = raw.length == 0 || clean_line(&scratch, raw, &paragraph);
    if (ok && raw.length > 0 && paragraph.length > 0)
      ok = (text.length == 0 || buf_add(&text, "\n\n", 2)) &&
           buf_add_str(&text, paragraph);
    arena_free(&scratch);
    i += skip;
    from = i;
  }
  ok = ok && arena_string(a, buf_string(&text), out);
  buf_free(&text);
  return ok;
}

static bool clean_list(arena *a, const byline_string *in, size_t count,
                       const byline_string **out, size_t *kept) {
  byline_string *list = arena_array(a, count, sizeof *list);
  if (!list)
    return false;
  *kept = 0;
  for (size_t i = 0; i < count; i++) {
    if (!clean_line(a, in[i], &list[*kept]))
      return false;
    if (list[*kept].length > 0)
      ++*kept;
  }
  *out = list;
  return true;
}

/* The code of a language, or nothing where it names none. */
static bool clean_language(arena *a, byline_string in, byline_string *out) {
  char name[64], code[LANGUAGE_CODE_SIZE];
  *out = (byline_string){NULL, 0};
  if (in.length == 0 || in.length >= sizeof name)
    return true;
  memcpy(name, in.data, in.length);
  name[in.length] = '\0';
  language_code(name, code);
  return arena_string(a, (byline_string){code, strlen(code)}, out);
}

byline_status schema_clean(arena *a, const byline_article *article,
                           byline_article *clean, byline_error *error) {
  *clean = *article;
  clean->size = sizeof *clean;
  bool ok = clean_line(a, article->id, &clean->id) &&
            clean_line(a, article->title, &clean->title) &&
            clean_line(a, article->affiliation, &clean->affiliation) &&
            clean_line(a, article->date, &clean->date) &&
            clean_language(a, article->language, &clean->language) &&
            clean_line(a, article->source, &clean->source) &&
            clean_line(a, article->section, &clean->section) &&
            clean_line(a, article->url, &clean->url) &&
            clean_line(a, article->type, &clean->type) &&
            clean_list(a, article->decks, article->deck_count, &clean->decks,
                       &clean->deck_count) &&
            clean_list(a, article->authors, article->author_count,
                       &clean->authors, &clean->author_count) &&
            clean_list(a, article->keywords, article->keyword_count,
                       &clean->keywords, &clean->keyword_count) &&
            clean_text(a, article->text, &clean->text);
  return ok ? BYLINE_OK : error_no_memory(error);
}

/* ---- Writing ----------------------------------------------------------- */

static bool add_line(buf *out, const char *name, byline_string value) {
  return value.length == 0 ||
         (buf_add_string(out, name) && buf_add_char(out, '=') &&
          buf_add_str(out, value) && buf_add_char(out, '\n'));
}

static bool add_lines(buf *out, const char *name, const byline_string *values,
                      size_t count) {
  for (size_t i = 0; i < count; i++)
    if (!add_line(out, name, values[i]))
      return false;
  return true;
}

static bool add_text(buf *out, const char *name, byline_string text) {
  if (text.length == 0)
    return true;
  if (!buf_add_string(out, name) || !buf_add_char(out, '='))
    return false;
  const char *from = text.data, *end = text.data + text.length, *line = from;
  while ((line = memchr(line, '\n', (size_t)(end - line)))) {
    if (end - line < 2 || line[1] != '\n') {
      line++;
      continue;
    }
    if (!buf_add(out, from, (size_t)(line - from)) ||
        !buf_add_string(out, PARAGRAPH))
      return false;
    from = line += 2;
  }
  return buf_add(out, from, (size_t)(end - from)) && buf_add_char(out, '\n');
}

/* Where a sentence, or else a word, ends before limit. */
static size_t sample_end(byline_string text, size_t limit) {
  size_t sentence = 0, word = 0;
  for (size_t i = 1; i < limit; i++) {
    if (text.data[i] != ' ' && text.data[i] != '\n')
      continue;
    word = i;
    char before = text.data[i - 1];
    if (before == '.' || before == '!' || before == '?' || text.data[i] == '\n')
      sentence = i;
  }
  if (sentence >= limit / 3)
    return sentence;
  if (word > 0)
    return word;
  graphemes g = GRAPHEMES_INIT;
  size_t end = graphemes_before(&g, text, limit);
  graphemes_close(&g);
  return end;
}

static bool add_sample(buf *out, byline_string text) {
  if (text.length > SAMPLE_SIZE)
    text.length = sample_end(text, SAMPLE_SIZE);
  size_t start = out->length;
  if (!add_line(out, "sample", text))
    return false;
  if (text.length == 0)
    return true;
  size_t to = start;
  for (size_t i = start; i + 1 < out->length; i++)
    if (out->data[i] != '\n')
      out->data[to++] = out->data[i];
    else if (out->data[to - 1] != ' ')
      out->data[to++] = ' ';
  out->data[to++] = '\n';
  out->data[to] = '\0';
  out->length = to;
  return true;
}

static bool add_number(buf *out, const char *name, long long number) {
  return buf_printf(out, "%s=%lld\n", name, number);
}

bool schema_names_file(const schema_file *file) {
  return is_clean(file->absolute);
}

bool schema_write_data(const byline_article *article, const schema_file *file,
                       buf *out) {
  return add_line(out, "url", article->url) &&
         add_line(out, "caption", article->title) &&
         add_lines(out, "deck", article->decks, article->deck_count) &&
         add_lines(out, "author", article->authors, article->author_count) &&
         add_line(out, "affiliation", article->affiliation) &&
         add_line(out, "date", article->date) &&
         add_line(out, "language", article->language) &&
         add_line(out, "section", article->section) &&
         add_lines(out, "keywords", article->keywords,
                   article->keyword_count) &&
         add_line(out, "id", article->id) &&
         add_line(out, "source", article->source) &&
         (article->line == 0 ||
          add_number(out, "line", (long long)article->line)) &&
         (!schema_names_file(file) || add_line(out, "file", file->absolute)) &&
         add_line(out, "type", article->type) &&
         (file->modified < 0 || add_number(out, "modtime", file->modified)) &&
         add_number(out, "size", (long long)article->text.length) &&
         add_sample(out, article->text) && add_text(out, "text", article->text);
}

/* ---- Reading ----------------------------------------------------------- */

typedef struct field {
  byline_string name, value;
} field;

static bool next_field(byline_string *rest, field *f) {
  while (rest->length > 0) {
    const char *end = memchr(rest->data, '\n', rest->length);
    size_t length = end ? (size_t)(end - rest->data) : rest->length;
    byline_string line = {rest->data, length};
    rest->data += end ? length + 1 : length;
    rest->length -= end ? length + 1 : length;
    const char *equals = memchr(line.data, '=', line.length);
    if (!equals)
      continue;
    f->name.data = line.data;
    f->name.length = (size_t)(equals - line.data);
    f->value.data = equals + 1;
    f->value.length = line.length - f->name.length - 1;
    return true;
  }
  return false;
}

static bool named(const field *f, const char *name) {
  return f->name.length == strlen(name) &&
         memcmp(f->name.data, name, f->name.length) == 0;
}

/* Fields that may have several lines. */
typedef struct field_list {
  const char *name;
  const byline_string **values; /* of the article */
  size_t *count;
  byline_string *room;
} field_list;

enum { FIELD_LISTS = 3 };

static field_list *find_list(field_list lists[FIELD_LISTS], const field *f) {
  for (size_t i = 0; i < FIELD_LISTS; i++)
    if (named(f, lists[i].name))
      return &lists[i];
  return NULL;
}

/* Makes room for each value, to be filled in. */
static bool make_lists(arena *a, byline_string data,
                       field_list lists[FIELD_LISTS]) {
  field f;
  while (next_field(&data, &f)) {
    field_list *list = find_list(lists, &f);
    if (list)
      ++*list->count;
  }
  for (size_t i = 0; i < FIELD_LISTS; i++) {
    lists[i].room = arena_array(a, *lists[i].count, sizeof(byline_string));
    if (!lists[i].room)
      return false;
    *lists[i].values = lists[i].room;
    *lists[i].count = 0;
  }
  return true;
}

static const char *find_mark(const char *text, size_t length) {
  const char *end = text + length;
  while ((text = memchr(text, PARAGRAPH[0], (size_t)(end - text)))) {
    if (end - text >= 3 && memcmp(text, PARAGRAPH, 3) == 0)
      return text;
    text++;
  }
  return NULL;
}

/* U+2029 back to "\n\n", in place of three bytes two. */
static bool read_text(arena *a, byline_string value, byline_string *text) {
  char *out = arena_alloc(a, value.length + 1);
  if (!out)
    return false;
  size_t n = 0;
  for (size_t at = 0; at < value.length;) {
    const char *from = value.data + at;
    const char *mark = find_mark(from, value.length - at);
    size_t length = mark ? (size_t)(mark - from) : value.length - at;
    memcpy(out + n, from, length);
    n += length;
    at += length;
    if (mark) {
      out[n++] = '\n';
      out[n++] = '\n';
      at += 3;
    }
  }
  out[n] = '\0';
  text->data = out;
  text->length = n;
  return true;
}

static size_t read_number(byline_string value) {
  size_t number = 0;
  for (size_t i = 0; i < value.length && number < SIZE_MAX / 16; i++) {
    if (value.data[i] < '0' || value.data[i] > '9')
      return 0;
    number = number * 10 + (size_t)(value.data[i] - '0');
  }
  return number;
}

static bool read_field(arena *a, const field *f, byline_article *article,
                       byline_string *absolute) {
  const struct {
    const char *name;
    byline_string *to;
  } strings[] = {
      {"caption", &article->title},   {"affiliation", &article->affiliation},
      {"date", &article->date},       {"language", &article->language},
      {"section", &article->section}, {"url", &article->url},
      {"id", &article->id},           {"source", &article->source},
      {"type", &article->type},       {"file", absolute}};
  for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
    if (strings[i].to && named(f, strings[i].name))
      return arena_string(a, f->value, strings[i].to);
  if (named(f, "line"))
    article->line = read_number(f->value);
  if (named(f, "text"))
    return read_text(a, f->value, &article->text);
  return true;
}

byline_status schema_read_data(arena *a, byline_string data,
                               byline_article *article, byline_string *absolute,
                               byline_error *error) {
  memset(article, 0, sizeof *article);
  article->size = sizeof *article;
  if (absolute)
    *absolute = (byline_string){NULL, 0};
  field_list lists[FIELD_LISTS] = {
      {"author", &article->authors, &article->author_count, NULL},
      {"deck", &article->decks, &article->deck_count, NULL},
      {"keywords", &article->keywords, &article->keyword_count, NULL}};
  bool ok = make_lists(a, data, lists);
  byline_string rest = data;
  field f;
  while (ok && next_field(&rest, &f)) {
    field_list *list = find_list(lists, &f);
    ok = list ? arena_string(a, f.value, &list->room[(*list->count)++])
              : read_field(a, &f, article, absolute);
  }
  return ok ? BYLINE_OK : error_no_memory(error);
}

void schema_read_origin(byline_string data, byline_string *source,
                        byline_string *absolute, size_t *line) {
  *source = *absolute = (byline_string){NULL, 0};
  *line = 0;
  field f;
  while (next_field(&data, &f) && !named(&f, "text")) {
    if (named(&f, "source"))
      *source = f.value;
    else if (named(&f, "file"))
      *absolute = f.value;
    else if (named(&f, "line"))
      *line = read_number(f.value);
  }
}
