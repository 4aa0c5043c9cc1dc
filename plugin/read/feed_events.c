/* The elements of a feed, one after the other, into entries. */
#include <stdlib.h>
#include <string.h>

#include <libxml/uri.h>

#include "read/feed_export.h"
#include "read/feed_state.h"
#include "read/input.h"

/* ---- Attributes ---- */

/* As libxml2 gives them: five pointers each. */
typedef struct attributes {
  const xmlChar **list;
  size_t count;
} attributes;

static const char xml_space[] = "http://www.w3.org/XML/1998/namespace";

/* The value of an attribute with a name, in a namespace (NULL: in none). */
static byline_string attribute(const attributes *a, const char *name,
                               const char *space) {
  for (size_t i = 0; i < a->count; i++) {
    const xmlChar **one = a->list + i * 5;
    const char *given = (const char *)one[2];
    bool same = space ? given && strcmp(given, space) == 0 : !given;
    if (same && strcmp((const char *)one[0], name) == 0)
      return (byline_string){(const char *)one[3], (size_t)(one[4] - one[3])};
  }
  return (byline_string){NULL, 0};
}

/* The parser leaves "&#38;" for & in attributes. */
static bool add_attribute(buf *out, byline_string value) {
  static const char mark[] = "&#38;";
  while (value.data && value.length > 0) {
    bool marked = value.length >= 5 && memcmp(value.data, mark, 5) == 0;
    size_t size = marked ? 5 : 1;
    if (!buf_add(out, value.data, marked ? 1 : size))
      return false;
    value.data += size;
    value.length -= size;
  }
  return true;
}

static bool equals(byline_string s, const char *text) {
  return s.length == strlen(text) && memcmp(s.data, text, s.length) == 0;
}

static bool contains(byline_string s, const char *text) {
  size_t length = strlen(text);
  for (size_t i = 0; i + length <= s.length; i++)
    if (memcmp(s.data + i, text, length) == 0)
      return true;
  return false;
}

/* ---- Scopes ---- */

static const scope *scope_here(const feed_parse *p) {
  size_t at = p->depth < SCOPES ? p->depth : SCOPES - 1;
  return &p->scopes[at];
}

/* A relative address, resolved; false when memory runs out. */
static bool resolve(const scope *s, byline_string address, buf *out) {
  buf relative = BUF_INIT;
  if (!add_attribute(&relative, address)) {
    buf_free(&relative);
    return false;
  }
  xmlChar *whole = NULL;
  if (s->base.length > 0 && relative.length > 0)
    whole = xmlBuildURI((const xmlChar *)relative.data,
                        (const xmlChar *)s->base.data);
  bool ok = whole ? buf_add_string(out, (char *)whole)
                  : buf_add_str(out, buf_string(&relative));
  xmlFree(whole);
  buf_free(&relative);
  return ok;
}

static bool open_scope(feed_parse *p, const attributes *a) {
  if (p->depth >= SCOPES)
    return true;
  scope *s = &p->scopes[p->depth];
  const scope *outer = s - 1;
  byline_string base = attribute(a, "base", xml_space);
  byline_string language = attribute(a, "lang", xml_space);
  buf whole = BUF_INIT;
  memcpy(s->language, outer->language, sizeof s->language);
  if (language.data && language.length < sizeof s->language) {
    memcpy(s->language, language.data, language.length);
    s->language[language.length] = '\0';
  }
  free((char *)s->base.data);
  s->base = (byline_string){NULL, 0};
  bool ok = base.length > 0 ? resolve(outer, base, &whole)
                            : buf_add_str(&whole, outer->base);
  if (!ok) {
    buf_free(&whole);
    return false;
  }
  s->base = buf_string(&whole);
  return true;
}

/* ---- Capturing a field ---- */

static draft *draft_here(feed_parse *p) {
  return p->entry_depth > 0 ? &p->entries[p->count].draft : &p->feed;
}

static void capture(feed_parse *p, feed_field field, feed_markup markup,
                    bool tags) {
  p->field = field;
  p->field_depth = p->depth;
  p->markup = markup;
  p->tags = tags;
  buf_clear(&p->value);
}

/* Adds to what is captured; an entry that becomes too long is left out. */
static bool add_value(feed_parse *p, const char *text, size_t length) {
  if (p->entry_depth > 0) {
    feed_entry *e = &p->entries[p->count];
    e->bytes += length;
    if (e->bytes > feed_longest(p->input))
      return true;
  } else if (p->value.length > LONGEST_ENTITY) {
    return true;
  }
  return buf_add(&p->value, text, length);
}

/* Text as HTML source. */
static bool add_escaped(feed_parse *p, const char *text, size_t length) {
  size_t start = 0;
  for (size_t i = 0; i < length; i++) {
    const char *reference = text[i] == '<'   ? "&lt;"
                            : text[i] == '&' ? "&amp;"
                            : text[i] == '"' ? "&quot;"
                                             : NULL;
    if (!reference)
      continue;
    if (!add_value(p, text + start, i - start) ||
        !add_value(p, reference, strlen(reference)))
      return false;
    start = i + 1;
  }
  return add_value(p, text + start, length - start);
}

/* The tag of an element within a field. */
static bool add_tag(feed_parse *p, const char *name, bool end,
                    byline_string alt) {
  bool ok = add_value(p, end ? "</" : "<", end ? 2 : 1) &&
            add_value(p, name, strlen(name));
  if (alt.length > 0)
    ok = ok && add_value(p, " alt=\"", 6) &&
         add_escaped(p, alt.data, alt.length) && add_value(p, "\"", 1);
  return ok && add_value(p, ">", 1);
}

/* ---- What fields say ---- */

static bool add_person(feed_parse *p) {
  feed_entry *e = p->entry_depth > 0 ? &p->entries[p->count] : NULL;
  if (!e)
    return draft_add_byline(&p->feed, p->value.data, p->value.length);
  draft_list *list =
      p->source_depth > 0 ? &e->source_authors : &e->draft.authors;
  return feed_entry_add_author(e, list, &p->value);
}

/* Sets a field that nothing was said of yet. */
static bool set_once(draft *d, byline_string *field, const buf *value) {
  return field->length > 0 || draft_set(d, field, value->data, value->length);
}

static bool set_guid(feed_parse *p, feed_entry *e) {
  draft *d = &e->draft;
  bool first = d->id.length == 0;
  if (!set_once(d, &d->id, &p->value))
    return false;
  if (first && p->permalink && draft_is_url(d->id))
    e->guid_link = d->id;
  return true;
}

/* A user begins, */
static bool open_user(feed_parse *p) {
  p->person_depth = p->depth;
  p->in_user = p->user_count < FEED_USERS;
  if (!p->in_user) {
    tally_add(&p->nameless, 1, feed_line(p));
    return true;
  }
  if (p->user_count == p->user_capacity) {
    size_t capacity = p->user_capacity ? p->user_capacity * 2 : 8;
    feed_user *users = realloc(p->users, capacity * sizeof *users);
    if (!users)
      return false;
    p->users = users;
    p->user_capacity = capacity;
  }
  p->users[p->user_count++] = (feed_user){{NULL, 0}, {NULL, 0}};
  return true;
}

/* and has these names. */
static bool set_user(feed_parse *p) {
  feed_user *u = &p->users[p->user_count - 1];
  return draft_set(&p->feed, p->field == FIELD_LOGIN ? &u->login : &u->name,
                   p->value.data, p->value.length);
}

static bool add_author(feed_parse *p, draft *d) {
  byline_string given = buf_string(&p->value);
  for (size_t i = 0; i < p->user_count; i++) {
    const feed_user *u = &p->users[i];
    if (u->name.length > 0 && u->login.length == given.length &&
        memcmp(u->login.data, given.data, given.length) == 0)
      return draft_add_author(d, u->name.data, u->name.length);
  }
  return draft_add_byline(d, given.data, given.length);
}

static bool deliver_to_entry(feed_parse *p, feed_entry *e) {
  draft *d = &e->draft;
  const buf *value = &p->value;
  switch (p->field) {
  case FIELD_TITLE:
    return feed_entry_set_title(e, value, p->markup);
  case FIELD_LINK:
    return set_once(d, &d->url, value);
  case FIELD_ID:
    return set_once(d, &d->id, value);
  case FIELD_GUID:
    return set_guid(p, e);
  case FIELD_DATE:
    return draft_parse_date(d, p->input, value->data, value->length);
  case FIELD_AUTHOR:
    return add_author(p, d);
  case FIELD_NAME:
    return add_person(p);
  case FIELD_KEYWORD:
    return draft_add(d, &d->keywords, value->data, value->length);
  case FIELD_CONTENT:
    return feed_entry_set_text(&e->content, value, p->markup);
  case FIELD_SUMMARY:
    return feed_entry_set_text(&e->summary, value, p->markup);
  case FIELD_LANGUAGE:
    return draft_set_language(d, value->data, value->length);
  case FIELD_TYPE:
    e->exported = true;
    e->left_out |= !feed_export_is_article(buf_string(value));
    return true;
  case FIELD_STATUS:
    e->left_out |= !feed_export_is_published(buf_string(value));
    return true;
  case FIELD_DRAFT:
    e->left_out |= equals(buf_string(value), "yes");
    return true;
  default:
    return true;
  }
}

static bool deliver(feed_parse *p) {
  if (p->entry_depth > 0)
    return deliver_to_entry(p, &p->entries[p->count]);
  if (p->field == FIELD_LOGIN || p->field == FIELD_DISPLAY)
    return set_user(p);
  if (p->field == FIELD_LANGUAGE)
    return draft_set_language(&p->feed, p->value.data, p->value.length);
  return p->field != FIELD_NAME || add_person(p);
}

/* ---- Elements ---- */

static bool set_link(feed_parse *p, const attributes *a) {
  draft *d = draft_here(p);
  byline_string relation = attribute(a, "rel", NULL);
  byline_string href = attribute(a, "href", NULL);
  buf whole = BUF_INIT;
  if (p->entry_depth == 0 || p->source_depth > 0 || href.length == 0 ||
      d->url.length > 0 ||
      (relation.length > 0 && !equals(relation, "alternate")))
    return true;
  bool ok = resolve(scope_here(p), href, &whole) &&
            draft_set(d, &d->url, whole.data, whole.length);
  buf_free(&whole);
  return ok;
}

static bool add_category(feed_parse *p, const attributes *a) {
  draft *d = draft_here(p);
  static const char kinds[] = "http://schemas.google.com/g/2005#kind";
  if (p->entry_depth > 0 && equals(attribute(a, "scheme", NULL), kinds)) {
    p->entries[p->count].left_out |=
        !feed_export_is_article(attribute(a, "term", NULL));
    return true;
  }
  byline_string name = attribute(a, "label", NULL);
  buf text = BUF_INIT;
  if (name.length == 0)
    name = attribute(a, "term", NULL);
  bool ok = add_attribute(&text, name) &&
            (p->entry_depth == 0 ||
             draft_add(d, &d->keywords, text.data, text.length));
  buf_free(&text);
  return ok;
}

/* Atom's texts say what they are; those of RSS are HTML more often than not. */
static void capture_text(feed_parse *p, feed_field field, const attributes *a) {
  byline_string type = attribute(a, "type", NULL);
  bool atom = p->kind == FEED_ATOM, inside = p->source_depth > 0;
  if (inside ||
      (atom && field == FIELD_CONTENT && attribute(a, "src", NULL).length > 0))
    return;
  if (!atom)
    capture(p, field, FEED_LIKELY, true);
  else if (contains(type, "html"))
    capture(p, field, FEED_HTML, true);
  else if (type.length == 0 || equals(type, "text") ||
           equals(type, "text/plain"))
    capture(p, field, FEED_PLAIN, false);
}

/* A field of an entry or of the feed begins. */
static bool open_field(feed_parse *p, feed_field field, const attributes *a) {
  switch (field) {
  case FIELD_NONE:
  case FIELD_NAME:
    return true;
  case FIELD_TITLE:
  case FIELD_CONTENT:
  case FIELD_SUMMARY:
    capture_text(p, field, a);
    return true;
  case FIELD_ATOM_LINK:
    return set_link(p, a);
  case FIELD_ATOM_CATEGORY:
    return add_category(p, a);
  case FIELD_PERSON:
    p->person_depth = p->depth;
    return true;
  case FIELD_USER:
    return p->entry_depth > 0 || open_user(p);
  case FIELD_LOGIN:
  case FIELD_DISPLAY:
  case FIELD_DRAFT:
    return true; /* in an element of their own */
  case FIELD_SOURCE:
    p->source_depth = p->depth;
    return true;
  default:
    p->permalink = !equals(attribute(a, "isPermaLink", NULL), "false");
    capture(p, field, FEED_PLAIN, false);
    return true;
  }
}

/* Makes room for one more entry and begins it. */
static bool open_entry(feed_parse *p, const attributes *a) {
  static const char rdf[] = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
  if (p->count == p->capacity) {
    size_t capacity = p->capacity ? p->capacity * 2 : 4;
    feed_entry *entries = realloc(p->entries, capacity * sizeof *entries);
    if (!entries)
      return false;
    memset(entries + p->capacity, 0,
           (capacity - p->capacity) * sizeof *entries);
    p->entries = entries;
    p->capacity = capacity;
  }
  p->entry_depth = p->depth;
  p->person_depth = p->source_depth = 0;
  feed_entry *e = &p->entries[p->count];
  const char *language = scope_here(p)->language;
  byline_string about = attribute(a, "about", rdf);
  feed_entry_start(e, feed_line(p), feed_kind_type(p->kind));
  return draft_set_language(&e->draft, language, strlen(language)) &&
         (about.length == 0 ||
          draft_set(&e->draft, &e->draft.id, about.data, about.length));
}

static bool open_element(feed_parse *p, const char *name, const char *space,
                         const attributes *a) {
  if (p->field != FIELD_NONE) {
    byline_string none = {NULL, 0};
    return !p->tags ||
           add_tag(p, name, false,
                   strcmp(name, "img") == 0 ? attribute(a, "alt", NULL) : none);
  }
  feed_field field = feed_field_of(name, space);
  if (p->person_depth > 0) {
    bool of_user = field == FIELD_LOGIN || field == FIELD_DISPLAY;
    if (p->depth == p->person_depth + 1 &&
        (of_user ? p->in_user : field == FIELD_NAME))
      capture(p, field, FEED_PLAIN, false);
    return true;
  }
  if (field == FIELD_DRAFT && p->entry_depth > 0)
    capture(p, field, FEED_PLAIN, false);
  size_t outer = p->source_depth > 0 ? p->source_depth : p->entry_depth;
  if (outer == 0 && feed_is_entry(name, space))
    return open_entry(p, a);
  /* What belongs to the feed stands below its root, or below the channel. */
  if (outer == 0)
    outer = p->kind == FEED_ATOM ? 1 : 2;
  return p->depth != outer + 1 || open_field(p, field, a);
}

static void on_start(void *user, const xmlChar *name, const xmlChar *prefix,
                     const xmlChar *space, int namespace_count,
                     const xmlChar **namespaces, int count, int defaulted,
                     const xmlChar **list) {
  feed_parse *p = user;
  attributes a = {list, (size_t)count};
  (void)prefix;
  (void)namespace_count;
  (void)namespaces;
  (void)defaulted;
  if (p->status != BYLINE_OK)
    return;
  if (p->depth++ == input_limits(p->input)->nesting) {
    feed_fault(p, feed_line(p),
               "elements are nested too deep (the limit \"nesting\")");
    feed_stop(p, BYLINE_INVALID);
    return;
  }
  if (p->depth == 1) {
    p->kind = feed_kind_of((const char *)name, (const char *)space);
    if (p->kind == FEED_NONE) {
      feed_fault(p, feed_line(p),
                 "no feed: its first element is not rss, feed or rdf:RDF");
      feed_stop(p, BYLINE_INVALID);
      return;
    }
  }
  feed_require(p, open_scope(p, &a) && open_element(p, (const char *)name,
                                                    (const char *)space, &a));
}

static void on_end(void *user, const xmlChar *name, const xmlChar *prefix,
                   const xmlChar *space) {
  feed_parse *p = user;
  (void)prefix;
  (void)space;
  if (p->status != BYLINE_OK)
    return;
  if (p->field != FIELD_NONE && p->depth == p->field_depth) {
    feed_require(p, deliver(p));
    p->field = FIELD_NONE;
  } else if (p->field != FIELD_NONE && p->tags) {
    byline_string none = {NULL, 0};
    feed_require(p, add_tag(p, (const char *)name, true, none));
  }
  if (p->depth == p->person_depth) {
    p->person_depth = 0;
    p->in_user = false;
  }
  if (p->depth == p->source_depth)
    p->source_depth = 0;
  if (p->depth == p->entry_depth) {
    p->entry_depth = 0;
    p->count++;
  }
  p->depth--;
}

/* Text in a field is the source of HTML itself where that is meant; text in
 * an element of the field is text. */
static void on_text(void *user, const xmlChar *text, int length) {
  feed_parse *p = user;
  if (p->status != BYLINE_OK || p->field == FIELD_NONE || length <= 0)
    return;
  bool escaped = p->tags && p->depth > p->field_depth;
  feed_require(p, escaped ? add_escaped(p, (const char *)text, (size_t)length)
                          : add_value(p, (const char *)text, (size_t)length));
}

void feed_events(xmlSAXHandler *sax) {
  sax->startElementNs = on_start;
  sax->endElementNs = on_end;
  sax->characters = on_text;
  sax->ignorableWhitespace = on_text;
  sax->cdataBlock = on_text;
}
