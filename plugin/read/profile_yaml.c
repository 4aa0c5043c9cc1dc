/* Profiles as YAML: a map of keys is one, a list of maps are several. */
#include <stdio.h>
#include <string.h>
#include <unicode/uloc.h>
#include <yaml.h>

#include "base/error.h"
#include "read/profile.h"
#include "read/url_template.h"

typedef struct loader {
  yaml_document_t document;
  profiles *set;
  profile *at;   /* the profile being made */
  bool date_for; /* it says what dates hold for */
  byline_error *error;
} loader;

typedef struct key key;
struct key {
  const char *name;
  byline_status (*take)(loader *l, const key *k, const yaml_node_t *value);
  rule_kind kind; /* of a pattern */
};

/* ---- Faults ---- */

static size_t line_of(const yaml_node_t *node) {
  return node->start_mark.line + 1;
}

static byline_status fault(const loader *l, const yaml_node_t *node,
                           const char *what) {
  return error_set(l->error, BYLINE_INVALID, "%s:%zu: %s", l->set->path,
                   line_of(node), what);
}

static byline_status key_fault(const loader *l, const yaml_node_t *node,
                               const char *name, const char *what) {
  return error_set(l->error, BYLINE_INVALID, "%s:%zu: \"%s\": %s", l->set->path,
                   line_of(node), name, what);
}

/* ---- Values ---- */

static const yaml_node_t *node_at(loader *l, int index) {
  return yaml_document_get_node(&l->document, index);
}

static byline_string scalar(const yaml_node_t *node) {
  return (byline_string){(const char *)node->data.scalar.value,
                         node->data.scalar.length};
}

static bool is_text(const yaml_node_t *node) {
  return node->type == YAML_SCALAR_NODE;
}

static bool is_word(const yaml_node_t *node, const char *word) {
  return is_text(node) && scalar(node).length == strlen(word) &&
         memcmp(scalar(node).data, word, strlen(word)) == 0;
}

/* One text, which is not empty and has no line ends. */
static byline_status take_text(loader *l, const key *k,
                               const yaml_node_t *value, byline_string *out) {
  byline_string text = is_text(value) ? scalar(value) : (byline_string){"", 0};
  if (text.length == 0)
    return key_fault(l, value, k->name, "write a text behind the colon");
  for (size_t i = 0; i < text.length; i++)
    if ((unsigned char)text.data[i] < ' ')
      return key_fault(l, value, k->name, "write it in one line");
  return arena_string(&l->set->memory, text, out) ? BYLINE_OK
                                                  : BYLINE_NO_MEMORY;
}

typedef byline_status (*take_item)(loader *l, const key *k,
                                   const yaml_node_t *item);

/* A text, or a list of them. */
static byline_status take_each(loader *l, const key *k,
                               const yaml_node_t *value, take_item take) {
  if (value->type != YAML_SEQUENCE_NODE)
    return take(l, k, value);
  byline_status status = BYLINE_OK;
  const yaml_node_item_t *item = value->data.sequence.items.start;
  for (; status == BYLINE_OK && item < value->data.sequence.items.top; item++)
    status = take(l, k, node_at(l, *item));
  return status;
}

/* One of two words; *first tells which. */
static byline_status take_choice(loader *l, const key *k,
                                 const yaml_node_t *value, const char *one,
                                 const char *other, bool *first) {
  char message[80];
  *first = is_word(value, one);
  if (*first || is_word(value, other))
    return BYLINE_OK;
  snprintf(message, sizeof message, "it is %s or %s", one, other);
  return key_fault(l, value, k->name, message);
}

/* ---- Patterns ---- */

/* What says where articles begin is tried before the others. */
static rule *make_room(profile *p, rule_kind kind) {
  size_t at = p->rule_count;
  if (kind == RULE_SKIP || kind == RULE_SEPARATOR)
    for (at = 0; at < p->rule_count && (p->rules[at].kind == RULE_SKIP ||
                                        p->rules[at].kind == RULE_SEPARATOR);)
      at++;
  memmove(p->rules + at + 1, p->rules + at,
          (p->rule_count - at) * sizeof *p->rules);
  p->rule_count++;
  return &p->rules[at];
}

static byline_status take_pattern(loader *l, const key *k,
                                  const yaml_node_t *value) {
  profile *p = l->at;
  char wrong[200];
  if (!is_text(value))
    return key_fault(l, value, k->name, "a pattern is a text in 'quotes'");
  if (p->rule_count == PROFILE_RULES)
    return key_fault(l, value, k->name, "a profile has at most 100 patterns");
  rule made = {.kind = k->kind, .line = line_of(value)};
  byline_status status =
      rule_compile(&made, scalar(value), wrong, sizeof wrong);
  if (status == BYLINE_OK && k->kind == RULE_FIELD) {
    bool any = false;
    for (int i = 0; i < GROUP_COUNT; i++)
      any = any || made.groups[i] > 0;
    if (!any) {
      snprintf(wrong, sizeof wrong,
               "it needs a named group, such as (?<section>.+)");
      status = BYLINE_INVALID;
    }
  }
  if (status != BYLINE_OK) {
    rule_close(&made);
    return status == BYLINE_INVALID ? key_fault(l, value, k->name, wrong)
                                    : status;
  }
  p->titled = p->titled || k->kind == RULE_TITLE ||
              (k->kind != RULE_SEPARATOR && made.groups[GROUP_TITLE] > 0);
  p->marked = p->marked || k->kind == RULE_TEXT;
  p->separated = p->separated || k->kind == RULE_SEPARATOR;
  p->finds_bylines = p->finds_bylines && k->kind != RULE_BYLINE;
  p->finds_dates = p->finds_dates && k->kind != RULE_DATE;
  *make_room(p, k->kind) = made;
  return BYLINE_OK;
}

static byline_status take_patterns(loader *l, const key *k,
                                   const yaml_node_t *value) {
  if (is_word(value, "none") && k->kind == RULE_BYLINE) {
    l->at->finds_bylines = false;
    return BYLINE_OK;
  }
  if (is_word(value, "none") && k->kind == RULE_DATE) {
    l->at->finds_dates = false;
    return BYLINE_OK;
  }
  return take_each(l, k, value, take_pattern);
}

/* ---- The other keys ---- */

static byline_status take_file(loader *l, const key *k,
                               const yaml_node_t *value) {
  if (l->at->file_count == PROFILE_NAMES)
    return key_fault(l, value, k->name, "at most 100 names");
  byline_string *name = &l->at->files[l->at->file_count];
  byline_status status = take_text(l, k, value, name);
  if (status == BYLINE_OK && memchr(name->data, '/', name->length))
    return key_fault(l, value, k->name,
                     "a name of a file, without its folder: a .byline can "
                     "lie in any folder");
  l->at->file_count += status == BYLINE_OK;
  return status;
}

static byline_status take_files(loader *l, const key *k,
                                const yaml_node_t *value) {
  byline_status status = take_each(l, k, value, take_file);
  if (status == BYLINE_OK && l->at->file_count == 0)
    return key_fault(l, value, k->name, "name at least one, or leave it out");
  return status;
}

static byline_status take_author(loader *l, const key *k,
                                 const yaml_node_t *value) {
  if (l->at->author_count == PROFILE_NAMES)
    return key_fault(l, value, k->name, "at most 100 names");
  byline_status status =
      take_text(l, k, value, &l->at->authors[l->at->author_count]);
  l->at->author_count += status == BYLINE_OK;
  return status;
}

static byline_status take_authors(loader *l, const key *k,
                                  const yaml_node_t *value) {
  return take_each(l, k, value, take_author);
}

static byline_status take_section(loader *l, const key *k,
                                  const yaml_node_t *value) {
  return take_text(l, k, value, &l->at->section);
}

static byline_status take_language(loader *l, const key *k,
                                   const yaml_node_t *value) {
  byline_string code = {"", 0};
  byline_status status = take_text(l, k, value, &code);
  if (status != BYLINE_OK)
    return status;
  size_t length = strcspn(code.data, "-_"); /* "de-AT" */
  for (size_t i = 0; i < length; i++)
    if (code.data[i] < 'a' || code.data[i] > 'z')
      length = 0;
  char name[4] = "";
  if (length == 2 || length == 3)
    memcpy(name, code.data, length);
  if (!*name || !*uloc_getISO3Language(name))
    return key_fault(l, value, k->name,
                     "no such language: write a code of ISO 639, such as en "
                     "or de");
  code.length = length;
  return arena_string(&l->set->memory, code, &l->at->language)
             ? BYLINE_OK
             : BYLINE_NO_MEMORY;
}

static byline_status take_url(loader *l, const key *k,
                              const yaml_node_t *value) {
  byline_status status = take_text(l, k, value, &l->at->url);
  const char *wrong =
      status == BYLINE_OK ? url_template_fault(l->at->url) : NULL;
  return wrong ? key_fault(l, value, k->name, wrong) : status;
}

static byline_status take_date_order(loader *l, const key *k,
                                     const yaml_node_t *value) {
  byline_string name = {"", 0};
  byline_status status = take_text(l, k, value, &name);
  if (status == BYLINE_OK)
    l->at->order = date_order_named(name.data);
  if (status == BYLINE_OK && l->at->order == DATE_ORDER_UNKNOWN)
    return key_fault(l, value, k->name, "it is dmy, mdy or ymd");
  return status;
}

static byline_status take_dates_below(loader *l, const key *k,
                                      const yaml_node_t *value) {
  l->date_for = true;
  return take_choice(l, k, value, "below", "article", &l->at->dates_below);
}

static byline_status take_wrapped(loader *l, const key *k,
                                  const yaml_node_t *value) {
  return take_choice(l, k, value, "yes", "no", &l->at->wrapped_titles);
}

static byline_status take_paragraphs(loader *l, const key *k,
                                     const yaml_node_t *value) {
  return take_choice(l, k, value, "lines", "blank-lines",
                     &l->at->line_paragraphs);
}

static const key keys[] = {
    {"files", take_files, 0},
    {"separator", take_patterns, RULE_SEPARATOR},
    {"skip", take_patterns, RULE_SKIP},
    {"date", take_patterns, RULE_DATE},
    {"title", take_patterns, RULE_TITLE},
    {"byline", take_patterns, RULE_BYLINE},
    {"deck", take_patterns, RULE_DECK},
    {"field", take_patterns, RULE_FIELD},
    {"text", take_patterns, RULE_TEXT},
    {"footer", take_patterns, RULE_FOOTER},
    {"author", take_authors, 0},
    {"section", take_section, 0},
    {"language", take_language, 0},
    {"url", take_url, 0},
    {"date-order", take_date_order, 0},
    {"date-for", take_dates_below, 0},
    {"wrapped-titles", take_wrapped, 0},
    {"paragraphs", take_paragraphs, 0},
};

enum { KEY_COUNT = sizeof keys / sizeof *keys };

/* ---- Profiles ---- */

static int find_key(const yaml_node_t *name) {
  for (int i = 0; i < KEY_COUNT; i++)
    if (is_word(name, keys[i].name))
      return i;
  return -1;
}

static byline_status unknown_key(const loader *l, const yaml_node_t *name) {
  byline_string text = is_text(name) ? scalar(name) : (byline_string){"", 0};
  return error_set(l->error, BYLINE_INVALID,
                   "%s:%zu: unknown key \"%.*s\": the keys are files, "
                   "separator, skip, date, title, byline, deck, field, text, "
                   "footer, author, section, language, url, date-order, "
                   "date-for, wrapped-titles, paragraphs",
                   l->set->path, line_of(name),
                   (int)(text.length < 30 ? text.length : 30), text.data);
}

static byline_status take_profile(loader *l, const yaml_node_t *map) {
  bool seen[KEY_COUNT] = {false};
  if (map->type != YAML_MAPPING_NODE)
    return fault(l, map, "a profile is lines of \"key: value\"");
  if (l->set->count == PROFILES_MOST)
    return fault(l, map, "at most 64 profiles in one file");
  l->at = profiles_add(l->set, line_of(map));
  if (!l->at)
    return BYLINE_NO_MEMORY;
  l->date_for = false;
  const yaml_node_pair_t *pair = map->data.mapping.pairs.start;
  for (; pair < map->data.mapping.pairs.top; pair++) {
    const yaml_node_t *name = node_at(l, pair->key);
    int i = find_key(name);
    if (i < 0)
      return unknown_key(l, name);
    if (seen[i])
      return key_fault(l, name, keys[i].name,
                       "it is there twice: make a list of it");
    seen[i] = true;
    byline_status status = keys[i].take(l, &keys[i], node_at(l, pair->value));
    if (status != BYLINE_OK)
      return status;
  }
  if (!l->date_for)
    l->at->dates_below = !l->at->separated;
  return l->at->separated || l->at->titled
             ? BYLINE_OK
             : fault(l, map,
                     "it must say where articles begin: add a pattern for "
                     "\"title\" or \"separator\"");
}

static byline_status take_document(loader *l) {
  const yaml_node_t *root = yaml_document_get_root_node(&l->document);
  byline_status status = BYLINE_OK;
  if (!root || (is_text(root) && scalar(root).length == 0))
    return BYLINE_OK;
  if (root->type != YAML_SEQUENCE_NODE)
    return take_profile(l, root);
  const yaml_node_item_t *item = root->data.sequence.items.start;
  for (; status == BYLINE_OK && item < root->data.sequence.items.top; item++)
    status = take_profile(l, node_at(l, *item));
  return status;
}

static byline_status broken(const yaml_parser_t *parser, const profiles *p,
                            byline_error *error) {
  if (parser->error == YAML_MEMORY_ERROR)
    return BYLINE_NO_MEMORY;
  return error_set(error, BYLINE_INVALID,
                   "%s:%zu: not YAML: %s (put patterns in 'single quotes')",
                   p->path, parser->problem_mark.line + 1,
                   parser->problem ? parser->problem : "it can't be read");
}

/* A second document would be overlooked. */
static byline_status check_end(yaml_parser_t *parser, const loader *first) {
  loader l = *first;
  if (!yaml_parser_load(parser, &l.document))
    return broken(parser, l.set, l.error);
  const yaml_node_t *root = yaml_document_get_root_node(&l.document);
  byline_status status =
      root ? fault(&l, root,
                   "another document: make a list of the profiles, each "
                   "behind \"- \"")
           : BYLINE_OK;
  yaml_document_delete(&l.document);
  return status;
}

byline_status profiles_parse_yaml(profiles *p, byline_error *error) {
  yaml_parser_t parser;
  loader l = {.set = p, .error = error};
  if (!yaml_parser_initialize(&parser))
    return BYLINE_NO_MEMORY;
  yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string(&parser, (const unsigned char *)p->text.data,
                               p->text.length);
  byline_status status = BYLINE_OK;
  if (!yaml_parser_load(&parser, &l.document)) {
    status = broken(&parser, p, error);
  } else {
    status = take_document(&l);
    yaml_document_delete(&l.document);
    if (status == BYLINE_OK)
      status = check_end(&parser, &l);
  }
  yaml_parser_delete(&parser);
  return status;
}
