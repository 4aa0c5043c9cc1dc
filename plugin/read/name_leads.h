/* What bylines say before the name, in many languages: "By", "Von", "Текст:",
 * "作者：". */
#ifndef BYLINE_READ_NAME_LEADS_H
#define BYLINE_READ_NAME_LEADS_H

#include <stddef.h>

typedef enum name_lead {
  LEAD_NONE,
  LEAD_WEAK, /* "Von", "Av": it may be a name or begin a title as well */
  LEAD_SURE  /* "By", "Text:", "作者：" */
} name_lead;

/* What a line begins with before the name; *size gets its length in bytes. */
name_lead name_lead_find(const char *text, size_t length, size_t *size);

#endif
