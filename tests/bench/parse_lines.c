/* parse_lines FILE: what jansson alone takes to parse every line of a file, in
 * seconds of the processor. */
#define _POSIX_C_SOURCE 200809L
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double cpu_seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
  char *line = NULL;
  size_t capacity = 0, number = 0;
  ssize_t length;
  FILE *file = argc == 2 ? fopen(argv[1], "r") : NULL;
  if (!file) {
    fprintf(stderr, "usage: parse_lines FILE\n");
    return 2;
  }
  double start = cpu_seconds();
  while ((length = getline(&line, &capacity, file)) > 0) {
    json_t *value = json_loadb(line, (size_t)length, 0, NULL);
    number++;
    if (!value) {
      fprintf(stderr, "parse_lines: line %zu is no JSON\n", number);
      return 1;
    }
    json_decref(value);
  }
  printf("%.4f\n", cpu_seconds() - start);
  free(line);
  return fclose(file) != 0;
}
