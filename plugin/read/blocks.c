#include "read/blocks.h"

#include <string.h>

#include "base/error.h"
#include "read/date_line.h"
#include "read/name_leads.h"

enum { LONGEST_BYLINE = 200 };

void blocks_init(blocks *b, lines_read_fn read, void *user) {
  memset(b, 0, sizeof *b);
  lines_init(&b->input, read, user);
}

void blocks_free(blocks *b) {
  for (size_t i = 0; i < BLOCKS_AHEAD; i++)
    buf_free(&b->ring[i].text);
  lines_free(&b->input);
}

block *blocks_at(blocks *b, size_t index) {
  if (index >= b->count)
    return NULL;
  return &b->ring[(b->first + index) % BLOCKS_AHEAD];
}

void blocks_drop(blocks *b, size_t count) {
  for (; count > 0 && b->count > 0; count--) {
    block *k = &b->ring[b->first];
    if (k->text.capacity > BLOCKS_LARGEST)
      buf_free(&k->text);
    b->first = (b->first + 1) % BLOCKS_AHEAD;
    b->count--;
  }
}

/* A byline on the line right below its title. */
static bool is_byline(const line *l) {
  names who;
  size_t size;
  name_lead lead = l->text.length > LONGEST_BYLINE
                       ? LEAD_NONE
                       : name_lead_find(l->text.data, l->text.length, &size);
  if (lead == LEAD_NONE)
    return false;
  names_parse(l->text.data, l->text.length, &who);
  /* Of scripts without capitals, a word as "文：" says enough. */
  bool uncased = lead == LEAD_SURE && who.count > 0 && *who.authors[0].data < 0;
  return who.by &&
         (who.shape == NAMES_SURE || (uncased && who.shape == NAMES_MAYBE));
}

/* ---- Lines of a head that have no blank between them ---- */

/* Names, and nothing that says so. */
static bool is_names(byline_string s) {
  names who;
  enum { LONGEST_NAMES = 200 };
  if (s.length > LONGEST_NAMES)
    return false;
  names_parse(s.data, s.length, &who);
  return who.shape == NAMES_SURE;
}

/* A date and who wrote it, where it stood, or a word that says what it is. */
static bool is_dated(byline_string s, const date_hints *hints) {
  date_part part;
  names who;
  if (!date_part_find(s.data, s.length, hints, &part))
    return false;
  byline_string rest = part.before.length > 0 ? part.before : part.after;
  if (rest.length == 0 || date_part_is_source(&part))
    return true;
  names_parse(rest.data, rest.length, &who);
  return who.shape != NAMES_NO;
}

/* Whether a line can be no part of a paragraph. */
static bool stands_alone(const blocks *b, byline_string s) {
  enum { LONGEST_ALONE = 200 };
  char iso[DATE_ISO_SIZE];
  line alone = {.text = s};
  if (s.length > LONGEST_ALONE)
    return false;
  if (is_byline(&alone) || head_line_is_url(s) || head_line_is_rule(s) ||
      (b->bare_names && is_names(s)))
    return true;
  return date_part_may_hold(s.data, s.length) &&
         (date_line_parse(s.data, s.length, b->hints, iso) != DATE_NONE ||
          is_dated(s, b->hints));
}

/* A title in one line, and a paragraph in one line below it. */
static bool title_and_text(byline_string title, byline_string text) {
  enum { LONGEST_TITLE = 120, TIMES = 3 };
  return title.length <= LONGEST_TITLE && text.length > LONGEST_TITLE * 2 &&
         text.length > title.length * TIMES;
}

/* Whether l parts from the block that it directly follows. */
static bool parts_heads(const blocks *b, const block *k, const line *l) {
  enum { MOST_LINES = 6 };
  if (l->continued || k->lines > MOST_LINES)
    return false;
  return stands_alone(b, l->text) ||
         (k->lines == 1 && (title_and_text(buf_string(&k->text), l->text) ||
                            stands_alone(b, buf_string(&k->text))));
}

/* Reads the next line, or takes the one that was held. */
static byline_status next_line(blocks *b, line *out, bool *found,
                               byline_error *error) {
  if (!b->has_held)
    return lines_next(&b->input, out, found, error);
  *out = b->held;
  *found = true;
  b->has_held = false;
  return BYLINE_OK;
}

static void start(block *k, const line *l, size_t gap,
                  const date_hints *hints) {
  buf_clear(&k->text);
  k->line = l->number;
  k->lines = 0;
  k->gap = gap;
  k->join = l->continued ? JOIN_DIRECT : gap > 0 ? JOIN_PARAGRAPH : JOIN_LINE;
  k->breaks[0] = k->breaks[1] = 0;
  k->measured = k->named = k->captioned = false;
  k->looked = k->dated = false;
  k->date = date_line_parse(l->text.data, l->text.length, hints, k->iso);
}

/* Whether a line that directly follows a block's lines starts another one. */
static bool parts(const blocks *b, const block *k, const line *l) {
  return (k->lines == 1 && k->date != DATE_NONE) ||
         k->text.length + l->text.length > BLOCKS_LARGEST ||
         (b->heads ? parts_heads(b, k, l) : k->lines <= 4 && is_byline(l));
}

static bool add_line(const blocks *b, block *k, const line *l) {
  if (b->hyphens)
    hyphens_add(b->hyphens, l->text.data, l->text.length);
  k->lines++;
  if (k->text.length > 0 && !l->continued) {
    switch (hyphens_between(b->hyphens, buf_string(&k->text), l->text)) {
    case HYPHENS_APART:
      if (!buf_add_char(&k->text, ' '))
        return false;
      break;
    case HYPHENS_REMOVE:
      k->text.data[--k->text.length] = '\0';
      break;
    case HYPHENS_KEEP:
      break;
    }
  }
  if (!buf_add_str(&k->text, l->text))
    return false;
  if (k->lines == 1)
    k->first = k->text.length;
  return true;
}

static byline_status read_block(blocks *b, block *k, byline_error *error) {
  line l;
  bool found;
  size_t gap = 0;
  byline_status status;
  while ((status = next_line(b, &l, &found, error)) == BYLINE_OK && found &&
         l.text.length == 0)
    gap++;
  if (status != BYLINE_OK)
    return status;
  if (!found) {
    b->ended = true;
    b->end_gap = gap;
    return BYLINE_OK;
  }
  start(k, &l, gap, b->hints);
  do {
    if (k->lines == 1 || k->lines == 2)
      k->breaks[k->lines - 1] = k->text.length;
    if (!add_line(b, k, &l))
      return error_no_memory(error);
    status = next_line(b, &l, &found, error);
    if (status != BYLINE_OK)
      return status;
    if (!found || l.text.length == 0 || parts(b, k, &l))
      break;
  } while (true);
  if (found) {
    b->held = l;
    b->has_held = true;
  }
  if (k->lines > 1)
    k->date = DATE_NONE;
  b->count++;
  return BYLINE_OK;
}

byline_status blocks_fill(blocks *b, byline_error *error) {
  while (b->count < BLOCKS_AHEAD && !b->ended) {
    block *k = &b->ring[(b->first + b->count) % BLOCKS_AHEAD];
    byline_status status = read_block(b, k, error);
    /* A file that breaks off is used up to there: the error comes again. */
    if (status != BYLINE_OK)
      return b->count > 0 && status == BYLINE_IO ? BYLINE_OK : status;
  }
  return BYLINE_OK;
}

const shape *block_shape(block *k) {
  if (!k->measured)
    shape_measure(k->text.data, k->text.length, &k->form);
  k->measured = true;
  return &k->form;
}

shape_caption block_caption(block *k) {
  if (!k->captioned)
    k->caption = shape_describes(k->text.data, k->text.length, block_shape(k));
  k->captioned = true;
  return k->caption;
}

const names *block_names(block *k) {
  if (!k->named)
    names_parse(k->text.data, k->text.length, &k->who);
  k->named = true;
  return &k->who;
}

const date_part *block_part(block *k, const date_hints *hints) {
  if (!k->looked && k->date == DATE_NONE &&
      date_part_find(k->text.data, k->text.length, hints, &k->part)) {
    const date_part *part = &k->part;
    byline_string rest = part->before.length > 0 ? part->before : part->after;
    names_parse(rest.data, rest.length, &k->who);
    k->named = k->dated = true;
  }
  k->looked = true;
  return k->dated ? &k->part : NULL;
}

bool block_is_url(const block *k) {
  return head_line_is_url(buf_string(&k->text));
}

bool block_is_rule(const block *k) {
  return head_line_is_rule(buf_string(&k->text));
}
