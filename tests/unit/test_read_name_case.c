/* Names in capitals as people write names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "read/name_case.h"

typedef struct row {
  const char *language, *text;
  const char *shown; /* NULL: as it is */
} row;

static const row rows[] = {
    {"", "JANE DOE", "Jane Doe"},
    {"", "JANE O'NEIL", "Jane O'Neil"},
    {"", "JANE O’NEIL", "Jane O’Neil"},
    {"", "IAN MCDONALD", "Ian McDonald"},
    {"", "IAN MACDONALD", "Ian MacDonald"},
    {"", "ÉMILE MACRON", "Émile Macron"},
    {"", "ANNA MCA", "Anna Mca"},
    {"", "MARÍA DE LA CRUZ", "María de la Cruz"},
    {"", "MARÍA DE LA CRUZ Y VEGA", "María de la Cruz y Vega"},
    {"", "PIETER VAN DER BERG", "Pieter van der Berg"},
    {"", "KARL VON DER HEIDE", "Karl von der Heide"},
    {"", "JOANA DOS SANTOS", "Joana dos Santos"},
    {"", "JEAN-PAUL D'ESTRÉES", "Jean-Paul d'Estrées"},
    {"", "LUCA D'AMATO", "Luca D'Amato"},
    {"", "MARINE LE GOFF", "Marine Le Goff"},
    {"", "PAOLO DI MARCO", "Paolo Di Marco"},
    {"", "J.R. SMITH III", "J.R. Smith III"},
    {"", "J. R. SMITH", "J. R. Smith"},
    {"", "MARTIN DOE, JR.", "Martin Doe, Jr."},
    {"", "MARTIN DOE JR", "Martin Doe Jr"},
    {"", "ANN POE, PHD", "Ann Poe, PhD"},
    {"", "DOE, JANE", "Doe, Jane"},
    {"", "DR. ANN POE", "Dr. Ann Poe"},
    {"", "DR ANN POE", "Dr Ann Poe"},
    {"", "PJ HARMER", "PJ Harmer"},
    {"", "AJ HARMER", "AJ Harmer"},
    {"", "ED HARMER", "Ed Harmer"},
    {"", "LI WU", "Li Wu"},
    {"", "ANN NG", "Ann Ng"},
    {"", "AMR AL-RASHID", "Amr al-Rashid"},
    {"", "OMAR BIN SALEM", "Omar bin Salem"},
    {"", "NGŨGĨ WA THUKU'O", "Ngũgĩ wa Thuku'o"},
    {"", "NGUYEN VAN ANH", "Nguyen Van Anh"},
    {"", "JOHN E DOE", "John E Doe"},
    {"", "MARY ST. JOHN", "Mary St. John"},
    {"", "JÜRGEN GROẞ", "Jürgen Groß"},
    {"", "ØYVIND ÅS", "Øyvind Ås"},
    {"", "ŁUKASZ ŻAK", "Łukasz Żak"},
    {"", "ИВАН ПЕТРОВ", "Иван Петров"},
    {"", "КАРЛ ФОН БАХ", "Карл фон Бах"},
    {"", "ԱՐԱՄ ՊԵՏՐՈՍՅԱՆ", "Արամ Պետրոսյան"},
    {"", "Jane DOREN", "Jane Doren"},
    {"", "DOREN Jane", "Doren Jane"},
    {"tr", "AYŞE IŞIK", "Ayşe Işık"},
    {"tr", "ALİ KILIÇ", "Ali Kılıç"},
    {"", "ALİ KILIÇ", "Ali Kılıç"},
    {"en", "ALI KILLIN", "Ali Killin"},
    /* As they are. */
    {"", "AYŞE IŞIK", NULL},
    {"", "ΝΙΚΟΣ ΖΩΗΣ", NULL},
    {"", "Jane Doe", NULL},
    {"", "Jane de la Doe", NULL},
    {"", "Martin Doe III", NULL},
    {"", "Martin DOE Roe", NULL},
    {"", "Ann Poe MP", NULL},
    {"", "Al BBC", NULL},
    {"", "AP", NULL},
    {"", "UNISON", NULL},
    {"", "J.R.", NULL},
    {"", "J. R.", NULL},
    {"", "BBC NEWS", NULL},
    {"", "HULL SOCIALIST PARTY", NULL},
    {"", "ASSOCIATED PRESS", NULL},
    {"", "RMT MEMBERS", NULL},
    {"", "20 OCTOBER", NULL},
    {"", "\xFF JANE DOE", NULL},
    {"", "", NULL},
    {"", "山田 太郎", NULL},
};

static void every_name(void **state) {
  (void)state;
  buf out = BUF_INIT;
  size_t wrong = 0;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    const row *r = &rows[i];
    buf_clear(&out);
    assert_true(name_case((byline_string){r->text, strlen(r->text)},
                          (byline_string){r->language, strlen(r->language)},
                          &out));
    const char *shown = out.length > 0 ? out.data : NULL;
    if (!shown != !r->shown || (shown && strcmp(shown, r->shown) != 0)) {
      wrong++;
      print_error("\"%s\": \"%s\"\n", r->text, shown ? shown : "as it is");
    }
  }
  buf_free(&out);
  assert_int_equal(wrong, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_name),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
