/* Bylines in the languages of the world, and lines that are none. The file is
 * UTF-8: a reader of the language sees at once what a row says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "read/names.h"

typedef struct row {
  const char *language, *text;
  const char *found; /* "author;author{affiliation" */
} row;

/* Lines that say themselves that they are bylines. */
static const row said[] = {
    {"en", "By Jane Doe", "Jane Doe"},
    {"en", "By: Jane Doe", "Jane Doe"},
    {"en", "BY JANE DOE", "JANE DOE"},
    {"en", "Words: Jane Doe", "Jane Doe"},
    {"en", "Text: Jane Doe", "Jane Doe"},
    {"en", "By Jane Doe, Reuters", "Jane Doe{Reuters"},
    {"en", "By Jane Doe, AP, Berlin", "Jane Doe{AP, Berlin"},
    {"en", "By Jane Doe (AP)", "Jane Doe{AP"},
    {"en", "By JANE DOE / AP", "JANE DOE{AP"},
    {"en", "By JANE DOE/AP", "JANE DOE{AP"},
    {"en", "By Jane Doe/Tom Roe", "Jane Doe;Tom Roe"},
    {"en", "By Jane Doe in Berlin, dpa", "Jane Doe{Berlin, dpa"},
    {"en", "By Jane Doe, Political Editor", "Jane Doe{Political Editor"},
    {"en", "By Jane Doe, Chief Political Correspondent",
     "Jane Doe{Chief Political Correspondent"},
    {"en", "By Jane Doe, Guest Columnist", "Jane Doe{Guest Columnist"},
    {"en", "By Jane Doe Staff Writer", "Jane Doe{Staff Writer"},
    {"en", "By JANE DOE Associated Press", "JANE DOE{Associated Press"},
    {"en", "By JANE DOE AP Business Writer", "JANE DOE{AP Business Writer"},
    {"en", "By Jane Doe, BBC News", "Jane Doe{BBC News"},
    {"en", "Words and pictures by Jane Doe", "Jane Doe"},
    {"de", "Von dpa", "dpa"},
    {"de", "Von Redaktion", "Redaktion"},
    {"de", "Kommentar von Jana Muster", "Jana Muster"},
    {"de", "Text und Fotos: Jana Muster", "Jana Muster"},
    {"fr", "Par AFP", "AFP"},
    {"es", "Por EFE", "EFE"},
    {"es", "Por Redacción", "Redacción"},
    {"it", "di Redazione", "Redazione"},
    {"ru", "Текст и фото: Иван Петров", "Иван Петров"},
    {"en", "By Staff Reporter Jane Doe", "Jane Doe{Staff Reporter"},
    {"en", "By our Paris correspondent, Jane Doe",
     "Jane Doe{our Paris correspondent"},
    {"en", "By our Paris correspondent Jane Doe",
     "Jane Doe{our Paris correspondent"},
    {"en", "By our Paris correspondent", "our Paris correspondent"},
    {"en", "By a staff reporter", "a staff reporter"},
    {"en", "By Jane Doe, special to the Gazette",
     "Jane Doe{special to the Gazette"},
    {"en", "By Jane Doe special to the Gazette",
     "Jane Doe{special to the Gazette"},
    {"en", "By Jane Doe, New York", "Jane Doe{New York"},
    {"en", "By Jane Doe and Tom Roe, Hong Kong", "Jane Doe;Tom Roe{Hong Kong"},
    {"en", "By Jane Doe, Reuters and Tom Roe", "Jane Doe;Tom Roe{Reuters"},
    {"en", "By Doe, Jane; Roe, Tom", "Doe, Jane;Roe, Tom"},
    {"en", "By Martin Doe, Jr., and Ann Poe, PhD",
     "Martin Doe, Jr.;Ann Poe, PhD"},
    {"en", "By Agencies", "Agencies"},
    {"en", "By Reuters", "Reuters"},
    {"en", "By Dr. Jane Doe and Prof. Tom Roe", "Dr. Jane Doe;Prof. Tom Roe"},
    {"en", "By Cllr Jane Doe", "Cllr Jane Doe"},
    {"en", "By Ben Roe and Al Poe", "Ben Roe;Al Poe"},
    {"en", "By Jane Doe, Tom Roe and nine others", "Jane Doe;Tom Roe"},
    {"en", "By Jane Doe and others", "Jane Doe"},
    {"en", "By Jane Doe et al.", "Jane Doe"},
    {"en", "By Ben Roe and Weird Al", "Ben Roe;Weird Al"},
    {"en", "By Jane Doe, Financial Times", "Jane Doe{Financial Times"},
    {"en", "by Big Si", "Big Si"},
    {"en", "by Old Roe & The Wife", "Old Roe;The Wife"},
    {"de", "Von Jana Muster", "Jana Muster"},
    {"de", "VON JANA MUSTER", "JANA MUSTER"},
    {"de", "von Jana Muster und Tom Beispiel", "Jana Muster;Tom Beispiel"},
    {"de", "Von Jana Muster, Tom Beispiel und Ann Probe",
     "Jana Muster;Tom Beispiel;Ann Probe"},
    {"de", "Von Jana Muster, Berlin", "Jana Muster{Berlin"},
    {"de", "Von Jana Muster, dpa", "Jana Muster{dpa"},
    {"de", "Von Jana Muster (dpa)", "Jana Muster{dpa"},
    {"de", "Von Jana Muster aus Berlin", "Jana Muster{Berlin"},
    {"de", "Von Jana Muster, Redakteurin", "Jana Muster{Redakteurin"},
    {"de", "Von unserer Korrespondentin Jana Muster",
     "Jana Muster{unserer Korrespondentin"},
    {"de", "Von unserer Redaktion", "unserer Redaktion"},
    {"de", "Von Ben Müller", "Ben Müller"},
    {"de", "Von Jana und Tom Muster", "Jana;Tom Muster"},
    {"de", "Von Angst und Schrecken", ""},
    {"de", "Von Jana Muster und anderen", "Jana Muster"},
    {"de", "Von Jana Muster, Vorsitzende des Bundes",
     "Jana Muster{Vorsitzende des Bundes"},
    {"de", "Von Karl von der Heide", "Karl von der Heide"},
    {"de", "Autorin: Jana Muster", "Jana Muster"},
    {"de", "Text: Jana Muster", "Jana Muster"},
    {"de", "Ein Bericht von Jana Muster", "Jana Muster"},
    {"fr", "Par Jeanne Dupré", "Jeanne Dupré"},
    {"fr", "PAR JEANNE DUPRÉ", "JEANNE DUPRÉ"},
    {"fr", "par Jeanne Dupré et Luc d'Anjou", "Jeanne Dupré;Luc d'Anjou"},
    {"fr", "Par Jeanne Dupré, envoyée spéciale",
     "Jeanne Dupré{envoyée spéciale"},
    {"fr", "Par notre envoyé spécial Luc Dupré",
     "Luc Dupré{notre envoyé spécial"},
    {"fr", "Par notre envoyé spécial", "notre envoyé spécial"},
    {"fr", "Par Jeanne Dupré à Londres", "Jeanne Dupré{Londres"},
    {"fr", "Par Jeanne Dupré avec AFP", ""},
    {"fr", "Par Jeanne Dupré, Présidente du Comité",
     "Jeanne Dupré{Présidente du Comité"},
    {"fr", "Par Jeanne Dupré et AFP", "Jeanne Dupré{AFP"},
    {"fr", "Texte : Jeanne Dupré", "Jeanne Dupré"},
    {"fr", "Propos recueillis par Jeanne Dupré", "Jeanne Dupré"},
    {"fr", "Auteure : Jeanne Dupré", "Jeanne Dupré"},
    {"es", "Por Juana Pérez", "Juana Pérez"},
    {"es", "POR JUANA PÉREZ", "JUANA PÉREZ"},
    {"es", "Por Juana Pérez y Luis Ruiz", "Juana Pérez;Luis Ruiz"},
    {"es", "Por María de la Cruz y Vega", "María de la Cruz y Vega"},
    {"es", "Por Juana Pérez, corresponsal", "Juana Pérez{corresponsal"},
    {"es", "Por Juana Pérez, enviada especial", "Juana Pérez{enviada especial"},
    {"es", "Por Juana Pérez, EFE", "Juana Pérez{EFE"},
    {"es", "Por nuestro corresponsal", "nuestro corresponsal"},
    {"es", "De nuestro corresponsal", "nuestro corresponsal"},
    {"es", "Por Juana Pérez, Secretaria del Sindicato",
     "Juana Pérez{Secretaria del Sindicato"},
    {"es", "Por Juana Pérez y otros", "Juana Pérez"},
    {"es", "Texto: Juana Pérez", "Juana Pérez"},
    {"ca", "Text: Jordi Puig i Anna Roca", "Jordi Puig;Anna Roca"},
    {"pt", "Por Joana Pires", "Joana Pires"},
    {"pt", "Por Joana Pires e Rui Costa", "Joana Pires;Rui Costa"},
    {"pt", "Por Joana dos Santos e Silva", "Joana dos Santos e Silva"},
    {"pt", "Por Joana Pires, Lusa", "Joana Pires{Lusa"},
    {"pt", "Texto de Joana Pires", "Joana Pires"},
    {"it", "di Maria Rossi", "Maria Rossi"},
    {"it", "Di Maria Rossi", "Maria Rossi"},
    {"it", "di Maria Rossi e Luca Verdi", "Maria Rossi;Luca Verdi"},
    {"it", "dal testo: Maria Rossi", ""},
    {"it", "di Maria Rossi, inviata", "Maria Rossi{inviata"},
    {"it", "a cura di Maria Rossi", "Maria Rossi"},
    {"it", "Testo di Maria Rossi", "Maria Rossi"},
    {"ro", "de Ioana Popa", "Ioana Popa"},
    {"ro", "Autor: Ioana Popa și Dan Ionescu", "Ioana Popa;Dan Ionescu"},
    {"nl", "Door Jan de Wit", "Jan de Wit"},
    {"nl", "door Jan de Wit en Piet van der Berg",
     "Jan de Wit;Piet van der Berg"},
    {"nl", "Door onze verslaggever Jan de Wit", "Jan de Wit{onze verslaggever"},
    {"nl", "Tekst: Jan de Wit", "Jan de Wit"},
    {"af", "Deur Jan Botha", "Jan Botha"},
    {"da", "Af Jens Holm", "Jens Holm"},
    {"da", "Af Jens Holm og Mette Lund", "Jens Holm;Mette Lund"},
    {"da", "Tekst: Jens Holm", "Jens Holm"},
    {"nb", "Av Kari Lie", "Kari Lie"},
    {"nb", "Av Kari Lie og Ola Moe, NTB", "Kari Lie;Ola Moe{NTB"},
    {"sv", "Av Anna Ek", "Anna Ek"},
    {"sv", "Text: Anna Ek och Pär Ål", "Anna Ek;Pär Ål"},
    {"sv", "Av Anna Ek, TT", "Anna Ek{TT"},
    {"fi", "Teksti: Aino Salo ja Eero Mäki", "Aino Salo;Eero Mäki"},
    {"fi", "Kirjoittanut Aino Salo", "Aino Salo"},
    {"pl", "Autor: Jan Nowak", "Jan Nowak"},
    {"pl", "Tekst: Jan Nowak i Ewa Lis", "Jan Nowak;Ewa Lis"},
    {"pl", "Opracowała Ewa Lis", "Ewa Lis"},
    {"pl", "Autor: Jan Nowak, dziennikarz", "Jan Nowak{dziennikarz"},
    {"cs", "Autor: Jan Dvorský", "Jan Dvorský"},
    {"cs", "Autor: Jan Dvorský a Eva Malá", "Jan Dvorský;Eva Malá"},
    {"cs", "Napsal Jan Dvorský", "Jan Dvorský"},
    {"hr", "Piše: Ivan Babić", "Ivan Babić"},
    {"hu", "Írta: Kovács Anna", "Kovács Anna"},
    {"hu", "Szerző: Kovács Anna és Nagy Béla", "Kovács Anna;Nagy Béla"},
    {"tr", "Yazan: Ayşe Kaya", "Ayşe Kaya"},
    {"tr", "Haber: Ayşe Kaya ve Can Işık", "Ayşe Kaya;Can Işık"},
    {"id", "Oleh: Siti Putri", "Siti Putri"},
    {"id", "Oleh Siti Putri dan Budi Hartono", "Siti Putri;Budi Hartono"},
    {"vi", "Tác giả: Lê Văn Minh", "Lê Văn Minh"},
    {"ru", "Автор: Иван Петров", "Иван Петров"},
    {"ru", "АВТОР: ИВАН ПЕТРОВ", "ИВАН ПЕТРОВ"},
    {"ru", "Текст: Иван Петров и Анна Сомова", "Иван Петров;Анна Сомова"},
    {"ru", "Автор: Иван Петров, корреспондент", "Иван Петров{корреспондент"},
    {"ru", "Автор: Иван Петров, ТАСС", "Иван Петров{ТАСС"},
    {"ru", "Беседовала Анна Сомова", "Анна Сомова"},
    {"ru", "Авторы: Иван Петров, Анна Сомова", "Иван Петров;Анна Сомова"},
    {"uk", "Текст: Іван Петренко та Анна Коваль", "Іван Петренко;Анна Коваль"},
    {"uk", "Автор: Іван Петренко", "Іван Петренко"},
    {"bg", "Автор: Иван Колев", "Иван Колев"},
    {"sr", "Пише: Милан Бабић", "Милан Бабић"},
    {"el", "Του Νίκου Ζώη", "Νίκου Ζώη"},
    {"el", "Γράφει ο Νίκος Ζώης", "Νίκος Ζώης"},
    {"el", "Κείμενο: Νίκος Ζώης και Άννα Ρήγα", "Νίκος Ζώης;Άννα Ρήγα"},
    {"ar", "بقلم محمد علي", "محمد علي"},
    {"ar", "بقلم: محمد علي", "محمد علي"},
    {"ar", "كتب: محمد علي", "محمد علي"},
    {"ar", "بقلم محمد علي وأحمد حسن", "محمد علي;أحمد حسن"},
    {"ar", "بقلم كريم بن صالح وليلى الحسيني", "كريم بن صالح;ليلى الحسيني"},
    {"ar", "بقلم أحمد محمد وليد الحسيني", "أحمد محمد وليد الحسيني"},
    {"ar", "بقلم محمد علي، سمير حداد", "محمد علي;سمير حداد"},
    {"fa", "نویسنده: رضا کریمی", "رضا کریمی"},
    {"ur", "تحریر: علی خان", "علی خان"},
    {"he", "מאת דוד כהן", "דוד כהן"},
    {"he", "מאת: דוד כהן ורות לוי", "דוד כהן;רות לוי"},
    {"hi", "लेखक: राम शर्मा", "राम शर्मा"},
    {"th", "โดย สมชาย ใจดี", "สมชาย ใจดี"},
    {"hi", "लेखक: राम शर्मा और सीमा जोशी", "राम शर्मा;सीमा जोशी"},
    {"th", "โดย มาลี ศรีสุข และ อนันต์ ทองดี", "มาลี ศรีสุข;อนันต์ ทองดี"},
    {"th", "โดย มาลี ศรีสุขและอนันต์ ทองดี", "มาลี ศรีสุข;อนันต์ ทองดี"},
    {"th", "เรื่อง: สมชาย ใจดี", "สมชาย ใจดี"},
    {"ja", "文：山田太郎", "山田太郎"},
    {"ja", "文/山田太郎", "山田太郎"},
    {"ja", "文・山田太郎", "山田太郎"},
    {"ja", "文・山田太郎、鈴木花子", "山田太郎;鈴木花子"},
    {"ja", "聞き手・山田太郎", "山田太郎"},
    {"ja", "文・写真・山田太郎", "山田太郎"},
    {"ja", "文・写真：山田太郎", "山田太郎"},
    {"ja", "取材・文／山田太郎", "山田太郎"},
    {"ja", "執筆：山田太郎、鈴木花子", "山田太郎;鈴木花子"},
    {"ja", "文：山田太郎と鈴木花子", "山田太郎;鈴木花子"},
    {"ja", "文：山田太郎・鈴木花子", "山田太郎;鈴木花子"},
    {"ja", "文：ジョン・ドゥ", "ジョン・ドゥ"},
    {"ja", "記者 山田太郎", "山田太郎"},
    {"zh", "作者：张三", "张三"},
    {"zh", "作者：张三、李四", "张三;李四"},
    {"zh", "文/张三", "张三"},
    {"zh", "文｜张三", "张三"},
    {"zh", "撰文：张三", "张三"},
    {"zh", "本报记者 张三 李四", "张三 李四"},
    {"zh", "記者 林美玲／白沙報導", "林美玲{白沙報導"},
    {"zh", "記者 陳志豪、吳佩珊／白沙報導", "陳志豪;吳佩珊{白沙報導"},
    {"zh", "记者 张三", "张三"},
    {"zh", "（记者 张三）", ""},
    {"ko", "글: 홍길동", "홍길동"},
    {"ko", "글·사진 홍길동", "홍길동"},
};

/* Bylines that are names and no more, as papers set them below a title. */
static const row plain[] = {
    {"en", "Jane Doe, Reuters", "Jane Doe{Reuters"},
    {"en", "Jane Doe / AP", "Jane Doe{AP"},
    {"en", "Jane Doe and agencies", "Jane Doe{agencies"},
    {"en", "Ngũgĩ wa Kamau", "Ngũgĩ wa Kamau"},
    {"en", "Ngũgĩ wa Thuku'o", "Ngũgĩ wa Thuku'o"},
    {"en", "Ian MacDougal", "Ian MacDougal"},
    {"en", "Omar bin Salem", "Omar bin Salem"},
    {"en", "Amr al-Rashid", "Amr al-Rashid"},
    {"en", "J.R. Smith III", "J.R. Smith III"},
    {"en", "Sir Tom Roe", "Sir Tom Roe"},
    {"en", "Rev. Tom Roe", "Rev. Tom Roe"},
    {"en", "Agencies", "Agencies"},
    {"en", "AP", "AP"},
    {"de", "(dpa)", "dpa"},
    {"de", "Jana Muster, dpa", "Jana Muster{dpa"},
    {"de", "Karl von der Heide", "Karl von der Heide"},
    {"de", "Jana Muster, Vorsitzende des Bundes",
     "Jana Muster{Vorsitzende des Bundes"},
    {"hi", "विजय कुमार और सीमा जोशी", "विजय कुमार;सीमा जोशी"},
    {"fr", "Luc d'Estrées", "Luc d'Estrées"},
    {"fr", "Jean-Luc de La Tour", "Jean-Luc de La Tour"},
    {"es", "Juana Pérez y Luis Ruiz", "Juana Pérez;Luis Ruiz"},
    {"pt", "Joana Pires e Rui Costa", "Joana Pires;Rui Costa"},
    {"it", "Uma Primo", "Uma Primo"},
    {"nl", "Piet van 't Hof", "Piet van 't Hof"},
    {"nl", "Jan de Wit en Piet Bos", "Jan de Wit;Piet Bos"},
    {"sv", "Pär Ål", "Pär Ål"},
    {"sv", "Per Anders Ek", "Per Anders Ek"},
    {"fi", "Aino Salo ja Eero Mäki", "Aino Salo;Eero Mäki"},
    {"ru", "Иван Петров, Анна Сомова", "Иван Петров;Анна Сомова"},
    {"ru", "И. Петров", "И. Петров"},
    {"el", "Άννα Ρήγα και Νίκος Ζώης", "Άννα Ρήγα;Νίκος Ζώης"},
    {"hy", "Արամ Պետրոսյան", "Արամ Պետրոսյան"},
    {"ka", "ნინო ბერიძე", "ნინო ბერიძე"},
    {"ja", "山田太郎記者", "山田太郎{記者"},
    {"ko", "홍길동 기자", "홍길동{기자"},
};

/* A field that is called author. */
static const row fields[] = {
    {"en", "Jane Doe/Tom Roe", "Jane Doe;Tom Roe"},
    {"en", "Jane Doe | The Gazette", "Jane Doe{The Gazette"},
    {"en", "Jane Doe, Staff Writer", "Jane Doe{Staff Writer"},
    {"en", "Jane Doe for The Gazette", "Jane Doe{The Gazette"},
    {"en", "Doe, Jane; Roe, Tom", "Doe, Jane;Roe, Tom"},
    {"en", "Doe, J. K.; Roe, Tom A.", "Doe, J. K.;Roe, Tom A."},
    {"en", "Jane Doe; Tom Roe", "Jane Doe;Tom Roe"},
    {"en", "Von Miller", "Von Miller"},
    {"en", "Van Dyke Roe", "Van Dyke Roe"},
    {"de", "Jana Muster aus Berlin", "Jana Muster{Berlin"},
    {"de", "von der Heide, Karl", "von der Heide, Karl"},
    {"cs", "Jan Dvorský a Eva Malá", "Jan Dvorský;Eva Malá"},
    {"es", "de la Cruz, Juana", "de la Cruz, Juana"},
    {"zh", "张三 / 新华社", "张三{新华社"},
    {"zh", "张三/新华社", "张三{新华社"},
};

/* Lines of a paper that name no author. */
static const char *const others[] = {
    "Große Koalition",
    "Neue Regeln für Alle",
    "Neue Regeln Für Alle",
    "Kein Ende in Sicht",
    "Mehr Geld für Kitas",
    "Der Streit um die Rente",
    "Viele Fragen Offen",
    "Erste Schritte",
    "Alte Sorgen, Neue Hoffnung",
    "Von Null auf Hundert",
    "Von der Leine gelassen",
    "Von Berlin nach Paris",
    "Warten auf den Regen",
    "Was nun?",
    "Text und Bild",
    "Analyse von Daten",
    "Kommentar von der Seitenlinie",
    "Autor unbekannt: die Fakten",
    "Grande École",
    "Nouvelle Donne",
    "Nouveau départ",
    "Par ici la sortie",
    "Par temps de pluie",
    "Pour Une Autre Ville",
    "Sans Toit Ni Loi",
    "Les raisons de la colère",
    "Le retour des loups",
    "Une Ville Sous Tension",
    "Nueva York",
    "Gran Hermano",
    "Por la mañana",
    "Por un puñado de votos",
    "Sobre Ruedas",
    "El precio de la luz",
    "Dos Orillas sin puente",
    "Primera Plana",
    "Menos Ruido",
    "Nuova Vita",
    "Senza Paura",
    "Di nuovo in piazza",
    "Da zero a cento",
    "Gli Ultimi",
    "Nova lei, velhos problemas",
    "Mais Escolas",
    "Door de wind geveld",
    "Nieuwe Ronde",
    "Het Laatste Woord",
    "Af og til",
    "Av alla de slag",
    "Nytt år, nya regler",
    "Nowy początek",
    "Autor nieznany",
    "Новая газета закрыта",
    "Новые Правила",
    "Как это было",
    "Автор неизвестен",
    "Почему Они Уходят",
    "Του χρόνου πάλι",
    "بقلم رصاص يرسم الاطفال حدود مدينتهم القديمة كل يوم",
    "New Rules",
    "Great Expectations for All",
    "Last Orders",
    "More Homes, Fewer Cars",
    "One Year On",
    "Door to door",
    "Words of wisdom",
    "By the sea we were happy.",
    "By 2030 all will be electric",
    "Author unknown",
    "Once Upon a Time Machine",
    "Wage/Price Spirals",
    "AC/DC Tribute Night",
    "Text message scam warning",
    "Union and Council at Odds",
    "20周年を祝う",
    "文化の日、各地で催し",
    "記者会見で謝罪する社長の姿に批判が集まった昨日の午後のこと",
};

typedef void parser(const char *text, size_t length, names *out);

static void check(const row *rows, size_t count, parser *parse, bool by) {
  size_t wrong = 0;
  for (size_t i = 0; i < count; i++) {
    names n;
    char found[1024] = "";
    size_t at = 0;
    parse(rows[i].text, strlen(rows[i].text), &n);
    for (size_t k = 0; k < n.count; k++)
      at += (size_t)snprintf(found + at, sizeof found - at, "%s%.*s",
                             k > 0 ? ";" : "", (int)n.authors[k].length,
                             n.authors[k].data);
    if (n.affiliation.length > 0)
      snprintf(found + at, sizeof found - at, "{%.*s",
               (int)n.affiliation.length, n.affiliation.data);
    if (strcmp(found, rows[i].found) != 0 || (by && n.count > 0 && !n.by)) {
      wrong++;
      print_error("%s: \"%s\": %d \"%s\"\n", rows[i].language, rows[i].text,
                  (int)n.by, found);
    }
  }
  assert_int_equal(wrong, 0);
}

static void lines_that_say_so(void **state) {
  (void)state;
  check(said, sizeof said / sizeof *said, names_parse, true);
}

static void names_alone(void **state) {
  (void)state;
  check(plain, sizeof plain / sizeof *plain, names_parse, false);
}

static void fields_called_author(void **state) {
  (void)state;
  check(fields, sizeof fields / sizeof *fields, names_parse_field, false);
}

static void what_is_no_byline(void **state) {
  (void)state;
  size_t wrong = 0;
  for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
    names n;
    names_parse(others[i], strlen(others[i]), &n);
    if (n.shape != NAMES_NO) {
      wrong++;
      print_error("\"%s\": %d \"%.*s\"\n", others[i], (int)n.shape,
                  (int)n.authors[0].length, n.authors[0].data);
    }
  }
  assert_int_equal(wrong, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(lines_that_say_so),
      cmocka_unit_test(names_alone),
      cmocka_unit_test(fields_called_author),
      cmocka_unit_test(what_is_no_byline),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
