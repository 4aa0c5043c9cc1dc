#include "index/shard_names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/real_path.h"
#include "base/remote.h"

byline_status shard_names_number(const char *folder, size_t count,
                                 shard_set *set, byline_error *error) {
  char name[32];
  for (size_t i = 0; i < count; i++) {
    snprintf(name, sizeof name, "shard-%zu", i + 1);
    if (!shard_set_add(set, shard_set_join(folder, name)))
      return error_no_memory(error);
  }
  return BYLINE_OK;
}

/* The names as they are. */
static byline_status split(const char *text, shard_set *names,
                           byline_error *error) {
  for (const char *at = text;; at++) {
    size_t length = strcspn(at, ",");
    if (length == 0 || memchr(at, '\n', length))
      return error_set(error, BYLINE_INVALID,
                       "'%s': shards are a number, or paths and "
                       "remote:HOST:PORT with commas between",
                       text);
    if (!shard_set_add(names, strndup(at, length)))
      return error_no_memory(error);
    at += length;
    if (*at == '\0')
      return BYLINE_OK;
  }
}

/* The stub's paths count from its own folder. */
static char *absolute(const char *name) {
  if (is_remote_path(name) || *name == '/')
    return strdup(name);
  char *folder = getcwd(NULL, 0);
  char *path = folder ? shard_set_join(folder, name) : NULL;
  free(folder);
  return path;
}

static byline_status add_named(const shard_set *names, shard_set *set,
                               byline_error *error) {
  for (size_t i = 0; i < names->count; i++)
    if (!shard_set_add(set, absolute(names->paths[i])))
      return error_no_memory(error);
  return BYLINE_OK;
}

/* ---- Twice --------------------------------------------------------------- */

/* Where something is, by whatever name; the caller frees it. */
static char *place(const char *path) {
  char *real = is_remote_path(path) ? NULL : real_path(path);
  return real ? real : strdup(path);
}

/* Adds the name's place, and refuses one that is there already. */
static byline_status add_place(shard_set *places, const shard_set *names,
                               const char *name, byline_error *error) {
  size_t i = 0;
  if (!shard_set_add(places, place(name)))
    return error_no_memory(error);
  const char *last = places->paths[places->count - 1];
  while (strcmp(places->paths[i], last) != 0)
    i++;
  if (i == places->count - 1)
    return BYLINE_OK;
  return i == 0 ? error_set(error, BYLINE_INVALID,
                            "--shards: %s is the folder that names them: name "
                            "another",
                            name)
                : error_set(error, BYLINE_INVALID,
                            "--shards: %s and %s are the same shard: name each "
                            "once",
                            names->paths[i - 1], name);
}

/* Also the folder that names them: it would name itself. */
static byline_status refuse_twice(const char *database, const shard_set *names,
                                  byline_error *error) {
  shard_set places = SHARD_SET_INIT;
  byline_status status = add_place(&places, names, database, error);
  for (size_t i = 0; status == BYLINE_OK && i < names->count; i++)
    status = add_place(&places, names, names->paths[i], error);
  shard_set_free(&places);
  return status;
}

/* ---- All ----------------------------------------------------------------- */

static byline_status check_count(const char *text, size_t count,
                                 byline_error *error) {
  return count >= 2 && count <= SHARDS_MAX
             ? BYLINE_OK
             : error_set(error, BYLINE_INVALID,
                         "'%s': there can be from 2 to %d shards", text,
                         SHARDS_MAX);
}

static byline_status parse_names(const char *database, const char *text,
                                 shard_set *set, byline_error *error) {
  shard_set names = SHARD_SET_INIT;
  byline_status status = split(text, &names, error);
  if (status == BYLINE_OK)
    status = check_count(text, names.count, error);
  if (status == BYLINE_OK)
    status = refuse_twice(database, &names, error);
  if (status == BYLINE_OK)
    status = add_named(&names, set, error);
  shard_set_free(&names);
  return status;
}

byline_status shard_names_parse(const char *database, const char *text,
                                shard_set *set, byline_error *error) {
  char *end;
  unsigned long count = strtoul(text, &end, 10);
  if (*text < '0' || *text > '9' || *end != '\0')
    return parse_names(database, text, set, error);
  byline_status status = check_count(text, count, error);
  return status == BYLINE_OK ? shard_names_number(database, count, set, error)
                             : status;
}
