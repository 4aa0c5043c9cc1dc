/* The parts of the public API that are about no database. */
#include "index/context.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uvernum.h>

#include "base/error.h"
#include "index/reading_library.h"
#include "index/schema.h"
#include "index/segments.h"
#include "index/shard_set.h"

uint32_t byline_abi_version(void) {
  return BYLINE_ABI_VERSION;
}

const char *byline_version(void) {
  return BYLINE_RELEASE;
}

byline_status byline_context_new(byline_context **context,
                                 byline_error *error) {
  byline_context *c = calloc(1, sizeof *c);
  if (!c)
    return error_no_memory(error);
  snprintf(c->versions, sizeof c->versions, "Xapian %s, ICU %s, schema %d",
           xap_version(), U_ICU_VERSION, SCHEMA_VERSION);
  *context = c;
  return BYLINE_OK;
}

void byline_context_free(byline_context *context) {
  if (!context)
    return;
  if (context->readers)
    context->reading->registry_free(context->readers);
  filter_registry_free(&context->filters);
  context_close_plugins(context);
  free(context);
}

byline_status context_reading(byline_context *context, byline_error *error) {
  byline_status status = BYLINE_OK;
  if (!context->reading)
    status = reading_library_find(&context->reading, error);
  if (status == BYLINE_OK && !context->readers) {
    context->readers = context->reading->registry_new();
    if (!context->readers)
      status = error_no_memory(error);
  }
  return status;
}

const char *byline_context_versions(const byline_context *context) {
  return context->versions;
}

byline_status byline_reader_register(byline_context *context,
                                     const byline_reader *reader,
                                     byline_error *error) {
  byline_status status = context_reading(context, error);
  return status == BYLINE_OK
             ? context->reading->registry_add(context->readers, reader, error)
             : status;
}

byline_status byline_filter_register(byline_context *context,
                                     const byline_filter *filter,
                                     byline_error *error) {
  return filter_registry_add(&context->filters, filter, error);
}

typedef struct report {
  byline_report_fn fn;
  void *user;
} report;

static int report_line(void *user, byline_string line) {
  report *r = user;
  char *text = strndup(line.data, line.length);
  if (!text)
    return BYLINE_NO_MEMORY;
  r->fn(r->user, text);
  free(text);
  return 0;
}

/* One database, or each of its segments. */
static byline_status check_all(const char *path, report *r, size_t *faults,
                               byline_error *error) {
  segments s = SEGMENTS_INIT;
  buf segment = BUF_INIT;
  byline_status status = segments_read(path, &s, NULL);
  if (status == BYLINE_UNSUPPORTED || s.count == 0)
    status = xap_check(path, r->fn ? report_line : NULL, r, faults, error);
  for (size_t i = 0; status == BYLINE_OK && i < s.count; i++) {
    size_t here = 0;
    buf_clear(&segment);
    status = buf_printf(&segment, "%s/%s", path, s.names[i])
                 ? xap_check(segment.data, r->fn ? report_line : NULL, r, &here,
                             error)
                 : error_no_memory(error);
    *faults += here;
  }
  segments_free(&s);
  buf_free(&segment);
  return status;
}

byline_status byline_check(const char *path, byline_report_fn fn, void *user,
                           byline_error *error) {
  report r = {fn, user};
  size_t faults = 0;
  shard_set set;
  byline_status status = shard_set_expand(&path, 1, &set, error);
  for (size_t i = 0; status == BYLINE_OK && i < set.count; i++)
    status = check_all(set.paths[i], &r, &faults, error);
  shard_set_free(&set);
  if (status == BYLINE_OK && faults > 0)
    return error_set(error, BYLINE_CORRUPT,
                     "%s: %zu faults found; restore it, or index again "
                     "into a new database",
                     path, faults);
  return shard_set_explain(&path, 1, status, error);
}

byline_terminate_fn byline_set_terminate(byline_terminate_fn fn) {
  return xap_set_terminate(fn);
}
