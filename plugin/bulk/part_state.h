/* What a part consists of, for those that fill it, pack it and take it. */
#ifndef BYLINE_BULK_PART_STATE_H
#define BYLINE_BULK_PART_STATE_H

#include "bulk/bounds.h"
#include "bulk/inverter.h"
#include "bulk/part.h"
#include "bulk/records.h"
#include "bulk/run.h"
#include "bulk/termlists.h"
#include "bulk/version.h"

struct bulk_part {
  deflater *deflater;
  inverter terms;  /* wdf, length of the positions' tag or 0, the tag */
  inverter values; /* by slot, as pack_uint: length, value */
  inverter words;
  bool (*is_word)(byline_string term); /* or NULL */
  inverter_entry lengths;              /* in the memory of terms */
  bounds bounds;                       /* of the values */
  termlists lists;                     /* of documents, not yet packed */
  records termlist, docdata;           /* termlist: when it is packed */
  glass_statistics statistics;
  uint32_t first_docid;
  /* Of the document that is being added; the memory is used again. */
  inverter_step *steps; /* its terms, then its values */
  size_t step_capacity;
  buf content;   /* of the steps */
  buf slot_keys; /* of its values */
  buf tag;       /* its data, deflated */
  bool spoilt;   /* by a document that failed half-way */
  bool packed;   /* into the run, instead of terms, values and words */
  run run;
};

#endif
