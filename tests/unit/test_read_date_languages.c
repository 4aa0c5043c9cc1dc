/* Dates in the languages of the world. The file is UTF-8: a reader of the
 * language sees at once what a row says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "read/date.h"

typedef struct row {
  const char *language, *text;
  const char *iso; /* "": meant as a date, but not clear */
} row;

static const row rows[] = {
    {"en", "Tuesday, 20 October 2020", "2020-10-20"},
    {"en", "the 20th of October, 2020", "2020-10-20"},
    {"en", "Sept. 5th, 2020", "2020-09-05"},
    {"en", "14 NOVEMBER 2017", "2017-11-14"},
    {"en", "May 20, 2563 BE", "2020-05-20"},
    {"de", "20. Oktober 2020", "2020-10-20"},
    {"de", "Dienstag, den 20. Oktober 2020", "2020-10-20"},
    {"de", "Dienstag, 20.10.2020", "2020-10-20"},
    {"de", "20. Okt. 2020", "2020-10-20"},
    {"de", "1. März 1848", "1848-03-01"},
    {"de", "1. MÄRZ 1848", "1848-03-01"},
    {"de", "1. Maerz 1848", "1848-03-01"},
    {"de", "5. Jänner 2019", "2019-01-05"},
    {"de", "Mo, 2. Dez. 2019", "2019-12-02"},
    {"de", "vom 20. Oktober 2020", "2020-10-20"},
    {"de", "Oktober 2020", "2020-10"},
    {"de", "Oktober des Jahres 2020", "2020-10"},
    {"de", "29. Februar 2021", ""},
    {"de", "20. und 21. Oktober 2020", ""},
    {"de", "20. bis 26. Oktober 2020", ""},
    {"de", "20. Oktober", ""},
    {"fr", "le mardi 20 octobre 2020", "2020-10-20"},
    {"fr", "1er mai 1968", "1968-05-01"},
    {"fr", "Le 1er août 1914", "1914-08-01"},
    {"fr", "14 AOUT 2017", "2017-08-14"},
    {"fr", "3 févr. 2020", "2020-02-03"},
    {"fr", "3 fev 2020", "2020-02-03"},
    {"fr", "mar. 3 mars 2020", "2020-03-03"},
    {"fr", "25 décembre 2020", "2020-12-25"},
    {"fr", "25 décembre 2020", "2020-12-25"},
    {"fr", "juil. 2017", "2017-07"},
    {"fr", "30 février 2020", ""},
    {"fr", "mercredi 20 octobre 2020", ""},
    {"fr", "20 et 21 octobre 2020", ""},
    {"es", "martes, 20 de octubre de 2020", "2020-10-20"},
    {"es", "20 de octubre del 2020", "2020-10-20"},
    {"es", "20 octubre 2020", "2020-10-20"},
    {"es", "1º de mayo de 1968", "1968-05-01"},
    {"es", "3 de setiembre de 2020", "2020-09-03"},
    {"es", "miércoles 21 de octubre de 2020", "2020-10-21"},
    {"es", "MIERCOLES 21 DE OCTUBRE DE 2020", "2020-10-21"},
    {"es", "mar 3 nov 2020", "2020-11-03"},
    {"es", "3 mar 2020", "2020-03-03"},
    {"es", "mar 03/03/2020", "2020-03-03"},
    {"es", "octubre de 2020", "2020-10"},
    {"es", "20 y 21 de octubre de 2020", ""},
    {"it", "martedì 20 ottobre 2020", "2020-10-20"},
    {"it", "martedi 20 ottobre 2020", "2020-10-20"},
    {"it", "1° maggio 1968", "1968-05-01"},
    {"it", "20 ott 2020", "2020-10-20"},
    {"it", "2 giugno 1946", "1946-06-02"},
    {"it", "20 sett. 2020", "2020-09-20"},
    {"pt", "terça-feira, 20 de outubro de 2020", "2020-10-20"},
    {"pt", "20 de Outubro de 2020", "2020-10-20"},
    {"pt", "25 de abril de 1974", "1974-04-25"},
    {"pt", "1 de março de 2020", "2020-03-01"},
    {"pt", "20 out 2020", "2020-10-20"},
    {"ca", "20 d'octubre de 2020", "2020-10-20"},
    {"ca", "20 d’octubre del 2020", "2020-10-20"},
    {"ca", "11 de setembre de 1714", "1714-09-11"},
    {"gl", "20 de outubro de 2020", "2020-10-20"},
    {"ro", "marți, 20 octombrie 2020", "2020-10-20"},
    {"ro", "20 octombrie 2020", "2020-10-20"},
    {"ro", "1 iunie 2020", "2020-06-01"},
    {"nl", "dinsdag 20 oktober 2020", "2020-10-20"},
    {"nl", "5 mei 1945", "1945-05-05"},
    {"nl", "5 mrt. 2020", "2020-03-05"},
    {"nl", "do 22 okt. 2020", "2020-10-22"},
    {"nl", "20 en 21 oktober 2020", ""},
    {"af", "20 Oktober 2020", "2020-10-20"},
    {"da", "tirsdag den 20. oktober 2020", "2020-10-20"},
    {"da", "5. maj 1945", "1945-05-05"},
    {"nb", "tirsdag 20. oktober 2020", "2020-10-20"},
    {"nb", "17. mai 1814", "1814-05-17"},
    {"sv", "tisdag 20 oktober 2020", "2020-10-20"},
    {"sv", "den 20 oktober 2020", "2020-10-20"},
    {"sv", "den 20:e oktober 2020", "2020-10-20"},
    {"sv", "1 maj 1890", "1890-05-01"},
    {"sv", "3 augusti 2020", "2020-08-03"},
    {"is", "20. október 2020", "2020-10-20"},
    {"is", "17. júní 1944", "1944-06-17"},
    {"fi", "20. lokakuuta 2020", "2020-10-20"},
    {"fi", "tiistaina 20. lokakuuta 2020", "2020-10-20"},
    {"fi", "to 22. lokakuuta 2020", "2020-10-22"},
    {"fi", "lokakuu 2020", "2020-10"},
    {"fi", "6. joulukuuta 1917", "1917-12-06"},
    {"et", "20. oktoober 2020", "2020-10-20"},
    {"et", "teisipäev, 20. oktoober 2020", "2020-10-20"},
    {"lv", "2020. gada 20. oktobris", "2020-10-20"},
    {"lt", "2020 m. spalio 20 d.", "2020-10-20"},
    {"lt", "2020 m. spalio 20 d., antradienis", "2020-10-20"},
    {"pl", "wtorek, 20 października 2020", "2020-10-20"},
    {"pl", "20 października 2020 r.", "2020-10-20"},
    {"pl", "20 PAŹDZIERNIKA 2020", "2020-10-20"},
    {"pl", "dnia 3 maja 1791 roku", "1791-05-03"},
    {"pl", "11 lipca 2020", "2020-07-11"},
    {"pl", "wtorek, 3 listopada 2020", "2020-11-03"},
    {"pl", "11 listopada 2020", ""},
    {"cs", "20. října 2020", "2020-10-20"},
    {"cs", "úterý 20. října 2020", "2020-10-20"},
    {"cs", "28. září 2020", "2020-09-28"},
    {"cs", "17. listopadu 1989", "1989-11-17"},
    {"cs", "20. 10. 2020", "2020-10-20"},
    {"sk", "20. októbra 2020", "2020-10-20"},
    {"sk", "utorok 20. októbra 2020", "2020-10-20"},
    {"sl", "20. oktober 2020", "2020-10-20"},
    {"hr", "20. srpnja 2020.", "2020-07-20"},
    {"hr", "utorak, 20. listopada 2020.", "2020-10-20"},
    {"hr", "20. listopada 2020.", ""},
    {"hr", "31. listopada 2020.", "2020-10-31"},
    {"hr", "20. lis 2020.", ""},
    {"sr", "20. октобар 2020.", "2020-10-20"},
    {"sr", "уторак, 20. октобар 2020.", "2020-10-20"},
    {"sr", "20. oktobar 2020.", "2020-10-20"},
    {"bs", "20. oktobar 2020.", "2020-10-20"},
    {"hu", "2020. október 20.", "2020-10-20"},
    {"hu", "2020. október 20., kedd", "2020-10-20"},
    {"hu", "2020. okt. 20.", "2020-10-20"},
    {"hu", "2020. 10. 20.", "2020-10-20"},
    {"hu", "1848. március 15-én", "1848-03-15"},
    {"ru", "20 октября 2020", "2020-10-20"},
    {"ru", "20 октября 2020 г.", "2020-10-20"},
    {"ru", "вторник, 20 октября 2020 года", "2020-10-20"},
    {"ru", "20-го октября 2020", "2020-10-20"},
    {"ru", "20 окт. 2020 г.", "2020-10-20"},
    {"ru", "ОКТЯБРЬ 2020", "2020-10"},
    {"ru", "7 ноября 1917 г.", "1917-11-07"},
    {"ru", "9 мая 1945", "1945-05-09"},
    {"ru", "20.10.2020 г.", "2020-10-20"},
    {"ru", "31 апреля 2020", ""},
    {"ru", "среда, 20 октября 2020", ""},
    {"uk", "20 жовтня 2020 р.", "2020-10-20"},
    {"uk", "вівторок, 20 жовтня 2020 року", "2020-10-20"},
    {"uk", "24 серпня 1991", "1991-08-24"},
    {"uk", "11 листопада 2020", "2020-11-11"},
    {"be", "20 кастрычніка 2020 г.", "2020-10-20"},
    {"bg", "20 октомври 2020 г.", "2020-10-20"},
    {"bg", "вторник, 20 октомври 2020 г.", "2020-10-20"},
    {"mk", "20 октомври 2020", "2020-10-20"},
    {"kk", "2020 ж. 20 қазан", "2020-10-20"},
    {"el", "20 Οκτωβρίου 2020", "2020-10-20"},
    {"el", "Τρίτη 20 Οκτωβρίου 2020", "2020-10-20"},
    {"el", "ΤΡΙΤΗ 20 ΟΚΤΩΒΡΙΟΥ 2020", "2020-10-20"},
    {"el", "Οκτώβριος 2020", "2020-10"},
    {"el", "25η Μαρτίου 1821", "1821-03-25"},
    {"el", "3 Μαΐου 2020", "2020-05-03"},
    {"sq", "20 tetor 2020", "2020-10-20"},
    {"eu", "2020(e)ko urriaren 20(a)", "2020-10-20"},
    {"eu", "2020ko urriaren 20a", "2020-10-20"},
    {"cy", "20 Hydref 2020", "2020-10-20"},
    {"ga", "20 Deireadh Fómhair 2020", "2020-10-20"},
    {"mt", "20 ta’ Ottubru 2020", "2020-10-20"},
    {"eo", "20-a de oktobro 2020", "2020-10-20"},
    {"tr", "20 Ekim 2020", "2020-10-20"},
    {"tr", "20 Ekim 2020 Salı", "2020-10-20"},
    {"tr", "20 EKİM 2020 SALI", "2020-10-20"},
    {"tr", "1 Kasım 2020", "2020-11-01"},
    {"tr", "1 KASIM 2020", "2020-11-01"},
    {"tr", "3 Ağustos 2020 Pazartesi", "2020-08-03"},
    {"az", "20 oktyabr 2020", "2020-10-20"},
    {"uz", "20 oktyabr 2020", "2020-10-20"},
    {"hy", "20 հոկտեմբերի, 2020 թ.", "2020-10-20"},
    {"ka", "20 ოქტომბერი, 2020", "2020-10-20"},
    {"ar", "٢٠ أكتوبر ٢٠٢٠", "2020-10-20"},
    {"ar", "الثلاثاء، ٢٠ أكتوبر ٢٠٢٠", "2020-10-20"},
    {"ar", "الثلاثاء 20 أكتوبر 2020م", "2020-10-20"},
    {"ar", "20 اكتوبر 2020", "2020-10-20"},
    {"ar", "20 تشرين الأول 2020", "2020-10-20"},
    {"ar", "20 تشرين الأول/أكتوبر 2020", "2020-10-20"},
    {"ar", "20 تشرين الأول (أكتوبر) 2020", "2020-10-20"},
    {"ar", "3 شتنبر 2020", "2020-09-03"},
    {"ar", "٢٠‏/١٠‏/٢٠٢٠", "2020-10-20"},
    {"ar", "أكتوبر ٢٠٢٠", "2020-10"},
    {"ar", "٣١ أبريل ٢٠٢٠", ""},
    {"fa", "۲۰ اکتبر ۲۰۲۰", "2020-10-20"},
    {"fa", "سه‌شنبه ۲۰ اکتبر ۲۰۲۰ میلادی",
     "2020-10-20"},
    {"fa", "۱۴ ژوئیهٔ ۱۷۸۹", "1789-07-14"},
    {"ur", "20 اکتوبر، 2020", "2020-10-20"},
    {"he", "20 באוקטובר 2020", "2020-10-20"},
    {"he", "יום שלישי, 20 באוקטובר 2020", "2020-10-20"},
    {"he", "אוקטובר 2020", "2020-10"},
    {"hi", "20 अक्टूबर 2020", "2020-10-20"},
    {"hi", "२० अक्टूबर २०२०", "2020-10-20"},
    {"hi", "मंगलवार, 20 अक्तूबर 2020", "2020-10-20"},
    {"hi", "15 अगस्त 1947", "1947-08-15"},
    {"mr", "२० ऑक्टोबर, २०२०", "2020-10-20"},
    {"ne", "२०२० अक्टोबर २०", "2020-10-20"},
    {"bn", "২০ অক্টোবর, ২০২০", "2020-10-20"},
    {"ta", "20 அக்டோபர், 2020", "2020-10-20"},
    {"te", "20 అక్టోబర్, 2020", "2020-10-20"},
    {"ml", "2020, ഒക്‌ടോബർ 20", "2020-10-20"},
    {"kn", "ಅಕ್ಟೋಬರ್ 20, 2020", "2020-10-20"},
    {"gu", "20 ઑક્ટોબર, 2020", "2020-10-20"},
    {"th", "20 ตุลาคม 2563", "2020-10-20"},
    {"th", "๒๐ ตุลาคม ๒๕๖๓", "2020-10-20"},
    {"th", "วันอังคารที่ 20 ตุลาคม พ.ศ. 2563", "2020-10-20"},
    {"th", "20 ต.ค. 2563", "2020-10-20"},
    {"th", "20 ตุลาคม ค.ศ. 2020", "2020-10-20"},
    {"th", "20 ตุลาคม 2020", "2020-10-20"},
    {"th", "ตุลาคม 2563", "2020-10"},
    {"th", "๒๐/๑๐/๒๕๖๓", "2020-10-20"},
    {"th", "14 ตุลาคม 2516", "1973-10-14"},
    {"th", "5 มกราคม 2470", ""},
    {"th", "31 เมษายน 2563", ""},
    {"th", "20 ต.ค. 63", ""},
    {"lo", "20 ຕຸລາ 2020", "2020-10-20"},
    {"km", "20 តុលា 2020", "2020-10-20"},
    {"my", "၂၀၂၀၊ အောက်တိုဘာ ၂၀", "2020-10-20"},
    {"ja", "2020年10月20日", "2020-10-20"},
    {"ja", "2020年10月20日(火)", "2020-10-20"},
    {"ja", "2020年10月20日（火曜日）", "2020-10-20"},
    {"ja", "2020年10月20日火曜日", "2020-10-20"},
    {"ja", "２０２０年１０月２０日", "2020-10-20"},
    {"ja", "2020年 10月 20日", "2020-10-20"},
    {"ja", "令和2年10月20日", "2020-10-20"},
    {"ja", "令和二年十月二十日", "2020-10-20"},
    {"ja", "令和元年5月1日", "2019-05-01"},
    {"ja", "平成31年4月30日", "2019-04-30"},
    {"ja", "昭和64年1月7日", "1989-01-07"},
    {"ja", "大正12年9月1日", "1923-09-01"},
    {"ja", "明治45年7月30日", "1912-07-30"},
    {"ja", "令和2年10月", "2020-10"},
    {"ja", "2020年10月", "2020-10"},
    {"ja", "2020年", "2020"},
    {"ja", "平成31年5月2日", ""},
    {"ja", "明治5年12月2日", ""},
    {"ja", "令和0年5月1日", ""},
    {"ja", "2020年10月20日(水)", ""},
    {"ja", "2020年2月30日", ""},
    {"ja", "10月20日", ""},
    {"zh", "二〇二〇年十月二十日", "2020-10-20"},
    {"zh", "2020年10月20日 星期二", "2020-10-20"},
    {"zh", "2020年10月20日，星期二", "2020-10-20"},
    {"zh", "2020年10月20号", "2020-10-20"},
    {"zh", "一九四九年十月一日", "1949-10-01"},
    {"zh", "民國109年10月20日", "2020-10-20"},
    {"zh", "中華民國一〇九年十月二十日", "2020-10-20"},
    {"zh", "2020年10月20日星期三", ""},
    {"ko", "2020년 10월 20일", "2020-10-20"},
    {"ko", "2020년 10월 20일 화요일", "2020-10-20"},
    {"ko", "2020년 10월 20일(화)", "2020-10-20"},
    {"ko", "2020. 10. 20.", "2020-10-20"},
    {"ko", "2020년 10월", "2020-10"},
    {"vi", "20 tháng 10 năm 2020", "2020-10-20"},
    {"vi", "Thứ Ba, ngày 20 tháng 10 năm 2020", "2020-10-20"},
    {"vi", "Ngày 20/10/2020", "2020-10-20"},
    {"vi", "20 tháng Mười năm 2020", "2020-10-20"},
    {"vi", "20 tháng mười một năm 2020", "2020-11-20"},
    {"vi", "tháng 10 năm 2020", "2020-10"},
    {"vi", "Tháng 10/2020", "2020-10"},
    {"id", "Selasa, 20 Oktober 2020", "2020-10-20"},
    {"id", "17 Agustus 1945", "1945-08-17"},
    {"ms", "20 Oktober 2020", "2020-10-20"},
    {"fil", "Oktubre 20, 2020", "2020-10-20"},
    {"sw", "20 Oktoba 2020", "2020-10-20"},
    {"zu", "Okthoba 20, 2020", "2020-10-20"},
    {"am", "20 ኦክቶበር 2020", "2020-10-20"},
    {"mn", "2020 оны 10-р сарын 20", "2020-10-20"},
    {"mn", "2020 оны 10 сарын 20", "2020-10-20"},
    {"bo", "2020 ལོའི་ཟླ་12ཚེས་20", "2020-12-20"},
};

static const char *const others[] = {
    "Mars attacks 2020",
    "Octobre rouge",
    "Le 20 octobre, tout change",
    "Le Mans 2020",
    "El 2020",
    "Di 2020",
    "Lun 2020 et après",
    "20 raisons de lire",
    "Les 20 ans de mai 68",
    "1848 und danach",
    "Der Oktober 2020 war kalt",
    "Im Jahr 2020",
    "Agenda 2030",
    "Der 20. Oktober 2020 in Leeds",
    "Konzert am 20. Oktober 2020",
    "Expo 2020",
    "Covid 19",
    "2020 год в цифрах",
    "20 лет спустя",
    "Октябрь",
    "Май 2020 и июнь 2021 вместе с весной",
    "2020年の十大ニュース",
    "10月の映画",
    "年",
    "月日",
    "令和",
    "第20回大会",
    "20周年",
    "令和の20年",
    "2020年代",
    "20 سببا",
    "أكتوبر",
    "عام الحزن 2020 في بيروت",
    "१० कारण",
    "ตุลาคม",
    "14 ตุลา 16",
    "화요일",
    "20대 국회",
    "3월의 눈물이 2020",
    "1 de mayo, la lucha sigue",
    "20 Ekim Caddesi",
    "May the 4th be with you 2020",
    "2020 de",
    "de 2020",
    "20-",
};

static void every_language(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    char iso[DATE_ISO_SIZE];
    date_result result = date_parse(rows[i].text, strlen(rows[i].text), iso);
    if (result != (*rows[i].iso ? DATE_FOUND : DATE_UNCLEAR) ||
        strcmp(iso, rows[i].iso) != 0)
      fail_msg("%s: \"%s\": %d \"%s\"", rows[i].language, rows[i].text,
               (int)result, iso);
  }
}

static void what_is_no_date(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
    char iso[DATE_ISO_SIZE];
    date_result result = date_parse(others[i], strlen(others[i]), iso);
    if (result != DATE_NONE || iso[0])
      fail_msg("\"%s\": %d \"%s\"", others[i], (int)result, iso);
  }
}

/* What a file's other dates say about those that could be two days. */
typedef struct evidence {
  const char *seen; /* lines */
  date_order stated;
  const char *text, *iso;
} evidence;

static void what_the_file_settles(void **state) {
  (void)state;
  static const evidence cases[] = {
      {"", DATE_ORDER_UNKNOWN, "03/04/2020", ""},
      {"13/04/2020", DATE_ORDER_UNKNOWN, "03/04/2020", "2020-04-03"},
      {"04/13/2020", DATE_ORDER_UNKNOWN, "03/04/2020", "2020-03-04"},
      {"13.4.2020", DATE_ORDER_UNKNOWN, "3.4.2020", "2020-04-03"},
      {"Friday 03/04/2020", DATE_ORDER_UNKNOWN, "05/06/2020", "2020-06-05"},
      {"13/04/2020\n04/13/2020", DATE_ORDER_UNKNOWN, "03/04/2020", ""},
      {"04/04/2020\n2020-04-13\n2020", DATE_ORDER_UNKNOWN, "03/04/2020", ""},
      {"A title\n13/04/2020 in Leeds", DATE_ORDER_UNKNOWN, "03/04/2020", ""},
      {"04/13/2020", DATE_ORDER_DMY, "03/04/2020", "2020-04-03"},
      {"13/04/2020", DATE_ORDER_MDY, "03/04/2020", "2020-03-04"},
      {"", DATE_ORDER_MDY, "13/04/2020", "2020-04-13"},
      {"", DATE_ORDER_DMY, "03/04/20", "2020-04-03"},
      {"", DATE_ORDER_MDY, "03/04/98", "1998-03-04"},
      {"", DATE_ORDER_YMD, "20/04/03", "2020-04-03"},
      {"", DATE_ORDER_YMD, "03/04/2020", ""},
      {"", DATE_ORDER_YMD, "20-13-03", ""},
      {"", DATE_ORDER_DMY, "31/02/20", ""},
      {"3 grudnia 2020", DATE_ORDER_UNKNOWN, "3 listopada 2020", "2020-11-03"},
      {"3. prosinca 2020.", DATE_ORDER_UNKNOWN, "3. listopada 2020.",
       "2020-10-03"},
      {"3. prosince 2020", DATE_ORDER_UNKNOWN, "3. srp 2020", "2020-08-03"},
      {"3 grudnia 2020\n3. prosinca 2020.", DATE_ORDER_UNKNOWN,
       "3 listopada 2020", ""},
      {"3 grudnia 2020\n3 December 2020", DATE_ORDER_UNKNOWN,
       "3 listopada 2020", ""},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    date_hints hints = DATE_HINTS_NONE;
    char iso[DATE_ISO_SIZE];
    hints.stated = cases[i].stated;
    for (const char *at = cases[i].seen; *at;) {
      size_t length = strcspn(at, "\n");
      date_learn(&hints, at, length);
      at += length + (at[length] == '\n');
    }
    const char *text = cases[i].text;
    date_result result = date_parse_hinted(text, strlen(text), &hints, iso);
    if (result != (*cases[i].iso ? DATE_FOUND : DATE_UNCLEAR) ||
        strcmp(iso, cases[i].iso) != 0)
      fail_msg("%zu: \"%s\": %d \"%s\"", i, text, (int)result, iso);
  }
}

static void orders_by_name(void **state) {
  (void)state;
  assert_int_equal(date_order_named("dmy"), DATE_ORDER_DMY);
  assert_int_equal(date_order_named("mdy"), DATE_ORDER_MDY);
  assert_int_equal(date_order_named("ymd"), DATE_ORDER_YMD);
  assert_int_equal(date_order_named("ydm"), DATE_ORDER_UNKNOWN);
  assert_int_equal(date_order_named(""), DATE_ORDER_UNKNOWN);
  assert_int_equal(date_order_named(NULL), DATE_ORDER_UNKNOWN);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_language),
      cmocka_unit_test(what_is_no_date),
      cmocka_unit_test(what_the_file_settles),
      cmocka_unit_test(orders_by_name),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
