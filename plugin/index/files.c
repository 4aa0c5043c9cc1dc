#include "index/files.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <xxhash.h>

#include "base/error.h"
#include "index/schema.h"

#define KEY_HEAD "byline:"

const byline_string file_key_head = {KEY_HEAD PREFIX_FILE,
                                     sizeof KEY_HEAD PREFIX_FILE - 1};

byline_string file_key_term(byline_string key) {
  const size_t head = sizeof KEY_HEAD - 1;
  if (key.length < file_key_head.length ||
      memcmp(key.data, file_key_head.data, file_key_head.length) != 0)
    return (byline_string){NULL, 0};
  return (byline_string){key.data + head, key.length - head};
}

bool file_term(byline_string absolute, buf *term) {
  return schema_unique_term(PREFIX_FILE, absolute, term);
}

bool file_is_gone(byline_string absolute) {
  if (absolute.length == 0)
    return false;
  char *name = strndup(absolute.data, absolute.length);
  bool gone =
      name && access(name, F_OK) != 0 && (errno == ENOENT || errno == ENOTDIR);
  free(name);
  return gone;
}

static bool make_key(byline_string term, buf *key) {
  return buf_add_string(key, KEY_HEAD) && buf_add_str(key, term);
}

static byline_status load_text(metadata *m, byline_string term, buf *text,
                               byline_error *error) {
  buf key = BUF_INIT;
  byline_status status = BYLINE_NO_MEMORY;
  if (make_key(term, &key) && buf_reserve(text, 0))
    status = m->get(m, buf_string(&key), text, error);
  if (status == BYLINE_NO_MEMORY)
    error_no_memory(error);
  buf_free(&key);
  return status;
}

byline_status file_record_load(metadata *m, byline_string term,
                               file_record *record, bool *found,
                               byline_error *error) {
  buf text = BUF_INIT;
  byline_status status = load_text(m, term, &text, error);
  *found = status == BYLINE_OK &&
           /* Our own numbers; if they are none, the file is read again.
            * NOLINTNEXTLINE(cert-err34-c) */
           sscanf(text.data,
                  "1 %" SCNu64 " %" SCNd64 " %" SCNd64 " %" SCNu64
                  " %32[0-9a-f] %32[0-9a-f]",
                  &record->size, &record->seconds, &record->nanoseconds,
                  &record->inode, record->digest, record->options) == 6;
  buf_free(&text);
  return status;
}

byline_status file_record_store(metadata *m, byline_string term,
                                const file_record *record,
                                byline_string absolute, byline_error *error) {
  buf key = BUF_INIT, text = BUF_INIT;
  byline_status status = BYLINE_NO_MEMORY;
  if (make_key(term, &key) &&
      buf_printf(&text,
                 "1 %" PRIu64 " %" PRId64 " %" PRId64 " %" PRIu64 " %s %s ",
                 record->size, record->seconds, record->nanoseconds,
                 record->inode, record->digest, record->options) &&
      buf_add_str(&text, absolute))
    status = m->set(m, buf_string(&key), buf_string(&text), error);
  if (status == BYLINE_NO_MEMORY)
    error_no_memory(error);
  buf_free(&key);
  buf_free(&text);
  return status;
}

byline_status file_record_forget(metadata *m, byline_string term,
                                 byline_error *error) {
  buf key = BUF_INIT;
  byline_status status = BYLINE_NO_MEMORY;
  if (make_key(term, &key))
    status = m->set(m, buf_string(&key), (byline_string){"", 0}, error);
  if (status == BYLINE_NO_MEMORY)
    error_no_memory(error);
  buf_free(&key);
  return status;
}

/* The path at the end of a record; empty for what is none. */
static byline_string path_of(const buf *text) {
  enum { FIELDS = 7 }; /* before it */
  size_t at = 0;
  for (size_t field = 0; field < FIELDS; field++) {
    const char *space = memchr(text->data + at, ' ', text->length - at);
    at = space ? (size_t)(space - text->data) + 1 : text->length;
  }
  return (byline_string){text->data + at, text->length - at};
}

const file_record file_record_blank = {.digest = "0", .options = "0"};
static const file_record spoilt = {.digest = "0", .options = "1"};

bool file_record_is_spoilt(const file_record *record) {
  return strcmp(record->options, spoilt.options) == 0;
}

byline_status file_record_spoil(metadata *m, byline_string term,
                                byline_error *error) {
  buf text = BUF_INIT;
  byline_status status = load_text(m, term, &text, error);
  byline_string absolute = {NULL, 0};
  if (status == BYLINE_OK)
    absolute = path_of(&text);
  if (absolute.length > 0)
    status = file_record_store(m, term, &spoilt, absolute, error);
  buf_free(&text);
  return status;
}

/* ---- All records ------------------------------------------------------- */

typedef struct listing {
  writer_metadata metadata;
  file_record_fn fn;
  void *user;
  byline_error *error;
} listing;

static int pass_record(void *user, byline_string key) {
  listing *l = user;
  byline_string term = file_key_term(key);
  buf text = BUF_INIT;
  byline_status status = load_text(&l->metadata.methods, term, &text, l->error);
  byline_string absolute = {NULL, 0};
  if (status == BYLINE_OK)
    absolute = path_of(&text);
  if (absolute.length > 0)
    status = l->fn(l->user, absolute, term);
  buf_free(&text);
  return status;
}

byline_status file_records(xap_writer *writer, file_record_fn fn, void *user,
                           byline_error *error) {
  listing l = {metadata_of_writer(writer), fn, user, error};
  return xap_database_metadata_keys(xap_writer_database(writer), file_key_head,
                                    pass_record, &l, error);
}

/* ---- Files ------------------------------------------------------------- */

static void print_hash(XXH128_hash_t hash, char text[FILE_DIGEST_SIZE]) {
  snprintf(text, FILE_DIGEST_SIZE, "%016llx%016llx",
           (unsigned long long)hash.high64, (unsigned long long)hash.low64);
}

void file_options(const char *options, char text[FILE_DIGEST_SIZE]) {
  print_hash(XXH3_128bits(options, strlen(options)), text);
}

void file_options_with(const char options[FILE_DIGEST_SIZE], byline_string more,
                       char text[FILE_DIGEST_SIZE]) {
  char both[2 * FILE_DIGEST_SIZE];
  memcpy(both, options, FILE_DIGEST_SIZE - 1);
  print_hash(XXH3_128bits(more.data, more.length), both + FILE_DIGEST_SIZE - 1);
  file_options(both, text);
}

void file_record_fill(file_record *record, const struct stat *status,
                      const char *options) {
  enum { TICK = 2 }; /* seconds: the coarsest clock of a file system */
  memset(record, 0, sizeof *record);
  record->size = (uint64_t)status->st_size;
  record->inode = (uint64_t)status->st_ino;
  if (status->st_mtim.tv_sec + TICK < time(NULL)) {
    record->seconds = status->st_mtim.tv_sec;
    record->nanoseconds = status->st_mtim.tv_nsec;
  }
  snprintf(record->options, sizeof record->options, "%s", options);
}

bool file_record_same(const file_record *a, const file_record *b) {
  return a->size == b->size && a->seconds == b->seconds &&
         a->nanoseconds == b->nanoseconds && a->inode == b->inode &&
         a->seconds != 0;
}

static byline_status digest_bytes(int fd, XXH3_state_t *state,
                                  byline_error *error) {
  enum { PIECE = 256 << 10 };
  char *bytes = malloc(PIECE);
  if (!bytes)
    return error_no_memory(error);
  off_t at = 0;
  ssize_t got;
  while ((got = pread(fd, bytes, PIECE, at)) > 0 ||
         (got < 0 && errno == EINTR)) {
    if (got < 0)
      continue;
    XXH3_128bits_update(state, bytes, (size_t)got);
    at += got;
  }
  free(bytes);
  if (got < 0)
    return error_set(error, BYLINE_IO, "cannot read: %s", strerror(errno));
  return BYLINE_OK;
}

byline_status file_digest(int fd, char digest[FILE_DIGEST_SIZE],
                          byline_error *error) {
  XXH3_state_t *state = XXH3_createState();
  if (!state)
    return error_no_memory(error);
  XXH3_128bits_reset(state);
  byline_status status = digest_bytes(fd, state, error);
  if (status == BYLINE_OK)
    print_hash(XXH3_128bits_digest(state), digest);
  XXH3_freeState(state);
  return status;
}
