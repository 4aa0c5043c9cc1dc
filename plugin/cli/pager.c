/* A pager for what is longer than the terminal, as git has it. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/screen.h"

extern char **environ;

static struct {
  bool runs;
  pid_t process;
  int error; /* a copy of the real standard error; -1: it is not taken */
} pager = {false, 0, -1};

/* NULL: none is wanted. */
static const char *find_command(void) {
  const char *program = getenv("BYLINE_PAGER");
  if (!program)
    program = getenv("PAGER");
  if (!program)
    program = "less";
  return *program == '\0' || strcmp(program, "cat") == 0 ? NULL : program;
}

/* Starts it with its input from this end of a pipe. An error's number. */
static int spawn(const char *program, int input) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t usual;
  sigemptyset(&usual);
  sigaddset(&usual, SIGINT);
  sigaddset(&usual, SIGQUIT);
  sigaddset(&usual, SIGPIPE);
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setsigdefault(&attributes, &usual);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  bool simple = strpbrk(program, " \t\n|&;<>()$`\\\"'*?[#~=%") == NULL;
  const char *words[] = {simple ? program : "/bin/sh", simple ? NULL : "-c",
                         program, NULL};
  int failed = posix_spawnp(&pager.process, words[0], &actions, &attributes,
                            (char *const *)words, environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return failed;
}

static bool open_pipe(int ends[2]) {
  if (pipe(ends) != 0)
    return false;
  fcntl(ends[0], F_SETFD, FD_CLOEXEC);
  fcntl(ends[1], F_SETFD, FD_CLOEXEC);
  return true;
}

/* From now on an interrupt is the pager's, and its end is no signal but an
 * error of writing. */
static void take_streams(int input) {
  signal(SIGINT, SIG_IGN);
  signal(SIGQUIT, SIG_IGN);
  signal(SIGPIPE, SIG_IGN);
  dup2(input, STDOUT_FILENO);
  pager.runs = true;
  if (!isatty(STDERR_FILENO))
    return;
  /* A copy that programs that are started don't get. */
  pager.error = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  if (pager.error >= 0)
    dup2(input, STDERR_FILENO);
}

void cli_pager_start(void) {
  const char *program = find_command();
  int ends[2];
  if (pager.runs || !program || !open_pipe(ends))
    return;
  setenv("LESS", "FRX",
         0); /* quits at once if all fits; colours; no clearing */
  setenv("LV", "-c", 0);
  setenv("LESSCHARSET", "utf-8", 0);
  fflush(stdout);
  int failed = spawn(program, ends[0]);
  if (failed == 0)
    take_streams(ends[1]);
  else if (getenv("BYLINE_PAGER") || getenv("PAGER"))
    cli_fail("the pager %s can't be started: %s", program, strerror(failed));
  close(ends[0]);
  close(ends[1]);
}

bool cli_pager_gone(void) {
  return pager.runs && ferror(stdout);
}

/* Its input ends. What could not be written is never to come out elsewhere. */
static void end_output(void) {
  fflush(stdout);
  int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (nowhere >= 0) {
    dup2(nowhere, STDOUT_FILENO);
    close(nowhere);
  } else {
    close(STDOUT_FILENO);
  }
}

void cli_pager_finish(void) {
  if (!pager.runs)
    return;
  end_output();
  if (pager.error >= 0) {
    dup2(pager.error, STDERR_FILENO);
    close(pager.error);
  }
  pager.runs = false;
  while (waitpid(pager.process, NULL, 0) < 0 && errno == EINTR)
    ;
}
