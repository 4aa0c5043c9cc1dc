#include "read/message_parts.h"

#include <string.h>
#include <strings.h>

#include "base/error.h"
#include "read/mail_text.h"

/* What a part means for a walk through the parts. */
typedef enum part_kind {
  PART_NONE, /* an attachment, a picture */
  PART_PLAIN,
  PART_HTML,
  PART_ALTERNATIVES,
  PART_FIRST, /* only the first of its parts is text */
  PART_SEVERAL,
  PART_DIGEST,
  PART_MESSAGE
} part_kind;

static part_kind kind_of_multipart(GMimeContentType *type) {
  const char *name = g_mime_content_type_get_media_subtype(type);
  if (strcasecmp(name, "alternative") == 0)
    return PART_ALTERNATIVES;
  if (strcasecmp(name, "related") == 0 || strcasecmp(name, "signed") == 0)
    return PART_FIRST;
  return strcasecmp(name, "digest") == 0 ? PART_DIGEST : PART_SEVERAL;
}

static part_kind kind_of(GMimeObject *part) {
  GMimeContentType *type = g_mime_object_get_content_type(part);
  const char *place = g_mime_object_get_disposition(part);
  if (GMIME_IS_MULTIPART(part))
    return kind_of_multipart(type);
  if (GMIME_IS_MESSAGE_PART(part))
    return PART_MESSAGE;
  if (!GMIME_IS_PART(part) || (place && strcasecmp(place, "attachment") == 0))
    return PART_NONE;
  if (g_mime_content_type_is_type(type, "text", "html"))
    return PART_HTML;
  return g_mime_content_type_is_type(type, "text", "plain") ? PART_PLAIN
                                                            : PART_NONE;
}

/* ---- Walks ---- */

/* A part, and how many multiparts and messages it lies in. */
typedef struct place {
  GMimeObject *part;
  size_t depth;
} place;

typedef struct walk {
  GArray *stack; /* of places to come, the next one last */
  parts_depth *depth;
} walk;

static void push(walk *w, GMimeObject *part, size_t depth) {
  place p = {part, depth};
  if (!part)
    return;
  if (depth <= w->depth->most)
    g_array_append_val(w->stack, p);
  else
    w->depth->exceeded = true;
}

static void push_all(walk *w, GMimeObject *part, size_t depth) {
  for (int i = g_mime_multipart_get_count(GMIME_MULTIPART(part)); i > 0; i--)
    push(w, g_mime_multipart_get_part(GMIME_MULTIPART(part), i - 1), depth);
}

static place pop(walk *w) {
  place p = g_array_index(w->stack, place, w->stack->len - 1);
  g_array_set_size(w->stack, w->stack->len - 1);
  return p;
}

/* What a message of a digest lies in, kept with it. */
static const char depth_key[] = "byline-depth";

static void start_walk(walk *w, GMimeMessage *message, parts_depth *depth) {
  gpointer around = g_object_get_data(G_OBJECT(message), depth_key);
  w->stack = g_array_new(FALSE, FALSE, sizeof(place));
  w->depth = depth;
  push(w, g_mime_message_get_mime_part(message), GPOINTER_TO_SIZE(around));
}

/* ---- Digests ---- */

static void push_messages(place digest, GPtrArray *stack) {
  GMimeMultipart *parts = GMIME_MULTIPART(digest.part);
  for (int i = g_mime_multipart_get_count(parts); i > 0; i--) {
    GMimeObject *part = g_mime_multipart_get_part(parts, i - 1);
    GMimeMessage *message =
        GMIME_IS_MESSAGE_PART(part)
            ? g_mime_message_part_get_message(GMIME_MESSAGE_PART(part))
            : NULL;
    if (!message)
      continue;
    g_object_set_data(G_OBJECT(message), depth_key,
                      GSIZE_TO_POINTER(digest.depth + 1));
    g_ptr_array_add(stack, g_object_ref(message));
  }
}

/* Of parts that lie too deep only digests are told: the others are no messages,
 * or message_add_text meets them. */
bool message_push_digests(GMimeMessage *message, parts_depth *depth,
                          GPtrArray *stack) {
  walk w, digests = {g_array_new(FALSE, FALSE, sizeof(place)), depth};
  parts_depth any = {SIZE_MAX, false};
  guint before = stack->len;
  start_walk(&w, message, &any);
  while (w.stack->len > 0) {
    place p = pop(&w);
    part_kind kind = kind_of(p.part);
    if (kind == PART_DIGEST)
      push(&digests, p.part, p.depth);
    else if (kind == PART_SEVERAL)
      push_all(&w, p.part, p.depth + 1);
  }
  while (digests.stack->len > 0)
    push_messages(pop(&digests), stack);
  g_array_free(w.stack, TRUE);
  g_array_free(digests.stack, TRUE);
  return stack->len > before;
}

/* ---- Text ---- */

/* A part as it is sent, without its transfer encoding; the caller frees it. */
static GByteArray *content(GMimeObject *part) {
  GMimeDataWrapper *wrapper = g_mime_part_get_content(GMIME_PART(part));
  if (!wrapper)
    return g_byte_array_new();
  GMimeStream *stream = g_mime_stream_mem_new();
  g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
  g_mime_data_wrapper_write_to_stream(wrapper, stream);
  GByteArray *bytes =
      g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
  g_object_unref(stream);
  return bytes;
}

static bool is_blank(GMimeObject *part) {
  GByteArray *bytes = content(part);
  bool blank = true;
  for (guint i = 0; i < bytes->len && blank; i++)
    blank = bytes->data[i] <= ' ';
  g_byte_array_free(bytes, TRUE);
  return blank;
}

/* The plain text if there is any, else HTML or what holds it. */
static GMimeObject *best_alternative(GMimeObject *part) {
  GMimeObject *best = NULL;
  int count = g_mime_multipart_get_count(GMIME_MULTIPART(part));
  for (int i = 0; i < count; i++) {
    GMimeObject *child = g_mime_multipart_get_part(GMIME_MULTIPART(part), i);
    part_kind kind = kind_of(child);
    if (kind == PART_PLAIN && !is_blank(child))
      return child;
    if (kind != PART_NONE && kind != PART_PLAIN)
      best = child;
  }
  return best;
}

static bool has_value(GMimeObject *part, const char *name, const char *value) {
  const char *given = g_mime_object_get_content_type_parameter(part, name);
  return given && strcasecmp(given, value) == 0;
}

static byline_status add_part(GMimeObject *part, bool html, draft *d,
                              byline_error *error) {
  GByteArray *bytes = content(part);
  buf text = BUF_INIT;
  byline_status status =
      mail_decode(g_mime_object_get_content_type_parameter(part, "charset"),
                  bytes->data ? (const char *)bytes->data : "", bytes->len,
                  &text, &d->replaced, error);
  g_byte_array_free(bytes, TRUE);
  if (status == BYLINE_OK && html) {
    status = draft_add_text(d, text.data, text.length, true, error);
  } else if (status == BYLINE_OK) {
    mail_format format = {has_value(part, "format", "flowed"),
                          has_value(part, "delsp", "yes")};
    if (!mail_add_text(d, text.data, text.length, format))
      status = error_no_memory(error);
  }
  buf_free(&text);
  return status;
}

/* Adds a part, or puts those in it on the stack. */
static byline_status visit(place p, walk *w, draft *d, byline_error *error) {
  GMimeMessage *message;
  part_kind kind = kind_of(p.part);
  size_t inner = p.depth + 1;
  switch (kind) {
  case PART_PLAIN:
  case PART_HTML:
    return add_part(p.part, kind == PART_HTML, d, error);
  case PART_ALTERNATIVES:
    push(w, best_alternative(p.part), inner);
    break;
  case PART_FIRST:
    if (g_mime_multipart_get_count(GMIME_MULTIPART(p.part)) > 0)
      push(w, g_mime_multipart_get_part(GMIME_MULTIPART(p.part), 0), inner);
    break;
  case PART_SEVERAL:
    push_all(w, p.part, inner);
    break;
  case PART_MESSAGE:
    message = g_mime_message_part_get_message(GMIME_MESSAGE_PART(p.part));
    if (message)
      push(w, g_mime_message_get_mime_part(message), inner);
    break;
  case PART_DIGEST:
  case PART_NONE:
    break;
  }
  return BYLINE_OK;
}

byline_status message_add_text(GMimeMessage *message, parts_depth *depth,
                               draft *d, byline_error *error) {
  byline_status status = BYLINE_OK;
  walk w;
  start_walk(&w, message, depth);
  while (status == BYLINE_OK && w.stack->len > 0)
    status = visit(pop(&w), &w, d, error);
  g_array_free(w.stack, TRUE);
  return status;
}
