#include "read/html_signs.h"

#include <string.h>

#include "read/words.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_joint(char c) {
  return c == '-' || c == '_';
}

/* Whether the name of a class is a word or begins or ends with it:
 * "article__standfirst", "related-items". */
static bool is_about(const char *name, size_t length, const char *word) {
  size_t size = strlen(word);
  if (length < size)
    return false;
  if (words_begin(name, length, word) &&
      (length == size || is_joint(name[size])))
    return true;
  return length > size && is_joint(name[length - size - 1]) &&
         words_begin(name + length - size, size, word);
}

/* Whether one of the names in a list parted by spaces is about, or is, one of
 * the words. */
static bool any(const char *names, const char *const *words, size_t count,
                bool whole) {
  for (const char *at = names; at && *at;) {
    size_t length = 0;
    while (at[length] && !is_space(at[length]))
      length++;
    if (whole && words_contain(words, count, at, length))
      return true;
    for (size_t i = 0; i < count && !whole; i++)
      if (is_about(at, length, words[i]))
        return true;
    at += length;
    while (is_space(*at))
      at++;
  }
  return false;
}

static bool has(const char *names, const char *word) {
  return any(names, &word, 1, true);
}

/* ---- Parts ---- */

static const char *const frame_roles[] = {
    "navigation", "contentinfo", "complementary", "search",
    "dialog",     "menu",        "menubar"};

static const char *const related[] = {"nav",
                                      "navbar",
                                      "navigation",
                                      "menu",
                                      "breadcrumb",
                                      "breadcrumbs",
                                      "sidebar",
                                      "related",
                                      "recommended",
                                      "recirc",
                                      "share",
                                      "sharing",
                                      "social",
                                      "newsletter",
                                      "subscribe",
                                      "signup",
                                      "relatedposts",
                                      "sharedaddy",
                                      "readmore",
                                      "read-more",
                                      "most-read",
                                      "outbrain",
                                      "taboola",
                                      "toc",
                                      "noprint",
                                      "navbox",
                                      "catlinks",
                                      "printfooter",
                                      "sitesub",
                                      "jump-link",
                                      "advert",
                                      "advertisement",
                                      "ad",
                                      "ads",
                                      "sponsored",
                                      "promo",
                                      "cookie",
                                      "consent",
                                      "pagination",
                                      "pager",
                                      "widget",
                                      "popup",
                                      "modal",
                                      "toolbar",
                                      "skip-link",
                                      "sr-only",
                                      "screen-reader-text",
                                      "visually-hidden",
                                      "author-bio",
                                      "paywall"};

/* What readers write may be more than the article. */
static const char *const comments[] = {
    "comments",      "commentlist",      "comment-list",
    "comments-list", "comments-area",    "respond",
    "disqus_thread", "comments-section", "comment-section"};

static const char *const quiet[] = {"entry-meta",   "post-meta", "article-meta",
                                    "byline",       "dateline",  "post-info",
                                    "article-info", "taglist",   "tags"};

static bool is_hidden(const html_tag *tag) {
  const char *style = html_attribute(tag, "style");
  const char *aria = html_attribute(tag, "aria-hidden");
  return html_attribute(tag, "hidden") || (aria && strcmp(aria, "true") == 0) ||
         (style &&
          (strstr(style, "display:none") || strstr(style, "display: none")));
}

/* Signs within a line that are only for programs, or for the writers. */
static const char *const unread[] = {
    "sr-only",        "screen-reader-text", "visually-hidden", "visuallyhidden",
    "mw-editsection", "mw-jump-link",       "noprint"};

bool html_signs_hide(const html_tag *tag) {
  const char *class;
  if (!tag->attributes || (tag->element->flags & (HTML_PART | HTML_WHOLE)))
    return false;
  class = html_attribute(tag, "class");
  return any(class, unread, COUNT(unread), true) ||
         (strcmp(tag->name, "sup") == 0 && has(class, "reference")) ||
         (!(tag->element->flags & HTML_BLOCK) && is_hidden(tag));
}

static unsigned part_flags(const html_tag *tag, const char *itemprop) {
  const char *role = html_attribute(tag, "role");
  const char *class = html_attribute(tag, "class");
  const char *id = html_attribute(tag, "id");
  unsigned flags = tag->element->flags, part = 0;
  bool edge = strcmp(tag->name, "header") == 0 ||
              strcmp(tag->name, "footer") == 0 || has(role, "banner");
  if (flags & HTML_WHOLE)
    return PART_WHOLE;
  if (edge)
    part |= PART_QUIET;
  else if ((flags & HTML_FRAME) ||
           any(role, frame_roles, COUNT(frame_roles), true) || is_hidden(tag))
    part |= PART_FRAME;
  if ((flags & HTML_ARTICLE) || has(role, "article"))
    part |= PART_ARTICLE;
  else if (strcmp(tag->name, "main") == 0 || has(role, "main"))
    part |= PART_MAIN;
  else if (any(class, related, COUNT(related), false) ||
           any(id, related, COUNT(related), false))
    part |= PART_RELATED;
  else if (any(class, quiet, COUNT(quiet), false))
    part |= PART_QUIET;
  if (!(part & PART_ARTICLE) && (any(class, comments, COUNT(comments), true) ||
                                 any(id, comments, COUNT(comments), true)))
    part |= PART_RELATED | PART_COMMENTS;
  if (has(itemprop, "comment"))
    part |= PART_RELATED | PART_COMMENTS;
  if (strcmp(tag->name, "form") == 0)
    part |= PART_RELATED; /* unless it is the whole page */
  if (has(itemprop, "articlebody"))
    part |= PART_BODY;
  return part;
}

/* ---- Marks ---- */

static const struct {
  const char *name;
  page_mark_kind kind;
} properties[] = {
    {"headline", MARK_TITLE},         {"alternativeheadline", MARK_DECK},
    {"author", MARK_AUTHOR},          {"datepublished", MARK_TIME},
    {"articlesection", MARK_SECTION}, {"keywords", MARK_KEYWORD}};

static void set(html_signs *s, page_mark_kind kind, unsigned level,
                const char *value) {
  s->marked = true;
  s->mark = kind;
  s->level = level;
  s->value = value;
}

static bool mark_property(html_signs *s, const html_tag *tag,
                          const char *itemprop) {
  const char *value = html_attribute(tag, "content");
  if (!value)
    value = html_attribute(tag, "datetime");
  if (!value && strcmp(tag->name, "abbr") == 0)
    value = html_attribute(tag, "title");
  for (size_t i = 0; i < COUNT(properties); i++)
    if (any(itemprop, &properties[i].name, 1, true)) {
      set(s, properties[i].kind, 0, value);
      return true;
    }
  s->name = has(itemprop, "name");
  return false;
}

/* RDFa: Drupal's "schema:author" and "dc:date", say. A page whose posts were
 * created has published them. */
static bool mark_rdfa(html_signs *s, const html_tag *tag) {
  static const struct {
    const char *name;
    page_mark_kind kind;
  } known[] = {
      {"schema:author", MARK_AUTHOR},    {"dc:creator", MARK_AUTHOR},
      {"sioc:has_creator", MARK_AUTHOR}, {"schema:datepublished", MARK_TIME},
      {"schema:datecreated", MARK_TIME}, {"dc:date", MARK_TIME}};
  const char *property = html_attribute(tag, "property");
  const char *rel = html_attribute(tag, "rel");
  for (size_t i = 0; (property || rel) && i < COUNT(known); i++)
    if (has(property, known[i].name) ||
        (known[i].kind == MARK_AUTHOR && has(rel, known[i].name))) {
      set(s, known[i].kind, 0, html_attribute(tag, "content"));
      return true;
    }
  s->name =
      s->name || has(property, "schema:name") || has(property, "foaf:name");
  return false;
}

static bool mark_relation(html_signs *s, const html_tag *tag) {
  const char *rel = html_attribute(tag, "rel");
  if (!rel || !(tag->element->flags & HTML_LINK))
    return false;
  if (has(rel, "author"))
    set(s, MARK_AUTHOR, 0, NULL);
  else if (has(rel, "tag"))
    set(s, MARK_KEYWORD, 0, NULL);
  else if (has(rel, "bookmark"))
    set(s, MARK_LINK, 0, html_attribute(tag, "href"));
  return s->marked;
}

/* A time that was changed later is not the article's. */
static void mark_time(html_signs *s, const html_tag *tag, const char *class) {
  static const char *const later[] = {"updated", "modified", "last-updated"};
  bool published = has(class, "published") || html_attribute(tag, "pubdate");
  if (published || !any(class, later, COUNT(later), false))
    set(s, MARK_TIME, published ? 0 : 1, html_attribute(tag, "datetime"));
}

/* Whether one of the names is that of a date, and none that of another one
 * than the article's: "post-date", but not "date-modified". */
static bool is_date_class(const char *class) {
  static const char *const dates[] = {"date", "pubdate", "published",
                                      "posted-on", "datestamp"};
  static const char *const others[] = {
      "updated", "modified", "update", "event", "expires",
      "expiry",  "comment",  "due",    "start", "lastupdated",
      "last",    "changed",  "end"};
  return any(class, dates, COUNT(dates), false) &&
         !any(class, others, COUNT(others), false);
}

static void mark_class(html_signs *s, const html_tag *tag, const char *class) {
  static const char *const decks[] = {
      "standfirst", "dek",         "deck",         "subtitle",  "sub-title",
      "subhead",    "subheadline", "sub-headline", "strapline", "subheading"};
  static const char *const bylines[] = {"byline",      "by-line", "author",
                                        "author-name", "writer",  "submitted",
                                        "posted-by"};
  if (any(class, decks, COUNT(decks), false))
    set(s, MARK_DECK, 0, NULL);
  else if (any(class, bylines, COUNT(bylines), false))
    set(s, MARK_BYLINE, 0, NULL);
  else if (strcmp(tag->name, "abbr") == 0 && has(class, "published"))
    set(s, MARK_TIME, 0, html_attribute(tag, "title"));
  else if (is_date_class(class))
    set(s, MARK_TIME, 2, NULL);
}

html_signs html_signs_of(const html_tag *tag) {
  html_signs s = {0};
  unsigned flags = tag->element->flags;
  bool time = strcmp(tag->name, "time") == 0;
  if (tag->attributes && tag->attributes[0]) {
    const char *itemprop = html_attribute(tag, "itemprop");
    const char *class = html_attribute(tag, "class");
    s.part = part_flags(tag, itemprop);
    if (!(itemprop && mark_property(&s, tag, itemprop)) &&
        !mark_rdfa(&s, tag) && !mark_relation(&s, tag)) {
      if (time)
        mark_time(&s, tag, class);
      else if (class && !(flags & (HTML_WHOLE | HTML_ARTICLE)))
        mark_class(&s, tag, class);
    }
  } else if (flags & HTML_PART || strcmp(tag->name, "main") == 0) {
    s.part = part_flags(tag, NULL);
  } else if (time) {
    set(&s, MARK_TIME, 1, NULL);
  }
  if (!s.marked && (flags & HTML_HEADING) && tag->name[1] <= '3')
    set(&s, MARK_HEADING, (unsigned)(tag->name[1] - '0'), NULL);
  return s;
}
