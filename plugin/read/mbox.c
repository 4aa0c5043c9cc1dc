#include "read/mbox.h"

#include <string.h>

#include "base/error.h"
#include "read/input.h"

byline_status mbox_init(mbox *m, byline_input *input, byline_error *error) {
  *m = (mbox){.message = BUF_INIT, .held = BUF_INIT};
  m->longest = limits_room(input_limits(input), LIMITS_MAIL);
  return rows_init(&m->input, input, error);
}

void mbox_free(mbox *m) {
  rows_free(&m->input);
  buf_free(&m->message);
  buf_free(&m->held);
}

/* ---- Markers ---- */

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/* Every date of a marker has a time and a year of four digits. */
bool mbox_is_marker(const char *data, size_t length) {
  bool time = false, year = false;
  if (length < 5 || memcmp(data, "From ", 5) != 0)
    return false;
  for (size_t at = 5; at + 4 < length; at++) {
    const char *s = data + at;
    time |= is_digit(s[0]) && is_digit(s[1]) && s[2] == ':' && is_digit(s[3]) &&
            is_digit(s[4]);
    year |= s[0] == ' ' && is_digit(s[1]) && is_digit(s[2]) && is_digit(s[3]) &&
            is_digit(s[4]) &&
            (at + 5 == length || s[5] == ' ' || s[5] == '\r' || s[5] == '\n');
  }
  return time && year;
}

size_t mbox_header(const char *data, size_t length) {
  size_t at = 0;
  while (at < length && data[at] > ' ' && data[at] != ':' && data[at] < 0x7F)
    at++;
  return at > 0 && at < length && data[at] == ':' ? at + 1 : 0;
}

static bool begins_headers(const row *r) {
  return mbox_header(r->data, r->length) > 0 ||
         (r->length > 6 && memcmp(r->data, ">From ", 6) == 0);
}

/* ---- Messages ---- */

/* Lines of a body that look like a marker have a ">" before them in an mbox,
 * and those that look like that have one more. */
static size_t quote(const mbox *m, const row *r) {
  size_t at = 0;
  if (!m->several || r->continued)
    return 0;
  while (at < r->length && r->data[at] == '>')
    at++;
  return at > 0 && r->length - at >= 5 && memcmp(r->data + at, "From ", 5) == 0
             ? 1
             : 0;
}

static bool add(mbox *m, const char *data, size_t length) {
  if (!m->too_many && m->message.length + length > m->longest)
    m->too_long = true;
  return m->too_long || m->too_many || buf_add(&m->message, data, length);
}

static bool add_row(mbox *m, const row *r) {
  size_t quoted = quote(m, r);
  if (r->length > 2 && memcmp(r->data, "--", 2) == 0)
    m->work += MBOX_PART_WORK;
  else if (mbox_header(r->data, r->length) > 0)
    m->work++;
  if (!m->too_long && m->work > MBOX_MOST_WORK)
    m->too_many = true;
  return add(m, r->data + quoted, r->length - quoted);
}

/* Keeps a row for later: its bytes are gone with the next. */
static bool hold(mbox *m, const row *r) {
  buf_clear(&m->held);
  return buf_add(&m->held, r->data, r->length);
}

/* The message that begins with the first line of the file that is not blank.
 */
static byline_status begin(mbox *m, bool *found, byline_error *error) {
  row r;
  byline_status status;
  do
    status = rows_next(&m->input, &r, found, error);
  while (status == BYLINE_OK && *found && row_is_blank(r.data, r.length));
  m->started = true;
  if (status != BYLINE_OK || !*found)
    return status;
  m->line = m->first_line = r.number;
  m->several = mbox_is_marker(r.data, r.length);
  if (m->several)
    m->first_line++;
  else if (!add_row(m, &r))
    return error_no_memory(error);
  return BYLINE_OK;
}

/* The message that begins with the row in hand. */
static bool go_on(mbox *m) {
  m->has_next = false;
  m->line = m->marker_line;
  m->first_line = m->line + 1;
  return add(m, m->held.data, m->held.length);
}

/* Adds rows to the message until a marker comes, with a header behind it. */
static byline_status read_on(mbox *m, byline_error *error) {
  bool blank = false, marked = false, ok = true;
  while (ok) {
    row r;
    bool found;
    byline_status status = rows_next(&m->input, &r, &found, error);
    if (status != BYLINE_OK)
      return status;
    if (marked && found && begins_headers(&r)) {
      m->has_next = true;
      ok = hold(m, &r);
      break;
    }
    if (marked)
      ok = add(m, m->held.data, m->held.length);
    if (!found)
      break;
    marked =
        m->several && blank && !r.continued && mbox_is_marker(r.data, r.length);
    m->marker_line = marked ? r.number : m->marker_line;
    ok = ok && (marked ? hold(m, &r) : add_row(m, &r));
    blank = row_is_blank(r.data, r.length);
  }
  return ok ? BYLINE_OK : error_no_memory(error);
}

byline_status mbox_next(mbox *m, bool *found, byline_error *error) {
  buf_clear(&m->message);
  m->work = 0;
  m->too_long = m->too_many = false;
  *found = m->has_next;
  if (m->has_next) {
    if (!go_on(m))
      return error_no_memory(error);
  } else if (!m->started) {
    byline_status status = begin(m, found, error);
    if (status != BYLINE_OK)
      return status;
  }
  return *found ? read_on(m, error) : BYLINE_OK;
}
