#include "index/shard_stub.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>

#include "base/error.h"
#include "base/remote.h"
#include "index/segment_files.h"

/* The stub's first line: others make stubs, too. */
static const char MARK[] = "# byline shards: articles are spread over these "
                           "by their ids; the order counts";

/* A line of it when there was a time at which none was missing. */
static const char COMPLETE[] = "# all of them were made";

/* ---- Reading ------------------------------------------------------------ */

/* "auto shard-1" or "remote host:4000". */
static byline_status read_line(const char *database, char *line, size_t number,
                               shard_set *set, byline_error *error) {
  static const char local[] = "auto ", remote[] = "remote ";
  char *path = NULL;
  line[strcspn(line, "\r\n")] = '\0';
  if (strcmp(line, COMPLETE) == 0)
    set->complete = true;
  if (*line == '\0' || *line == '#')
    return BYLINE_OK;
  if (strncmp(line, remote, sizeof remote - 1) == 0) {
    line[sizeof remote - 2] = ':';
    path = strdup(line);
  } else if (strncmp(line, local, sizeof local - 1) == 0) {
    path = shard_set_join(database, line + sizeof local - 1);
  } else {
    return error_set(error, BYLINE_CORRUPT,
                     "%s/" SEGMENT_STUB ":%zu: neither 'auto PATH' nor 'remote "
                     "HOST:PORT'",
                     database, number);
  }
  return shard_set_add(set, path) ? BYLINE_OK : error_no_memory(error);
}

static byline_status read_lines(const char *database, FILE *file,
                                shard_set *set, byline_error *error) {
  char *line = NULL;
  size_t capacity = 0;
  byline_status status = BYLINE_OK;
  for (size_t number = 1; status == BYLINE_OK; number++) {
    errno = 0;
    if (getline(&line, &capacity, file) < 0) {
      if (!feof(file)) /* what is missing would be no shard */
        status = error_errno(error, errno, database,
                             "cannot read its " SEGMENT_STUB);
      break;
    }
    if (number == 1 && strncmp(line, MARK, sizeof MARK - 1) != 0)
      break;
    status = read_line(database, line, number, set, error);
  }
  free(line);
  return status;
}

byline_status shard_stub_read(const char *database, shard_set *set,
                              byline_error *error) {
  *set = (shard_set)SHARD_SET_INIT;
  if (is_remote_path(database))
    return BYLINE_OK;
  char *path = shard_set_join(database, SEGMENT_STUB);
  if (!path)
    return error_no_memory(error);
  FILE *file = fopen(path, "re");
  byline_status status = BYLINE_OK;
  if (file) {
    status = read_lines(database, file, set, error);
    fclose(file);
  } else if (errno != ENOENT && errno != ENOTDIR) {
    status = error_errno(error, errno, path, "cannot read");
  }
  free(path);
  if (status != BYLINE_OK)
    shard_set_free(set);
  return status;
}

/* ---- Writing ------------------------------------------------------------ */

static bool write_lines(buf *text, const char *database, const shard_set *set) {
  size_t folder = strlen(database);
  bool ok = buf_printf(text, "%s\n", MARK);
  for (size_t i = 0; ok && i < set->count; i++) {
    const char *path = set->paths[i];
    if (is_remote_path(path))
      ok = buf_printf(text, "remote %s\n", path + sizeof REMOTE_PREFIX - 1);
    else if (strncmp(path, database, folder) == 0 && path[folder] == '/')
      ok = buf_printf(text, "auto %s\n", path + folder + 1);
    else
      ok = buf_printf(text, "auto %s\n", path);
  }
  return ok && (!set->complete || buf_printf(text, "%s\n", COMPLETE));
}

byline_status shard_stub_write(const char *folder, const char *database,
                               const shard_set *set, byline_error *error) {
  buf text = BUF_INIT;
  byline_status status =
      write_lines(&text, database, set)
          ? segment_write_stub(folder, buf_string(&text), error)
          : error_no_memory(error);
  buf_free(&text);
  return status;
}

int shard_stub_take_turn(const char *database) {
  enum { TRIES = 50 };
  const struct timespec pause = {0, 20000000};
  int lock = open(database, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  for (int i = 0; lock >= 0 && i < TRIES; i++) {
    if (flock(lock, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
      break;
    nanosleep(&pause, NULL);
  }
  return lock;
}
