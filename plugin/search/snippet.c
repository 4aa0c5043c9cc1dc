#include "search/snippet.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/utf8.h"
#include "search/passages.h"
#include "search/regions.h"

enum {
  TITLE_MAX = 64 << 10, /* bytes of a title that words are looked for in */
  TEXT_MAX = 256 << 10, /* and of a text, where not only the best places are */
  MARGIN_MAX = 4 << 10  /* bytes around these, for what else is shown */
};

static const char ellipsis[] = "\xE2\x80\xA6";

void snippet_maker_free(snippet_maker *maker) {
  if (!maker)
    return;
  matches_free(&maker->matches);
  sentences_close(&maker->sentences);
  free(maker);
}

/* ---- Writing ----------------------------------------------------------- */

/* A passage becomes one line: what is between paragraphs is one space. */
typedef struct line {
  char *text;
  size_t length;
} line;

static void put(line *l, byline_string text, size_t from, size_t to) {
  for (size_t i = from; i < to; i++)
    if (text.data[i] != '\n')
      l->text[l->length++] = text.data[i];
    else if (l->length > 0 && l->text[l->length - 1] != ' ')
      l->text[l->length++] = ' ';
}

static void put_ellipsis(line *l) {
  memcpy(l->text + l->length, ellipsis, sizeof ellipsis - 1);
  l->length += sizeof ellipsis - 1;
}

static bool write_passage(const matches *m, byline_string text, stretch r,
                          arena *memory, byline_snippet *snippet) {
  size_t first = matches_behind(m, r.start), behind = first, at = r.start;
  while (behind < m->count && m->list[behind].start < r.end)
    behind++;
  size_t count = behind - first;
  byline_highlight *marked = arena_array(memory, count, sizeof *marked);
  line l = {arena_alloc(memory, r.end - r.start + 2 * sizeof ellipsis), 0};
  if (!marked || !l.text)
    return false;
  if (r.start > 0 && text.data[r.start - 1] != '\n')
    put_ellipsis(&l);
  for (size_t i = 0; i < count; i++) {
    const match *found = &m->list[first + i];
    size_t start = found->start > r.start ? found->start : r.start;
    size_t end = found->end < r.end ? found->end : r.end;
    put(&l, text, at, start);
    marked[i].start = l.length;
    put(&l, text, start, end);
    marked[i].end = l.length;
    at = end;
  }
  put(&l, text, at, r.end);
  if (r.end < text.length && text.data[r.end] != '\n')
    put_ellipsis(&l);
  *snippet = (byline_snippet){{l.text, l.length}, marked, count};
  return true;
}

/* ---- Making ------------------------------------------------------------ */

/* Of a long text only the beginning is read, and what looks like the best of
 * the rest. */
static byline_status find_words(matches *m, byline_string text, size_t size,
                                byline_error *error) {
  stretch regions[REGIONS_MAX];
  size_t count = 0, margin = size < MARGIN_MAX ? size : MARGIN_MAX;
  size_t first = utf8_cut(text.data, text.length, TEXT_MAX);
  byline_status status = matches_find(m, text, 0, first, error);
  if (status == BYLINE_OK && first < text.length)
    regions_find(m, text, first, margin, regions, &count);
  for (size_t i = 0; status == BYLINE_OK && i < count; i++)
    status = matches_find(m, text, regions[i].start, regions[i].end, error);
  matches_end(m);
  return status;
}

byline_status snippet_make(snippet_maker *maker, const snippet_query *query,
                           byline_string text, size_t count, size_t size,
                           arena *memory, const byline_snippet **snippets,
                           size_t *snippet_count, byline_error *error) {
  matches *m = &maker->matches;
  /* No text has more passages than bytes, nor longer ones. */
  if (count > text.length)
    count = text.length;
  if (size > text.length)
    size = text.length;
  byline_snippet *list = arena_array(memory, count, sizeof *list);
  stretch *passages = arena_array(memory, count, sizeof *passages);
  size_t made = 0;
  if (!list || !passages)
    return error_no_memory(error);
  byline_status status =
      matches_begin(m, query->analyzer, query->terms, query->term_count, false,
                    query->phrases, query->code, error);
  if (status == BYLINE_OK)
    status = find_words(m, text, size, error);
  if (status == BYLINE_OK)
    status = sentences_begin(&maker->sentences, text, query->code, error);
  if (status == BYLINE_OK)
    status = passages_choose(m, &maker->sentences, size, count, passages, &made,
                             error);
  for (size_t i = 0; status == BYLINE_OK && i < made; i++)
    if (!write_passage(m, text, passages[i], memory, &list[i]))
      status = error_no_memory(error);
  if (status == BYLINE_OK) {
    *snippets = list;
    *snippet_count = made;
  }
  return status;
}

byline_status snippet_title(snippet_maker *maker, const snippet_query *query,
                            byline_string title, arena *memory,
                            const byline_highlight **highlights, size_t *count,
                            byline_error *error) {
  matches *m = &maker->matches;
  byline_status status =
      matches_begin(m, query->analyzer, query->terms, query->term_count, true,
                    query->phrases, query->code, error);
  if (status == BYLINE_OK)
    status = matches_find(m, title, 0,
                          utf8_cut(title.data, title.length, TITLE_MAX), error);
  if (status != BYLINE_OK)
    return status;
  matches_end(m);
  byline_highlight *marked = arena_array(memory, m->count, sizeof *marked);
  if (!marked)
    return error_no_memory(error);
  for (size_t i = 0; i < m->count; i++)
    marked[i] = (byline_highlight){m->list[i].start, m->list[i].end};
  *highlights = marked;
  *count = m->count;
  return BYLINE_OK;
}
