#include "read/html_article.h"

#include <string.h>

#include "base/error.h"
#include "read/article_json.h"
#include "read/credit.h"
#include "read/date_time.h"
#include "read/html_flow.h"
#include "read/names.h"
#include "read/words.h"

enum {
  LONG_BLOCK = 100,     /* a paragraph of the body, for certain */
  LONGEST_BYLINE = 200, /* what is longer and called so is more than that */
  HEAD_BLOCKS = 64,     /* what stands behind these is body */
  SLACK = 8             /* bytes around a mark in its paragraph: "By ", " |" */
};

typedef struct maker {
  const html_page *page;
  uint32_t part;      /* with the text */
  uint32_t scope;     /* with what is said about it */
  bool whole;         /* the page is about this article */
  size_t body;        /* the first block that is certainly text */
  byline_string when; /* the date beside the names of a byline */
  draft *d;
  size_t line;
} maker;

static bool is_within(const html_page *page, uint32_t part, uint32_t outer) {
  return part >= outer && part < page_parts(page)[outer].end;
}

static byline_string block_text(const html_page *page, const page_block *b) {
  return (byline_string){page->text.data + b->from, b->length};
}

static bool same(byline_string a, byline_string b) {
  return a.length == b.length &&
         (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

/* ---- Marks ---- */

/* The next mark of a kind about this article; NULL at the end. *at is 0 for
 * the first. */
static const page_mark *next_mark(const maker *m, page_mark_kind kind,
                                  size_t *at) {
  page_range range = page_parts(m->page)[m->scope].marks;
  while (*at < range.last - range.first) {
    const page_mark *mark = &page_marks(m->page)[range.first + (*at)++];
    if (mark->kind == kind && is_within(m->page, mark->part, m->scope) &&
        !page_parts(m->page)[mark->part].no_marks)
      return mark;
  }
  return NULL;
}

/* The parts above a text that is no <article> itself may say who wrote it. */
static uint32_t find_scope(const html_page *page, uint32_t part) {
  const page_part *parts = page_parts(page);
  while (part > 0 && !(parts[part].flags & PART_ARTICLE))
    part = parts[part].parent;
  return part;
}

/* Where the article's text begins: decks and times are before that. */
static size_t find_body(const maker *m) {
  const page_part *part = &page_parts(m->page)[m->part];
  const page_block *blocks = page_blocks(m->page);
  for (size_t i = part->blocks.first; i < part->blocks.last; i++)
    if (is_within(m->page, blocks[i].part, m->part) &&
        !page_parts(m->page)[blocks[i].part].no_text &&
        ((blocks[i].kind == HTML_PLAIN && blocks[i].length >= LONG_BLOCK) ||
         i == part->blocks.first + HEAD_BLOCKS))
      return i;
  return part->blocks.last;
}

static bool add_marks(maker *m, page_mark_kind kind, draft_list *list) {
  const page_mark *mark;
  bool ok = true;
  for (size_t at = 0; ok && (mark = next_mark(m, kind, &at));)
    ok = draft_add(m->d, list, mark->text.data, mark->text.length);
  return ok;
}

/* ---- Title ---- */

static bool is_heading(const maker *m, byline_string text) {
  const page_mark *mark;
  for (size_t at = 0; (mark = next_mark(m, MARK_HEADING, &at));)
    if (same(mark->text, text))
      return true;
  return false;
}

/* Takes "| The Courier" off; a dash parts a title and the site's name only if
 * the page has either of them alone. */
static byline_string without_site(const maker *m, byline_string title) {
  static const char *const signs[] = {
      " | ",         " \xC2\xAB ",     " \xC2\xBB ",     " :: ",
      " - ",         " \xE2\x80\x93 ", " \xE2\x80\x94 ", "\xEF\xBC\x9A",
      "\xEF\xBD\x9C"}; /* full-width : and | */
  byline_string site = html_page_meta(m->page, "og:site_name", 0);
  if (site.length == 0)
    site = html_page_meta(m->page, "application-name", 0);
  for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
    size_t size = strlen(signs[i]);
    for (size_t at = title.length; at-- > 1;) {
      if (title.length - at <= size ||
          memcmp(title.data + at, signs[i], size) != 0)
        continue;
      byline_string head = {title.data, at};
      byline_string rest = {title.data + at + size, title.length - at - size};
      if (i < 4 ? rest.length <= at + SLACK
                : same(rest, site) || is_heading(m, head))
        return head;
      break;
    }
  }
  return title;
}

static bool set_title(maker *m, byline_string title, size_t line) {
  if (m->d->title.length > 0 || title.length == 0)
    return true;
  m->line = line;
  return draft_set(m->d, &m->d->title, title.data, title.length);
}

/* The best heading: the first of the highest level there is. */
static const page_mark *best_heading(const maker *m) {
  const page_mark *best = NULL, *mark;
  for (size_t at = 0; (mark = next_mark(m, MARK_HEADING, &at));)
    if (!best || mark->level < best->level)
      best = mark;
  return best;
}

static bool find_title(maker *m) {
  size_t at = 0;
  const page_mark *stated = next_mark(m, MARK_TITLE, &at);
  const page_mark *heading = best_heading(m);
  byline_string open = {"", 0};
  if (m->whole)
    open = html_page_meta(m->page, "og:title", 0);
  if (open.length > 0 && !set_title(m, without_site(m, open), 0))
    return false;
  if (stated && !set_title(m, stated->text, stated->line))
    return false;
  if (heading && (!m->whole || heading->level == 1) &&
      !set_title(m, heading->text, heading->line))
    return false;
  return !m->whole ||
         set_title(m, without_site(m, m->page->title), m->page->title_line);
}

/* The line of the title as it is shown, or of <title>. */
static void find_line(maker *m) {
  const page_mark *mark;
  static const page_mark_kind kinds[] = {MARK_HEADING, MARK_TITLE};
  for (size_t i = 0; i < 2; i++)
    for (size_t at = 0; (mark = next_mark(m, kinds[i], &at));)
      if (same(mark->text, m->d->title)) {
        m->line = mark->line;
        return;
      }
  if (m->line == 0)
    m->line = m->whole && m->page->title_line > 0
                  ? m->page->title_line
                  : page_parts(m->page)[m->part].line;
}

/* ---- Authors and date ---- */

static bool add_metas(maker *m, const char *name,
                      bool (*add)(draft *, const char *, size_t)) {
  byline_string value;
  for (size_t i = 0; (value = html_page_meta(m->page, name, i)).length > 0; i++)
    if (!add(m->d, value.data, value.length))
      return false;
  return true;
}

/* A line that is called a byline, or begins with "By", above the text. */
static bool names_authors(byline_string line, bool called, credit *c) {
  names n;
  *c = credit_parse(line.data, line.length);
  names_parse(c->who.data, c->who.length, &n);
  return n.shape == NAMES_SURE ? called || n.by
                               : n.shape == NAMES_MAYBE && n.by && called;
}

static bool add_shown(maker *m, byline_string line, bool called) {
  credit c;
  if (!names_authors(line, called, &c))
    return true;
  m->when = c.when;
  return draft_add_byline(m->d, c.who.data, c.who.length);
}

static bool find_shown_authors(maker *m) {
  const page_block *blocks = page_blocks(m->page);
  const page_mark *mark;
  for (size_t at = 0; (mark = next_mark(m, MARK_BYLINE, &at));)
    if (m->d->authors.count == 0 && !add_shown(m, mark->text, true))
      return false;
  size_t first = page_parts(m->page)[m->part].blocks.first;
  for (size_t i = first; i < m->body && m->d->authors.count == 0; i++)
    if (is_within(m->page, blocks[i].part, m->part) &&
        !page_parts(m->page)[blocks[i].part].no_marks &&
        !add_shown(m, block_text(m->page, &blocks[i]), false))
      return false;
  return true;
}

/* A site that names itself as the author of its pages names none. */
static void drop_site(maker *m) {
  draft_list *authors = &m->d->authors;
  byline_string site = html_page_meta(m->page, "og:site_name", 0);
  if (authors->count == 1 && same(authors->items[0], site))
    authors->count = 0;
}

static bool find_authors(maker *m) {
  draft *d = m->d;
  const page_mark *mark;
  if (d->authors.count == 0 && m->whole &&
      !(add_metas(m, "article:author", draft_add_author) &&
        (d->authors.count > 0 ||
         add_metas(m, "citation_author", draft_add_author)) &&
        (d->authors.count > 0 || add_metas(m, "author", draft_add_byline))))
    return false;
  if (m->whole)
    drop_site(m);
  bool stated = d->authors.count > 0;
  for (size_t at = 0; !stated && (mark = next_mark(m, MARK_AUTHOR, &at));)
    if (!draft_add_author(d, mark->text.data, mark->text.length))
      return false;
  return d->authors.count > 0 || find_shown_authors(m);
}

static bool set_date(draft *d, byline_string text) {
  char iso[DATE_ISO_SIZE];
  if (d->date[0] || text.length == 0)
    return true;
  date_result result = date_time_parse(text.data, text.length, iso);
  return draft_set_date(d, result, iso, text.data, text.length);
}

/* Times that do not say what they are of count if they stand above the text
 * and are all the same. */
static bool set_plain_time(maker *m) {
  const page_mark *mark, *found = NULL;
  for (size_t at = 0; (mark = next_mark(m, MARK_TIME, &at));) {
    if (mark->level != 1 || mark->first_block > m->body)
      continue;
    if (found && !same(found->text, mark->text))
      return true;
    found = mark;
  }
  return !found || set_date(m->d, found->text);
}

/* The same for what only a class calls a date: what is none is passed over. */
static bool set_called_date(maker *m) {
  char iso[DATE_ISO_SIZE], first[DATE_ISO_SIZE] = "";
  const page_mark *mark;
  byline_string text = {"", 0};
  for (size_t at = 0; (mark = next_mark(m, MARK_TIME, &at));) {
    if (mark->level == 1)
      return true; /* it has been asked */
    date_result result =
        date_time_parse(mark->text.data, mark->text.length, iso);
    if (mark->level != 2 || mark->first_block > m->body || result == DATE_NONE)
      continue;
    if (result == DATE_UNCLEAR)
      memcpy(iso, "?", 2);
    if (first[0] && strcmp(first, iso) != 0)
      return true;
    memcpy(first, iso, sizeof first);
    text = mark->text;
  }
  return set_date(m->d, text);
}

static bool find_date(maker *m) {
  static const char *const fields[] = {"article:published_time",
                                       "og:article:published_time",
                                       "datepublished",
                                       "parsely-pub-date",
                                       "sailthru.date",
                                       "citation_publication_date",
                                       "dc.date.issued",
                                       "dcterms.issued",
                                       "dc.date.created",
                                       "dcterms.created",
                                       "pubdate",
                                       "publish-date",
                                       "dc.date",
                                       "dcterms.date",
                                       "date"};
  const page_mark *mark;
  for (size_t i = 0; m->whole && i < sizeof fields / sizeof *fields; i++)
    if (!set_date(m->d, html_page_meta(m->page, fields[i], 0)))
      return false;
  for (size_t at = 0; (mark = next_mark(m, MARK_TIME, &at));)
    if (mark->level == 0 && !set_date(m->d, mark->text))
      return false;
  return m->d->date[0] ||
         (set_plain_time(m) && set_called_date(m) && set_date(m->d, m->when));
}

/* ---- The rest ---- */

static bool add_keyword(draft *d, const char *text, size_t length) {
  return draft_add(d, &d->keywords, text, length);
}

static bool add_keywords(draft *d, const char *text, size_t length) {
  return draft_add_parts(d, &d->keywords, text, length);
}

static bool set_section(draft *d, const char *text, size_t length) {
  return draft_set(d, &d->section, text, length);
}

static bool find_decks(maker *m) {
  const page_mark *mark;
  if (m->d->decks.count > 0)
    return true;
  for (size_t at = 0; (mark = next_mark(m, MARK_DECK, &at));)
    if (mark->first_block <= m->body &&
        !draft_add(m->d, &m->d->decks, mark->text.data, mark->text.length))
      return false;
  return true;
}

static bool find_topics(maker *m) {
  draft *d = m->d;
  const page_mark *mark;
  size_t at = 0;
  if (m->whole && !add_metas(m, "article:section", set_section))
    return false;
  mark = next_mark(m, MARK_SECTION, &at);
  if (mark && !set_section(d, mark->text.data, mark->text.length))
    return false;
  if (d->keywords.count == 0 && m->whole &&
      !add_metas(m, "article:tag", add_keyword))
    return false;
  if (d->keywords.count == 0 && m->whole &&
      !(add_metas(m, "news_keywords", add_keywords) &&
        (d->keywords.count > 0 || add_metas(m, "keywords", add_keywords))))
    return false;
  return d->keywords.count > 0 || add_marks(m, MARK_KEYWORD, &d->keywords);
}

/* Only whole addresses: what they would be relative to is not known. */
static bool set_url(draft *d, const char *text, size_t length) {
  bool whole = words_begin(text, length, "http://") ||
               words_begin(text, length, "https://");
  return !whole || draft_set_url(d, text, length);
}

static bool find_address(maker *m) {
  size_t at = 0;
  if (m->whole)
    return add_metas(m, "canonical", set_url) &&
           add_metas(m, "og:url", set_url);
  const page_mark *mark = next_mark(m, MARK_LINK, &at);
  return !mark || set_url(m->d, mark->text.data, mark->text.length);
}

static bool find_language(maker *m) {
  return add_metas(m, "lang", draft_set_language) &&
         add_metas(m, "og:locale", draft_set_language);
}

/* ---- Text ---- */

/* Whether a paragraph is no more than a mark that is a field already. */
static bool is_field(const maker *m, size_t index) {
  static const page_mark_kind kinds[] = {MARK_TITLE, MARK_AUTHOR, MARK_BYLINE,
                                         MARK_TIME,  MARK_DECK,   MARK_SECTION};
  const page_block *b = &page_blocks(m->page)[index];
  const page_mark *mark;
  if (index > m->body)
    return false;
  if (same(block_text(m->page, b), m->d->title))
    return true;
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    for (size_t at = 0; (mark = next_mark(m, kinds[i], &at));) {
      size_t last = mark->last_block > mark->first_block
                        ? mark->last_block
                        : mark->first_block + 1;
      bool called =
          kinds[i] == MARK_BYLINE && mark->text.length <= LONGEST_BYLINE;
      if (index >= mark->first_block && index < last &&
          (called || b->length <= mark->text.length + SLACK))
        return true;
    }
  return false;
}

/* "By Jane Doe" that became the authors. */
static bool is_byline(const maker *m, size_t index) {
  const page_block *b = &page_blocks(m->page)[index];
  credit c;
  return index < m->body && m->d->authors.count > 0 &&
         names_authors(block_text(m->page, b), false, &c);
}

/* Where the text ends: a heading with nothing but links behind it is about
 * other pages. */
static size_t end_of_text(const maker *m) {
  const page_block *blocks = page_blocks(m->page);
  const page_part *part = &page_parts(m->page)[m->part];
  bool links = false;
  for (size_t i = part->blocks.last; i-- > m->body + 1;) {
    const page_block *b = &blocks[i];
    if (!is_within(m->page, b->part, m->part) ||
        page_parts(m->page)[b->part].no_text)
      continue;
    if (b->kind == HTML_TITLE && links)
      return i;
    if (b->kind != HTML_PLAIN || b->link_bytes < b->length)
      break;
    links = true;
  }
  return part->blocks.last;
}

static bool add_text(maker *m) {
  const page_block *blocks = page_blocks(m->page);
  const page_part *part = &page_parts(m->page)[m->part];
  buf *text = &m->d->text;
  size_t last = end_of_text(m);
  for (size_t i = part->blocks.first; i < last; i++) {
    const page_block *b = &blocks[i];
    if (!is_within(m->page, b->part, m->part) ||
        page_parts(m->page)[b->part].no_text)
      continue;
    if (i <= m->body && (is_field(m, i) || is_byline(m, i)))
      continue;
    if ((text->length > 0 && !buf_add(text, "\n\n", 2)) ||
        !buf_add_str(text, block_text(m->page, b)))
      return false;
  }
  return true;
}

/* The text of the data stands in for one that the page has no half of. */
static byline_status set_text(maker *m, const json_t *data,
                              byline_error *error) {
  if (!add_text(m))
    return error_no_memory(error);
  if (!data)
    return BYLINE_OK;
  if (json_string_length(json_object_get(data, "articleBody")) / 2 >
      m->d->text.length)
    buf_clear(&m->d->text);
  return article_json_text(data, m->d, error);
}

byline_status html_article(const html_page *page, uint32_t part, bool whole,
                           const json_t *data, draft *d, size_t *line,
                           byline_error *error) {
  maker m = {.page = page, .part = part, .whole = whole, .d = d};
  m.scope = whole ? find_scope(page, part) : part;
  m.body = find_body(&m);
  bool ok = (!data || article_json_fields(data, d)) && find_title(&m) &&
            find_authors(&m) && find_date(&m) && find_decks(&m) &&
            find_topics(&m) && find_address(&m) && find_language(&m);
  if (!ok)
    return error_no_memory(error);
  find_line(&m);
  *line = m.line;
  return set_text(&m, data, error);
}
