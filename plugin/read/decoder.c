#include "read/decoder.h"

#include <stdlib.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>

#include "base/error.h"

enum { PIVOT = 4096 };

struct decoder {
  UConverter *from, *to;
  UChar pivot[PIVOT];
  UChar *pivot_source, *pivot_target;
  size_t invalid;
  bool started;
};

/* What ICU calls for bytes that are no character. */
static void replace(const void *context, UConverterToUnicodeArgs *arguments,
                    const char *bytes, int32_t length,
                    UConverterCallbackReason reason, UErrorCode *code) {
  static const UChar replacement = 0xFFFD;
  (void)bytes;
  (void)length;
  if (reason > UCNV_IRREGULAR)
    return; /* reset, close, clone */
  ((decoder *)(uintptr_t)context)->invalid++;
  *code = U_ZERO_ERROR;
  ucnv_cbToUWriteUChars(arguments, &replacement, 1, 0, code);
}

void decoder_free(decoder *d) {
  if (!d)
    return;
  ucnv_close(d->from);
  ucnv_close(d->to);
  free(d);
}

byline_status decoder_new(const char *charset, decoder **d,
                          byline_error *error) {
  UErrorCode code = U_ZERO_ERROR;
  decoder *made = calloc(1, sizeof *made);
  if (!made)
    return error_no_memory(error);
  made->pivot_source = made->pivot_target = made->pivot;
  made->from = ucnv_open(charset, &code);
  made->to = ucnv_open("UTF-8", &code);
  ucnv_setToUCallBack(made->from, replace, made, NULL, NULL, &code);
  if (U_FAILURE(code)) {
    decoder_free(made);
    if (code == U_MEMORY_ALLOCATION_ERROR)
      return error_no_memory(error);
    return error_set(error, BYLINE_INVALID,
                     "there is no character set \"%.60s\": ICU's names are "
                     "known, such as windows-1252, koi8-r or shift_jis",
                     charset);
  }
  *d = made;
  return BYLINE_OK;
}

byline_status decoder_run(decoder *d, const char **in, const char *in_end,
                          bool last, char *out, size_t capacity, size_t *length,
                          byline_error *error) {
  UErrorCode code = U_ZERO_ERROR;
  char *target = out;
  ucnv_convertEx(d->to, d->from, &target, out + capacity, in, in_end, d->pivot,
                 &d->pivot_source, &d->pivot_target, d->pivot + PIVOT,
                 !d->started, last, &code);
  d->started = true;
  *length = (size_t)(target - out);
  if (code == U_MEMORY_ALLOCATION_ERROR)
    return error_no_memory(error);
  if (U_FAILURE(code) && code != U_BUFFER_OVERFLOW_ERROR)
    return error_set(error, BYLINE_INTERNAL, "cannot decode: %s",
                     u_errorName(code));
  return BYLINE_OK;
}

size_t decoder_invalid(const decoder *d) {
  return d->invalid;
}
