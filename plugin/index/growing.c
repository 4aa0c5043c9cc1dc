#include "index/growing.h"

#include <string.h>

#include "base/error.h"
#include "index/segments.h"
#include "index/writer.h"

/* A segment costs about 0.1 s, whatever is in it, and a little with every
 * query; a megabyte of text the plain way about a second, and more in a large
 * database, where each of its words is in another block. */
enum {
  PLAIN_TEXT = 256 << 10, /* into a small database */
  SMALL = 16 << 20        /* bytes of one that is */
};

/* Some minutes' work, in few segments however much there is. */
static const uint64_t SEGMENT_TEXT = UINT64_C(4) << 30;

static bool wants_segment(const growing *g) {
  bool always = g->options->builder == BYLINE_BUILDER_GLASS;
  return always || g->newest > SMALL || g->added > PLAIN_TEXT;
}

static byline_status set_file(growing *g, byline_error *error) {
  byline_string absolute = g->file.absolute;
  if (absolute.length > 0 && !seen_has(&g->files, absolute) &&
      !seen_add(&g->files, absolute))
    return error_no_memory(error);
  return fresh_set_file(g->segment, &g->file, error);
}

static byline_status begin(growing *g, byline_error *error) {
  byline_status status = segments_new_path(g->database, &g->path, error);
  if (status == BYLINE_OK)
    status = fresh_open_segment(g->context, g->path.data, g->options,
                                writer_view(g->writer), &g->segment, error);
  if (status == BYLINE_OK && g->has_file)
    status = set_file(g, error);
  if (status == BYLINE_OK)
    writer_set_segment(g->writer, g->segment);
  return status;
}

/* Where none can be made, articles go the plain way. */
static byline_status begin_if_possible(growing *g, byline_error *error) {
  byline_status status = begin(g, error);
  if (status == BYLINE_UNSUPPORTED &&
      g->options->builder != BYLINE_BUILDER_GLASS) {
    g->database = NULL;
    return BYLINE_OK;
  }
  return status;
}

static byline_status on_adding(void *user, const byline_article *article,
                               byline_error *error) {
  growing *g = user;
  if (!g->database)
    return BYLINE_OK;
  g->added += article->text.length;
  return g->split && wants_segment(g) ? begin_if_possible(g, error) : BYLINE_OK;
}

byline_status growing_init(growing *g, byline_context *context,
                           const char *database,
                           const byline_index_options *options,
                           byline_writer *writer, byline_error *error) {
  segments s;
  bool reopened;
  *g = (growing){.context = context,
                 .database = database,
                 .options = options,
                 .writer = writer};
  byline_status status = segments_read(database, &s, error);
  if (status == BYLINE_UNSUPPORTED) { /* databases put together by hand */
    g->database = NULL;
    return BYLINE_OK;
  }
  if (status != BYLINE_OK)
    return status;
  g->split = s.count > 0;
  segments_free(&s);
  g->newest = segments_newest_bytes(database);
  writer_set_adding(writer, on_adding, g);
  return options->builder == BYLINE_BUILDER_GLASS
             ? growing_look(g, &reopened, error)
             : BYLINE_OK;
}

void growing_free(growing *g) {
  growing_forget(g);
  buf_free(&g->path);
}

uint64_t growing_limit(const byline_index_options *options) {
  return options->segment > 0 ? options->segment : SEGMENT_TEXT;
}

bool growing_is_due(const growing *g, byline_string absolute) {
  return g->segment && (fresh_bytes(g->segment) >= growing_limit(g->options) ||
                        (absolute.length > 0 && seen_has(&g->files, absolute)));
}

byline_status growing_set_file(growing *g, const schema_file *file,
                               byline_error *error) {
  g->file = *file;
  g->has_file = true;
  return g->segment ? set_file(g, error) : BYLINE_OK;
}

byline_status growing_look(growing *g, bool *reopened, byline_error *error) {
  *reopened = false;
  if (!g->database || g->segment || g->split || !wants_segment(g))
    return BYLINE_OK;
  *reopened = true;
  byline_status status = writer_split(g->writer, g->database, &g->split, error);
  if (status == BYLINE_OK && !g->split)
    g->database = NULL;
  return status == BYLINE_OK && g->split ? begin_if_possible(g, error) : status;
}

byline_status growing_end(growing *g, bool *defect, byline_error *error) {
  *defect = false;
  if (!g->segment || fresh_count(g->segment) == 0)
    return BYLINE_OK;
  byline_status status = fresh_complete(g->segment, error);
  *defect = fresh_is_defect(status);
  if (status == BYLINE_OK)
    status = fresh_publish(g->segment, error);
  /* What files had before says no more what is there. */
  if (status == BYLINE_OK)
    status = byline_writer_commit(g->writer, error);
  if (status == BYLINE_OK)
    status = segments_publish(g->database, SIZE_MAX, g->path.data, error);
  if (status == BYLINE_OK)
    status = writer_add_segment(g->writer, g->path.data, error);
  return status;
}

late_changes *growing_late(growing *g) {
  return fresh_late(g->segment);
}

void growing_forget(growing *g) {
  writer_set_segment(g->writer, NULL);
  fresh_free(g->segment);
  g->segment = NULL;
  seen_free(&g->files);
}
