/* Digests of mailing lists in plain text, as RFC 1153 has them and Mailman
 * sends them: messages with a few headers, between lines of dashes. */
#ifndef BYLINE_READ_MAIL_DIGEST_H
#define BYLINE_READ_MAIL_DIGEST_H

#include <stdbool.h>
#include <stddef.h>

/* Finds the next message in the bytes of a mail, which begins at *start and has
 * *size bytes, from *at on, which is 0 at first. False when there are no more;
 * a mail without any is no digest. */
bool mail_digest_next(const char *bytes, size_t length, size_t *at,
                      size_t *start, size_t *size);

#endif
