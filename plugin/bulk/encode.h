/* Tags of slots and of positions. Source: xapian-core,
 * backends/glass/glass_termlisttable.cc, glass_values.cc,
 * glass_positionlist.cc, common/bitstream.cc. */
#ifndef BYLINE_BULK_ENCODE_H
#define BYLINE_BULK_ENCODE_H

#include "base/buf.h"
#include "bulk/document.h"

/* All append to out; false when memory runs out. */

/* The slots that it has values in; nothing for none. */
bool encode_slots(const document *d, buf *out);

/* Positions of one posting: rising, each once, at least one. */
bool encode_positions(const uint32_t *positions, size_t count, buf *out);

#endif
