#include "read/registry.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "read/entities.h"

struct reader_registry {
  const byline_reader **readers;
  size_t count;
};

reader_registry *reader_registry_new(void) {
  static const byline_reader *const readers[] = {
      &digest_reader, &edition_reader, &ezine_reader,    &jsonl_reader,
      &html_reader,   &feed_reader,    &markdown_reader, &mail_reader};
  reader_registry *registry = calloc(1, sizeof *registry);
  for (size_t i = 0; registry && i < sizeof readers / sizeof *readers; i++)
    if (reader_registry_add(registry, readers[i], NULL) != BYLINE_OK) {
      reader_registry_free(registry);
      return NULL;
    }
  return registry;
}

void reader_registry_free(reader_registry *registry) {
  if (!registry)
    return;
  free(registry->readers);
  free(registry);
}

static bool is_name(const char *name) {
  if (!name || !*name || strcmp(name, "auto") == 0)
    return false;
  for (; *name; name++)
    if (!((*name >= 'a' && *name <= 'z') || (*name >= '0' && *name <= '9') ||
          *name == '-' || *name == '_'))
      return false;
  return true;
}

byline_status reader_registry_add(reader_registry *registry,
                                  const byline_reader *reader,
                                  byline_error *error) {
  if (!reader || reader->abi_version != BYLINE_READER_ABI_VERSION)
    return error_set(error, BYLINE_INVALID,
                     "a reader for version %u of the interface: compile it "
                     "with this byline/extend.h, version %d",
                     reader ? (unsigned)reader->abi_version : 0u,
                     BYLINE_READER_ABI_VERSION);
  if (!is_name(reader->name))
    return error_set(error, BYLINE_INVALID,
                     "a reader's name must be lower-case letters, digits, - "
                     "and _, and not \"auto\"");
  if (!reader->summary || !reader->probe || !reader->open || !reader->next ||
      !reader->close)
    return error_set(error, BYLINE_INVALID,
                     "reader %s: summary, probe, open, next and close must "
                     "all be set",
                     reader->name);
  if (reader_registry_find(registry, reader->name))
    return error_set(error, BYLINE_INVALID,
                     "there is a reader named %s already", reader->name);
  const byline_reader **readers = realloc(
      registry->readers, (registry->count + 1) * sizeof *registry->readers);
  if (!readers)
    return error_no_memory(error);
  registry->readers = readers;
  readers[registry->count++] = reader;
  return BYLINE_OK;
}

const byline_reader *reader_registry_find(const reader_registry *registry,
                                          const char *name) {
  for (size_t i = 0; i < registry->count; i++)
    if (strcmp(registry->readers[i]->name, name) == 0)
      return registry->readers[i];
  return NULL;
}

/* The text as the readers of plain text will have it, if that is another. */
static char *decode_entities(const char *head, size_t length, size_t *decoded) {
  size_t rest, count = 0;
  char *copy = entities_shown(head, length) ? malloc(length) : NULL;
  if (copy) {
    memcpy(copy, head, length);
    *decoded = entities_decode(copy, length, true, &rest, &count);
  }
  return copy;
}

const byline_reader *registry_choose(const reader_registry *registry,
                                     const char *head, size_t length,
                                     bool whole, const char *path) {
  const byline_reader *best = NULL;
  int highest = 0;
  size_t plain_length = length;
  char *plain = decode_entities(head, length, &plain_length);
  for (size_t i = 0; i < registry->count; i++) {
    const byline_reader *reader = registry->readers[i];
    bool is_plain = plain && (reader->flags & BYLINE_READER_PLAIN_TEXT) != 0;
    int value = is_plain ? reader->probe(plain, plain_length, whole, path)
                         : reader->probe(head, length, whole, path);
    if (value > highest) {
      best = reader;
      highest = value;
    }
  }
  free(plain);
  return best;
}

bool registry_names(const reader_registry *registry, buf *out) {
  for (size_t i = 0; i < registry->count; i++)
    if (!buf_add_string(out, i > 0 ? ", " : "") ||
        !buf_add_string(out, registry->readers[i]->name))
      return false;
  return true;
}
