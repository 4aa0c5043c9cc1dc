/* Writing when the system interrupts, writes little, or fails: pwrite, fsync
 * and close are this file's. */
#include "bulk_table_reader.h"

#include <errno.h>
#include <sys/types.h>

#include "bulk/disk.h"
#include "bulk/version.h"

/* The linker gives these names to what it wraps. */
/* NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c) */
ssize_t __real_pwrite(int fd, const void *data, size_t length, off_t at);
ssize_t __wrap_pwrite(int fd, const void *data, size_t length, off_t at);
int __real_fsync(int fd);
int __wrap_fsync(int fd);
/* NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c) */

static struct {
  size_t most;     /* bytes a call writes; 0: all */
  int interrupted; /* every so many calls; 0: never */
  int writes_left; /* before they fail; negative: never */
  int syncs_left;
  int number; /* errno of the failure; 0: nothing is written */
  int calls;
} disk;

ssize_t __wrap_pwrite(int fd, const void *data, size_t length, off_t at) {
  disk.calls++;
  if (disk.interrupted && disk.calls % disk.interrupted == 0) {
    errno = EINTR;
    return -1;
  }
  if (disk.writes_left == 0) {
    errno = disk.number;
    return disk.number ? -1 : 0;
  }
  disk.writes_left--;
  if (disk.most && length > disk.most)
    length = disk.most;
  return __real_pwrite(fd, data, length, at);
}

int __wrap_fsync(int fd) {
  disk.calls++;
  if (disk.interrupted && disk.calls % disk.interrupted == 0) {
    errno = EINTR;
    return -1;
  }
  if (disk.syncs_left-- == 0) {
    errno = disk.number;
    return -1;
  }
  return __real_fsync(fd);
}

static int healthy_disk(void **state) {
  memset(&disk, 0, sizeof disk);
  disk.writes_left = disk.syncs_left = -1;
  return make_folder(state);
}

/* A table of some levels and more than a buffer of leaves. */
static byline_status write_table(table_root *root, byline_error *error) {
  table_writer *w;
  byline_status status =
      table_writer_open(folder, TABLE_TERMLIST, TABLE_BLOCK_MIN, &w, error);
  if (status != BYLINE_OK)
    return status;
  static char tag[1500];
  for (unsigned i = 0; i < 1000 && status == BYLINE_OK; i++) {
    char key[16];
    snprintf(key, sizeof key, "%05u", i);
    status =
        table_writer_add(w, str(key), (byline_string){tag, i}, false, error);
  }
  if (status == BYLINE_OK)
    status = table_writer_finish(w, root, error);
  table_writer_free(w);
  return status;
}

static byline_status write_version(byline_error *error) {
  static const table_root roots[TABLE_COUNT];
  static const glass_statistics statistics;
  return version_write(folder, TABLE_BLOCK_SIZE, roots, &statistics, error);
}

static void interrupted_and_short_writes_go_on(void **state) {
  (void)state;
  table_root root;
  byline_error error;
  disk.most = 700;
  disk.interrupted = 3;
  assert_int_equal(write_table(&root, &error), BYLINE_OK);
  table_content t = read_table("termlist.glass", TABLE_BLOCK_MIN, &root);
  assert_int_equal(t.count, 1000);
  free_content(&t);
  disk.most = 1;
  assert_int_equal(write_version(&error), BYLINE_OK);
  buf file = read_file("iamglass");
  assert_int_equal(file.length, 77);
  buf_free(&file);
}

static void every_write_that_fails_is_reported(void **state) {
  (void)state;
  table_root root;
  byline_error error;
  int failures = 0;
  for (int n = 0;; n++) {
    disk.writes_left = n;
    disk.number = n % 2 ? ENOSPC : 0;
    byline_status status = write_table(&root, &error);
    forget_file("termlist.glass");
    if (status == BYLINE_OK)
      break;
    failures++;
    assert_int_equal(status, BYLINE_IO);
    assert_non_null(
        strstr(error.message, "termlist.glass: cannot write: No space left"));
  }
  assert_true(failures > 4);
}

static void a_sync_that_fails_is_reported(void **state) {
  (void)state;
  table_root root;
  byline_error error;
  disk.number = EIO;
  disk.syncs_left = 0;
  assert_int_equal(write_table(&root, &error), BYLINE_IO);
  assert_non_null(strstr(error.message, "termlist.glass: cannot write: Input"));
}

static void there_is_no_version_file_after_a_failure(void **state) {
  (void)state;
  byline_error error;
  disk.number = EIO;
  disk.writes_left = 0;
  assert_int_equal(write_version(&error), BYLINE_IO);
  disk.writes_left = -1;
  disk.syncs_left = 0;
  assert_int_equal(write_version(&error), BYLINE_IO);
  assert_non_null(strstr(error.message, "iamglass: cannot write: Input"));
  assert_false(file_is_there("v.tmp"));
  assert_false(file_is_there("iamglass"));
}

#define CASE(test)                                                             \
  cmocka_unit_test_setup_teardown(test, healthy_disk, remove_folder)

int main(void) {
  const struct CMUnitTest tests[] = {
      CASE(interrupted_and_short_writes_go_on),
      CASE(every_write_that_fails_is_reported),
      CASE(a_sync_that_fails_is_reported),
      CASE(there_is_no_version_file_after_a_failure),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
