/* What containers begin with. */
#include <string.h>

#include "read/container.h"

/* A tar header has the sum of its bytes in itself, in octal; for the sum, that
 * field counts as spaces. Old programs took the bytes as signed. */
static bool is_tar(const unsigned char *s, size_t length) {
  enum { HEADER = 512, FIELD = 148, FIELD_END = 156 };
  if (length < HEADER || s[0] == '\0')
    return false;
  long sum = 0, signed_sum = 0, stated = 0;
  for (size_t i = 0; i < HEADER; i++) {
    bool field = i >= FIELD && i < FIELD_END;
    sum += field ? ' ' : s[i];
    signed_sum += field ? ' ' : s[i] < 128 ? s[i] : (long)s[i] - 256;
  }
  size_t at = FIELD, digits = 0;
  while (at < FIELD_END && s[at] == ' ')
    at++;
  for (; at < FIELD_END && s[at] >= '0' && s[at] <= '7'; at++, digits++)
    stated = stated * 8 + (s[at] - '0');
  bool ended = at == FIELD_END || s[at] == '\0' || s[at] == ' ';
  return digits > 0 && ended && (stated == sum || stated == signed_sum);
}

static bool starts(const char *head, size_t length, const char *bytes,
                   size_t count) {
  return length >= count && memcmp(head, bytes, count) == 0;
}

static bool is_gzip(const char *head, size_t length) {
  return length > 3 && starts(head, length, "\x1F\x8B\x08", 3) &&
         (head[3] & 0xE0) == 0;
}

static bool is_bzip2(const char *head, size_t length) {
  return length > 9 && starts(head, length, "BZh", 3) && head[3] >= '1' &&
         head[3] <= '9' &&
         (memcmp(head + 4, "1AY&SY", 6) == 0 ||
          memcmp(head + 4, "\x17\x72\x45\x38\x50\x90", 6) == 0);
}

container_kind container_sniff(const char *head, size_t length) {
  if (is_gzip(head, length))
    return CONTAINER_GZIP;
  if (is_bzip2(head, length))
    return CONTAINER_BZIP2;
  if (starts(head, length,
             "\xFD"
             "7zXZ\0",
             6))
    return CONTAINER_XZ;
  if (starts(head, length, "\x28\xB5\x2F\xFD", 4))
    return CONTAINER_ZSTD;
  if (starts(head, length, "PK\3\4", 4) || starts(head, length, "PK\5\6", 4))
    return CONTAINER_ZIP;
  if (starts(head, length, "7z\xBC\xAF\x27\x1C", 6))
    return CONTAINER_7ZIP;
  return is_tar((const unsigned char *)head, length) ? CONTAINER_TAR
                                                     : CONTAINER_NONE;
}

const char *container_fault(container_kind kind, const char *head,
                            size_t length) {
  enum { NAME = 30 }; /* where a zip file has that of its first member */
  static const char odf[] = "mimetypeapplication/vnd.";
  static const char ooxml[] = "[Content_Types].xml";
  if (kind == CONTAINER_ZIP && length > NAME &&
      (starts(head + NAME, length - NAME, odf, sizeof odf - 1) ||
       starts(head + NAME, length - NAME, ooxml, sizeof ooxml - 1)))
    return "an office document: save it as text or HTML first";
  return NULL;
}
