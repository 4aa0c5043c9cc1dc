#include "base/error.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Keeps the first and the last part of an over-long message. */
static void shorten(char *out, size_t room, const char *text, size_t length) {
  static const char dots[] = "...";
  size_t keep = room - 1 - (sizeof dots - 1);
  size_t tail = keep / 2;
  size_t head = keep - tail;
  while (head > 0 && ((unsigned char)text[head] & 0xC0) == 0x80)
    head--;
  size_t from = length - tail;
  while (from < length && ((unsigned char)text[from] & 0xC0) == 0x80)
    from++;
  memcpy(out, text, head);
  memcpy(out + head, dots, sizeof dots - 1);
  memcpy(out + head + sizeof dots - 1, text + from, length - from);
  out[head + sizeof dots - 1 + length - from] = '\0';
}

static void store(byline_error *error, const char *text, size_t length) {
  if (length < sizeof error->message)
    memcpy(error->message, text, length + 1);
  else
    shorten(error->message, sizeof error->message, text, length);
  for (char *c = error->message; *c; c++)
    if ((unsigned char)*c < 0x20 || *c == 0x7F)
      *c = '?';
}

byline_status error_set(byline_error *error, byline_status code,
                        const char *format, ...) {
  if (!error)
    return code;
  error->code = code;
  error->position = BYLINE_NO_POSITION;
  char fixed[1024];
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(fixed, sizeof fixed, format, arguments);
  va_end(arguments);
  if (length < 0) {
    error->message[0] = '\0';
  } else if ((size_t)length < sizeof fixed) {
    store(error, fixed, (size_t)length);
  } else {
    char *whole = malloc((size_t)length + 1);
    if (whole) {
      va_start(arguments, format);
      vsnprintf(whole, (size_t)length + 1, format, arguments);
      va_end(arguments);
      store(error, whole, (size_t)length);
      free(whole);
    } else {
      store(error, fixed, sizeof fixed - 1);
    }
  }
  return code;
}

byline_status error_no_memory(byline_error *error) {
  return error_set(error, BYLINE_NO_MEMORY, "out of memory");
}

byline_status error_errno(byline_error *error, int number, const char *path,
                          const char *what) {
  byline_status code = BYLINE_IO;
  if (number == ENOENT || number == ENOTDIR)
    code = BYLINE_NOT_FOUND;
  else if (number == ENOMEM)
    code = BYLINE_NO_MEMORY;
  char text[128];
#if defined(_GNU_SOURCE)
  const char *reason = strerror_r(number, text, sizeof text);
#else
  const char *reason = text;
  if (strerror_r(number, text, sizeof text) != 0)
    snprintf(text, sizeof text, "error %d", number);
#endif
  return error_set(error, code, "%s: %s: %s", path, what, reason);
}
