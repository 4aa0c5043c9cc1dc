#include "index/again.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "index/files.h"

/* The value of one that is settled is as long as this. */
enum { SETTLED = 1 };

void again_free(again *a) {
  string_map_free(&a->files);
}

bool again_add(again *a, byline_string term, const char *digest,
               const char *path) {
  char head[FILE_DIGEST_SIZE] = "";
  buf value = BUF_INIT;
  memcpy(head, digest, strlen(digest));
  bool ok = buf_add(&value, head, sizeof head) &&
            buf_add(&value, path, strlen(path) + 1) &&
            string_map_set(&a->files, term, buf_string(&value));
  buf_free(&value);
  return ok;
}

bool again_settle(again *a, byline_string term) {
  return string_map_set(&a->files, term, (byline_string){"", SETTLED});
}

bool again_has(const again *a, byline_string term) {
  return string_map_find(&a->files, term) != NULL;
}

bool again_is_same(const again *a, byline_string term, const char *digest) {
  const byline_string *value = string_map_find(&a->files, term);
  return value && value->length != SETTLED && digest[0] != '\0' &&
         strcmp(value->data, digest) == 0;
}

bool again_next(const again *a, size_t *at, byline_string *term) {
  for (; *at < a->files.count; ++*at)
    if (a->files.pairs[*at].value.length != SETTLED) {
      *term = a->files.pairs[(*at)++].key;
      return true;
    }
  return false;
}

const char **again_paths(const again *a) {
  const char **paths = calloc(a->files.count + 1, sizeof *paths);
  for (size_t i = 0; paths && i < a->files.count; i++)
    paths[i] = a->files.pairs[i].value.data + FILE_DIGEST_SIZE;
  return paths;
}
