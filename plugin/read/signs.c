#include "read/signs.h"

#include <string.h>

void signs_clear(signs *s) {
  s->sum = 0;
  s->count = 0;
}

void signs_copy(signs *to, const signs *from) {
  to->sum = from->sum;
  to->count = from->count;
  memcpy(to->list, from->list, from->count * sizeof *from->list);
}

void signs_add(signs *s, int points, const char *why) {
  if (points == 0)
    return;
  s->sum += points;
  if (s->count < SIGNS_MAX)
    s->list[s->count++] = (sign){points, why};
}

bool signs_write(const signs *s, buf *out) {
  for (size_t i = 0; i < s->count; i++)
    if (!buf_printf(out, "%s%s %+d", i > 0 ? ", " : "", s->list[i].why,
                    s->list[i].points))
      return false;
  return true;
}
