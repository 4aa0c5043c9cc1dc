#include "read/article_fields.h"

#include <stdlib.h>
#include <string.h>

/* In the order of their names. */
static const field_name fields[] = {
    {"_id", FIELD_ID, 3, false, false},
    {"_source", FIELD_INNER, 8, false, false},
    {"abstract", FIELD_TEXT, 21, false, false},
    {"affiliation", FIELD_AFFILIATION, 1, false, false},
    {"alternativeheadline", FIELD_DECK, 3, false, false},
    {"article", FIELD_INNER, 8, false, false},
    {"articlebody", FIELD_TEXT, 1, false, false},
    {"articleid", FIELD_ID, 3, false, false},
    {"articlepublishedtime", FIELD_DATE, 1, false, false},
    {"articlesection", FIELD_SECTION, 2, false, false},
    {"articletext", FIELD_TEXT, 2, false, false},
    {"articleurl", FIELD_URL, 2, false, false},
    {"attributes", FIELD_INNER, 8, false, false},
    {"author", FIELD_AUTHOR, 2, false, false},
    {"authorname", FIELD_AUTHOR, 3, false, false},
    {"authornames", FIELD_AUTHOR, 3, false, false},
    {"authors", FIELD_AUTHOR, 1, false, false},
    {"body", FIELD_TEXT, 2, false, false},
    {"bodyhtml", FIELD_TEXT, 4, false, true},
    {"bodytext", FIELD_TEXT, 2, false, false},
    {"byline", FIELD_AUTHOR, 4, false, false},
    {"bylines", FIELD_AUTHOR, 4, false, false},
    {"canonicalurl", FIELD_URL, 1, false, false},
    {"categories", FIELD_SECTION, 4, false, false},
    {"category", FIELD_SECTION, 3, false, false},
    {"content", FIELD_TEXT, 3, false, false},
    {"contentencoded", FIELD_TEXT, 4, false, true},
    {"contenthtml", FIELD_TEXT, 4, false, true},
    {"contenttext", FIELD_TEXT, 5, false, false},
    {"created", FIELD_DATE, 5, false, false},
    {"createdat", FIELD_DATE, 5, true, false},
    {"createdon", FIELD_DATE, 5, false, false},
    {"createdtime", FIELD_DATE, 5, true, false},
    {"createdts", FIELD_DATE, 5, true, false},
    {"createdutc", FIELD_DATE, 5, true, false},
    {"creator", FIELD_AUTHOR, 5, false, false},
    {"creators", FIELD_AUTHOR, 5, false, false},
    {"date", FIELD_DATE, 3, false, false},
    {"datecreated", FIELD_DATE, 5, false, false},
    {"datepublish", FIELD_DATE, 1, false, false},
    {"datepublished", FIELD_DATE, 1, false, false},
    {"datetime", FIELD_DATE, 3, false, false},
    {"dccreator", FIELD_AUTHOR, 5, false, false},
    {"dcdate", FIELD_DATE, 3, false, false},
    {"dclanguage", FIELD_LANGUAGE, 2, false, false},
    {"dctitle", FIELD_TITLE, 3, false, false},
    {"deck", FIELD_DECK, 1, false, false},
    {"decks", FIELD_DECK, 1, false, false},
    {"dek", FIELD_DECK, 1, false, false},
    {"description", FIELD_TEXT, 20, false, false},
    {"doc", FIELD_INNER, 8, false, false},
    {"docid", FIELD_ID, 4, false, false},
    {"docno", FIELD_ID, 4, false, false},
    {"document", FIELD_INNER, 8, false, false},
    {"epoch", FIELD_DATE, 7, true, false},
    {"excerpt", FIELD_TEXT, 21, false, false},
    {"fields", FIELD_INNER, 8, false, false},
    {"firstpublicationdate", FIELD_DATE, 1, false, false},
    {"firstpublished", FIELD_DATE, 1, false, false},
    {"fulltext", FIELD_TEXT, 2, false, false},
    {"guid", FIELD_ID, 2, false, false},
    {"headline", FIELD_TITLE, 2, false, false},
    {"href", FIELD_URL, 3, false, false},
    {"html", FIELD_TEXT, 4, false, true},
    {"id", FIELD_ID, 1, false, false},
    {"inlanguage", FIELD_LANGUAGE, 2, false, false},
    {"item", FIELD_INNER, 8, false, false},
    {"keywords", FIELD_KEYWORDS, 1, false, false},
    {"lang", FIELD_LANGUAGE, 2, false, false},
    {"language", FIELD_LANGUAGE, 1, false, false},
    {"languagecode", FIELD_LANGUAGE, 3, false, false},
    {"link", FIELD_URL, 3, false, false},
    {"locale", FIELD_LANGUAGE, 3, false, false},
    {"mainentity", FIELD_INNER, 8, false, false},
    {"mainentityofpage", FIELD_URL, 4, false, false},
    {"maintext", FIELD_TEXT, 2, false, false},
    {"name", FIELD_TITLE, 5, false, false},
    {"newsarticle", FIELD_INNER, 8, false, false},
    {"newskeywords", FIELD_KEYWORDS, 2, false, false},
    {"node", FIELD_INNER, 8, false, false},
    {"ogtitle", FIELD_TITLE, 3, false, false},
    {"permalink", FIELD_URL, 2, false, false},
    {"pk", FIELD_ID, 4, false, false},
    {"plaintext", FIELD_TEXT, 5, false, false},
    {"post", FIELD_INNER, 8, false, false},
    {"pubdate", FIELD_DATE, 2, false, false},
    {"publicationdate", FIELD_DATE, 1, false, false},
    {"publishdate", FIELD_DATE, 1, false, false},
    {"published", FIELD_DATE, 2, false, false},
    {"publishedat", FIELD_DATE, 1, true, false},
    {"publishedon", FIELD_DATE, 2, false, false},
    {"publishedtime", FIELD_DATE, 1, true, false},
    {"publishedtimestamp", FIELD_DATE, 1, true, false},
    {"publishedts", FIELD_DATE, 1, true, false},
    {"publishtime", FIELD_DATE, 1, true, false},
    {"publishtimestamp", FIELD_DATE, 1, true, false},
    {"section", FIELD_SECTION, 1, false, false},
    {"sectionname", FIELD_SECTION, 2, false, false},
    {"standfirst", FIELD_DECK, 1, false, false},
    {"story", FIELD_TEXT, 5, false, false},
    {"strapline", FIELD_DECK, 2, false, false},
    {"subhead", FIELD_DECK, 2, false, false},
    {"subheading", FIELD_DECK, 2, false, false},
    {"subheadline", FIELD_DECK, 2, false, false},
    {"subjects", FIELD_KEYWORDS, 3, false, false},
    {"subtitle", FIELD_DECK, 2, false, false},
    {"summary", FIELD_TEXT, 21, false, false},
    {"tags", FIELD_KEYWORDS, 2, false, false},
    {"text", FIELD_TEXT, 1, false, false},
    {"time", FIELD_DATE, 7, true, false},
    {"timestamp", FIELD_DATE, 7, true, false},
    {"title", FIELD_TITLE, 1, false, false},
    {"topics", FIELD_KEYWORDS, 3, false, false},
    {"unixtime", FIELD_DATE, 7, true, false},
    {"uri", FIELD_URL, 4, false, false},
    {"url", FIELD_URL, 1, false, false},
    {"uuid", FIELD_ID, 3, false, false},
    {"webpublicationdate", FIELD_DATE, 2, false, false},
    {"webtitle", FIELD_TITLE, 3, false, false},
    {"weburl", FIELD_URL, 1, false, false},
    {"writer", FIELD_AUTHOR, 3, false, false},
    {"writers", FIELD_AUTHOR, 3, false, false},
};

enum { NAME_SIZE = 24 };

static int compare(const void *name, const void *field) {
  return strcmp(name, ((const field_name *)field)->name);
}

const field_name *article_field_find(const char *name, size_t length) {
  char plain[NAME_SIZE];
  size_t size = 0;
  for (size_t i = 0; i < length; i++) {
    char c = name[i];
    if (c >= 'A' && c <= 'Z')
      c = (char)(c | 0x20);
    if (c == '-' || c == ' ' || c == '.' || c == ':' || (c == '_' && i > 0))
      continue;
    if (size == NAME_SIZE - 1 || c == '\0')
      return NULL;
    plain[size++] = c;
  }
  plain[size] = '\0';
  return bsearch(plain, fields, sizeof fields / sizeof *fields, sizeof *fields,
                 compare);
}
