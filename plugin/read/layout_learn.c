/* What a file's heads have in common. */
#include <string.h>

#include "read/date_line.h"
#include "read/layout_score.h"

/* The sum that makes a head certain enough to learn from before anything is
 * known of a file. */
enum { CERTAIN = 6 };

/* ---- One head ---- */

static void note_date(layout *l, block *k) {
  const date_part *part = k->dated ? &k->part : NULL;
  if ((part ? part->date : k->date) != DATE_FOUND)
    return;
  memcpy(l->date, part ? part->iso : k->iso, sizeof l->date);
  if (l->date_form == 0)
    l->date_form = layout_form(buf_string(&k->text));
  if (part && l->paper == 0)
    l->paper = layout_paper(part);
}

static bool has_deck(blocks *b, const article_head *h) {
  size_t end = h->named ? h->byline : h->body;
  for (size_t i = h->title + 1; i < end; i++)
    if (!layout_is_label(b, i) &&
        block_caption(blocks_at(b, i)) != CAPTION_SURE)
      return true;
  return false;
}

void layout_note(layout *l, blocks *b, layout_place place,
                 const article_head *h) {
  block *title = blocks_at(b, h->title);
  l->heads++;
  if (place != PLACE_START) {
    l->inner++;
    l->apart += layout_wide_before(l, blocks_at(b, 0));
  }
  l->stopped += block_shape(title)->end == SHAPE_END_STOP;
  l->stamped += h->stamp > 0;
  l->linked += layout_address(b, h->title, h->body) > 0;
  l->decked += has_deck(b, h);
  if (h->dated)
    note_date(l, blocks_at(b, h->date));
  if (h->named) {
    l->named++;
    l->by += layout_who(b, blocks_at(b, h->byline))->by;
    l->wide += layout_wide_after(l, b, h->body - 1);
  }
}

void layout_set_blocks(const layout *l, blocks *b) {
  b->heads = true;
  b->bare_names = l->bare_names;
}

/* ---- The first bytes: gaps and lines ---- */

/* What is counted before any head is looked for. */
typedef struct counts {
  size_t gaps[9]; /* between two paragraphs, by their width */
  size_t named;   /* names as second lines; of them: */
  size_t dated;   /* with a date above the title or below the name */
} counts;

static byline_string line_of(const block *k, size_t index) {
  size_t from = index == 0 ? 0 : k->breaks[index - 1];
  size_t to =
      index < 2 && k->breaks[index] > 0 ? k->breaks[index] : k->text.length;
  while (to > from && k->text.data[to - 1] == ' ')
    to--;
  while (from < to && k->text.data[from] == ' ')
    from++;
  return (byline_string){k->text.data + from, to - from};
}

/* "Title, Name" or "Title, Name, first line of the text" without a blank. */
static bool has_bare_name(const block *k) {
  names who;
  shape s;
  byline_string title = line_of(k, 0), name = line_of(k, 1);
  if (k->breaks[0] == 0)
    return false;
  shape_measure(title.data, title.length, &s);
  if (s.long_ || s.characters > 150 || s.end == SHAPE_END_STOP ||
      s.end == SHAPE_END_OPEN || s.lower)
    return false;
  names_parse(title.data, title.length, &who);
  if (who.shape == NAMES_SURE)
    return false;
  names_parse(name.data, name.length, &who);
  if (who.shape != NAMES_SURE)
    return false;
  name = line_of(k, 2);
  if (k->breaks[1] > 0)
    names_parse(name.data, name.length, &who);
  return k->breaks[1] == 0 || who.shape != NAMES_SURE;
}

static bool is_date(byline_string s) {
  char iso[DATE_ISO_SIZE];
  return s.length > 0 &&
         date_line_parse(s.data, s.length, NULL, iso) == DATE_FOUND;
}

static void count_block(counts *c, const block *before, block *k, block *next) {
  size_t most = sizeof c->gaps / sizeof *c->gaps;
  if (next && next->gap > 0 && next->gap < most && layout_is_paragraph(k) &&
      layout_is_paragraph(next))
    c->gaps[next->gap]++;
  if (k->lines > 1 && has_bare_name(k)) {
    c->named++;
    c->dated +=
        (before && before->date == DATE_FOUND) || is_date(line_of(k, 2));
  }
}

static byline_status learn_gap(layout *l, blocks *b, byline_error *error) {
  counts c = {0};
  block *k, last = {0};
  byline_status status;
  bool any = false;
  while ((status = blocks_fill(b, error)) == BYLINE_OK &&
         (k = blocks_at(b, 0))) {
    count_block(&c, any ? &last : NULL, k, blocks_at(b, 1));
    last.date = k->date;
    any = true;
    blocks_drop(b, 1);
  }
  for (size_t i = 2; i < sizeof c.gaps / sizeof *c.gaps; i++)
    if (c.gaps[i] > c.gaps[l->paragraph_gap])
      l->paragraph_gap = i;
  l->bare_names = c.named >= 3 || c.dated > 0;
  return status;
}

/* A paragraph, then a title that is not in capitals, then a byline. */
static bool is_plain_pair(blocks *b) {
  block *title = blocks_at(b, 1);
  return layout_is_paragraph(blocks_at(b, 0)) && layout_may_be_title(title) &&
         !layout_is_shouted(buf_string(&title->text)) &&
         layout_who(b, blocks_at(b, 2))->shape == NAMES_SURE;
}

/* A date line, a word in capitals, and a title that has small letters. */
static bool is_section(blocks *b) {
  const block *first = blocks_at(b, 0);
  block *heading = blocks_at(b, 1), *title = blocks_at(b, 2);
  return (first->date == DATE_FOUND || block_is_rule(first)) &&
         layout_may_be_title(heading) && layout_may_be_title(title) &&
         layout_is_shouted(buf_string(&heading->text)) &&
         !layout_is_shouted(buf_string(&title->text));
}

/* Whether most wide gaps stand behind two short blocks, whatever they are, and
 * whether titles stand in capitals. */
static byline_status learn_slots(layout *l, blocks *b, byline_error *error) {
  size_t wide = 0, slots = 0, narrow = 0;
  byline_status status;
  while ((status = blocks_fill(b, error)) == BYLINE_OK && blocks_at(b, 2)) {
    block *slot = blocks_at(b, 1);
    if (layout_wide_after(l, b, 1) && !layout_is_paragraph(slot)) {
      wide++;
      slots +=
          !layout_wide_before(l, slot) && layout_may_be_title(blocks_at(b, 0));
    }
    l->plain_titles = l->plain_titles || is_plain_pair(b);
    l->sections = l->sections || is_section(b);
    narrow += layout_is_triple(b, 0) &&
              !layout_wide_before(l, blocks_at(b, 1)) &&
              !layout_wide_after(l, b, 1);
    blocks_drop(b, 1);
  }
  l->narrow = narrow >= 3 && wide * 2 < narrow;
  l->slots = slots >= 3 && slots * 3 >= wide * 2;
  return status;
}

/* ---- The first bytes: heads ---- */

/* How sure a dated head makes one that the file is an archive. */
static int certainty_of(const layout *l, blocks *b, const article_head *h,
                        size_t blocks_before) {
  const block *body = blocks_at(b, h->body);
  if ((!h->dated && !h->stamp) || h->signs.sum < CERTAIN ||
      (!h->named && !h->stamp && !layout_wide_after(l, b, h->body - 1) &&
       !(body && shape_dateline(body->text.data, body->text.length))))
    return 0;
  return (h->named ? 60 : 30) + (blocks_before < 10 ? 30 : 0);
}

static byline_status learn_heads(layout *l, blocks *b, int *certainty,
                                 byline_error *error) {
  layout_place place = PLACE_START;
  byline_status status;
  size_t passed = 0;
  while ((status = blocks_fill(b, error)) == BYLINE_OK && blocks_at(b, 0)) {
    article_head h;
    bool found = layout_head(l, b, place, &h) && h.signs.sum >= CERTAIN;
    int sure = found ? certainty_of(l, b, &h, passed) : 0;
    if (sure > *certainty)
      *certainty = sure;
    if (found && blocks_at(b, h.body)) /* else it may have been cut off */
      layout_note(l, b, place, &h);
    size_t step = found ? h.body : 1;
    place = found                  ? PLACE_HEAD
            : place == PLACE_START ? PLACE_START
                                   : PLACE_BODY;
    passed += step;
    blocks_drop(b, step);
  }
  /* Where reading begins no date line has been seen. */
  l->date[0] = '\0';
  return status;
}

typedef byline_status (*learn_fn)(layout *l, blocks *b, byline_error *error);

static byline_status learn_from(layout *l, const char *text, size_t length,
                                learn_fn learn, byline_error *error) {
  lines_memory m = {text, length};
  blocks b;
  blocks_init(&b, lines_read_memory, &m);
  if (learn != learn_gap)
    layout_set_blocks(l, &b);
  byline_status status = learn(l, &b, error);
  blocks_free(&b);
  return status;
}

byline_status layout_learn(layout *l, const char *text, size_t length,
                           int *certainty, byline_error *error) {
  *l = (layout){.paragraph_gap = 1};
  *certainty = 0;
  byline_status status = learn_from(l, text, length, learn_gap, error);
  if (status == BYLINE_OK)
    status = learn_from(l, text, length, learn_slots, error);
  if (status != BYLINE_OK)
    return status;
  lines_memory m = {text, length};
  blocks b;
  blocks_init(&b, lines_read_memory, &m);
  layout_set_blocks(l, &b);
  status = learn_heads(l, &b, certainty, error);
  blocks_free(&b);
  return status;
}
