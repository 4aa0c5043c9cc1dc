#include "bulk/merge.h"

#include <stdlib.h>

#include "base/error.h"
#include "bulk/small.h"

/* ---- The heap ------------------------------------------------------------ */

static int compare_keys(const run_cursor *a, const run_cursor *b) {
  if (a->key_head != b->key_head)
    return a->key_head < b->key_head ? -1 : 1;
  return small_compare(a->list.key, b->list.key);
}

/* The cursors are in one array, in the order of their runs. */
static bool before(const run_cursor *a, const run_cursor *b) {
  int order = compare_keys(a, b);
  return order ? order < 0 : a < b;
}

static void sift_down(merge *m, size_t at) {
  run_cursor *moved = m->heap[at];
  for (;;) {
    size_t child = 2 * at + 1;
    if (child + 1 < m->heap_count && before(m->heap[child + 1], m->heap[child]))
      child++;
    if (child >= m->heap_count || before(moved, m->heap[child]))
      break;
    m->heap[at] = m->heap[child];
    at = child;
  }
  m->heap[at] = moved;
}

static void push(merge *m, run_cursor *c) {
  size_t at = m->heap_count++;
  for (; at > 0 && before(c, m->heap[(at - 1) / 2]); at = (at - 1) / 2)
    m->heap[at] = m->heap[(at - 1) / 2];
  m->heap[at] = c;
}

static run_cursor *pop(merge *m) {
  run_cursor *first = m->heap[0];
  m->heap[0] = m->heap[--m->heap_count];
  if (m->heap_count > 0)
    sift_down(m, 0);
  return first;
}

/* ---- Merging ------------------------------------------------------------- */

byline_status merge_open(merge *m, const run *runs, size_t count,
                         run_stream stream, int file, const char *path,
                         size_t window, byline_error *error) {
  *m = (merge){.count = count};
  m->cursors = calloc(count + 1, sizeof *m->cursors);
  m->heap = calloc(count + 1, sizeof(run_cursor *));
  m->group = calloc(count + 1, sizeof(run_cursor *));
  if (!m->cursors || !m->heap || !m->group) {
    merge_free(m);
    return error_no_memory(error);
  }
  for (size_t i = 0; i < count; i++)
    run_cursor_init(&m->cursors[i], &runs[i], stream, file, path, window);
  /* merge_next goes on with all that are in the group. */
  for (size_t i = 0; i < count; i++)
    m->group[m->group_count++] = &m->cursors[i];
  return BYLINE_OK;
}

void merge_free(merge *m) {
  for (size_t i = 0; m->cursors && i < m->count; i++)
    run_cursor_free(&m->cursors[i]);
  free(m->cursors);
  free(m->heap);
  free(m->group);
  *m = (merge){.count = 0};
}

static byline_status gather(merge *m, byline_error *error) {
  run_cursor *first = m->heap[0];
  uint64_t count = 0, total = 0;
  do {
    run_cursor *c = pop(m);
    m->group[m->group_count++] = c;
    count += c->list.count;
    total += c->list.total;
  } while (m->heap_count > 0 && compare_keys(first, m->heap[0]) == 0);
  m->list = first->list;
  m->list.count = (uint32_t)count;
  m->list.total = total;
  m->list.length = 0;
  m->list.last = m->group[m->group_count - 1]->list.last;
  if (total > UINT32_MAX && m->list.key.length > 0)
    return error_set(error, BYLINE_INVALID,
                     "'%.*s' occurs more than 4,294,967,295 times: too often "
                     "for Xapian; make several databases",
                     (int)m->list.key.length, m->list.key.data);
  return BYLINE_OK;
}

byline_status merge_next(merge *m, byline_error *error) {
  for (size_t i = 0; i < m->group_count; i++) {
    bool more;
    byline_status status = run_cursor_next(m->group[i], &more, error);
    if (status != BYLINE_OK)
      return status;
    if (more)
      push(m, m->group[i]);
  }
  m->group_count = 0;
  return m->heap_count > 0 ? gather(m, error) : BYLINE_OK;
}
