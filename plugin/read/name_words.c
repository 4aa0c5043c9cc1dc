#include "read/name_words.h"

#include <string.h>

#include "read/folded.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- Single words ---- */

/* Folded, as folded_copy does it, and in the order of their bytes. */
static const struct {
  const char *text;
  unsigned is;
} words[] = {
    {"about", NAME_WORD_NO_NAME},        {"activists", NAME_WORD_GROUP},
    {"after", NAME_WORD_NO_NAME},        {"against", NAME_WORD_NO_NAME},
    {"agences", NAME_WORD_GROUP},        {"agencias", NAME_WORD_GROUP},
    {"agencies", NAME_WORD_GROUP},       {"agency", NAME_WORD_GROUP},
    {"agenturen", NAME_WORD_GROUP},      {"agenzie", NAME_WORD_GROUP},
    {"all", NAME_WORD_NO_FIRST},         {"alliance", NAME_WORD_GROUP},
    {"alte", NAME_WORD_NO_FIRST},        {"alter", NAME_WORD_NO_FIRST},
    {"alternative", NAME_WORD_GROUP},    {"altes", NAME_WORD_NO_FIRST},
    {"and", NAME_WORD_NO_NAME},          {"any", NAME_WORD_NO_FIRST},
    {"apres", NAME_WORD_NO_NAME},        {"are", NAME_WORD_NO_NAME},
    {"association", NAME_WORD_GROUP},    {"at", NAME_WORD_NO_NAME},
    {"avec", NAME_WORD_NO_NAME},         {"before", NAME_WORD_NO_NAME},
    {"beim", NAME_WORD_NO_NAME},         {"between", NAME_WORD_NO_NAME},
    {"big", NAME_WORD_NO_FIRST},         {"board", NAME_WORD_GROUP},
    {"branch", NAME_WORD_GROUP},         {"buenas", NAME_WORD_NO_FIRST},
    {"buenos", NAME_WORD_NO_FIRST},      {"bureau", NAME_WORD_GROUP},
    {"by", NAME_WORD_NO_NAME},           {"campaign", NAME_WORD_GROUP},
    {"center", NAME_WORD_GROUP},         {"centre", NAME_WORD_GROUP},
    {"chair", NAME_WORD_GROUP},          {"chez", NAME_WORD_NO_NAME},
    {"chroniqueur", NAME_WORD_ROLE},     {"chroniqueuse", NAME_WORD_ROLE},
    {"collective", NAME_WORD_GROUP},     {"college", NAME_WORD_GROUP},
    {"columnist", NAME_WORD_ROLE},       {"columnista", NAME_WORD_ROLE},
    {"columnists", NAME_WORD_GROUP},     {"colunista", NAME_WORD_ROLE},
    {"comment", NAME_WORD_NO_NAME},      {"commentator", NAME_WORD_ROLE},
    {"committee", NAME_WORD_GROUP},      {"contre", NAME_WORD_NO_NAME},
    {"contributor", NAME_WORD_GROUP},    {"contributors", NAME_WORD_GROUP},
    {"contro", NAME_WORD_NO_NAME},       {"coordinator", NAME_WORD_GROUP},
    {"correspondant", NAME_WORD_ROLE},   {"correspondante", NAME_WORD_ROLE},
    {"correspondants", NAME_WORD_GROUP}, {"correspondent", NAME_WORD_ROLE},
    {"correspondente", NAME_WORD_ROLE},  {"correspondents", NAME_WORD_GROUP},
    {"corresponsal", NAME_WORD_ROLE},    {"corresponsales", NAME_WORD_GROUP},
    {"corrispondente", NAME_WORD_ROLE},  {"council", NAME_WORD_GROUP},
    {"cuando", NAME_WORD_NO_NAME},       {"dans", NAME_WORD_NO_NAME},
    {"das", NAME_WORD_NO_FIRST},         {"department", NAME_WORD_GROUP},
    {"depuis", NAME_WORD_NO_NAME},       {"dernier", NAME_WORD_NO_FIRST},
    {"derniere", NAME_WORD_NO_FIRST},    {"desde", NAME_WORD_NO_NAME},
    {"desk", NAME_WORD_GROUP},           {"det", NAME_WORD_NO_FIRST},
    {"deux", NAME_WORD_NO_FIRST},        {"die", NAME_WORD_NO_FIRST},
    {"dla", NAME_WORD_NO_NAME},          {"dlaczego", NAME_WORD_NO_NAME},
    {"donde", NAME_WORD_NO_NAME},        {"dopo", NAME_WORD_NO_NAME},
    {"dos", NAME_WORD_NO_FIRST},         {"dziennikarka", NAME_WORD_ROLE},
    {"dziennikarz", NAME_WORD_ROLE},     {"editor", NAME_WORD_ROLE},
    {"editors", NAME_WORD_GROUP},        {"een", NAME_WORD_NO_FIRST},
    {"eerste", NAME_WORD_NO_FIRST},      {"ein", NAME_WORD_NO_FIRST},
    {"eine", NAME_WORD_NO_FIRST},        {"erste", NAME_WORD_NO_FIRST},
    {"erster", NAME_WORD_NO_FIRST},      {"erstes", NAME_WORD_NO_FIRST},
    {"ett", NAME_WORD_NO_FIRST},         {"every", NAME_WORD_NO_FIRST},
    {"federation", NAME_WORD_GROUP},     {"first", NAME_WORD_NO_FIRST},
    {"five", NAME_WORD_NO_FIRST},        {"for", NAME_WORD_NO_NAME},
    {"forste", NAME_WORD_NO_FIRST},      {"four", NAME_WORD_NO_FIRST},
    {"from", NAME_WORD_NO_NAME},         {"fur", NAME_WORD_NO_NAME},
    {"gegen", NAME_WORD_NO_NAME},        {"gewerkschaft", NAME_WORD_GROUP},
    {"giornalista", NAME_WORD_ROLE},     {"gli", NAME_WORD_NO_FIRST},
    {"gran", NAME_WORD_NO_FIRST},        {"grand", NAME_WORD_NO_FIRST},
    {"grande", NAME_WORD_NO_FIRST},      {"grandes", NAME_WORD_NO_FIRST},
    {"grands", NAME_WORD_NO_FIRST},      {"great", NAME_WORD_NO_FIRST},
    {"grosse", NAME_WORD_NO_FIRST},      {"grosser", NAME_WORD_NO_FIRST},
    {"grosses", NAME_WORD_NO_FIRST},     {"grote", NAME_WORD_NO_FIRST},
    {"group", NAME_WORD_GROUP},          {"große", NAME_WORD_NO_FIRST},
    {"großer", NAME_WORD_NO_FIRST},      {"großes", NAME_WORD_NO_FIRST},
    {"hasta", NAME_WORD_NO_NAME},        {"here", NAME_WORD_NO_FIRST},
    {"het", NAME_WORD_NO_FIRST},         {"his", NAME_WORD_NO_NAME},
    {"historian", NAME_WORD_GROUP},      {"how", NAME_WORD_NO_NAME},
    {"hvorfor", NAME_WORD_NO_NAME},      {"if", NAME_WORD_NO_FIRST},
    {"il", NAME_WORD_NO_FIRST},          {"institute", NAME_WORD_GROUP},
    {"into", NAME_WORD_NO_NAME},         {"inviata", NAME_WORD_ROLE},
    {"inviato", NAME_WORD_ROLE},         {"is", NAME_WORD_NO_NAME},
    {"its", NAME_WORD_NO_NAME},          {"jornalista", NAME_WORD_ROLE},
    {"journalist", NAME_WORD_ROLE},      {"journaliste", NAME_WORD_ROLE},
    {"journalisten", NAME_WORD_ROLE},    {"journalistin", NAME_WORD_ROLE},
    {"journalists", NAME_WORD_GROUP},    {"kein", NAME_WORD_NO_FIRST},
    {"keine", NAME_WORD_NO_FIRST},       {"kleine", NAME_WORD_NO_FIRST},
    {"kleiner", NAME_WORD_NO_FIRST},     {"kleines", NAME_WORD_NO_FIRST},
    {"kolumnist", NAME_WORD_ROLE},       {"kolumnistin", NAME_WORD_ROLE},
    {"korespondent", NAME_WORD_ROLE},    {"korespondentka", NAME_WORD_ROLE},
    {"korrespondent", NAME_WORD_ROLE},   {"korrespondenten", NAME_WORD_GROUP},
    {"korrespondentin", NAME_WORD_ROLE}, {"laatste", NAME_WORD_NO_FIRST},
    {"las", NAME_WORD_NO_FIRST},         {"last", NAME_WORD_NO_FIRST},
    {"league", NAME_WORD_GROUP},         {"lecturer", NAME_WORD_GROUP},
    {"letzte", NAME_WORD_NO_FIRST},      {"letzter", NAME_WORD_NO_FIRST},
    {"letztes", NAME_WORD_NO_FIRST},     {"los", NAME_WORD_NO_FIRST},
    {"mais", NAME_WORD_NO_FIRST},        {"many", NAME_WORD_NO_FIRST},
    {"mas", NAME_WORD_NO_FIRST},         {"mehr", NAME_WORD_NO_FIRST},
    {"member", NAME_WORD_GROUP},         {"members", NAME_WORD_GROUP},
    {"menos", NAME_WORD_NO_FIRST},       {"ministry", NAME_WORD_GROUP},
    {"mit", NAME_WORD_NO_NAME},          {"more", NAME_WORD_NO_FIRST},
    {"most", NAME_WORD_NO_FIRST},        {"mot", NAME_WORD_NO_NAME},
    {"movement", NAME_WORD_GROUP},       {"muhabir", NAME_WORD_ROLE},
    {"muhabiri", NAME_WORD_ROLE},        {"naar", NAME_WORD_NO_NAME},
    {"nach", NAME_WORD_NO_NAME},         {"network", NAME_WORD_GROUP},
    {"neue", NAME_WORD_NO_FIRST},        {"neuen", NAME_WORD_NO_FIRST},
    {"neuer", NAME_WORD_NO_FIRST},       {"neues", NAME_WORD_NO_FIRST},
    {"new", NAME_WORD_NO_FIRST},         {"newsroom", NAME_WORD_GROUP},
    {"next", NAME_WORD_NO_FIRST},        {"nicht", NAME_WORD_NO_NAME},
    {"nieuwe", NAME_WORD_NO_FIRST},      {"no", NAME_WORD_NO_FIRST},
    {"not", NAME_WORD_NO_NAME},          {"nouveau", NAME_WORD_NO_FIRST},
    {"nouveaux", NAME_WORD_NO_FIRST},    {"nouvelle", NAME_WORD_NO_FIRST},
    {"nouvelles", NAME_WORD_NO_FIRST},   {"novas", NAME_WORD_NO_FIRST},
    {"novinar", NAME_WORD_ROLE},         {"novinarka", NAME_WORD_ROLE},
    {"novos", NAME_WORD_NO_FIRST},       {"now", NAME_WORD_NO_FIRST},
    {"nowe", NAME_WORD_NO_FIRST},        {"nowy", NAME_WORD_NO_FIRST},
    {"nueva", NAME_WORD_NO_FIRST},       {"nuevas", NAME_WORD_NO_FIRST},
    {"nuevo", NAME_WORD_NO_FIRST},       {"nuevos", NAME_WORD_NO_FIRST},
    {"nuova", NAME_WORD_NO_FIRST},       {"nuove", NAME_WORD_NO_FIRST},
    {"nuovi", NAME_WORD_NO_FIRST},       {"nuovo", NAME_WORD_NO_FIRST},
    {"nye", NAME_WORD_NO_FIRST},         {"nytt", NAME_WORD_NO_FIRST},
    {"oder", NAME_WORD_NO_NAME},         {"of", NAME_WORD_NO_NAME},
    {"office", NAME_WORD_GROUP},         {"officer", NAME_WORD_GROUP},
    {"ohne", NAME_WORD_NO_NAME},         {"old", NAME_WORD_NO_FIRST},
    {"on", NAME_WORD_NO_NAME},           {"one", NAME_WORD_NO_FIRST},
    {"only", NAME_WORD_NO_FIRST},        {"or", NAME_WORD_NO_NAME},
    {"organiser", NAME_WORD_GROUP},      {"organizer", NAME_WORD_GROUP},
    {"oude", NAME_WORD_NO_FIRST},        {"our", NAME_WORD_NO_NAME},
    {"para", NAME_WORD_NO_NAME},         {"partei", NAME_WORD_GROUP},
    {"party", NAME_WORD_GROUP},          {"pela", NAME_WORD_NO_NAME},
    {"pelo", NAME_WORD_NO_NAME},         {"perche", NAME_WORD_NO_NAME},
    {"periodista", NAME_WORD_ROLE},      {"petite", NAME_WORD_NO_FIRST},
    {"pierwsza", NAME_WORD_NO_FIRST},    {"pierwszy", NAME_WORD_NO_FIRST},
    {"piu", NAME_WORD_NO_FIRST},         {"porque", NAME_WORD_NO_NAME},
    {"pour", NAME_WORD_NO_NAME},         {"pourquoi", NAME_WORD_NO_NAME},
    {"premier", NAME_WORD_NO_FIRST},     {"premiere", NAME_WORD_NO_FIRST},
    {"press", NAME_WORD_GROUP},          {"primeira", NAME_WORD_NO_FIRST},
    {"primeiro", NAME_WORD_NO_FIRST},    {"primer", NAME_WORD_NO_FIRST},
    {"primera", NAME_WORD_NO_FIRST},     {"professor", NAME_WORD_GROUP},
    {"przed", NAME_WORD_NO_NAME},        {"przez", NAME_WORD_NO_NAME},
    {"quando", NAME_WORD_NO_NAME},       {"quem", NAME_WORD_NO_NAME},
    {"quien", NAME_WORD_NO_NAME},        {"redacao", NAME_WORD_GROUP},
    {"redaccion", NAME_WORD_GROUP},      {"redacteur", NAME_WORD_ROLE},
    {"redactie", NAME_WORD_GROUP},       {"redaction", NAME_WORD_GROUP},
    {"redactor", NAME_WORD_ROLE},        {"redactora", NAME_WORD_ROLE},
    {"redactrice", NAME_WORD_ROLE},      {"redakce", NAME_WORD_GROUP},
    {"redakcija", NAME_WORD_GROUP},      {"redakcja", NAME_WORD_GROUP},
    {"redaksjonen", NAME_WORD_GROUP},    {"redakteur", NAME_WORD_ROLE},
    {"redakteurin", NAME_WORD_ROLE},     {"redaktion", NAME_WORD_GROUP},
    {"redaktionen", NAME_WORD_GROUP},    {"redaktor", NAME_WORD_ROLE},
    {"redaktorin", NAME_WORD_ROLE},      {"redaktorka", NAME_WORD_ROLE},
    {"redator", NAME_WORD_ROLE},         {"redatora", NAME_WORD_ROLE},
    {"redattore", NAME_WORD_ROLE},       {"redattrice", NAME_WORD_ROLE},
    {"redazione", NAME_WORD_GROUP},      {"reporter", NAME_WORD_ROLE},
    {"reporterin", NAME_WORD_ROLE},      {"reportern", NAME_WORD_GROUP},
    {"reporters", NAME_WORD_GROUP},      {"sans", NAME_WORD_NO_NAME},
    {"say", NAME_WORD_NO_NAME},          {"says", NAME_WORD_NO_NAME},
    {"school", NAME_WORD_GROUP},         {"secretary", NAME_WORD_GROUP},
    {"segun", NAME_WORD_NO_NAME},        {"senza", NAME_WORD_NO_NAME},
    {"should", NAME_WORD_NO_FIRST},      {"sind", NAME_WORD_NO_NAME},
    {"sindacato", NAME_WORD_GROUP},      {"sindicato", NAME_WORD_GROUP},
    {"sobre", NAME_WORD_NO_NAME},        {"society", NAME_WORD_GROUP},
    {"some", NAME_WORD_NO_FIRST},        {"staff", NAME_WORD_GROUP},
    {"stora", NAME_WORD_NO_FIRST},       {"store", NAME_WORD_NO_FIRST},
    {"supporters", NAME_WORD_GROUP},     {"sur", NAME_WORD_NO_NAME},
    {"syndicat", NAME_WORD_GROUP},       {"team", NAME_WORD_GROUP},
    {"tegen", NAME_WORD_NO_NAME},        {"than", NAME_WORD_NO_NAME},
    {"that", NAME_WORD_NO_NAME},         {"the", NAME_WORD_NO_NAME},
    {"their", NAME_WORD_NO_NAME},        {"there", NAME_WORD_NO_FIRST},
    {"these", NAME_WORD_NO_NAME},        {"this", NAME_WORD_NO_NAME},
    {"those", NAME_WORD_NO_NAME},        {"three", NAME_WORD_NO_FIRST},
    {"today", NAME_WORD_NO_FIRST},       {"toimittaja", NAME_WORD_ROLE},
    {"toimitus", NAME_WORD_GROUP},       {"tres", NAME_WORD_NO_FIRST},
    {"trois", NAME_WORD_NO_FIRST},       {"trotz", NAME_WORD_NO_NAME},
    {"two", NAME_WORD_NO_FIRST},         {"uber", NAME_WORD_NO_NAME},
    {"ultima", NAME_WORD_NO_FIRST},      {"ultimo", NAME_WORD_NO_FIRST},
    {"un", NAME_WORD_NO_FIRST},          {"una", NAME_WORD_NO_FIRST},
    {"unas", NAME_WORD_NO_FIRST},        {"und", NAME_WORD_NO_NAME},
    {"under", NAME_WORD_NO_NAME},        {"une", NAME_WORD_NO_FIRST},
    {"union", NAME_WORD_GROUP},          {"university", NAME_WORD_GROUP},
    {"unos", NAME_WORD_NO_FIRST},        {"unter", NAME_WORD_NO_NAME},
    {"utan", NAME_WORD_NO_NAME},         {"varfor", NAME_WORD_NO_NAME},
    {"verband", NAME_WORD_GROUP},        {"verslaggever", NAME_WORD_ROLE},
    {"vieille", NAME_WORD_NO_FIRST},     {"viele", NAME_WORD_NO_FIRST},
    {"vieux", NAME_WORD_NO_FIRST},       {"voor", NAME_WORD_NO_NAME},
    {"waarom", NAME_WORD_NO_NAME},       {"wartawan", NAME_WORD_ROLE},
    {"warum", NAME_WORD_NO_NAME},        {"was", NAME_WORD_NO_NAME},
    {"wegen", NAME_WORD_NO_NAME},        {"wenige", NAME_WORD_NO_FIRST},
    {"were", NAME_WORD_NO_NAME},         {"what", NAME_WORD_NO_NAME},
    {"when", NAME_WORD_NO_NAME},         {"where", NAME_WORD_NO_NAME},
    {"who", NAME_WORD_NO_NAME},          {"why", NAME_WORD_NO_NAME},
    {"wielka", NAME_WORD_NO_FIRST},      {"wielki", NAME_WORD_NO_FIRST},
    {"wird", NAME_WORD_NO_NAME},         {"with", NAME_WORD_NO_NAME},
    {"writer", NAME_WORD_ROLE},          {"writers", NAME_WORD_GROUP},
    {"yazar", NAME_WORD_ROLE},           {"your", NAME_WORD_NO_NAME},
    {"zonder", NAME_WORD_NO_NAME},       {"агентства", NAME_WORD_GROUP},
    {"без", NAME_WORD_NO_NAME},          {"большая", NAME_WORD_NO_FIRST},
    {"большие", NAME_WORD_NO_FIRST},     {"большои", NAME_WORD_NO_FIRST},
    {"для", NAME_WORD_NO_NAME},          {"журналист", NAME_WORD_ROLE},
    {"журналистка", NAME_WORD_ROLE},     {"журналіст", NAME_WORD_ROLE},
    {"журналістка", NAME_WORD_ROLE},     {"или", NAME_WORD_NO_NAME},
    {"как", NAME_WORD_NO_NAME},          {"кореспондент", NAME_WORD_ROLE},
    {"кореспондентка", NAME_WORD_ROLE},  {"корреспондент", NAME_WORD_ROLE},
    {"корреспондентка", NAME_WORD_ROLE}, {"корреспонденты", NAME_WORD_GROUP},
    {"кто", NAME_WORD_NO_NAME},          {"новая", NAME_WORD_NO_FIRST},
    {"новое", NAME_WORD_NO_FIRST},       {"новые", NAME_WORD_NO_FIRST},
    {"новыи", NAME_WORD_NO_FIRST},       {"обозреватель", NAME_WORD_ROLE},
    {"оглядач", NAME_WORD_ROLE},         {"первая", NAME_WORD_NO_FIRST},
    {"первыи", NAME_WORD_NO_FIRST},      {"перед", NAME_WORD_NO_NAME},
    {"после", NAME_WORD_NO_NAME},        {"последнии", NAME_WORD_NO_FIRST},
    {"почему", NAME_WORD_NO_NAME},       {"против", NAME_WORD_NO_NAME},
    {"редактор", NAME_WORD_ROLE},        {"редакция", NAME_WORD_GROUP},
    {"редакція", NAME_WORD_GROUP},       {"спецкор", NAME_WORD_ROLE},
    {"старыи", NAME_WORD_NO_FIRST},      {"что", NAME_WORD_NO_NAME},
};

enum { LONGEST_WORD = 40 };

/* The word as it stands in the table; false if it is too long for one. */
static bool fold(const char *text, size_t length, char *out) {
  size_t size = 0;
  if (length == 0 || length > LONGEST_WORD)
    return false;
  for (; size < length && (unsigned char)text[size] < 0x80; size++) {
    char c = text[size];
    out[size] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
  }
  if (size < length && !folded_copy(text, length, out, LONGEST_WORD, &size))
    return false;
  out[size] = '\0';
  return true;
}

unsigned name_word(const char *text, size_t length) {
  char word[LONGEST_WORD + 1];
  if (!fold(text, length, word))
    return 0;
  size_t low = 0, high = COUNT(words);
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = (unsigned char)*word - (unsigned char)*words[middle].text;
    if (order == 0)
      order = strcmp(word, words[middle].text);
    if (order == 0)
      return words[middle].is;
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return 0;
}

/* ---- Who sells articles, and where they come from ---- */

bool name_is_agency(const char *text, size_t length) {
  /* Short ones only as they are written. */
  static const char *const exact[] = {
      "AP",         "AFP",  "dpa",  "DPA",  "UPI",  "PA",        "EFE",  "ANSA",
      "AAP",        "APA",  "SDA",  "sda",  "KNA",  "epd",       "sid",  "SID",
      "TT",         "NTB",  "STT",  "PAP",  "MTI",  "ANP",       "ATS",  "AGI",
      "PTI",        "IANS", "Lusa", "LUSA", "TASS", "ITAR-TASS", "ТАСС", "IRNA",
      "\xC4\x8CTK", "CTK",  "WAM",  "NHK",  "IPS"};
  static const char *const folded[] = {"reuters",
                                       "agencies",
                                       "agency",
                                       "agenturen",
                                       "agences",
                                       "agencias",
                                       "agenzie",
                                       "bloomberg",
                                       "xinhua",
                                       "associated press",
                                       "the associated press",
                                       "canadian press",
                                       "the canadian press",
                                       "press association",
                                       "pa media",
                                       "agence france-presse",
                                       "europa press",
                                       "kyodo",
                                       "kyodo news",
                                       "wire services",
                                       "wire reports",
                                       "wire service",
                                       "news services",
                                       "news agencies",
                                       "ritzau",
                                       "belga",
                                       "interfax",
                                       "интерфакс",
                                       "риа новости",
                                       "рейтер",
                                       "укринформ",
                                       "وکالات",
                                       "رویترز",
                                       "新華社",
                                       "新华社",
                                       "共同通信",
                                       "時事通信",
                                       "中新社",
                                       "연합뉴스",
                                       "סוכנויות",
                                       "רויטרס"};
  for (size_t i = 0; i < COUNT(exact); i++)
    if (*exact[i] == *text && strlen(exact[i]) == length &&
        memcmp(exact[i], text, length) == 0)
      return true;
  char word[LONGEST_WORD + 1];
  if (!fold(text, length, word))
    return false;
  for (size_t i = 0; i < COUNT(folded); i++)
    if (*folded[i] == *word && strcmp(folded[i], word) == 0)
      return true;
  return false;
}

bool name_is_place(const char *text, size_t length) {
  static const char *const places[] = {
      "abu dhabi",        "addis ababa",      "buenos aires",
      "cape town",        "costa rica",       "hong kong",
      "ho chi minh city", "kuala lumpur",     "mexico city",
      "monte carlo",      "northern ireland", "nova york",
      "phnom penh",       "rio de janeiro",   "salt lake city",
      "san diego",        "san francisco",    "san jose",
      "san juan",         "santa cruz",       "santa fe",
      "sao paulo",        "saudi arabia",     "south africa",
      "south korea",      "north korea",      "sri lanka",
      "st louis",         "st. louis",        "st petersburg",
      "st. petersburg",   "tel aviv",         "united kingdom",
      "united states",    "united nations",   "washington dc",
      "washington d.c.",  "west bank",        "east jerusalem",
      "port-au-prince",   "st. gallen",       "sankt petersburg",
      "saint-denis"};
  char word[LONGEST_WORD + 1];
  if (!fold(text, length, word))
    return false;
  for (size_t i = 0; i < COUNT(places); i++)
    if (*places[i] == *word && strcmp(places[i], word) == 0)
      return true;
  return false;
}
