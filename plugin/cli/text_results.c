/* Articles and results for people. */
#include <string.h>

#include "cli/paragraph.h"
#include "cli/results.h"

enum { INDENT = 4 };

static void add(paragraph *p, byline_string text) {
  paragraph_add_text(p, text, NULL, 0);
}

static void add_list(paragraph *p, const byline_string *list, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (i > 0)
      paragraph_add(p, i + 1 == count ? " and " : ", ");
    add(p, list[i]);
  }
}

/* "Jane Doe and John Roe · 2020-10-20 · archive.txt:12" */
static void add_origin(paragraph *p, const byline_article *a) {
  const char *between = "";
  if (a->author_count > 0) {
    add_list(p, a->authors, a->author_count);
    between = " \xC2\xB7 ";
  }
  if (a->date.length > 0) {
    paragraph_add(p, between);
    add(p, a->date);
    between = " \xC2\xB7 ";
  }
  paragraph_set_style(p, STYLE_FAINT);
  paragraph_add(p, between);
  size_t from = paragraph_length(p);
  add(p, a->source);
  if (a->line > 0) {
    char line[24];
    snprintf(line, sizeof line, ":%zu", a->line);
    paragraph_add(p, line);
  }
  paragraph_keep(p, from);
}

static void add_title(paragraph *p, const byline_article *a,
                      const byline_highlight *matches, size_t count) {
  paragraph_set_style(p, STYLE_TITLE);
  if (a->title.length > 0)
    paragraph_add_text(p, a->title, matches, count);
  else
    paragraph_add(p, "(no title)");
}

static void add_id(paragraph *p, const byline_article *a) {
  paragraph_set_style(p, STYLE_FAINT);
  paragraph_add(p, "id ");
  add(p, a->id);
}

/* ---- Results ----------------------------------------------------------- */

/* "score 5.130: Zferri 3.020, Zstrike 2.110" */
static void add_terms(paragraph *p, const byline_hit *hit) {
  char number[64];
  snprintf(number, sizeof number, "score %.3f: ", hit->score);
  paragraph_add(p, number);
  for (size_t i = 0; i < hit->term_count; i++) {
    paragraph_add(p, i > 0 ? ", " : "");
    add(p, hit->terms[i].term);
    snprintf(number, sizeof number, " %.3f", hit->terms[i].weight);
    paragraph_add(p, number);
  }
}

static bool print_hit(paragraph *p, const byline_hit *hit) {
  static const char indent[] = "    ";
  const byline_article *a = &hit->article;
  char rank[24];
  snprintf(rank, sizeof rank, "%zu. ", hit->rank);
  add_title(p, a, hit->title_highlights, hit->title_highlight_count);
  bool ok = paragraph_print(p, rank, INDENT);
  add_origin(p, a);
  ok = ok && paragraph_print(p, indent, INDENT);
  for (size_t i = 0; ok && i < hit->snippet_count; i++) {
    const byline_snippet *s = &hit->snippets[i];
    paragraph_add_text(p, s->text, s->highlights, s->highlight_count);
    ok = paragraph_print(p, indent, INDENT);
  }
  add_id(p, a);
  ok = ok && paragraph_print(p, indent, INDENT);
  if (!ok || hit->term_count == 0)
    return ok;
  add_terms(p, hit);
  return paragraph_print(p, indent, INDENT);
}

bool text_print_parsed(const cli_screen *screen, const byline_results *r) {
  paragraph *p = paragraph_new(screen);
  if (!p)
    return false;
  add(p, r->parsed);
  bool ok = paragraph_print(p, "", INDENT);
  if (r->hit_count > 0 || r->facet_count > 0)
    putchar('\n');
  paragraph_free(p);
  return ok;
}

bool text_print_results(const cli_screen *screen, const byline_results *r) {
  paragraph *p = paragraph_new(screen);
  bool ok = p != NULL;
  for (size_t i = 0; ok && i < r->hit_count; i++) {
    if (i > 0)
      putchar('\n');
    ok = print_hit(p, &r->hits[i]);
  }
  paragraph_free(p);
  return ok;
}

/* ---- An article -------------------------------------------------------- */

/* Each line of a text is a paragraph. */
static bool print_lines(paragraph *p, byline_string text) {
  bool ok = true;
  for (size_t at = 0; ok && at <= text.length;) {
    const char *rest = text.data + at;
    const char *end =
        at < text.length ? memchr(rest, '\n', text.length - at) : NULL;
    size_t length = end ? (size_t)(end - rest) : text.length - at;
    add(p, (byline_string){rest, length});
    ok = paragraph_print(p, "", 0);
    at += length + 1;
  }
  return ok;
}

bool text_print_article(const cli_screen *screen, const byline_article *a) {
  paragraph *p = paragraph_new(screen);
  if (!p)
    return false;
  add_title(p, a, NULL, 0);
  bool ok = paragraph_print(p, "", 0);
  for (size_t i = 0; ok && i < a->deck_count; i++) {
    add(p, a->decks[i]);
    ok = paragraph_print(p, "", 0);
  }
  add_origin(p, a);
  ok = ok && paragraph_print(p, "", 0);
  add_id(p, a);
  ok = ok && paragraph_print(p, "", 0);
  putchar('\n');
  ok = ok && print_lines(p, a->text);
  paragraph_free(p);
  return ok;
}
