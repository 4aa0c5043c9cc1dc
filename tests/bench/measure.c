/* measure SECONDS COMMAND...: runs a command, for no longer than that, and
 * prints what it took: seconds of the clock, of the processor in the program
 * and in the kernel, kB of memory at the peak (of the largest process, if it
 * starts others), and its exit status (128 and more: a signal ended it). What
 * the command prints goes to standard error.
 *
 * A program of its own since what a large process starts counts, until exec,
 * the memory of that process. */
#define _DEFAULT_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE = 5 /* seconds */ };

static pid_t child;

/* The command and all that it has started: asked first, then made to. */
static void stop(int number) {
  static volatile sig_atomic_t asked;
  (void)number;
  kill(-child, asked ? SIGKILL : SIGTERM);
  asked = 1;
  alarm(PATIENCE);
}

static double seconds(struct timeval t) {
  return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
  if (argc < 3) {
    fprintf(stderr, "usage: measure SECONDS COMMAND...\n");
    return 2;
  }
  double start = now();
  child = fork();
  if (child < 0) {
    perror("measure");
    return 2;
  }
  if (child == 0) {
    setpgid(0, 0);
    dup2(STDERR_FILENO, STDOUT_FILENO);
    execvp(argv[2], argv + 2);
    perror(argv[2]);
    _exit(127);
  }
  setpgid(child, child);
  signal(SIGALRM, stop);
  signal(SIGTERM, stop);
  signal(SIGINT, stop);
  alarm((unsigned)atoi(argv[1]));
  int status;
  struct rusage usage;
  while (wait4(child, &status, 0, &usage) < 0)
    continue;
  printf("%.3f %.3f %.3f %ld %d\n", now() - start, seconds(usage.ru_utime),
         seconds(usage.ru_stime), usage.ru_maxrss,
         WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
  return 0;
}
