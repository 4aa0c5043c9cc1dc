#include "index/builder.h"

#include <stdlib.h>

#include "base/error.h"

typedef struct plain_builder {
  builder methods; /* first */
  xap_writer *writer;
} plain_builder;

static byline_status fill(xap_document *to, const document *d,
                          byline_error *error) {
  byline_status status = xap_document_set_data(to, d->data, error);
  for (size_t i = 0; status == BYLINE_OK && i < d->term_count; i++) {
    const document_term *t = &d->terms[i];
    status = t->position_count == 0
                 ? xap_document_add_term(to, t->term, t->wdf, error)
                 : xap_document_add_postings(to, t->term, t->positions,
                                             t->position_count, t->wdf, error);
  }
  for (size_t i = 0; status == BYLINE_OK && i < d->value_count; i++)
    status = xap_document_add_value(to, d->values[i].slot, d->values[i].value,
                                    error);
  return status;
}

static byline_status plain_add(builder *b, const document *d, uint32_t docid,
                               byline_error *error) {
  xap_writer *writer = ((plain_builder *)b)->writer;
  xap_document *to = NULL;
  byline_status status = xap_document_new(&to, error);
  if (status != BYLINE_OK)
    return status;
  status = fill(to, d, error);
  if (status == BYLINE_OK)
    status = docid != 0 ? xap_writer_replace_docid(writer, docid, to, error)
                        : xap_writer_add(writer, to, NULL, error);
  xap_document_free(to);
  return status;
}

static byline_status plain_finish(builder *b, byline_error *error) {
  return xap_writer_commit(((plain_builder *)b)->writer, error);
}

static void plain_free(builder *b) {
  free(b);
}

byline_status builder_for_writer(xap_writer *writer, builder **result,
                                 byline_error *error) {
  plain_builder *b = malloc(sizeof *b);
  if (!b)
    return error_no_memory(error);
  b->methods.add = plain_add;
  b->methods.finish = plain_finish;
  b->methods.free = plain_free;
  b->writer = writer;
  *result = &b->methods;
  return BYLINE_OK;
}
