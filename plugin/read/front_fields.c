#include "read/front_fields.h"

#include <string.h>

typedef bool (*add_fn)(draft *d, draft_list *list, byline_string text);

/* The first of the names that has a value, in the map or in its params. */
static const front_node *pick(const front_node *root,
                              const char *const *names) {
  static const char *const inner[] = {"params", "extra", "taxonomies"};
  for (size_t i = 0; names[i]; i++) {
    const front_node *found = front_find(root, names[i]);
    for (size_t k = 0; !found && k < sizeof inner / sizeof *inner; k++)
      found = front_find(front_find(root, inner[k]), names[i]);
    if (found && (found->first || found->text.length > 0))
      return found;
  }
  return NULL;
}

static byline_string pick_text(const front_node *root,
                               const char *const *names) {
  const front_node *found = pick(root, names);
  return found && found->kind == FRONT_TEXT ? found->text
                                            : (byline_string){NULL, 0};
}

static bool set_text(const front_node *root, const char *const *names, draft *d,
                     byline_string *field) {
  byline_string text = pick_text(root, names);
  return text.length == 0 || draft_set(d, field, text.data, text.length);
}

/* ---- Lists ---- */

static bool add_item(draft *d, draft_list *list, byline_string text) {
  return draft_add(d, list, text.data, text.length);
}

static bool add_author(draft *d, draft_list *list, byline_string text) {
  (void)list;
  /* A link to the author's page in a wiki of notes. */
  if (text.length > 4 && memcmp(text.data, "[[", 2) == 0 &&
      memcmp(text.data + text.length - 2, "]]", 2) == 0) {
    text.data += 2;
    text.length -= 4;
  }
  return draft_add_byline(d, text.data, text.length);
}

static bool add_split(draft *d, draft_list *list, byline_string text,
                      char separator) {
  while (text.length > 0) {
    const char *end = memchr(text.data, separator, text.length);
    size_t size = end ? (size_t)(end - text.data) : text.length;
    if (!draft_add(d, list, text.data, size))
      return false;
    size += end ? 1 : 0;
    text.data += size;
    text.length -= size;
  }
  return true;
}

/* A text, a list of texts, a map with a name, or a list of such maps. */
static bool add_values(const front_node *value, draft *d, draft_list *list,
                       add_fn add) {
  const front_node *item = value->kind == FRONT_LIST ? value->first : value;
  while (item) {
    const front_node *text = item;
    while (text && text->kind == FRONT_LIST)
      text = text->first; /* [[Jane Doe]] without quotation marks */
    if (text && text->kind == FRONT_MAP)
      text = front_find(text, "name");
    if (text && text->kind == FRONT_TEXT && !add(d, list, text->text))
      return false;
    item = value->kind == FRONT_LIST ? item->next : NULL;
  }
  return true;
}

static bool add_keywords(const front_node *value, bool spaced, draft *d) {
  if (!value)
    return true;
  if (value->kind != FRONT_TEXT)
    return add_values(value, d, &d->keywords, add_item);
  bool commas = memchr(value->text.data, ',', value->text.length);
  return add_split(d, &d->keywords, value->text, spaced && !commas ? ' ' : ',');
}

/* ---- Fields ---- */

static bool set_authors(const front_node *root, draft *d) {
  static const char *const names[] = {"authors", "author", NULL};
  const front_node *authors = pick(root, names);
  return !authors || add_values(authors, d, &d->authors, add_author);
}

static bool is_flag(byline_string s) {
  return (s.length == 4 && memcmp(s.data, "true", 4) == 0) ||
         (s.length == 5 && memcmp(s.data, "false", 5) == 0);
}

static bool set_date(const front_node *root, const front_source *source,
                     draft *d) {
  static const char *const dates[] = {"date", "publishDate", "pubDate", NULL};
  static const char *const flags[] = {"published", NULL};
  byline_string date = pick_text(root, dates);
  if (date.length == 0)
    date = pick_text(root, flags);
  /* Jekyll's published is true or false. */
  return date.length == 0 || is_flag(date) ||
         draft_parse_date(d, source->input, date.data, date.length);
}

static bool set_url(const front_node *root, draft *d) {
  static const char *const names[][2] = {
      {"url", NULL}, {"permalink", NULL}, {"canonicalURL", NULL}};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    byline_string url = pick_text(root, names[i]);
    if (draft_is_url(url))
      return draft_set_plain(d, &d->url, url.data, url.length);
  }
  return true;
}

static bool set_keywords(const front_node *root, bool spaced, draft *d) {
  static const char *const tags[] = {"tags", "tag", NULL};
  static const char *const categories[] = {"categories", "category", NULL};
  static const char *const keywords[] = {"keywords", NULL};
  return add_keywords(pick(root, tags), spaced, d) &&
         add_keywords(pick(root, categories), spaced, d) &&
         add_keywords(pick(root, keywords), false, d);
}

static bool set_decks(const front_node *root, draft *d) {
  static const char *const names[][2] = {
      {"subtitle", NULL}, {"description", NULL}, {"summary", NULL}};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    byline_string deck = pick_text(root, names[i]);
    if (!draft_add(d, &d->decks, deck.data, deck.length))
      return false;
  }
  return true;
}

bool front_fields(const front_node *root, const front_source *source,
                  draft *d) {
  static const char *const id[] = {"id", "guid", "uuid", NULL};
  static const char *const title[] = {"title", NULL};
  static const char *const section[] = {"section", NULL};
  static const char *const language[] = {"lang", "language", NULL};
  byline_string code = pick_text(root, language);
  return set_text(root, id, d, &d->id) && set_text(root, title, d, &d->title) &&
         set_text(root, section, d, &d->section) &&
         (code.length == 0 || draft_set_language(d, code.data, code.length)) &&
         set_decks(root, d) && set_authors(root, d) &&
         set_date(root, source, d) && set_url(root, d) &&
         set_keywords(root, source->spaced_tags, d);
}
