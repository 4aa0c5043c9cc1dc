#include "index/metadata.h"

#include "base/error.h"

static int collect(void *user, byline_string value) {
  return buf_add_str(user, value) ? 0 : BYLINE_NO_MEMORY;
}

static byline_status writer_get(metadata *m, byline_string key, buf *value,
                                byline_error *error) {
  const xap_writer *writer = ((writer_metadata *)m)->writer;
  byline_status status = xap_database_metadata(xap_writer_database(writer), key,
                                               collect, value, error);
  return status == BYLINE_NO_MEMORY ? error_no_memory(error) : status;
}

static byline_status writer_set(metadata *m, byline_string key,
                                byline_string value, byline_error *error) {
  return xap_writer_set_metadata(((writer_metadata *)m)->writer, key, value,
                                 error);
}

writer_metadata metadata_of_writer(xap_writer *writer) {
  return (writer_metadata){{writer_get, writer_set}, writer};
}

static byline_status memory_get(metadata *m, byline_string key, buf *value,
                                byline_error *error) {
  const byline_string *found =
      string_map_find(&((memory_metadata *)m)->values, key);
  return !found || buf_add_str(value, *found) ? BYLINE_OK
                                              : error_no_memory(error);
}

static byline_status memory_set(metadata *m, byline_string key,
                                byline_string value, byline_error *error) {
  return string_map_set(&((memory_metadata *)m)->values, key, value)
             ? BYLINE_OK
             : error_no_memory(error);
}

memory_metadata metadata_in_memory(void) {
  return (memory_metadata){{memory_get, memory_set}, STRING_MAP_INIT};
}

void memory_metadata_free(memory_metadata *m) {
  string_map_free(&m->values);
}
