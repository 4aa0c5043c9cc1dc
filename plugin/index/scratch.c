#include "index/scratch.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/remote.h"

/* A stub file, or a folder with a database or a stub in it. */
static bool is_database(const char *path) {
  static const char *const names[] = {"iamglass", "XAPIANDB"};
  struct stat status;
  if (stat(path, &status) != 0 || !S_ISDIR(status.st_mode))
    return stat(path, &status) == 0;
  int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0)
    return true; /* opening it will say why */
  bool found = false;
  for (size_t i = 0; !found && i < sizeof names / sizeof *names; i++)
    found = faccessat(folder, names[i], F_OK, 0) == 0;
  close(folder);
  return found;
}

byline_status scratch_make(const char *database, scratch_database *scratch,
                           byline_error *error) {
  scratch->path[0] = '\0';
  if (is_remote_path(database))
    return error_set(error, BYLINE_UNSUPPORTED,
                     "%s: a dry run needs a database on this machine",
                     database);
  if (is_database(database))
    return BYLINE_OK;
  const char *folder = getenv("TMPDIR");
  int length = snprintf(scratch->path, sizeof scratch->path, "%s/byline-XXXXXX",
                        folder && *folder ? folder : "/tmp");
  if (length < 0 || (size_t)length >= sizeof scratch->path ||
      !mkdtemp(scratch->path)) {
    scratch->path[0] = '\0';
    return error_errno(error, errno, folder && *folder ? folder : "/tmp",
                       "cannot make a folder for a dry run");
  }
  return BYLINE_OK;
}

void scratch_remove(scratch_database *scratch) {
  if (!scratch->path[0])
    return;
  DIR *folder = opendir(scratch->path);
  const struct dirent *entry;
  while (folder && (entry = readdir(folder)))
    if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
      unlinkat(dirfd(folder), entry->d_name, 0);
  if (folder)
    closedir(folder);
  rmdir(scratch->path);
}
