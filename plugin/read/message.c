#include "read/message.h"

#include <gmime/gmime.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "read/input.h"
#include "read/mail_digest.h"
#include "read/message_parts.h"

struct message_list {
  GPtrArray *stack; /* messages to come, the next one last */
  bool inner;       /* the next is from a digest */
  size_t repairs;
  size_t counted, lines; /* bytes, and the lines that end in them */
};

static void note_fault(gint64 offset, GMimeParserWarning fault,
                       const gchar *item, gpointer user) {
  message_list *list = user;
  (void)offset;
  (void)item;
  switch (fault) {
  case GMIME_WARN_INVALID_CONTENT_TYPE:
  case GMIME_WARN_MALFORMED_MULTIPART:
  case GMIME_WARN_TRUNCATED_MESSAGE:
  case GMIME_WARN_MALFORMED_MESSAGE:
  case GMIME_CRIT_INVALID_HEADER_NAME:
  case GMIME_CRIT_MULTIPART_WITHOUT_BOUNDARY:
  case GMIME_CRIT_NESTING_OVERFLOW:
  case GMIME_CRIT_PART_WITHOUT_HEADERS_OR_CONTENT:
    list->repairs++;
    break;
  default:
    break;
  }
}

static GMimeMessage *parse(message_list *list, const char *bytes,
                           size_t length) {
  static const char *charsets[] = {"utf-8", "windows-1252", NULL};
  GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes, length);
  GMimeParser *parser = g_mime_parser_new_with_stream(stream);
  GMimeParserOptions *options = g_mime_parser_options_new();
  g_mime_parser_set_persist_stream(parser, TRUE);
  g_mime_parser_options_set_warning_callback(options, note_fault, list);
  g_mime_parser_options_set_fallback_charsets(options, charsets);
  GMimeMessage *message = g_mime_parser_construct_message(parser, options);
  g_mime_parser_options_free(options);
  g_object_unref(parser);
  g_object_unref(stream);
  return message;
}

/* GMime keeps tables of its own, made once. */
static void init_gmime(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, g_mime_init);
}

/* Where the bytes of a message of a plain digest begin, for its lines. */
static const char offset_key[] = "byline-offset";

/* The messages, if it is one; the first of them goes on top. */
static void push_plain_digest(message_list *list, const char *bytes,
                              size_t length) {
  GPtrArray *found = g_ptr_array_new();
  size_t at = 0, start, size;
  while (mail_digest_next(bytes, length, &at, &start, &size)) {
    GMimeMessage *message = parse(list, bytes + start, size);
    if (!message)
      continue;
    g_object_set_data(G_OBJECT(message), offset_key, GSIZE_TO_POINTER(start));
    g_ptr_array_add(found, message);
    list->inner = true;
  }
  while (found->len > 0)
    g_ptr_array_add(list->stack,
                    g_ptr_array_steal_index(found, found->len - 1));
  g_ptr_array_free(found, TRUE);
}

byline_status message_list_new(const char *bytes, size_t length,
                               message_list **list, byline_error *error) {
  init_gmime();
  message_list *made = calloc(1, sizeof *made);
  if (!made)
    return error_no_memory(error);
  made->stack = g_ptr_array_new_with_free_func(g_object_unref);
  push_plain_digest(made, bytes, length);
  GMimeMessage *message = made->inner ? NULL : parse(made, bytes, length);
  if (message)
    g_ptr_array_add(made->stack, message);
  *list = made;
  return BYLINE_OK;
}

void message_list_free(message_list *list) {
  if (!list)
    return;
  g_ptr_array_free(list->stack, TRUE);
  free(list);
}

size_t message_list_repairs(const message_list *list) {
  return list->repairs;
}

/* ---- Headers ---- */

static const char *header(GMimeMessage *message, const char *name) {
  return g_mime_object_get_header(GMIME_OBJECT(message), name);
}

static bool set(draft *d, byline_string *field, const char *text) {
  return !text || draft_set_plain(d, field, text, strlen(text));
}

/* Adds a display name, without what lists add to it: "NAME via LIST". */
static bool add_name(draft *d, const char *name) {
  if (!name || strchr(name, '@'))
    return true;
  const char *via = strstr(name, " via ");
  return draft_add_author_plain(d, name,
                                via ? (size_t)(via - name) : strlen(name));
}

static bool add_addresses(draft *d, InternetAddressList *addresses) {
  int count = addresses ? internet_address_list_length(addresses) : 0;
  for (int i = 0; i < count; i++) {
    InternetAddress *address = internet_address_list_get_address(addresses, i);
    if (!INTERNET_ADDRESS_IS_GROUP(address) &&
        !add_name(d, internet_address_get_name(address)))
      return false;
  }
  return true;
}

/* "jane at example.org (Jane Doe)", as archives of lists write it, and names
 * without an address. */
static bool add_odd_author(draft *d, const char *from) {
  size_t length = strlen(from);
  const char *open = strchr(from, '(');
  if (open && from[length - 1] == ')')
    return draft_add_author_plain(d, open + 1,
                                  length - (size_t)(open - from) - 2);
  if (strchr(from, '@') || strchr(from, ':') || strstr(from, " at "))
    return true;
  return draft_add_author_plain(d, from, length);
}

static bool set_authors(GMimeMessage *message, draft *d) {
  InternetAddressList *from = g_mime_message_get_from(message);
  const char *raw = header(message, "From");
  if (from && internet_address_list_length(from) > 0)
    return add_addresses(d, from);
  return !raw || !*raw || add_odd_author(d, raw);
}

/* "Harbour news <harbour.example.org>" is the former, if there is a name. */
static bool set_section(GMimeMessage *message, draft *d) {
  const char *list = header(message, "List-Id");
  const char *groups = header(message, "Newsgroups");
  byline_string *field = &d->section;
  if (!list)
    return !groups || draft_set_plain(d, field, groups, strcspn(groups, ","));
  const char *open = strrchr(list, '<');
  if (!open)
    return set(d, field, list);
  size_t name = (size_t)(open - list);
  while (name > 0 && strchr(" \t\"", list[name - 1]))
    name--;
  if (*list == '"' && name > 0) {
    list++;
    name--;
  }
  if (name > 0)
    return draft_set_plain(d, field, list, name);
  return draft_set_plain(d, field, open + 1, strcspn(open + 1, ">"));
}

static bool set_keywords(GMimeMessage *message, draft *d) {
  const char *keywords = header(message, "Keywords");
  while (keywords && *keywords) {
    size_t length = strcspn(keywords, ",");
    if (!draft_add_plain(d, &d->keywords, keywords, length))
      return false;
    keywords += length + (keywords[length] == ',');
  }
  return true;
}

/* RFC 5064: where an archive has it. */
static bool set_url(GMimeMessage *message, draft *d) {
  const char *at = header(message, "Archived-At");
  if (!at)
    return true;
  at += *at == '<';
  byline_string url = {at, strcspn(at, ">")};
  return !draft_is_url(url) ||
         draft_set_plain(d, &d->url, url.data, url.length);
}

/* Of one language; the header belongs to the part that has the text. */
static bool set_language(GMimeMessage *message, draft *d) {
  GMimeObject *part = g_mime_message_get_mime_part(message);
  const char *tag =
      part ? g_mime_object_get_header(part, "Content-Language") : NULL;
  return !tag || strchr(tag, ',') || draft_set_language(d, tag, strlen(tag));
}

static bool set_headers(GMimeMessage *message, const byline_input *input,
                        draft *d) {
  const char *date = header(message, "Date");
  return set(d, &d->title, g_mime_message_get_subject(message)) &&
         set(d, &d->id, g_mime_message_get_message_id(message)) &&
         set_authors(message, d) && set_section(message, d) &&
         set_keywords(message, d) && set_url(message, d) &&
         set_language(message, d) &&
         (!date || draft_parse_date(d, input, date, strlen(date)));
}

/* ---- Messages ---- */

/* The line of a message in a digest: that of its first header. */
static size_t line_of(message_list *list, GMimeMessage *message,
                      const message_place *place) {
  GMimeHeaderList *headers =
      g_mime_object_get_header_list(GMIME_OBJECT(message));
  GMimeHeader *first = g_mime_header_list_get_count(headers) > 0
                           ? g_mime_header_list_get_header_at(headers, 0)
                           : NULL;
  gint64 offset = first ? g_mime_header_get_offset(first) : 0;
  offset += (gint64)GPOINTER_TO_SIZE(
      g_object_get_data(G_OBJECT(message), offset_key));
  while (list->counted < place->length && (gint64)list->counted < offset)
    list->lines += place->bytes[list->counted++] == '\n';
  return place->first_line + list->lines;
}

byline_status message_next(message_list *list, const message_place *place,
                           const byline_input *input, draft *d, size_t *line,
                           bool *found, byline_error *error) {
  parts_depth depth = {(size_t)input_limits(input)->nesting, false};
  *found = false;
  while (list->stack->len > 0) {
    GMimeMessage *message =
        g_ptr_array_steal_index(list->stack, list->stack->len - 1);
    if (message_push_digests(message, &depth, list->stack)) {
      list->inner = true;
      g_object_unref(message);
      continue;
    }
    draft_reset(d);
    *line = list->inner ? line_of(list, message, place) : place->line;
    byline_status status = set_headers(message, input, d)
                               ? message_add_text(message, &depth, d, error)
                               : error_no_memory(error);
    d->too_deep = depth.exceeded;
    g_object_unref(message);
    *found = status == BYLINE_OK;
    return status;
  }
  return BYLINE_OK;
}
