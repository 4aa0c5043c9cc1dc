#include "base/buf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void buf_free(buf *b) {
  free(b->data);
  *b = (buf)BUF_INIT;
}

void buf_clear(buf *b) {
  b->length = 0;
  if (b->data)
    b->data[0] = '\0';
}

bool buf_reserve(buf *b, size_t extra) {
  if (extra >= SIZE_MAX / 2 - b->length)
    return false;
  size_t need = b->length + extra + 1;
  if (need <= b->capacity)
    return true;
  size_t capacity = b->capacity + b->capacity / 2;
  if (capacity < 64)
    capacity = 64;
  if (capacity < need)
    capacity = need;
  char *data = realloc(b->data, capacity);
  if (!data)
    return false;
  b->data = data;
  b->capacity = capacity;
  data[b->length] = '\0';
  return true;
}

bool buf_add(buf *b, const void *data, size_t length) {
  if (!buf_reserve(b, length))
    return false;
  if (length > 0)
    memcpy(b->data + b->length, data, length);
  b->length += length;
  b->data[b->length] = '\0';
  return true;
}

bool buf_add_char(buf *b, char c) {
  return buf_add(b, &c, 1);
}

bool buf_add_string(buf *b, const char *text) {
  return buf_add(b, text, strlen(text));
}

bool buf_add_str(buf *b, byline_string text) {
  return buf_add(b, text.data, text.length);
}

bool buf_printf(buf *b, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(NULL, 0, format, arguments);
  va_end(arguments);
  if (length < 0 || !buf_reserve(b, (size_t)length))
    return false;
  va_start(arguments, format);
  vsnprintf(b->data + b->length, (size_t)length + 1, format, arguments);
  va_end(arguments);
  b->length += (size_t)length;
  return true;
}
