#include "read/html_page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "read/date_time.h"
#include "read/html_flow.h"
#include "read/html_signs.h"
#include "read/input.h"
#include "read/words.h"

/* Limits: none is near what a page has, and all of them bound the memory. */
enum {
  MOST_PARTS = 2000000,
  MOST_BLOCKS = 4000000,
  MOST_MARKS = 100000,
  MOST_METAS = 2000,
  OPEN_MARKS = 16,
  LONGEST_MARK = 2000
};

/* A mark whose end is still to come. */
typedef struct open_mark {
  page_mark mark;
  size_t depth;
  size_t start;        /* in captured */
  byline_string inner; /* the name in an author */
  bool name;           /* is that itself, for the mark around it */
} open_mark;

typedef struct builder {
  html_page *page;
  html_flow flow;
  uint32_t part;      /* the innermost open one */
  uint32_t line_part; /* the one where the paragraph began: cells share it */
  size_t depth;       /* of elements */
  page_list depths;   /* size_t: where the open parts began, by part */
  open_mark open[OPEN_MARKS];
  size_t open_count;
  buf captured;     /* the text in open marks */
  buf raw;          /* of <title> or a script of JSON-LD */
  size_t raw_depth; /* 0: none */
  bool raw_title;
  size_t meta_elements;
  uint32_t line;
  bool too_many;
} builder;

/* ---- Lists ---- */

void *page_add(page_list *list, size_t size) {
  if (list->count == list->capacity) {
    size_t capacity = list->capacity ? list->capacity * 2 : 32;
    void *items = realloc(list->items, capacity * size);
    if (!items)
      return NULL;
    list->items = items;
    list->capacity = capacity;
  }
  void *item = (char *)list->items + list->count++ * size;
  memset(item, 0, size);
  return item;
}

static bool too_many(builder *b, const page_list *list, size_t most) {
  if (list->count < most)
    return false;
  b->too_many = true;
  return true;
}

/* ---- Parts and paragraphs ---- */

static bool open_part(builder *b, const html_signs *signs, uint32_t line) {
  html_page *page = b->page;
  if (too_many(b, &page->parts, MOST_PARTS))
    return true;
  page_part *part = page_add(&page->parts, sizeof *part);
  size_t *depth = page_add(&b->depths, sizeof *depth);
  if (!part || !depth)
    return false;
  *part = (page_part){.parent = b->part,
                      .flags = signs->part,
                      .line = line,
                      .blocks = {UINT32_MAX, 0},
                      .marks = {UINT32_MAX, 0}};
  *depth = b->depth;
  b->part = (uint32_t)page->parts.count - 1;
  return true;
}

static void close_part(builder *b) {
  html_page *page = b->page;
  page_part *part = &page_parts(page)[b->part];
  part->end = (uint32_t)page->parts.count;
  b->part = part->parent;
}

static void close_parts(builder *b, size_t depth) {
  const size_t *depths = b->depths.items;
  while (b->part > 0 && depths[b->part] >= depth)
    close_part(b);
}

static bool add_paragraph(void *user, const html_paragraph *p) {
  builder *b = user;
  html_page *page = b->page;
  if (too_many(b, &page->blocks, MOST_BLOCKS))
    return true;
  page_block *block = page_add(&page->blocks, sizeof *block);
  if (!block)
    return false;
  *block = (page_block){(uint32_t)page->text.length, (uint32_t)p->text.length,
                        (uint32_t)p->link_bytes,     b->line_part,
                        (uint32_t)p->kind,           b->line};
  return buf_add_str(&page->text, p->text);
}

/* ---- Marks ---- */

static bool keep_line(builder *b, const char *text, size_t length,
                      byline_string *out) {
  buf line = BUF_INIT;
  prose p = {.out = &line, .html = true};
  bool ok = prose_put(&p, text, length) &&
            arena_string(&b->page->memory, buf_string(&line), out);
  buf_free(&line);
  return ok;
}

static bool add_mark(builder *b, const page_mark *mark) {
  page_mark *copy;
  if (mark->text.length == 0)
    return true;
  if (b->page->marks.count >= MOST_MARKS) {
    tally_add(&b->page->marks_left_out, 1, mark->line);
    return true;
  }
  copy = page_add(&b->page->marks, sizeof *copy);
  if (copy)
    *copy = *mark;
  return copy != NULL;
}

static bool open_mark_for(builder *b, const html_signs *signs, uint32_t line) {
  page_mark mark = {.kind = signs->mark,
                    .part = b->part,
                    .line = line,
                    .level = signs->level,
                    .first_block = (uint32_t)b->page->blocks.count,
                    .last_block = (uint32_t)b->page->blocks.count};
  if (signs->marked && signs->value)
    return keep_line(b, signs->value, strlen(signs->value), &mark.text) &&
           add_mark(b, &mark);
  if (b->open_count == OPEN_MARKS)
    return true;
  if (b->open_count == 0)
    buf_clear(&b->captured);
  b->open[b->open_count++] = (open_mark){.mark = mark,
                                         .depth = b->depth,
                                         .start = b->captured.length,
                                         .name = !signs->marked};
  return true;
}

/* What only a class calls a date, and is none. */
static bool is_no_date(const page_mark *mark, byline_string text) {
  char iso[DATE_ISO_SIZE];
  return mark->kind == MARK_TIME && mark->level == 2 &&
         date_time_parse(text.data, text.length, iso) == DATE_NONE;
}

static bool close_mark(builder *b) {
  open_mark *o = &b->open[--b->open_count];
  size_t length = b->captured.length - o->start;
  byline_string text = {"", 0};
  if (length > 0 && length <= LONGEST_MARK &&
      !keep_line(b, b->captured.data + o->start, length, &text))
    return false;
  if (o->name) {
    if (b->open_count > 0)
      b->open[b->open_count - 1].inner = text;
    return true;
  }
  if (is_no_date(&o->mark, text))
    return true;
  o->mark.text =
      o->mark.kind == MARK_AUTHOR && o->inner.length > 0 ? o->inner : text;
  o->mark.last_block = (uint32_t)b->page->blocks.count;
  return add_mark(b, &o->mark);
}

static bool in_author(const builder *b) {
  return b->open_count > 0 &&
         b->open[b->open_count - 1].mark.kind == MARK_AUTHOR;
}

static bool capture(builder *b, const char *text, size_t length) {
  if (b->open_count == 0 || b->flow.hidden > 0 ||
      b->captured.length - b->open[0].start > 2 * LONGEST_MARK)
    return true;
  return buf_add(&b->captured, text, length);
}

/* ---- The head ---- */

static bool keep_meta(builder *b, const char *name, const char *value) {
  page_meta *meta;
  size_t length = name ? strlen(name) : 0;
  if (length == 0)
    return true;
  meta = page_add(&b->page->metas, sizeof *meta);
  char *copy = arena_copy(&b->page->memory, name, length);
  if (!meta || !copy)
    return false;
  for (size_t i = 0; i < length; i++)
    if (copy[i] >= 'A' && copy[i] <= 'Z')
      copy[i] = (char)(copy[i] | 0x20);
  meta->name = (byline_string){copy, length};
  return keep_line(b, value, strlen(value), &meta->value);
}

/* What an element says, under one name or two. */
static bool keep_element(builder *b, const char *name, const char *other,
                         const char *value) {
  if (!value || !*value || !((name && *name) || (other && *other)))
    return true;
  if (b->meta_elements == MOST_METAS) {
    tally_add(&b->page->metas_left_out, 1, b->line);
    return true;
  }
  b->meta_elements++;
  return keep_meta(b, name, value) && keep_meta(b, other, value);
}

static bool take_meta(builder *b, const html_tag *tag) {
  const char *name = html_attribute(tag, "name");
  if (!name)
    name = html_attribute(tag, "itemprop");
  return keep_element(b, html_attribute(tag, "property"), name,
                      html_attribute(tag, "content"));
}

/* Elements that say something without being shown. */
static bool take_head(builder *b, const html_tag *tag) {
  const char *type = html_attribute(tag, "type");
  if (strcmp(tag->name, "frameset") == 0)
    b->page->frames = true;
  if (strcmp(tag->name, "meta") == 0)
    return take_meta(b, tag);
  if (strcmp(tag->name, "link") == 0) {
    const char *rel = html_attribute(tag, "rel");
    return !rel || strcmp(rel, "canonical") != 0 ||
           keep_element(b, rel, NULL, html_attribute(tag, "href"));
  }
  if (strcmp(tag->name, "html") == 0) {
    const char *lang = html_attribute(tag, "lang");
    return keep_element(b, "lang", NULL,
                        lang ? lang : html_attribute(tag, "xml:lang"));
  }
  b->raw_title = strcmp(tag->name, "title") == 0;
  if (b->raw_depth == 0 &&
      ((b->raw_title && b->page->title_line == 0) ||
       (strcmp(tag->name, "script") == 0 && type &&
        words_begin(type, strlen(type), "application/ld+json")))) {
    b->raw_depth = b->depth;
    buf_clear(&b->raw);
    if (b->raw_title)
      b->page->title_line = tag->line;
  }
  return true;
}

static bool close_raw(builder *b) {
  b->raw_depth = 0;
  if (b->raw.length == 0)
    return true;
  if (b->raw_title)
    return keep_line(b, b->raw.data, b->raw.length, &b->page->title);
  byline_string *script = page_add(&b->page->scripts, sizeof *script);
  return script && arena_string(&b->page->memory, buf_string(&b->raw), script);
}

/* ---- Events ---- */

static bool start(void *user, const html_tag *tag) {
  builder *b = user;
  unsigned flags = tag->element->flags;
  b->depth++;
  if (!html_flow_start(&b->flow, tag, html_signs_hide(tag)))
    return false;
  b->line = (uint32_t)tag->line;
  if (flags == 0 || (flags & (HTML_HIDDEN | HTML_WHOLE)))
    if (!take_head(b, tag))
      return false;
  if (b->flow.hidden > 0)
    return true;
  html_signs signs = html_signs_of(tag);
  bool part = (flags & HTML_PART) ||
              ((flags & HTML_BLOCK) && (signs.part & ~(unsigned)PART_WHOLE));
  if (part && !open_part(b, &signs, b->line))
    return false;
  if (b->flow.line.length == 0)
    b->line_part = b->part;
  if (signs.marked || (signs.name && in_author(b)))
    return open_mark_for(b, &signs, b->line);
  return true;
}

static bool end(void *user, const html_element *element) {
  builder *b = user;
  if (!html_flow_end(&b->flow, element))
    return false;
  while (b->open_count > 0 && b->open[b->open_count - 1].depth >= b->depth)
    if (!close_mark(b))
      return false;
  if (b->raw_depth >= b->depth && b->raw_depth > 0 && !close_raw(b))
    return false;
  close_parts(b, b->depth);
  if (b->flow.line.length == 0)
    b->line_part = b->part;
  if (b->depth > 0)
    b->depth--;
  /* Words of two blocks do not run together. */
  return !(element->flags & HTML_BLOCK) || capture(b, " ", 1);
}

static bool add_text(void *user, const char *text, size_t length) {
  builder *b = user;
  if (b->raw_depth > 0)
    return buf_add(&b->raw, text, length);
  return capture(b, text, length) && html_flow_text(&b->flow, text, length);
}

static void widen(page_range *range, page_range other) {
  if (other.first < range->first)
    range->first = other.first;
  if (other.last > range->last)
    range->last = other.last;
}

/* Which paragraphs and marks are in which part. */
static void set_ranges(html_page *page) {
  page_part *parts = page_parts(page);
  for (uint32_t i = 0; i < page->blocks.count; i++)
    widen(&parts[page_blocks(page)[i].part].blocks, (page_range){i, i + 1});
  for (uint32_t i = 0; i < page->marks.count; i++)
    widen(&parts[page_marks(page)[i].part].marks, (page_range){i, i + 1});
  for (size_t i = page->parts.count; i-- > 0;) {
    page_part *part = &parts[i];
    if (part->blocks.last == 0)
      part->blocks.first = 0;
    else
      widen(&parts[part->parent].blocks, part->blocks);
    if (part->marks.last == 0)
      part->marks.first = 0;
    else
      widen(&parts[part->parent].marks, part->marks);
  }
}

static bool finish(builder *b) {
  while (b->open_count > 0)
    if (!close_mark(b))
      return false;
  if (!html_flow_flush(&b->flow))
    return false;
  close_parts(b, 0);
  close_part(b);
  set_ranges(b->page);
  return true;
}

byline_status html_page_parse(html_page *page, const char *html, size_t length,
                              byline_error *error) {
  builder b = {.page = page};
  html_events events = {&b, start, end, add_text};
  html_signs whole = {.part = PART_WHOLE};
  memset(page, 0, sizeof *page);
  html_flow_init(&b.flow, add_paragraph, &b);
  byline_status status = BYLINE_OK;
  if (!open_part(&b, &whole, 1))
    status = error_no_memory(error);
  if (status == BYLINE_OK)
    status = html_parse(html, length, &events, &page->replaced, error);
  if (status == BYLINE_OK && !finish(&b))
    status = error_no_memory(error);
  if (status == BYLINE_OK && b.too_many)
    status = error_set(error, BYLINE_INVALID,
                       "more than %d parts or %d paragraphs: split the page",
                       MOST_PARTS, MOST_BLOCKS);
  html_flow_free(&b.flow);
  buf_free(&b.captured);
  buf_free(&b.raw);
  free(b.depths.items);
  return status;
}

void html_page_free(html_page *page) {
  buf_free(&page->text);
  free(page->parts.items);
  free(page->blocks.items);
  free(page->marks.items);
  free(page->metas.items);
  free(page->scripts.items);
  arena_free(&page->memory);
}

static void tell_beyond(byline_input *input, const tally *left_out,
                        const char *one, const char *several, int most) {
  char message[128];
  if (left_out->count == 0)
    return;
  snprintf(message, sizeof message, "%zu %s beyond %d left out",
           left_out->count, left_out->count == 1 ? one : several, most);
  byline_input_notice(input, BYLINE_NOTICE_REPAIRED, left_out->line, message);
}

void html_page_tell(const html_page *page, byline_input *input) {
  tell_beyond(input, &page->metas_left_out, "meta element", "meta elements",
              MOST_METAS);
  tell_beyond(input, &page->marks_left_out, "heading, name or date",
              "headings, names and dates", MOST_MARKS);
}

byline_string html_page_meta(const html_page *page, const char *name,
                             size_t index) {
  const page_meta *metas = page->metas.items;
  size_t length = strlen(name);
  for (size_t i = 0; i < page->metas.count; i++)
    if (metas[i].name.length == length &&
        memcmp(metas[i].name.data, name, length) == 0 && index-- == 0)
      return metas[i].value;
  return (byline_string){"", 0};
}
