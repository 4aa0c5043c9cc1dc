#include "search/facts.h"

#include "search/by_language.h"

byline_status facts_get(const byline_database *db, const facts **result,
                        byline_error *error) {
  facts *f = db->facts;
  byline_status status = BYLINE_OK;
  if (!f->known) {
    status = xap_database_statistics(db->database, &f->statistics, error);
    if (status == BYLINE_OK)
      status = xap_database_has_synonyms(db->database, &f->synonyms, error);
    if (status == BYLINE_OK)
      status = by_language_only(db, f->language, error);
    f->known = status == BYLINE_OK;
  }
  *result = f;
  return status;
}
