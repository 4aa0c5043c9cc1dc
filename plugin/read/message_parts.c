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

static void push(GPtrArray *stack, GMimeObject *part) {
  if (part)
    g_ptr_array_add(stack, part);
}

static void push_all(GPtrArray *stack, GMimeObject *part) {
  for (int i = g_mime_multipart_get_count(GMIME_MULTIPART(part)); i > 0; i--)
    push(stack, g_mime_multipart_get_part(GMIME_MULTIPART(part), i - 1));
}

static GMimeObject *pop(GPtrArray *stack) {
  return g_ptr_array_steal_index(stack, stack->len - 1);
}

/* ---- Digests ---- */

static void push_messages(GMimeObject *digest, GPtrArray *stack) {
  for (int i = g_mime_multipart_get_count(GMIME_MULTIPART(digest)); i > 0;
       i--) {
    GMimeObject *part =
        g_mime_multipart_get_part(GMIME_MULTIPART(digest), i - 1);
    GMimeMessage *message =
        GMIME_IS_MESSAGE_PART(part)
            ? g_mime_message_part_get_message(GMIME_MESSAGE_PART(part))
            : NULL;
    if (message)
      g_ptr_array_add(stack, g_object_ref(message));
  }
}

bool message_push_digests(GMimeMessage *message, GPtrArray *stack) {
  GPtrArray *parts = g_ptr_array_new(), *digests = g_ptr_array_new();
  guint before = stack->len;
  push(parts, g_mime_message_get_mime_part(message));
  while (parts->len > 0) {
    GMimeObject *part = pop(parts);
    part_kind kind = kind_of(part);
    if (kind == PART_DIGEST)
      g_ptr_array_add(digests, part);
    else if (kind == PART_SEVERAL)
      push_all(parts, part);
  }
  while (digests->len > 0)
    push_messages(pop(digests), stack);
  g_ptr_array_free(parts, TRUE);
  g_ptr_array_free(digests, TRUE);
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
static byline_status visit(GMimeObject *part, GPtrArray *stack, draft *d,
                           byline_error *error) {
  GMimeMessage *message;
  part_kind kind = kind_of(part);
  switch (kind) {
  case PART_PLAIN:
  case PART_HTML:
    return add_part(part, kind == PART_HTML, d, error);
  case PART_ALTERNATIVES:
    push(stack, best_alternative(part));
    break;
  case PART_FIRST:
    if (g_mime_multipart_get_count(GMIME_MULTIPART(part)) > 0)
      push(stack, g_mime_multipart_get_part(GMIME_MULTIPART(part), 0));
    break;
  case PART_SEVERAL:
    push_all(stack, part);
    break;
  case PART_MESSAGE:
    message = g_mime_message_part_get_message(GMIME_MESSAGE_PART(part));
    if (message)
      push(stack, g_mime_message_get_mime_part(message));
    break;
  case PART_DIGEST:
  case PART_NONE:
    break;
  }
  return BYLINE_OK;
}

byline_status message_add_text(GMimeMessage *message, draft *d,
                               byline_error *error) {
  GPtrArray *stack = g_ptr_array_new();
  byline_status status = BYLINE_OK;
  push(stack, g_mime_message_get_mime_part(message));
  while (status == BYLINE_OK && stack->len > 0)
    status = visit(pop(stack), stack, d, error);
  g_ptr_array_free(stack, TRUE);
  return status;
}
