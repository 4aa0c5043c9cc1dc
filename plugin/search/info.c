#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "index/schema.h"
#include "search/database.h"

enum { TOP_AUTHORS = 10 };

typedef struct info_owner {
  byline_info info; /* first: what the caller holds */
  arena memory;
} info_owner;

typedef struct counting {
  arena *memory;
  size_t prefix_length;
  byline_count *counts;
  size_t count, capacity;
} counting;

static int add_count(void *user, byline_string term, uint32_t frequency) {
  counting *c = user;
  if (c->count == c->capacity) {
    size_t capacity = c->capacity ? c->capacity * 2 : 16;
    byline_count *counts = arena_array(c->memory, capacity, sizeof *counts);
    if (!counts)
      return BYLINE_NO_MEMORY;
    if (c->count > 0)
      memcpy(counts, c->counts, c->count * sizeof *counts);
    c->counts = counts;
    c->capacity = capacity;
  }
  byline_count *next = &c->counts[c->count];
  size_t skip = c->prefix_length;
  if (skip > 1 && term.length > skip && term.data[skip] == ':')
    skip++;
  byline_string value = {term.data + skip, term.length - skip};
  next->count = frequency;
  if (!arena_string(c->memory, value, &next->value))
    return BYLINE_NO_MEMORY;
  c->count++;
  return 0;
}

static int by_count(const void *a, const void *b) {
  const byline_count *x = a, *y = b;
  if (x->count != y->count)
    return x->count < y->count ? 1 : -1;
  size_t common =
      x->value.length < y->value.length ? x->value.length : y->value.length;
  int order = memcmp(x->value.data, y->value.data, common);
  if (order != 0)
    return order;
  return (x->value.length > y->value.length) -
         (x->value.length < y->value.length);
}

static byline_status count_terms(byline_database *db, info_owner *o,
                                 const char *prefix, counting *c,
                                 byline_error *error) {
  *c = (counting){.memory = &o->memory, .prefix_length = strlen(prefix)};
  byline_string start = {prefix, strlen(prefix)};
  byline_status status =
      xap_database_terms(db->database, start, add_count, c, error);
  if (status == BYLINE_NO_MEMORY)
    return error_no_memory(error);
  if (status == BYLINE_OK && c->count > 1)
    qsort(c->counts, c->count, sizeof *c->counts, by_count);
  return status;
}

/* ---- Dates ------------------------------------------------------------- */

/* The first and the last term that begins so. */
typedef struct term_range {
  char first[16], last[16];
} term_range;

static int add_term(void *user, byline_string term, uint32_t frequency) {
  (void)frequency;
  term_range *r = user;
  if (term.length >= sizeof r->last)
    return 0;
  memcpy(r->last, term.data, term.length);
  r->last[term.length] = '\0';
  if (r->first[0] == '\0')
    memcpy(r->first, r->last, sizeof r->first);
  return 0;
}

/* The first or last year, and in it the month and the day, as far as articles
 * have them: found stays as it is when there is none. */
static byline_status find_date(const byline_database *db, bool last,
                               char found[16], byline_error *error) {
  static const char prefixes[] = {PREFIX_YEAR[0], PREFIX_MONTH[0],
                                  PREFIX_DAY[0]};
  byline_status status = BYLINE_OK;
  for (size_t i = 0; status == BYLINE_OK && i < sizeof prefixes; i++) {
    char start[20];
    term_range range = {"", ""};
    snprintf(start, sizeof start, "%c%s", prefixes[i], found);
    status =
        xap_database_terms(db->database, (byline_string){start, strlen(start)},
                           add_term, &range, error);
    const char *term = last ? range.last : range.first;
    if (!*term)
      break;
    memcpy(found, term + 1, strlen(term)); /* its NUL as well */
  }
  return status;
}

static bool iso_date(arena *a, const char *digits, byline_string *date) {
  char text[16];
  size_t n = 0;
  for (size_t i = 0; digits[i] && i < 8; i++) {
    if (i == 4 || i == 6)
      text[n++] = '-';
    text[n++] = digits[i];
  }
  return arena_string(a, (byline_string){text, n}, date);
}

static byline_status find_dates(byline_database *db, info_owner *o,
                                byline_error *error) {
  char first[16] = "", last[16] = "";
  byline_status status = find_date(db, false, first, error);
  if (status == BYLINE_OK)
    status = find_date(db, true, last, error);
  if (status == BYLINE_OK &&
      (!iso_date(&o->memory, first, &o->info.first_date) ||
       !iso_date(&o->memory, last, &o->info.last_date)))
    status = error_no_memory(error);
  uint32_t dated = 0;
  if (status == BYLINE_OK)
    status =
        xap_database_value_frequency(db->database, SLOT_DATE, &dated, error);
  o->info.dated = dated;
  return status;
}

/* ---- Size -------------------------------------------------------------- */

/* Bytes of the files of a database directory, and of the segments in it; 0 for
 * what is none. */
static uint64_t directory_size(int parent, const char *path, int depth) {
  uint64_t total = 0;
  int fd = openat(parent, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *folder = fd >= 0 ? fdopendir(fd) : NULL;
  if (!folder) {
    if (fd >= 0)
      close(fd);
    return 0;
  }
  struct dirent *entry;
  while ((entry = readdir(folder))) {
    struct stat status;
    if (fstatat(fd, entry->d_name, &status, 0) != 0)
      continue;
    if (S_ISREG(status.st_mode))
      total += (uint64_t)status.st_size;
    else if (S_ISDIR(status.st_mode) && depth > 0 && entry->d_name[0] != '.')
      total += directory_size(fd, entry->d_name, depth - 1);
  }
  closedir(folder);
  return total;
}

static byline_status describe_shard(const byline_database *db, size_t index,
                                    arena *a, byline_shard *s,
                                    byline_error *error) {
  const char *path = db->paths[index], *away = db->absent[index];
  xap_database *one = NULL;
  xap_statistics statistics = {0};
  if (!arena_string(a, (byline_string){path, strlen(path)}, &s->path) ||
      (away && !arena_string(a, (byline_string){away, strlen(away)}, &s->away)))
    return error_no_memory(error);
  if (away)
    return BYLINE_OK;
  byline_status status = database_open_one(db, index, &one, error);
  if (status == BYLINE_OK)
    status = xap_database_statistics(one, &statistics, error);
  if (status == BYLINE_OK)
    s->segments = xap_database_count(one);
  xap_database_free(one);
  s->articles = statistics.documents;
  s->bytes = directory_size(AT_FDCWD, path, 1);
  return status;
}

static byline_status describe_shards(const byline_database *db, info_owner *o,
                                     byline_error *error) {
  byline_shard *list = arena_array(&o->memory, db->path_count, sizeof *list);
  if (!list)
    return error_no_memory(error);
  memset(list, 0, db->path_count * sizeof *list);
  byline_status status = BYLINE_OK;
  for (size_t i = 0; status == BYLINE_OK && i < db->path_count; i++) {
    status = describe_shard(db, i, &o->memory, &list[i], error);
    o->info.bytes += list[i].bytes;
  }
  o->info.segments = xap_database_count(db->database);
  o->info.shards = list;
  o->info.shard_count = db->path_count > 1 ? db->path_count : 0;
  return status;
}

static byline_status fill(byline_database *db, info_owner *o,
                          byline_error *error) {
  xap_statistics statistics;
  counting languages, authors;
  byline_status status =
      xap_database_statistics(db->database, &statistics, error);
  if (status == BYLINE_OK)
    status = find_dates(db, o, error);
  if (status == BYLINE_OK)
    status = count_terms(db, o, PREFIX_LANGUAGE, &languages, error);
  if (status == BYLINE_OK)
    status = count_terms(db, o, PREFIX_EXACT_AUTHOR, &authors, error);
  buf versions = BUF_INIT;
  if (status == BYLINE_OK)
    status = schema_versions(db->database, &versions, error);
  if (status == BYLINE_OK &&
      !arena_string(&o->memory, buf_string(&versions), &o->info.versions))
    status = error_no_memory(error);
  buf_free(&versions);
  if (status != BYLINE_OK)
    return status;
  o->info.articles = statistics.documents;
  o->info.average_length = statistics.average_length;
  o->info.languages = languages.counts;
  o->info.language_count = languages.count;
  o->info.authors = authors.counts;
  o->info.author_total = authors.count;
  o->info.author_count =
      authors.count < TOP_AUTHORS ? authors.count : TOP_AUTHORS;
  return describe_shards(db, o, error);
}

byline_status byline_database_info(byline_database *database,
                                   byline_info **info, byline_error *error) {
  info_owner *o = calloc(1, sizeof *o);
  if (!o)
    return error_no_memory(error);
  byline_error problem; /* error is written only if no attempt succeeds */
  byline_status status;
  int tries = 0;
  do {
    arena_reset(&o->memory);
    memset(&o->info, 0, sizeof o->info);
    status = fill(database, o, &problem);
  } while (database_try_again(database, &tries, &status, &problem));
  if (status != BYLINE_OK) {
    if (error)
      *error = problem;
    byline_info_free(&o->info);
    return status;
  }
  o->info.size = sizeof o->info;
  *info = &o->info;
  return BYLINE_OK;
}

void byline_info_free(byline_info *info) {
  if (!info)
    return;
  info_owner *o = (info_owner *)info;
  arena_free(&o->memory);
  free(o);
}
