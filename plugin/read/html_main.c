#include "read/html_main.h"

#include <stdlib.h>

#include "base/error.h"
#include "read/html_flow.h"

enum { LONG_BLOCK = 80 }; /* bytes of a paragraph that counts */

static const unsigned inner_shift = 16; /* flags of parts within a part */

/* Text that is mostly links is no prose. */
static bool is_prose(const page_block *b) {
  return b->kind == HTML_PLAIN && b->link_bytes * 2 < b->length;
}

/* ---- What is out ---- */

static void measure(html_page *page) {
  page_part *parts = page_parts(page);
  const page_block *blocks = page_blocks(page);
  for (size_t i = 0; i < page->parts.count; i++)
    parts[i].bytes = 0;
  for (size_t i = 0; i < page->blocks.count; i++)
    if (is_prose(&blocks[i]) && !parts[blocks[i].part].no_text)
      parts[blocks[i].part].bytes += blocks[i].length - blocks[i].link_bytes;
  for (size_t i = page->parts.count; i-- > 1;) {
    page_part *parent = &parts[parts[i].parent];
    unsigned inner = parts[i].flags & (PART_MAIN | PART_BODY);
    parent->bytes += parts[i].bytes;
    parent->flags |=
        (inner << inner_shift) | (parts[i].flags & ~((1u << inner_shift) - 1));
  }
}

/* Class names deceive, and some pages are one form: what has most of the text
 * or the article itself is in. */
static void rule_out(html_page *page) {
  page_part *parts = page_parts(page);
  for (size_t i = 1; i < page->parts.count; i++) {
    page_part *p = &parts[i];
    const page_part *parent = &parts[p->parent];
    bool main = (p->flags >> inner_shift) != 0 || (p->flags & PART_BODY);
    uint32_t others = parts[0].bytes - p->bytes;
    bool most =
        (p->flags & PART_COMMENTS) ? others < LONG_BLOCK : p->bytes > others;
    unsigned flags = main ? 0 : most ? p->flags & PART_FRAME : p->flags;
    p->no_marks =
        parent->no_marks || (flags & (PART_FRAME | PART_RELATED)) != 0;
    if (parent->flags & (PART_ARTICLE | PART_INNER))
      p->flags |= PART_INNER;
    p->no_text = parent->no_text || p->no_marks || (flags & PART_QUIET) != 0;
  }
}

/* ---- The articles ---- */

/* The one with the most text of those with a flag; 0 if there is none. */
static uint32_t largest(const html_page *page, unsigned flag) {
  const page_part *parts = page_parts(page);
  uint32_t best = 0;
  for (uint32_t i = 1; i < page->parts.count; i++)
    if ((parts[i].flags & flag) && !parts[i].no_text &&
        (best == 0 || parts[i].bytes > parts[best].bytes))
      best = i;
  return best;
}

/* Paragraphs count for the part they stand in, and a good half for the one
 * around it. */
static byline_status densest(const html_page *page, uint32_t *best,
                             byline_error *error) {
  const page_part *parts = page_parts(page);
  const page_block *blocks = page_blocks(page);
  double *scores = calloc(page->parts.count, sizeof *scores);
  if (!scores)
    return error_no_memory(error);
  for (size_t i = 0; i < page->blocks.count; i++) {
    const page_block *b = &blocks[i];
    if (b->length < LONG_BLOCK || !is_prose(b) || parts[b->part].no_text)
      continue;
    double score = 1 + (double)(b->length - b->link_bytes) / 100;
    scores[b->part] += score;
    if (b->part > 0)
      scores[parts[b->part].parent] += score * 0.6;
  }
  *best = 0;
  for (uint32_t i = 1; i < page->parts.count; i++)
    if (scores[i] > scores[*best])
      *best = i;
  free(scores);
  return BYLINE_OK;
}

/* Whether a part is an <article> that stands in no other one. */
static bool is_outermost(const page_part *p) {
  return (p->flags & PART_ARTICLE) && !(p->flags & PART_INNER) && !p->no_text &&
         p->bytes > 0;
}

/* <article>s with the same parent: as many as the first parent that has
 * several. */
static byline_status find_several(const html_page *page, uint32_t **found,
                                  size_t *count, byline_error *error) {
  const page_part *parts = page_parts(page);
  page_list list = {NULL, 0, 0};
  uint32_t parent = 0;
  for (uint32_t i = 1; i < page->parts.count; i++) {
    if (!is_outermost(&parts[i]))
      continue;
    if (list.count == 1 && parts[i].parent != parent)
      list.count = 0;
    if (list.count > 0 && parts[i].parent != parent)
      continue;
    uint32_t *item = page_add(&list, sizeof *item);
    if (!item) {
      free(list.items);
      return error_no_memory(error);
    }
    parent = parts[i].parent;
    *item = i;
  }
  *found = list.items;
  *count = list.count;
  return BYLINE_OK;
}

/* The text that says so, the largest <article> or <main>, if it has its share
 * of the text, else the densest part. */
static byline_status find_one(const html_page *page, uint32_t *best,
                              byline_error *error) {
  const page_part *parts = page_parts(page);
  static const unsigned flags[] = {PART_BODY, PART_ARTICLE, PART_MAIN};
  *best = 0;
  byline_status status = densest(page, best, error);
  if (status != BYLINE_OK)
    return status;
  for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
    uint32_t part = largest(page, flags[i]);
    if (part > 0 && parts[part].bytes >= parts[*best].bytes / 2) {
      *best = part;
      break;
    }
  }
  return BYLINE_OK;
}

byline_status html_main_find(html_page *page, bool single, uint32_t **parts,
                             size_t *count, byline_error *error) {
  byline_status status = BYLINE_OK;
  *parts = NULL;
  *count = 0;
  measure(page);
  rule_out(page);
  measure(page); /* what is left */
  if (!single)
    status = find_several(page, parts, count, error);
  if (status != BYLINE_OK || *count > 1)
    return status;
  free(*parts);
  *count = 1;
  *parts = malloc(sizeof **parts);
  return *parts ? find_one(page, *parts, error) : error_no_memory(error);
}
