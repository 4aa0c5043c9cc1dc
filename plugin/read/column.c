#include "read/column.h"

#include <string.h>

#include "read/folded.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { LONGEST = 80 };

/* The same bytes, or the same folded: in Latin, Greek and Cyrillic script the
 * names are so in the tables. */
static bool is(byline_string s, const char *name) {
  size_t size = strlen(name);
  return (s.length == size && memcmp(s.data, name, size) == 0) ||
         folded_equal(s.data, s.length, name);
}

/* "社説：沈黙の値段": how long the name and its colon are, or 0. */
static size_t before_colon(byline_string s) {
  static const char *const names[] = {"社説", "社论",     "社論",
                                      "사설", "सम्पादकीय", "संपादकीय"};
  static const char *const colons[] = {":", "："};
  for (size_t i = 0; i < COUNT(names); i++) {
    size_t size = strlen(names[i]);
    if (s.length <= size || memcmp(s.data, names[i], size) != 0)
      continue;
    for (size_t k = 0; k < COUNT(colons); k++) {
      size_t colon = strlen(colons[k]);
      if (s.length > size + colon &&
          memcmp(s.data + size, colons[k], colon) == 0)
        return size + colon;
    }
  }
  return 0;
}

bool column_named(byline_string title) {
  static const char *const names[] = {"correction",
                                      "corrections",
                                      "correction and apology",
                                      "erratum",
                                      "errata",
                                      "letter to the editor",
                                      "letters to the editor",
                                      "berichtigung",
                                      "richtigstellung",
                                      "korrektur",
                                      "leserbrief",
                                      "leserbriefe",
                                      "rectificatif",
                                      "courrier des lecteurs",
                                      "fe de erratas",
                                      "fe de errores",
                                      "cartas al director",
                                      "carta al director",
                                      "carta do leitor",
                                      "cartas dos leitores",
                                      "correcao",
                                      "rettifica",
                                      "errata corrige",
                                      "lettera al direttore",
                                      "lettere al direttore",
                                      "rectificatie",
                                      "ingezonden brief",
                                      "rattelse",
                                      "rettelse",
                                      "sprostowanie",
                                      "list do redakcji",
                                      "listy do redakcji",
                                      "duzeltme",
                                      "okur mektubu",
                                      "okur mektuplari",
                                      "поправка",
                                      "исправление",
                                      "письмо в редакцию",
                                      "письма в редакцию",
                                      "спростування",
                                      "лист до редакції",
                                      "تصحيح",
                                      "تصويب",
                                      "رسالة إلى المحرر",
                                      "رسائل إلى المحرر",
                                      "תיקון",
                                      "מכתב למערכת",
                                      "भूल-सुधार",
                                      "भूल सुधार",
                                      "संपादक के नाम पत्र",
                                      "จดหมายถึงบรรณาธิการ",
                                      "訂正",
                                      "訂正とおわび",
                                      "お詫びと訂正",
                                      "おわびと訂正",
                                      "読者の声",
                                      "更正",
                                      "勘误",
                                      "读者来信",
                                      "讀者來函",
                                      "정정",
                                      "정정보도"};
  if (title.length == 0 || title.length > LONGEST)
    return false;
  for (size_t i = 0; i < COUNT(names); i++)
    if (is(title, names[i]))
      return true;
  return before_colon(title) > 0;
}
