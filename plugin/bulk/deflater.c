#include "bulk/deflater.h"

#include <libdeflate.h>
#include <stdlib.h>

#include "base/error.h"

struct deflater {
  struct libdeflate_compressor *compressor; /* NULL at level 0 */
};

byline_status deflater_new(int level, deflater **result, byline_error *error) {
  deflater *d = calloc(1, sizeof *d);
  if (!d)
    return error_no_memory(error);
  if (level > 0) {
    d->compressor = libdeflate_alloc_compressor(level);
    if (!d->compressor) {
      free(d);
      return error_no_memory(error);
    }
  }
  *result = d;
  return BYLINE_OK;
}

void deflater_free(deflater *d) {
  if (!d)
    return;
  libdeflate_free_compressor(d->compressor);
  free(d);
}

bool deflater_run(deflater *d, byline_string tag, uint32_t min, buf *out,
                  bool *compressed) {
  *compressed = false;
  if (!d->compressor || min == 0 || tag.length <= min)
    return buf_add_str(out, tag);
  if (!buf_reserve(out, tag.length))
    return false;
  /* 0 if it does not fit, so that the result is always shorter. */
  size_t length =
      libdeflate_deflate_compress(d->compressor, tag.data, tag.length,
                                  out->data + out->length, tag.length - 1);
  if (length == 0)
    return buf_add_str(out, tag);
  out->length += length;
  out->data[out->length] = '\0';
  *compressed = true;
  return true;
}
