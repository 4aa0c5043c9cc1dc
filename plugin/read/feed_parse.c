#include "read/feed_parse.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

#include "base/error.h"
#include "base/utf8.h"
#include "read/feed_state.h"
#include "read/input.h"

/* ---- Stopping ---- */

void feed_stop(feed_parse *p, byline_status status) {
  if (p->status == BYLINE_OK)
    p->status = status;
  xmlStopParser(p->context);
}

void feed_require(feed_parse *p, bool ok) {
  if (!ok)
    feed_stop(p, BYLINE_NO_MEMORY);
}

size_t feed_line(const feed_parse *p) {
  const xmlParserInput *input = p->context->input;
  return input && input->line > 0 ? (size_t)input->line : 0;
}

void feed_fault(feed_parse *p, size_t line, const char *message) {
  if (p->fault[0])
    return;
  snprintf(p->fault, sizeof p->fault, "%s", message);
  p->fault[strcspn(p->fault, "\n")] = '\0';
  p->fault_line = line;
}

static void on_error(void *user, xmlErrorPtr fault) {
  feed_parse *p = user;
  if (fault->level != XML_ERR_FATAL)
    return;
  if (fault->code == XML_ERR_NO_MEMORY)
    p->status = BYLINE_NO_MEMORY;
  const char *message = fault->message ? fault->message : "not well-formed";
  if (fault->code == XML_ERR_DOCUMENT_END && p->depth > 0)
    message = "the file ends within an element: it may be cut off";
  feed_fault(p, fault->line > 0 ? (size_t)fault->line : 0, message);
}

/* ---- Entities ---- */

static void on_entity_declaration(void *user, const xmlChar *name, int type,
                                  const xmlChar *public_id,
                                  const xmlChar *system_id, xmlChar *content) {
  feed_parse *p = user;
  (void)public_id;
  (void)system_id;
  size_t length = content ? strlen((char *)content) : 0;
  if (type != XML_INTERNAL_GENERAL_ENTITY || length > LONGEST_ENTITY ||
      strlen((const char *)name) > LONGEST_ENTITY || length == 0 ||
      p->entity_count == MOST_ENTITIES || strpbrk((char *)content, "&<"))
    return;
  entity *e = &p->entities[p->entity_count++];
  byline_string said = {(const char *)name, strlen((const char *)name)};
  feed_require(p, arena_string(&p->feed.memory, said, &e->name) &&
                      arena_string(&p->feed.memory,
                                   (byline_string){(char *)content, length},
                                   &e->text));
}

/* What an entity stands for, into p->known_text; false if it is unknown. */
static bool find_entity(feed_parse *p, const char *name) {
  size_t length = strlen(name);
  for (size_t i = 0; i < p->entity_count; i++)
    if (p->entities[i].name.length == length &&
        memcmp(p->entities[i].name.data, name, length) == 0) {
      memcpy(p->known_text, p->entities[i].text.data,
             p->entities[i].text.length);
      p->known_text[p->entities[i].text.length] = '\0';
      return true;
    }
  const htmlEntityDesc *html = htmlEntityLookup((const xmlChar *)name);
  if (!html)
    return false;
  p->known_text[utf8_put(html->value, p->known_text)] = '\0';
  return true;
}

/* Entities are given to the parser as it has &amp; itself: as text that is not
 * looked at again. In attributes it takes only one byte of those. */
static xmlEntityPtr on_entity(void *user, const xmlChar *name) {
  feed_parse *p = user;
  if (p->context->instate == XML_PARSER_ATTRIBUTE_VALUE ||
      !find_entity(p, (const char *)name))
    return NULL;
  p->known = (xmlEntity){.type = XML_ENTITY_DECL,
                         .name = name,
                         .content = (xmlChar *)p->known_text,
                         .orig = (xmlChar *)p->known_text,
                         .length = (int)strlen(p->known_text),
                         .etype = XML_INTERNAL_PREDEFINED_ENTITY};
  return &p->known;
}

/* ---- Opening ---- */

static void set_handlers(xmlSAXHandler *sax) {
  memset(sax, 0, sizeof *sax);
  sax->initialized = XML_SAX2_MAGIC;
  sax->getEntity = on_entity;
  sax->entityDecl = on_entity_declaration;
  sax->serror = on_error;
  feed_events(sax);
}

byline_status feed_parse_new(byline_input *input, feed_parse **p,
                             byline_error *error) {
  xmlSAXHandler sax;
  feed_parse *made = calloc(1, sizeof *made);
  if (!made)
    return error_no_memory(error);
  made->input = input;
  set_handlers(&sax);
  xmlInitParser();
  made->context = xmlCreatePushParserCtxt(&sax, made, NULL, 0, NULL);
  if (!made->context) {
    feed_parse_free(made);
    return error_no_memory(error);
  }
  xmlCtxtUseOptions(made->context, XML_PARSE_NONET | XML_PARSE_IGNORE_ENC);
  /* The input is UTF-8 by now, whatever the file declares. */
  made->context->charset = XML_CHAR_ENCODING_UTF8;
  *p = made;
  return BYLINE_OK;
}

void feed_parse_free(feed_parse *p) {
  if (p->context) {
    xmlFreeDoc(p->context->myDoc);
    xmlFreeParserCtxt(p->context);
  }
  for (size_t i = 0; i < SCOPES; i++)
    free((char *)p->scopes[i].base.data);
  for (size_t i = 0; i < p->capacity; i++)
    feed_entry_free(&p->entries[i]);
  free(p->entries);
  free(p->users);
  draft_free(&p->feed);
  buf_free(&p->value);
  buf_free(&p->mended);
  free(p);
}

/* ---- Mending ---- */

/* How many bytes at the end are the beginning of a character. */
static size_t cut_length(const char *text, size_t length) {
  for (size_t back = 1; back < 4 && back <= length; back++) {
    unsigned char c = (unsigned char)text[length - back];
    if (c >= 0xC0)
      return c >= 0xF0 ? back : c >= 0xE0 && back < 3 ? back : back < 2;
    if (c < 0x80)
      return 0;
  }
  return 0;
}

static bool is_xml(uint32_t c) {
  return c != UTF8_INVALID &&
         (c >= ' ' || c == '\t' || c == '\n' || c == '\r') && c != 0xFFFE &&
         c != 0xFFFF;
}

/* Appends to p->mended what is text in XML, and U+FFFD for the rest. */
static bool mend(feed_parse *p, const char *text, size_t length) {
  size_t replaced = 0, start = 0;
  bool ok = true;
  for (size_t at = 0; ok && at < length;) {
    size_t from = at;
    if (is_xml(utf8_next(text, length, &at)))
      continue;
    ok = buf_add(&p->mended, text + start, from - start) &&
         buf_add(&p->mended, "\xEF\xBF\xBD", 3);
    replaced++;
    start = at;
  }
  if (replaced > 0) {
    byline_input_count_invalid(p->input, replaced);
    tally_add(&p->replaced, replaced, feed_line(p));
  }
  return ok && buf_add(&p->mended, text + start, length - start);
}

/* ---- Reading ---- */

/* Reads on into p->mended; nothing in it is the end. */
static byline_status read_bytes(feed_parse *p, byline_error *error) {
  char chunk[CHUNK + sizeof p->tail];
  size_t length, cut = 0;
  memcpy(chunk, p->tail, p->tail_length);
  byline_status status = byline_input_read(p->input, chunk + p->tail_length,
                                           CHUNK, &length, error);
  if (status != BYLINE_OK)
    return status;
  bool last = length == 0;
  length += p->tail_length;
  if (!last)
    cut = cut_length(chunk, length);
  p->tail_length = cut;
  memcpy(p->tail, chunk + length - cut, cut);
  buf_clear(&p->mended);
  p->ended = last;
  return mend(p, chunk, length - cut) ? BYLINE_OK : error_no_memory(error);
}

/* What the parser was given and has not taken yet. */
static size_t untaken(const feed_parse *p) {
  const xmlParserInput *input = p->context->input;
  return input ? (size_t)(input->end - input->cur) : 0;
}

/* Whether a tag that piles up has as few attributes as tags have. */
static bool ends_soon(feed_parse *p, const char *text, size_t length,
                      size_t left) {
  if (left < CHUNK || p->context->instate != XML_PARSER_START_TAG)
    p->signs = 0;
  else
    for (size_t i = 0; i < length; i++)
      p->signs += text[i] == '=';
  return p->signs <= MOST_ATTRIBUTES;
}

/* Of a CDATA section that has no end yet, libxml2 up to 2.10 takes only 300
 * bytes a call and searches all others for the end: it is called until it has
 * taken all, or they would pile up. What piles up then is in one tag. */
static void parse(feed_parse *p, const char *text, size_t length) {
  xmlParseChunk(p->context, text, (int)length, p->ended);
  size_t left = untaken(p), before = left + 1;
  while (left < before && !p->ended && p->status == BYLINE_OK &&
         p->context->instate == XML_PARSER_CDATA_SECTION) {
    before = left;
    xmlParseChunk(p->context, "", 0, 0);
    left = untaken(p);
  }
  if (!ends_soon(p, text, length, left))
    feed_fault(p, feed_line(p), "a tag of too many attributes can't be read");
  if (left > LONGEST_TAG) {
    char message[80];
    snprintf(message, sizeof message,
             "a tag or comment of more than %d MiB can't be read",
             LONGEST_TAG >> 20);
    feed_fault(p, feed_line(p), message);
  }
}

/* Gives the parser the next bytes. */
static byline_status read_chunk(feed_parse *p, byline_error *error) {
  byline_status status = read_bytes(p, error);
  if (status != BYLINE_OK)
    return status;
  size_t length = p->mended.length;
  if (p->kind == FEED_NONE && (p->prologue += length) > LONGEST_PROLOGUE) {
    feed_fault(p, 0, "no feed: no element in its first MiB");
    p->ended = true;
    return BYLINE_OK;
  }
  parse(p, p->mended.data, length);
  p->ended = p->ended || p->fault[0] || p->status != BYLINE_OK;
  return p->status == BYLINE_NO_MEMORY ? error_no_memory(error) : BYLINE_OK;
}

/* Forgets the entries that were given, but not the one we are in. */
static void make_room(feed_parse *p) {
  if (p->entry_depth > 0) {
    feed_entry open = p->entries[p->count];
    p->entries[p->count] = p->entries[0];
    p->entries[0] = open;
  }
  p->at = p->count = 0;
}

byline_status feed_parse_next(feed_parse *p, feed_entry **entry,
                              byline_error *error) {
  *entry = NULL;
  while (p->at == p->count && !p->ended) {
    make_room(p);
    byline_status status = read_chunk(p, error);
    if (status != BYLINE_OK)
      return status;
  }
  if (p->at < p->count)
    *entry = &p->entries[p->at++];
  return BYLINE_OK;
}

size_t feed_longest(const byline_input *input) {
  return limits_room(input_limits(input), LIMITS_FEED);
}

const tally *feed_parse_nameless(const feed_parse *p) {
  return &p->nameless;
}

const draft *feed_parse_feed(const feed_parse *p) {
  return &p->feed;
}

const tally *feed_parse_mended(const feed_parse *p) {
  return &p->replaced;
}

const char *feed_parse_fault(const feed_parse *p, size_t *line) {
  *line = p->fault_line;
  return p->fault[0] ? p->fault : NULL;
}
