/* Mail: an mbox, or single messages as mail programs save them (.eml). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/error.h"
#include "read/limits.h"
#include "read/mbox.h"
#include "read/message.h"
#include "read/reader.h"
#include "read/tally.h"

typedef struct mail {
  byline_input *input;
  mbox mbox;
  message_list *messages; /* of the one in mbox; or NULL */
  draft draft;
  size_t line;   /* of the article */
  tally repairs; /* in the structure of mails */
  tally replaced, empty;
  bool finished;
} mail;

/* ---- Probing ---- */

static bool ends_with(const char *path, const char *end) {
  size_t length = strlen(path), size = strlen(end);
  return length >= size && strcasecmp(path + length - size, end) == 0;
}

static bool is_mail_header(const char *text, size_t name) {
  static const char *const names[] = {
      "from:",       "date:",         "subject:",
      "message-id:", "received:",     "return-path:",
      "to:",         "mime-version:", "content-type:",
      "newsgroups:", "sender:",       "path:",
      "reply-to:",   "delivered-to:", "dkim-signature:",
      "list-id:"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (strlen(names[i]) == name && strncasecmp(text, names[i], name) == 0)
      return true;
  return false;
}

/* How many of the headers that a text begins with are those of mails; 0 if it
 * begins with anything else, or none of them is From: */
static int count_headers(const char *head, size_t length) {
  int count = 0;
  bool from = false;
  while (length > 0 && *head != '\n' && *head != '\r') {
    const char *end = memchr(head, '\n', length);
    size_t size = end ? (size_t)(end - head) + 1 : length;
    size_t name = mbox_header(head, size);
    if (name > 0) {
      count += is_mail_header(head, name);
      from |= name == 5 && strncasecmp(head, "from:", 5) == 0;
    } else if (*head != ' ' && *head != '\t' && end) {
      return 0;
    }
    head += size;
    length -= size;
  }
  return from ? count : 0;
}

static int mail_probe(const char *head, size_t length, bool whole,
                      const char *path) {
  (void)whole;
  bool named = ends_with(path, ".eml") || ends_with(path, ".mbox");
  const char *end = memchr(head, '\n', length);
  if (end && mbox_is_marker(head, (size_t)(end - head) + 1)) {
    size_t left = length - (size_t)(end + 1 - head);
    return mbox_header(end + 1, left) > 0 ? 99 : 0;
  }
  int headers = count_headers(head, length);
  return named && headers > 0 ? 99 : headers >= 3 ? 95 : 0;
}

/* ---- Opening ---- */

static void mail_close(void *state) {
  mail *m = state;
  mbox_free(&m->mbox);
  message_list_free(m->messages);
  draft_free(&m->draft);
  free(m);
}

static byline_status mail_open(byline_input *input, void **state,
                               byline_error *error) {
  mail *m = calloc(1, sizeof *m);
  if (!m)
    return error_no_memory(error);
  m->input = input;
  byline_status status = mbox_init(&m->mbox, input, error);
  if (status != BYLINE_OK) {
    mail_close(m);
    return status;
  }
  *state = m;
  return BYLINE_OK;
}

/* ---- Notices ---- */

static void tell_cut(mail *m) {
  char message[128], size[LIMITS_SIZE];
  if (m->mbox.too_many)
    snprintf(message, sizeof message,
             "a mail of more than %d headers or %d parts: the rest of it is "
             "left out",
             MBOX_MOST_WORK, MBOX_MOST_WORK / MBOX_PART_WORK);
  else
    snprintf(message, sizeof message,
             "a mail of more than %s: the rest of it is left out: raise the "
             "limit \"memory\"",
             limits_words(m->mbox.longest, size));
  byline_input_notice(m->input, BYLINE_NOTICE_REPAIRED, m->mbox.line, message);
}

static void tell_left_out(mail *m, const char *why) {
  char message[256];
  snprintf(message, sizeof message, "a mail is left out: %.200s", why);
  byline_input_notice(m->input, BYLINE_NOTICE_FAILED, m->line, message);
}

static void tell_summary(mail *m) {
  char message[128];
  if (m->repairs.count > 0) {
    snprintf(message, sizeof message,
             "%zu fault%s in the structure of mails: read as far as possible",
             m->repairs.count, m->repairs.count == 1 ? "" : "s");
    byline_input_notice(m->input, BYLINE_NOTICE_REPAIRED, m->repairs.line,
                        message);
  }
  tally_tell_empty(&m->empty, m->input);
  tally_tell_replaced(&m->replaced, m->input);
}

/* ---- Articles ---- */

/* Goes on to the next mail of the file. */
static byline_status next_mail(mail *m, bool *found, byline_error *error) {
  byline_status status = mbox_next(&m->mbox, found, error);
  if (status != BYLINE_OK || !*found)
    return status;
  if (m->mbox.too_long || m->mbox.too_many)
    tell_cut(m);
  status = message_list_new(m->mbox.message.data ? m->mbox.message.data : "",
                            m->mbox.message.length, &m->messages, error);
  if (status == BYLINE_OK)
    tally_add(&m->repairs, message_list_repairs(m->messages), m->mbox.line);
  return status;
}

/* The next article of the mail in hand; *found is false when it has no more. */
static byline_status next_message(mail *m, bool *found, byline_error *error) {
  const mbox *b = &m->mbox;
  message_place place = {b->message.data, b->message.length, b->line,
                         b->first_line};
  byline_error fault = {BYLINE_OK, "", BYLINE_NO_POSITION};
  byline_status status;
  while ((status = message_next(m->messages, &place, m->input, &m->draft,
                                &m->line, found, &fault)) == BYLINE_INVALID)
    tell_left_out(m, fault.message);
  if (status != BYLINE_OK)
    return error_set(error, status, "%s", fault.message);
  if (!*found) {
    message_list_free(m->messages);
    m->messages = NULL;
  }
  return BYLINE_OK;
}

static byline_status mail_next(void *state, const byline_article **article,
                               byline_error *error) {
  mail *m = state;
  bool found = false;
  *article = NULL;
  while (!m->finished && !found) {
    byline_status status = BYLINE_OK;
    if (!m->messages) {
      status = next_mail(m, &found, error);
      m->finished = status == BYLINE_OK && !found;
      found = false;
    } else {
      status = next_message(m, &found, error);
      if (status == BYLINE_OK && found && draft_is_empty(&m->draft)) {
        tally_add(&m->empty, 1, m->line);
        found = false;
      }
    }
    if (status != BYLINE_OK)
      return status;
    if (m->finished)
      tell_summary(m);
  }
  if (found) {
    *article =
        draft_finish(&m->draft, m->line,
                     m->mbox.several ? "application/mbox" : "message/rfc822");
    draft_report(&m->draft, m->input);
    tally_add(&m->replaced, m->draft.replaced, m->line);
  }
  return BYLINE_OK;
}

const byline_reader mail_reader = {BYLINE_READER_ABI_VERSION,
                                   "mail",
                                   "mail: mbox files and single messages",
                                   mail_probe,
                                   mail_open,
                                   mail_next,
                                   mail_close,
                                   BYLINE_READER_RAW_BYTES};
