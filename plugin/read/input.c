#include "read/input.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/utf8.h"

void input_from_memory(byline_input *input, const char *text, size_t length,
                       byline_read_stats *stats) {
  *input = (byline_input){.path = "memory",
                          .head = text,
                          .head_length = length,
                          .head_whole = true,
                          .raw = true,
                          .stats = stats};
}

/* ---- The bytes ---- */

/* Reads on. A failure lasts. */
static byline_status read_on(byline_input *input, char *buffer, size_t capacity,
                             size_t *length, byline_error *error) {
  *length = 0;
  if (!input->broken) {
    byline_status status =
        input->from->read(input->from, buffer, capacity, length, &input->fault);
    if (status == BYLINE_OK)
      return status;
    input->broken = true;
    *length = 0;
  }
  if (error)
    *error = input->fault;
  return input->fault.code;
}

/* Fills ahead up to length; head_whole tells whether the end was met. What
 * came before a failure counts: the failure is told behind it. */
static byline_status read_ahead(byline_input *input, size_t length,
                                byline_error *error) {
  buf *ahead = &input->ahead;
  if (ahead->length < length && !buf_reserve(ahead, length - ahead->length))
    return error_no_memory(error);
  byline_status status = BYLINE_OK;
  while (status == BYLINE_OK && ahead->length < length && !input->head_whole) {
    size_t got = 0;
    status = read_on(input, ahead->data + ahead->length, length - ahead->length,
                     &got, error);
    ahead->length += got;
    input->head_whole = status == BYLINE_OK && got == 0;
  }
  input->head = ahead->data;
  input->head_length = ahead->length;
  return ahead->length > 0 && status != BYLINE_NO_MEMORY ? BYLINE_OK : status;
}

static byline_status read_bytes(byline_input *input, char *buffer,
                                size_t capacity, size_t *length,
                                byline_error *error) {
  size_t left = input->head_length - input->head_at;
  *length = 0;
  if (left > 0) {
    *length = left < capacity ? left : capacity;
    memcpy(buffer, input->head + input->head_at, *length);
    input->head_at += *length;
    return BYLINE_OK;
  }
  if (input->head_whole)
    return BYLINE_OK;
  return read_on(input, buffer, capacity, length, error);
}

byline_status input_start(byline_input *input, source *from,
                          byline_error *error) {
  input->from = from;
  return read_ahead(input, INPUT_HEAD, error);
}

/* ---- Decoding ---- */

static bool is_decoded(const charset *c) {
  return c->origin >= CHARSET_MARKED;
}

/* Decodes more into buffer; *length is 0 only at the end. The head serves as
 * the buffer for what comes behind it. The decoder has bytes of its own, which
 * come before an error. */
static byline_status decode(byline_input *input, char *buffer, size_t capacity,
                            size_t *length, byline_error *error) {
  byline_status status = BYLINE_OK;
  *length = 0;
  while (status == BYLINE_OK && capacity > 0) {
    const char *at = input->head + input->head_at;
    status = decoder_run(input->decoder, &at, input->head + input->head_length,
                         input->head_whole, buffer, capacity, length, error);
    input->head_at = (size_t)(at - input->head);
    bool used = input->head_at == input->head_length;
    if (*length > 0 || (used && input->head_whole))
      break;
    if (status == BYLINE_OK && used) {
      input->ahead.length = input->head_at = 0;
      status = read_ahead(input, INPUT_HEAD, error);
    }
  }
  return status;
}

static byline_status start_decoder(byline_input *input, byline_error *error) {
  return decoder_new(input->charset.name, &input->decoder, error);
}

byline_status input_decode(byline_input *input, const char *named,
                           byline_error *error) {
  if (!charset_of_head(input->head, input->head_length, input->head_whole,
                       named, &input->charset))
    return error_no_memory(error);
  if (!is_decoded(&input->charset))
    return BYLINE_OK;
  byline_status status = start_decoder(input, error);
  if (status != BYLINE_OK)
    return status;
  if (!buf_reserve(&input->text, INPUT_HEAD))
    return error_no_memory(error);
  const char *at = input->head + input->charset.mark;
  status = decoder_run(input->decoder, &at, input->head + input->head_length,
                       input->head_whole, input->text.data, INPUT_HEAD,
                       &input->text.length, error);
  input->head_at = (size_t)(at - input->head);
  return status;
}

byline_string input_text(const byline_input *input, bool *whole) {
  bool read = input->head_at == input->head_length;
  *whole = input->head_whole &&
           (!input->decoder || (read && input->text.length < INPUT_HEAD));
  if (input->decoder)
    return buf_string(&input->text);
  return (byline_string){input->head, input->head_length};
}

void input_set_raw(byline_input *input) {
  input->raw = true;
  input->head_at = 0;
  buf_clear(&input->text);
  decoder_free(input->decoder);
  input->decoder = NULL;
}

/* ---- Deciding late ---- */

static void remember(byline_input *input, const char *buffer, size_t length) {
  char *before = input->before;
  if (length >= INPUT_BEFORE) {
    memcpy(before, buffer + length - INPUT_BEFORE, INPUT_BEFORE);
    input->before_length = INPUT_BEFORE;
    return;
  }
  size_t keep = INPUT_BEFORE - length;
  if (keep > input->before_length)
    keep = input->before_length;
  memmove(before, before + input->before_length - keep, keep);
  memcpy(before + keep, buffer, length);
  input->before_length = keep + length;
}

/* Takes back what was read from the first byte that is not ASCII on, and what
 * has to come behind it anyway, and decides by it. */
static byline_status decide(byline_input *input, const char *bytes,
                            size_t length, byline_error *error) {
  buf ahead = BUF_INIT;
  size_t before = input->before_length;
  size_t left = input->head_length - input->head_at;
  if (!buf_add(&ahead, input->before, before) ||
      !buf_add(&ahead, bytes, length) ||
      (left > 0 && !buf_add(&ahead, input->head + input->head_at, left))) {
    buf_free(&ahead);
    return error_no_memory(error);
  }
  buf_free(&input->ahead);
  input->ahead = ahead;
  byline_status status = read_ahead(input, INPUT_HEAD, error);
  input->head_at = before;
  if (status != BYLINE_OK)
    return status;
  if (!charset_of_part(input->head, input->head_length, input->head_whole,
                       &input->charset))
    return error_no_memory(error);
  return is_decoded(&input->charset) ? start_decoder(input, error) : BYLINE_OK;
}

/* ASCII goes through; *length becomes 0 when the first byte is none. */
static byline_status watch(byline_input *input, const char *buffer,
                           size_t *length, byline_error *error) {
  size_t plain = utf8_ascii_end(buffer, *length, 0);
  size_t others = *length - plain;
  remember(input, buffer, plain);
  *length = plain;
  if (others == 0)
    return BYLINE_OK;
  return decide(input, buffer + plain, others, error);
}

/* ---- For readers ---- */

static byline_status read_text(byline_input *input, char *buffer,
                               size_t capacity, size_t *length,
                               byline_error *error) {
  size_t left = input->text.length - input->text_at;
  if (left > 0) {
    *length = left < capacity ? left : capacity;
    memcpy(buffer, input->text.data + input->text_at, *length);
    input->text_at += *length;
    return BYLINE_OK;
  }
  if (input->decoder)
    return decode(input, buffer, capacity, length, error);
  byline_status status = read_bytes(input, buffer, capacity, length, error);
  if (input->raw || input->charset.origin != CHARSET_ASCII || *length == 0 ||
      status != BYLINE_OK)
    return status;
  status = watch(input, buffer, length, error);
  if (status != BYLINE_OK || *length > 0)
    return status;
  return input->decoder ? decode(input, buffer, capacity, length, error)
                        : read_bytes(input, buffer, capacity, length, error);
}

byline_status byline_input_read(byline_input *input, char *buffer,
                                size_t capacity, size_t *length,
                                byline_error *error) {
  byline_status status = read_text(input, buffer, capacity, length, error);
  if (status == BYLINE_OK)
    input->stats->bytes += *length;
  return status;
}

const char *byline_input_path(const byline_input *input) {
  return input->path;
}

const char *input_charset(const byline_input *input) {
  return is_decoded(&input->charset) ? input->charset.name : NULL;
}

void byline_input_notice(byline_input *input, byline_notice_kind kind,
                         size_t line, const char *message) {
  if (kind == BYLINE_NOTICE_FAILED)
    input->failed = true;
  if (!input->notice || input->notices++ >= INPUT_NOTICES)
    return;
  byline_notice notice = {kind, input->path, line, message};
  input->notice(input->notice_user, &notice);
}

bool byline_input_explains(const byline_input *input) {
  return input->explain != NULL;
}

void byline_input_explain(byline_input *input, size_t line, const char *what,
                          int score, const char *why, byline_string text) {
  if (!input->explain)
    return;
  byline_explanation e = {sizeof e, input->path, line, what, score, why, text};
  input->explain(input->explain_user, &e);
}

void byline_input_count_invalid(byline_input *input, size_t count) {
  input->stats->invalid_bytes += count;
}

date_order input_date_order(const byline_input *input) {
  return input->order;
}

const byline_limits *input_limits(const byline_input *input) {
  return input->limits ? input->limits : &limits_default;
}

void byline_input_count_unclear_date(byline_input *input) {
  input->stats->unclear_dates++;
}

/* ---- The end ---- */

void input_report(byline_input *input) {
  char message[192], lost[64] = "";
  size_t invalid = input->decoder ? decoder_invalid(input->decoder) : 0;
  bool guessed = input->decoder && input->charset.origin == CHARSET_GUESSED;
  if (input->raw)
    return;
  if (invalid > 0)
    snprintf(lost, sizeof lost, "; %zu character%s could not be decoded",
             invalid, invalid == 1 ? "" : "s");
  byline_input_count_invalid(input, invalid);
  if (guessed || invalid > 0) {
    snprintf(message, sizeof message, "read as %s%s%s", input->charset.name,
             guessed ? ", by its letters" : "", lost);
    byline_input_notice(input, BYLINE_NOTICE_REPAIRED, 0, message);
  } else if (input->charset.origin == CHARSET_UNCLEAR) {
    byline_input_notice(input, BYLINE_NOTICE_REPAIRED, 0,
                        "its character set is unclear: read as UTF-8; name "
                        "the right one");
  }
}

void input_tell_more(const byline_input *input) {
  char message[64];
  if (!input->notice || input->notices <= INPUT_NOTICES)
    return;
  size_t more = input->notices - INPUT_NOTICES;
  snprintf(message, sizeof message, "%zu more notice%s left out", more,
           more == 1 ? "" : "s");
  byline_notice notice = {input->failed ? BYLINE_NOTICE_FAILED
                                        : BYLINE_NOTICE_REPAIRED,
                          input->path, 0, message};
  input->notice(input->notice_user, &notice);
}

void input_end(byline_input *input) {
  decoder_free(input->decoder);
  buf_free(&input->ahead);
  buf_free(&input->text);
}
