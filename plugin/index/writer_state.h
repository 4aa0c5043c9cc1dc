/* The parts of a writer, for writer.c and writer_open.c alone. */
#ifndef BYLINE_INDEX_WRITER_STATE_H
#define BYLINE_INDEX_WRITER_STATE_H

#include "index/author.h"
#include "index/builder.h"
#include "index/choose_language.h"
#include "index/document.h"
#include "index/fresh.h"
#include "index/match.h"
#include "index/writer.h"

struct byline_writer {
  xap_writer *database;
  int lock;                 /* on it, also while it is closed */
  const xap_database *view; /* of the same, to look things up */
  builder *builder;
  document_maker *maker;
  language_chooser languages;
  writer_metadata metadata;
  author_speller authors;
  database_lookup documents;
  matcher matcher;
  fresh *segment; /* that new articles go to; NULL: to the database */
  joint_lookup joint;
  writer_adding_fn adding;
  void *adding_user;
  filter_chain filters;
  word_counts words;
  drops drops; /* that are put off */
  size_t spoilt;
  const seen_ids *met; /* see writer_set_met; or NULL */
  byline_error broken; /* why nothing more can be written, or BYLINE_OK */
  arena memory;        /* for one article */
};

#endif
