#include "index/shard_notices.h"

#include <stdlib.h>
#include <string.h>

struct shard_notice {
  shard_notice *next;
  byline_notice notice;
  char text[]; /* path, message */
};

void shard_notices_add(shard_notices *n, const byline_notice *notice) {
  size_t path = strlen(notice->path) + 1, message = strlen(notice->message) + 1;
  shard_notice *one = malloc(sizeof *one + path + message);
  if (!one)
    return;
  one->next = NULL;
  one->notice = *notice;
  memcpy(one->text, notice->path, path);
  memcpy(one->text + path, notice->message, message);
  one->notice.path = one->text;
  one->notice.message = one->text + path;
  if (n->last)
    n->last->next = one;
  else
    n->first = one;
  n->last = one;
}

void shard_notices_pass(const shard_notices *n,
                        const byline_read_options *options) {
  shard_notice *one = n->first;
  while (one) {
    shard_notice *next = one->next;
    if (options->notice)
      options->notice(options->notice_user, &one->notice);
    free(one);
    one = next;
  }
}
