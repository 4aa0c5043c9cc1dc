/* Files that go as they are being opened: loaded before all else, it removes
 * each file named GOING when its path is to be resolved. */
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *realpath(const char *restrict path, char *restrict resolved) {
  static const char name[] = "GOING.jsonl";
  size_t length = strlen(path), end = sizeof name - 1;
  void *real = dlsym(RTLD_NEXT, "realpath");
  if (!real)
    abort();
  if (length >= end && strcmp(path + length - end, name) == 0)
    unlink(path);
  return (__extension__(__typeof__(&realpath)) real)(path, resolved);
}
