#include "read/ezine_learn.h"

#include "base/error.h"
#include "read/ezine_masthead.h"
#include "read/ezine_place.h"

enum { MASTHEAD_LINES = 30 /* in which the number of the issue is */ };

bool ezine_evidence_init(ezine_evidence *e) {
  *e = (ezine_evidence){.style_count = 0};
  return evidence_init(&e->words);
}

void ezine_evidence_free(ezine_evidence *e) {
  evidence_free(&e->words);
}

/* How the lines of a text are set. */
typedef struct setting {
  size_t widths[161]; /* of lines that others follow directly */
  size_t followed;
  size_t bytes, long_bytes; /* of lines, and of those too long to be wrapped */
  size_t lines;
  bool numbered; /* the masthead has the number of an issue */
} setting;

static void measure_line(const ezine_line *l, const ezine_line *next,
                         ezine_evidence *e, setting *s) {
  s->lines++;
  s->numbered =
      s->numbered || (s->lines <= MASTHEAD_LINES && l->text.length < 100 &&
                      ezine_issue(ezine_string(l)));
  if (l->rule)
    return;
  if (e->contents_line == 0 && ezine_contents_heading(ezine_string(l)))
    e->contents_line = l->number;
  s->bytes += l->text.length;
  if (l->width > 132)
    s->long_bytes += l->text.length;
  if (l->letters > l->marks && next && next->gap == 0 && !next->rule &&
      l->width <= 160) {
    s->widths[l->width]++;
    s->followed++;
  }
}

/* The column that all but a few lines end before. */
static size_t usual_width(const setting *s) {
  size_t sum = 0;
  for (size_t i = 160; i > 0; i--)
    if ((sum += s->widths[i]) * 20 > s->followed)
      return i;
  return 0;
}

typedef byline_status (*walk_fn)(ezine_evidence *e, ezine_window *w, void *user,
                                 byline_error *error);

static byline_status walk(ezine_evidence *e, const char *text, size_t length,
                          walk_fn fn, void *user, byline_error *error) {
  lines_memory memory = {text, length};
  ezine_window w;
  byline_status status;
  ezine_window_init(&w, lines_read_memory, &memory);
  while ((status = ezine_window_fill(&w, error)) == BYLINE_OK &&
         ezine_at(&w, 0) && (status = fn(e, &w, user, error)) == BYLINE_OK)
    ;
  ezine_window_free(&w);
  return status;
}

static byline_status measure_one(ezine_evidence *e, ezine_window *w, void *user,
                                 byline_error *error) {
  (void)error;
  measure_line(ezine_at(w, 0), ezine_at(w, 1), e, user);
  ezine_drop(w, 1);
  return BYLINE_OK;
}

/* A pass over the text as the reader makes it. */
typedef struct pass {
  ezine_contents contents;
  ezine_place place;
  bool note;
  size_t heads, named, announced, furnished;
  size_t text; /* lines */
} pass;

static bool has_table(const ezine_evidence *e, const ezine_contents *c,
                      const ezine_window *w) {
  bool fits;
  return e->contents_line == ezine_at(w, 0)->number &&
         ezine_contents_take(NULL, w, 0, false, &fits) == 0 && c->count == 0;
}

/* Candidates that are doubtful teach as well, if nothing speaks against them:
 * it is how often they come that tells. */
static void note_candidate(ezine_evidence *e, const ezine_step *s) {
  enum { DOUBTFUL = 4 };
  if (s->head.body > 0 && s->head.signs.sum >= DOUBTFUL)
    ezine_head_note(e, &s->head);
}

static byline_status learn_one(ezine_evidence *e, ezine_window *w, void *user,
                               byline_error *error) {
  pass *p = user;
  ezine_step s;
  if (p->note && has_table(e, &p->contents, w))
    e->contents_line = 0;
  if (!ezine_look(e, &p->contents, w, &p->place, &s))
    return error_no_memory(error);
  if (p->note)
    note_candidate(e, &s);
  if (s.kind == EZINE_HEAD) {
    p->heads++;
    p->named += s.head.strong;
    p->announced += s.head.entry >= 0;
    p->furnished += s.head.form == FORM_MAIL || p->place.rule ||
                    p->place.mark || (s.head.style & 0x7F00) != 0 ||
                    (s.head.style >> 15 & 1);
  }
  p->text += s.kind == EZINE_TEXT;
  ezine_pass(e, &p->contents, w, &s, &p->place);
  ezine_drop(w, s.lines);
  return BYLINE_OK;
}

static byline_status learn_heads(ezine_evidence *e, const char *text,
                                 size_t length, bool note, pass *p,
                                 byline_error *error) {
  *p = (pass){.note = note};
  byline_status status = walk(e, text, length, learn_one, p, error);
  ezine_contents_free(&p->contents);
  return status;
}

/* An e-zine is wrapped, its articles are set apart by more than blank lines,
 * and bylines or contents say that they are articles; or at least it has the
 * number of an issue. */
static int certainty_of(const ezine_evidence *e, const setting *s,
                        const pass *p) {
  enum { SHORT_TEXT = 400, SURE = 95, FAIR = 50, DOUBTFUL = 20 };
  if (e->width < 30 || s->long_bytes * 5 > s->bytes || p->heads < 2 ||
      p->text < p->heads * 2 || s->followed * 3 < s->lines)
    return 0;
  size_t fewest = s->lines < SHORT_TEXT ? 2 : 3;
  bool told = (p->announced >= 3 || p->named >= fewest) &&
              (p->named + p->announced) * 4 >= p->heads;
  bool furnished = p->furnished * 2 >= p->heads;
  if (told)
    return furnished ? SURE : DOUBTFUL;
  return s->numbered && furnished && p->heads >= 3 ? FAIR : 0;
}

byline_status ezine_learn(ezine_evidence *e, const char *text, size_t length,
                          int *certainty, byline_error *error) {
  setting s = {.followed = 0};
  pass p;
  if (certainty)
    *certainty = 0;
  byline_status status = walk(e, text, length, measure_one, &s, error);
  e->width = usual_width(&s);
  /* Nothing wrapped: the rest is not worth its time. */
  if (certainty && (e->width < 30 || s.long_bytes * 5 > s.bytes))
    return status;
  if (status == BYLINE_OK)
    status = evidence_gather(&e->words, text, length, error);
  if (status == BYLINE_OK)
    status = learn_heads(e, text, length, true, &p, error);
  if (status != BYLINE_OK || !certainty)
    return status;
  status = learn_heads(e, text, length, false, &p, error);
  if (status == BYLINE_OK)
    *certainty = certainty_of(e, &s, &p);
  return status;
}
