#include "index/filtering.h"

#include <string.h>

#include "base/buf.h"
#include "base/error.h"
#include "index/schema.h"

enum { SHOWN = 80 }; /* bytes of a filter in a message */

byline_status filtering_add(filter_chain *chain,
                            const filter_registry *registry,
                            const char *const *filters, size_t count,
                            byline_error *error) {
  byline_status status = BYLINE_OK;
  for (size_t i = 0; status == BYLINE_OK && i < count; i++) {
    byline_string filter = {filters[i], strlen(filters[i])};
    if (memchr(filter.data, '\n', filter.length))
      return error_set(error, BYLINE_INVALID,
                       "a filter's arguments can't have a line end in them");
    status = filter_chain_add(chain, registry, filter, error);
  }
  return status;
}

/* As META_FILTERS has them: one a line, in their order. */
static bool join(const char *const *filters, size_t count, buf *out) {
  bool ok = true;
  for (size_t i = 0; ok && i < count; i++)
    ok = buf_add_string(out, filters[i]) && buf_add_char(out, '\n');
  return ok;
}

/* Calls filter_chain_add for each line; those that are unknown, or can't be
 * made, are left out where not all are needed. */
static byline_status add_lines(filter_chain *chain,
                               const filter_registry *registry,
                               byline_string lines, bool all,
                               byline_error *error) {
  byline_status status = BYLINE_OK;
  for (size_t at = 0; status == BYLINE_OK && at < lines.length;) {
    const char *begin = lines.data + at;
    const char *end = memchr(begin, '\n', lines.length - at);
    size_t length = end ? (size_t)(end - begin) : lines.length - at;
    status = filter_chain_add(chain, registry, (byline_string){begin, length},
                              error);
    if (!all && status != BYLINE_NO_MEMORY)
      status = BYLINE_OK;
    at += length + 1;
  }
  return status;
}

/* The database had other filters, or none. */
static byline_status replace(xap_writer *writer, const char *path,
                             byline_string wanted, const buf *had,
                             byline_error *error) {
  xap_statistics statistics;
  byline_status status =
      xap_database_statistics(xap_writer_database(writer), &statistics, error);
  if (status != BYLINE_OK)
    return status;
  if (statistics.documents == 0)
    return xap_writer_set_metadata(
        writer, (byline_string){META_FILTERS, sizeof META_FILTERS - 1}, wanted,
        error);
  if (had->length == 0)
    return error_set(error, BYLINE_INVALID,
                     "%s: its articles went through no filter; name a new "
                     "database with --db",
                     path);
  size_t length = strcspn(had->data, "\n");
  return error_set(error, BYLINE_INVALID,
                   "%s: its articles went through other filters (%.*s); name a "
                   "new database with --db",
                   path, (int)(length < SHOWN ? length : SHOWN), had->data);
}

byline_status filtering_settle(xap_writer *writer, const char *path,
                               const filter_registry *registry,
                               const char *const *filters, size_t count,
                               filter_chain *chain, byline_error *error) {
  buf had = BUF_INIT, wanted = BUF_INIT;
  byline_status status =
      schema_metadata(xap_writer_database(writer), META_FILTERS, &had, error);
  if (status == BYLINE_OK && !join(filters, count, &wanted))
    status = error_no_memory(error);
  bool same =
      wanted.length == had.length &&
      (had.length == 0 || memcmp(wanted.data, had.data, had.length) == 0);
  if (status == BYLINE_OK && count == 0)
    status = add_lines(chain, registry, buf_string(&had), true, error);
  else if (status == BYLINE_OK && !same)
    status = replace(writer, path, buf_string(&wanted), &had, error);
  buf_free(&had);
  buf_free(&wanted);
  return status;
}

byline_status filtering_record(metadata *m, const char *const *filters,
                               size_t count, byline_error *error) {
  byline_string key = {META_FILTERS, sizeof META_FILTERS - 1};
  buf lines = BUF_INIT;
  byline_status status = BYLINE_OK;
  if (!join(filters, count, &lines))
    status = error_no_memory(error);
  else if (count > 0)
    status = m->set(m, key, buf_string(&lines), error);
  buf_free(&lines);
  return status;
}

byline_status filtering_known(const xap_database *database,
                              const filter_registry *registry,
                              filter_chain *chain, byline_error *error) {
  buf had = BUF_INIT;
  byline_status status = schema_metadata(database, META_FILTERS, &had, error);
  if (status == BYLINE_OK)
    status = add_lines(chain, registry, buf_string(&had), false, error);
  buf_free(&had);
  return status;
}
