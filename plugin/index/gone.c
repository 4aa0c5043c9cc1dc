#include "index/gone.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/error.h"
#include "index/files.h"
#include "index/orphans.h"

typedef struct gone {
  byline_string root;
  buf *terms;
} gone;

static int add_gone(void *user, byline_string absolute, byline_string term) {
  gone *g = user;
  bool below = absolute.length >= g->root.length &&
               memcmp(absolute.data, g->root.data, g->root.length) == 0 &&
               (absolute.length == g->root.length || g->root.length == 1 ||
                absolute.data[g->root.length] == '/');
  if (!below)
    return BYLINE_OK;
  char *path = strndup(absolute.data, absolute.length);
  if (!path)
    return BYLINE_NO_MEMORY;
  struct stat status;
  bool missing =
      lstat(path, &status) != 0 && (errno == ENOENT || errno == ENOTDIR);
  free(path);
  uint32_t length = (uint32_t)term.length;
  if (!missing || (buf_add(g->terms, &length, sizeof length) &&
                   buf_add_str(g->terms, term)))
    return BYLINE_OK;
  return BYLINE_NO_MEMORY;
}

byline_status gone_files(xap_writer *writer, const xap_database *view,
                         const char *path, buf *terms, byline_error *error) {
  char *root = realpath(path, NULL);
  if (!root)
    return errno == ENOMEM ? error_no_memory(error) : BYLINE_OK;
  gone g = {{root, strlen(root)}, terms};
  byline_status status = file_records(writer, add_gone, &g, error);
  if (status == BYLINE_OK)
    status = file_orphans(writer, view, add_gone, &g, error);
  if (status == BYLINE_NO_MEMORY)
    error_no_memory(error);
  free(root);
  return status;
}

byline_string gone_next(const buf *terms, size_t *at) {
  uint32_t length;
  memcpy(&length, terms->data + *at, sizeof length);
  byline_string term = {terms->data + *at + sizeof length, length};
  *at += sizeof length + length;
  return term;
}
