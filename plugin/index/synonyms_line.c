/* One line of synonyms. */
#include <string.h>

#include "analyze/words.h"
#include "base/error.h"
#include "base/utf8.h"
#include "index/schema.h"
#include "index/synonyms.h"

enum { FORMS_MAX = 12, SHOWN = 40 };

/* ---- Reading ----------------------------------------------------------- */

static byline_string trim(byline_string text) {
  while (text.length > 0 && strchr(" \t\r", text.data[0]))
    text = (byline_string){text.data + 1, text.length - 1};
  while (text.length > 0 && strchr(" \t\r", text.data[text.length - 1]))
    text.length--;
  return text;
}

static byline_status read_members(byline_string text,
                                  byline_string members[SYNONYM_MEMBERS_MAX],
                                  size_t *count, byline_error *error) {
  *count = 0;
  for (size_t at = 0, end; at <= text.length; at = end + 1) {
    const char *comma =
        text.length > at ? memchr(text.data + at, ',', text.length - at) : NULL;
    end = comma ? (size_t)(comma - text.data) : text.length;
    byline_string member = trim((byline_string){text.data + at, end - at});
    if (member.length == 0)
      return error_set(error, BYLINE_INVALID,
                       "a word is missing; write 'car, automobile' or "
                       "'tv => television'");
    if (*count == SYNONYM_MEMBERS_MAX)
      return error_set(error, BYLINE_INVALID, "more than %d words in a line",
                       SYNONYM_MEMBERS_MAX);
    members[(*count)++] = member;
  }
  return BYLINE_OK;
}

static size_t find_arrow(byline_string text, size_t from) {
  for (size_t i = from; i + 1 < text.length; i++)
    if (text.data[i] == '=' && text.data[i + 1] == '>')
      return i;
  return text.length;
}

byline_status synonyms_read_line(byline_string text, synonym_line *line,
                                 byline_error *error) {
  line->from_count = line->to_count = 0;
  if (!utf8_valid(text.data, text.length))
    return error_set(error, BYLINE_INVALID, "not UTF-8");
  text = trim(text);
  if (text.length == 0 || text.data[0] == '#')
    return BYLINE_OK;
  size_t arrow = find_arrow(text, 0);
  if (arrow < text.length && find_arrow(text, arrow + 2) < text.length)
    return error_set(error, BYLINE_INVALID, "two => in a line");
  byline_status status = read_members((byline_string){text.data, arrow},
                                      line->from, &line->from_count, error);
  if (status != BYLINE_OK)
    return status;
  if (arrow < text.length)
    return read_members(
        (byline_string){text.data + arrow + 2, text.length - arrow - 2},
        line->to, &line->to_count, error);
  if (line->from_count < 2)
    return error_set(error, BYLINE_INVALID,
                     "'%.*s' alone stands for nothing else; write 'car, "
                     "automobile' or 'tv => television'",
                     (int)utf8_cut(text.data, text.length, SHOWN), text.data);
  memcpy(line->to, line->from, sizeof line->to);
  line->to_count = line->from_count;
  return BYLINE_OK;
}

/* ---- Terms ------------------------------------------------------------- */

/* A member as documents have it. */
typedef struct member {
  arena *memory;
  byline_string folded[SYNONYM_WORDS_MAX], composed[SYNONYM_WORDS_MAX];
  byline_string stems[FORMS_MAX]; /* with "Z"; of the last word */
  size_t count;                   /* of words; beyond the most: too many */
  size_t stem_count;
  bool solid; /* a script without spaces */
} member;

static bool keep(member *m, const char *prefix, byline_string from,
                 byline_string *to) {
  size_t length = strlen(prefix);
  char *bytes = arena_alloc(m->memory, length + from.length);
  if (!bytes)
    return false;
  memcpy(bytes, prefix, length);
  memcpy(bytes + length, from.data, from.length);
  *to = (byline_string){bytes, length + from.length};
  return true;
}

static int take_token(void *user, const byline_token *token) {
  member *m = user;
  bool ok = true;
  if (token->kind == BYLINE_TOKEN_BASE) {
    m->count++;
    m->stem_count = 0;
    m->solid = m->solid || words_are_in(token->term.data, token->term.length);
  }
  if (m->count == 0 || m->count > SYNONYM_WORDS_MAX)
    return BYLINE_OK;
  size_t i = m->count - 1;
  switch (token->kind) {
  case BYLINE_TOKEN_BASE:
    ok = keep(m, "", token->term, &m->folded[i]);
    m->composed[i] = m->folded[i];
    break;
  case BYLINE_TOKEN_NFC:
    ok = keep(m, "", token->term, &m->composed[i]);
    break;
  case BYLINE_TOKEN_FOLDED:
    ok = keep(m, "", token->term, &m->folded[i]);
    break;
  case BYLINE_TOKEN_STEM:
    if (m->stem_count < FORMS_MAX)
      ok = keep(m, PREFIX_STEM, token->term, &m->stems[m->stem_count++]);
    break;
  default:
    break;
  }
  return ok ? BYLINE_OK : BYLINE_NO_MEMORY;
}

/* Words in a row are one term to Xapian's synonyms, with spaces between. */
static bool join(member *m, const byline_string *forms, byline_string *joined) {
  size_t length = 0, at = 0;
  for (size_t i = 0; i < m->count; i++)
    length += forms[i].length + 1;
  char *bytes = arena_alloc(m->memory, length);
  if (!bytes)
    return false;
  for (size_t i = 0; i < m->count; i++) {
    memcpy(bytes + at, forms[i].data, forms[i].length);
    at += forms[i].length;
    bytes[at++] = ' ';
  }
  *joined = (byline_string){bytes, length - 1};
  return true;
}

static byline_status make_member(analyzer *a, arena *memory, byline_string text,
                                 member *m, byline_error *error) {
  int shown = (int)utf8_cut(text.data, text.length, SHOWN);
  memset(m, 0, sizeof *m);
  m->memory = memory;
  byline_status status =
      analyzer_run(a, text.data, text.length, take_token, m, error);
  if (status != BYLINE_OK)
    return status;
  if (m->count == 0)
    return error_set(error, BYLINE_INVALID, "there is no word in '%.*s'", shown,
                     text.data);
  if (m->solid)
    return error_set(error, BYLINE_INVALID,
                     "'%.*s' is in a script without spaces between words, "
                     "which has no synonyms",
                     shown, text.data);
  bool ok = m->count <= SYNONYM_WORDS_MAX;
  if (ok && m->count > 1 &&
      (!join(m, m->folded, &m->folded[0]) ||
       !join(m, m->composed, &m->composed[0])))
    return BYLINE_NO_MEMORY;
  if (!ok || m->folded[0].length > SYNONYM_LENGTH_MAX ||
      m->composed[0].length > SYNONYM_LENGTH_MAX)
    return error_set(error, BYLINE_INVALID,
                     "'%.*s...' is longer than %d words or %d bytes", shown,
                     text.data, SYNONYM_WORDS_MAX, SYNONYM_LENGTH_MAX);
  if (m->count > 1)
    m->stem_count = 0;
  return BYLINE_OK;
}

static bool same(byline_string a, byline_string b) {
  return a.length == b.length && memcmp(a.data, b.data, a.length) == 0;
}

/* What stands for it in a query, in all its forms. */
static byline_status add_all(xap_writer *writer, byline_string key,
                             const member *to, byline_error *error) {
  byline_status status = BYLINE_OK;
  if (to->stem_count == 0 && !same(key, to->folded[0]))
    return xap_writer_add_synonym(writer, key, to->folded[0], error);
  for (size_t i = 0; status == BYLINE_OK && i < to->stem_count; i++)
    if (!same(key, to->stems[i]))
      status = xap_writer_add_synonym(writer, key, to->stems[i], error);
  return status;
}

static byline_status add_pair(xap_writer *writer, const member *from,
                              const member *to, byline_error *error) {
  if (same(from->folded[0], to->folded[0]))
    return BYLINE_OK;
  byline_status status = add_all(writer, from->folded[0], to, error);
  if (status == BYLINE_OK && !same(from->composed[0], from->folded[0]))
    status = add_all(writer, from->composed[0], to, error);
  for (size_t i = 0; status == BYLINE_OK && i < from->stem_count; i++)
    if (from->stems[i].length <= SYNONYM_LENGTH_MAX)
      status = add_all(writer, from->stems[i], to, error);
  return status;
}

byline_status synonyms_add_line(xap_writer *writer, analyzer *a, arena *memory,
                                const synonym_line *line, byline_error *error) {
  arena_reset(memory);
  member *to = arena_array(memory, line->to_count, sizeof *to);
  member from;
  byline_status status = to ? BYLINE_OK : BYLINE_NO_MEMORY;
  for (size_t i = 0; status == BYLINE_OK && i < line->to_count; i++)
    status = make_member(a, memory, line->to[i], &to[i], error);
  for (size_t i = 0; status == BYLINE_OK && i < line->from_count; i++) {
    status = make_member(a, memory, line->from[i], &from, error);
    for (size_t k = 0; status == BYLINE_OK && k < line->to_count; k++)
      status = add_pair(writer, &from, &to[k], error);
  }
  return status == BYLINE_NO_MEMORY ? error_no_memory(error) : status;
}
