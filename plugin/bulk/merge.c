#include "bulk/merge.h"

#include <stdlib.h>

#include "base/error.h"
#include "bulk/small.h"

/* ---- The heap ------------------------------------------------------------ */

static bool same_key(const merge_node *a, const merge_node *b) {
  byline_string k = a->cursor->list.key, l = b->cursor->list.key;
  return a->key_head == b->key_head && k.length == l.length &&
         small_equal(k.data, l.data, k.length);
}

/* The cursors are in one array, in the order of their runs. */
static bool before(const merge_node *a, const merge_node *b) {
  if (a->key_head != b->key_head)
    return a->key_head < b->key_head;
  int order = small_compare(a->cursor->list.key, b->cursor->list.key);
  return order ? order < 0 : a->cursor < b->cursor;
}

static void sift_down(merge *m, merge_node moved) {
  size_t at = 0;
  for (;;) {
    size_t child = 2 * at + 1;
    if (child + 1 < m->heap_count &&
        before(&m->heap[child + 1], &m->heap[child]))
      child++;
    if (child >= m->heap_count || before(&moved, &m->heap[child]))
      break;
    m->heap[at] = m->heap[child];
    at = child;
  }
  m->heap[at] = moved;
}

static void push(merge *m, run_cursor *c) {
  merge_node new = {small_head(c->list.key), c};
  size_t at = m->heap_count++;
  for (; at > 0 && before(&new, &m->heap[(at - 1) / 2]); at = (at - 1) / 2)
    m->heap[at] = m->heap[(at - 1) / 2];
  m->heap[at] = new;
}

static merge_node pop(merge *m) {
  merge_node first = m->heap[0];
  if (--m->heap_count > 0)
    sift_down(m, m->heap[m->heap_count]);
  return first;
}

/* ---- Merging ------------------------------------------------------------- */

byline_status merge_open(merge *m, const run *runs, size_t count,
                         run_stream stream, int file, const char *path,
                         size_t window, byline_error *error) {
  *m = (merge){.count = count};
  m->cursors = calloc(count + 1, sizeof *m->cursors);
  m->heap = calloc(count + 1, sizeof *m->heap);
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
  const merge_node first = pop(m);
  m->list = first.cursor->list;
  m->list.length = 0;
  m->group[m->group_count++] = first.cursor;
  while (m->heap_count > 0 && same_key(&first, &m->heap[0])) {
    run_cursor *c = pop(m).cursor;
    m->group[m->group_count++] = c;
    m->list.count += c->list.count;
    m->list.total += c->list.total;
    m->list.last = c->list.last;
  }
  if (m->list.total > UINT32_MAX && m->list.key.length > 0)
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
