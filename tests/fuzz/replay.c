/* Gives a fuzz target every file of a folder, and every prefix of those that
 * are short: broken ends find the bugs that whole files do not. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SHORT = 512 };

/* A copy of exactly size bytes, so that a sanitizer sees any step beyond. */
static void run(const uint8_t *data, size_t size) {
  uint8_t *copy = malloc(size ? size : 1);
  if (!copy)
    abort();
  memcpy(copy, data, size);
  LLVMFuzzerTestOneInput(copy, size);
  free(copy);
}

static int run_file(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file)
    return -1;
  static uint8_t bytes[1 << 20];
  size_t size = fread(bytes, 1, sizeof bytes, file);
  fclose(file);
  run(bytes, size);
  for (size_t cut = 0; cut < size && cut < SHORT; cut++)
    run(bytes, cut);
  return 0;
}

int main(int argc, char **argv) {
  size_t files = 0;
  DIR *folder = argc == 2 ? opendir(argv[1]) : NULL;
  if (!folder) {
    fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
    return 2;
  }
  struct dirent *entry;
  while ((entry = readdir(folder))) {
    if (entry->d_name[0] == '.')
      continue;
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", argv[1], entry->d_name);
    if (run_file(path) != 0) {
      perror(path);
      return 1;
    }
    files++;
  }
  closedir(folder);
  printf("%zu seeds\n", files);
  return files > 0 ? 0 : 1;
}
