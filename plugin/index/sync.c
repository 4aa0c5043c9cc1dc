#include "index/sync.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "index/again.h"
#include "index/claims.h"
#include "index/files.h"
#include "index/gone.h"
#include "index/seen.h"
#include "index/writer.h"

struct sync_state {
  metadata *records;
  byline_writer *writer; /* NULL: there was nothing before this run */
  writer_metadata of_writer;
  byline_index_stats *stats;
  char options[FILE_DIGEST_SIZE];
  bool second_round;
  bool doubtful; /* see sync_doubt_records */
  /* Records, by terms of files, that wait for drops to be made, or for their
   * articles to be committed in another database than the records: until then a
   * file counts as not read. */
  string_map late;
  size_t waiting;    /* for a commit */
  seen_ids met;      /* terms of files that this round has come by */
  again files_again; /* that are to be read in a second round */
  /* The file being read. */
  byline_string absolute; /* empty: nothing is remembered of it */
  buf term;
  file_record record;
  int fd;
  struct stat status;
  uint32_t *docids; /* of its articles before, rising */
  bool *kept;
  size_t count, capacity;
  size_t let_go; /* of them, when it had been read */
  bool waits;    /* some are to be deleted */
  bool again;    /* it is to be read in a second round */
  bool all_read; /* this is that, and it is as it was */
};

byline_status sync_new(metadata *records, const char *options,
                       byline_index_stats *stats, sync_state **state,
                       byline_error *error) {
  sync_state *s = calloc(1, sizeof *s);
  if (!s)
    return error_no_memory(error);
  s->records = records;
  s->stats = stats;
  file_options(options, s->options);
  *state = s;
  return BYLINE_OK;
}

static void forget_file(sync_state *s) {
  s->absolute = (byline_string){NULL, 0};
  s->again = false;
  s->all_read = false;
  s->count = 0;
  buf_clear(&s->term);
}

void sync_use_writer(sync_state *s, byline_writer *writer) {
  s->writer = writer;
  writer_set_met(writer, &s->met);
  s->of_writer = metadata_of_writer(writer_database(writer));
  s->records = &s->of_writer.methods;
  s->doubtful = false;
}

void sync_doubt_records(sync_state *s) {
  s->doubtful = true;
}

void sync_second_round(sync_state *s) {
  s->second_round = true;
  seen_clear(&s->met);
}

static byline_status remember(sync_state *s, const file_record *record,
                              byline_error *error) {
  return file_record_store(s->records, buf_string(&s->term), record,
                           s->absolute, error);
}

/* ---- Records that wait --------------------------------------------------- */

/* What is kept of one: whether it waits for drops, or else for a commit only;
 * the record, if the file was read whole, and the file's path. */
enum { FOR_COMMIT = 'c', FOR_DROPS = 'd' };

static byline_status store_later(sync_state *s, char why, byline_error *error) {
  buf value = BUF_INIT;
  bool ok = buf_add(&value, &why, 1) &&
            buf_add(&value, &s->record, sizeof s->record) &&
            buf_add_str(&value, s->absolute) &&
            string_map_set(&s->late, buf_string(&s->term), buf_string(&value));
  buf_free(&value);
  s->waiting += why == FOR_COMMIT;
  return ok ? BYLINE_OK : error_no_memory(error);
}

/* What it waits for, or has waited for in this run; '\0': nothing. */
static char waits_for(const sync_state *s, byline_string term) {
  const byline_string *value = string_map_find(&s->late, term);
  return value ? value->data[0] : '\0';
}

static bool load_late(const sync_state *s, file_record *record) {
  const byline_string *value = string_map_find(&s->late, buf_string(&s->term));
  if (!value || value->length == 1)
    return false;
  memcpy(record, value->data + 1, sizeof *record);
  return true;
}

static byline_status forget_late(sync_state *s, byline_string term,
                                 byline_error *error) {
  char why = waits_for(s, term);
  return why == '\0' || string_map_set(&s->late, term, (byline_string){&why, 1})
             ? BYLINE_OK
             : error_no_memory(error);
}

static byline_status store_late(sync_state *s, string_pair late,
                                byline_error *error) {
  file_record record, now;
  bool known;
  if (late.value.length == 1)
    return BYLINE_OK;
  const size_t head = 1 + sizeof record;
  memcpy(&record, late.value.data + 1, sizeof record);
  byline_string absolute = {late.value.data + head, late.value.length - head};
  byline_status status =
      file_record_load(s->records, late.key, &now, &known, error);
  if (status == BYLINE_OK && known && !file_record_is_spoilt(&now))
    status = file_record_store(s->records, late.key, &record, absolute, error);
  return status == BYLINE_OK ? forget_late(s, late.key, error) : status;
}

size_t sync_waiting(const sync_state *s) {
  return s->waiting;
}

byline_status sync_committed(sync_state *s, byline_error *error) {
  bool others = false;
  byline_status status = BYLINE_OK;
  for (size_t i = 0; status == BYLINE_OK && i < s->late.count; i++)
    if (s->late.pairs[i].value.data[0] == FOR_COMMIT)
      status = store_late(s, s->late.pairs[i], error);
    else
      others = true;
  if (!others)
    string_map_clear(&s->late);
  s->waiting = 0;
  return status;
}

void sync_free(sync_state *s) {
  if (!s)
    return;
  string_map_free(&s->late);
  seen_free(&s->met);
  again_free(&s->files_again);
  free(s->docids);
  free(s->kept);
  buf_free(&s->term);
  free(s);
}

/* ---- One file ---------------------------------------------------------- */

static int add_docid(void *user, uint32_t docid, uint32_t wdf) {
  (void)wdf;
  sync_state *s = user;
  if (s->count == s->capacity) {
    size_t capacity = s->capacity ? s->capacity * 2 : 64;
    uint32_t *docids = realloc(s->docids, capacity * sizeof *docids);
    if (!docids)
      return BYLINE_NO_MEMORY;
    s->docids = docids;
    bool *kept = realloc(s->kept, capacity * sizeof *kept);
    if (!kept)
      return BYLINE_NO_MEMORY;
    s->kept = kept;
    s->capacity = capacity;
  }
  s->docids[s->count] = docid;
  s->kept[s->count++] = false;
  return BYLINE_OK;
}

static byline_status list_articles(sync_state *s, byline_string term,
                                   byline_error *error) {
  s->count = 0;
  if (!s->writer)
    return BYLINE_OK;
  uint32_t frequency = 0;
  byline_status status = xap_database_term_frequency(writer_view(s->writer),
                                                     term, &frequency, error);
  if (status == BYLINE_OK && frequency > 0)
    status = xap_database_postings(writer_view(s->writer), term, add_docid, s,
                                   error);
  return status == BYLINE_NO_MEMORY ? error_no_memory(error) : status;
}

/* ---- Files to be read again --------------------------------------------- */

void sync_read_again(sync_state *s) {
  s->again = true;
}

bool sync_reads_again(const sync_state *s) {
  return s->all_read;
}

static byline_status note_again(sync_state *s, const char *path,
                                byline_error *error) {
  ++*writer_spoilt(s->writer);
  return again_add(&s->files_again, buf_string(&s->term), s->record.digest,
                   path)
             ? file_record_spoil(s->records, buf_string(&s->term), error)
             : error_no_memory(error);
}

byline_status sync_again_paths(const sync_state *s, const char ***paths,
                               size_t *count, byline_error *error) {
  *paths = NULL;
  *count = s->files_again.files.count;
  if (!s->writer || *count != *writer_spoilt(s->writer))
    return BYLINE_OK;
  *paths = again_paths(&s->files_again);
  return *paths ? BYLINE_OK : error_no_memory(error);
}

/* What a file had that has changed before it could be read again, and what it
 * has now, is for the next run to see; not what was pruned. */
static byline_status keep_unsettled(sync_state *s, byline_error *error) {
  byline_string term;
  byline_status status = BYLINE_OK;
  for (size_t at = 0;
       status == BYLINE_OK && again_next(&s->files_again, &at, &term);) {
    file_record record;
    bool known = false;
    status = file_record_load(s->records, term, &record, &known, error);
    if (status == BYLINE_OK && known)
      status = list_articles(s, term, error);
    for (size_t i = 0; status == BYLINE_OK && known && i < s->count; i++)
      drops_remove(writer_drops(s->writer), s->docids[i]);
    s->count = 0;
  }
  return status;
}

byline_status sync_finish(sync_state *s, byline_error *error) {
  byline_status status = BYLINE_OK;
  if (s->writer) {
    status = keep_unsettled(s, error);
    s->stats->dropped += writer_drops(s->writer)->count;
  }
  if (s->writer && status == BYLINE_OK)
    status = writer_make_drops(s->writer, error);
  for (size_t i = 0; status == BYLINE_OK && i < s->late.count; i++)
    status = store_late(s, s->late.pairs[i], error);
  return status;
}

/* ---- Opening and closing ------------------------------------------------- */

/* Whether the file is as it is remembered: by what the system says of it, else
 * by its bytes. */
static byline_status compare(sync_state *s, const file_record *old, int fd,
                             bool *unchanged, byline_error *error) {
  bool same_options = strcmp(old->options, s->record.options) == 0;
  *unchanged = same_options && file_record_same(old, &s->record);
  if (*unchanged)
    return BYLINE_OK;
  /* What can't be read here can't be read later, and is reported then. */
  if (file_digest(fd, s->record.digest, NULL) != BYLINE_OK)
    s->record.digest[0] = '\0';
  if (!same_options || s->record.digest[0] == '\0' ||
      old->size != s->record.size || strcmp(old->digest, s->record.digest) != 0)
    return BYLINE_OK;
  *unchanged = true;
  char why = waits_for(s, buf_string(&s->term));
  return why ? store_later(s, why, error) : remember(s, &s->record, error);
}

static byline_status choose(sync_state *s, int fd, sync_action *action,
                            byline_error *error) {
  static const file_record none = {.options = ""};
  file_record old;
  bool known, unchanged = false;
  byline_status status =
      file_record_load(s->records, buf_string(&s->term), &old, &known, error);
  if (status != BYLINE_OK)
    return status;
  if (!(known && file_record_is_spoilt(&old)) && load_late(s, &old))
    known = true;
  if (s->second_round ? !(known && file_record_is_spoilt(&old))
                      : again_has(&s->files_again, buf_string(&s->term)))
    unchanged = true;
  else if (!(known && s->doubtful))
    status = compare(s, known ? &old : &none, fd, &unchanged, error);
  if (unchanged)
    *action = SYNC_SKIP;
  else if (known && !s->writer)
    *action = SYNC_WANT_WRITER;
  return status;
}

byline_status sync_open(sync_state *s, byline_string absolute, int fd,
                        const struct stat *file, byline_string layout,
                        sync_action *action, byline_error *error) {
  char options[FILE_DIGEST_SIZE];
  forget_file(s);
  *action = SYNC_READ;
  if (absolute.length == 0 || !S_ISREG(file->st_mode))
    return BYLINE_OK;
  if (!file_term(absolute, &s->term) ||
      !seen_add(&s->met, buf_string(&s->term)))
    return error_no_memory(error);
  s->absolute = absolute;
  s->fd = fd;
  s->status = *file;
  if (layout.length > 0)
    file_options_with(s->options, layout, options);
  file_record_fill(&s->record, file, layout.length > 0 ? options : s->options);
  byline_status status = choose(s, fd, action, error);
  if (status == BYLINE_OK && *action == SYNC_SKIP)
    s->stats->files_unchanged++;
  if (status != BYLINE_OK || *action != SYNC_READ)
    return status;
  s->all_read =
      s->second_round &&
      again_is_same(&s->files_again, buf_string(&s->term), s->record.digest);
  if (s->writer)
    writer_set_all_read(s->writer, s->all_read);
  status = list_articles(s, buf_string(&s->term), error);
  if (status == BYLINE_OK)
    status = forget_late(s, buf_string(&s->term), error);
  /* However the reading ends, pruning must know of the file. */
  return status == BYLINE_OK ? remember(s, &file_record_blank, error) : status;
}

void sync_keep(sync_state *s, uint32_t docid) {
  size_t low = 0, high = s->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (s->docids[middle] < docid)
      low = middle + 1;
    else
      high = middle;
  }
  if (low < s->count && s->docids[low] == docid)
    s->kept[low] = true;
}

static byline_status drop_article(sync_state *s, uint32_t docid,
                                  byline_string term, byline_error *error) {
  drops *put_off = writer_drops(s->writer);
  bool last;
  if (drops_has(put_off, docid)) {
    s->waits = true;
    return BYLINE_OK;
  }
  byline_status status =
      claims_drop(writer_database(s->writer), writer_view(s->writer), docid,
                  term, &last, writer_spoilt(s->writer), error);
  if (status != BYLINE_OK)
    return status;
  s->let_go++;
  s->waits = s->waits || last;
  return last ? drops_add(put_off, docid, error) : BYLINE_OK;
}

static byline_status drop_rest(sync_state *s, byline_string term,
                               byline_error *error) {
  byline_status status = BYLINE_OK;
  s->let_go = 0;
  s->waits = false;
  for (size_t i = 0; status == BYLINE_OK && i < s->count; i++)
    if (!s->kept[i])
      status = drop_article(s, s->docids[i], term, error);
  return status;
}

/* Whether the file changed while it was read. */
static bool is_steady(const sync_state *s) {
  struct stat now;
  return fstat(s->fd, &now) == 0 && now.st_size == s->status.st_size &&
         now.st_mtim.tv_sec == s->status.st_mtim.tv_sec &&
         now.st_mtim.tv_nsec == s->status.st_mtim.tv_nsec;
}

static byline_status remember_whole(sync_state *s, bool later,
                                    byline_error *error) {
  if (!s->record.digest[0] || !is_steady(s))
    return BYLINE_OK;
  if (s->waits || waits_for(s, buf_string(&s->term)) == FOR_DROPS)
    return store_later(s, FOR_DROPS, error);
  return later ? store_later(s, FOR_COMMIT, error)
               : remember(s, &s->record, error);
}

byline_status sync_close(sync_state *s, const char *path, bool whole,
                         bool later, byline_error *error) {
  byline_status status = BYLINE_OK;
  if (s->absolute.length > 0 && whole)
    status = drop_rest(s, buf_string(&s->term), error);
  if (status == BYLINE_OK && s->absolute.length > 0 && s->again)
    status = note_again(s, path, error);
  else if (status == BYLINE_OK && s->absolute.length > 0 && whole) {
    if (s->all_read && !again_settle(&s->files_again, buf_string(&s->term)))
      status = error_no_memory(error);
    if (status == BYLINE_OK)
      status = remember_whole(s, later, error);
  }
  forget_file(s);
  return status;
}

byline_status sync_forget_reading(sync_state *s, byline_string absolute,
                                  byline_error *error) {
  buf term = BUF_INIT;
  if (absolute.length == 0)
    return BYLINE_OK;
  byline_status status =
      file_term(absolute, &term)
          ? file_record_store(s->records, buf_string(&term), &file_record_blank,
                              absolute, error)
          : error_no_memory(error);
  if (status == BYLINE_OK)
    status = forget_late(s, buf_string(&term), error);
  buf_free(&term);
  return status;
}

/* ---- Files that are gone ----------------------------------------------- */

static byline_status drop_file(sync_state *s, byline_string term,
                               byline_error *error) {
  file_record record;
  bool known;
  byline_status status =
      file_record_load(s->records, term, &record, &known, error);
  if (status == BYLINE_OK)
    status = list_articles(s, term, error);
  if (status == BYLINE_OK)
    status = drop_rest(s, term, error);
  if (status == BYLINE_OK)
    status = file_record_forget(s->records, term, error);
  /* Until its articles are deleted, it is found each time. */
  s->stats->files_gone += status == BYLINE_OK && (known || s->let_go > 0);
  s->count = 0;
  return status;
}

byline_status sync_prune(sync_state *s, const char *path, byline_error *error) {
  buf terms = BUF_INIT;
  byline_status status = gone_files(
      writer_database(s->writer), writer_view(s->writer), path, &terms, error);
  for (size_t at = 0; status == BYLINE_OK && at < terms.length;) {
    byline_string term = gone_next(&terms, &at);
    status = drop_file(s, term, error);
  }
  buf_free(&terms);
  return status;
}
