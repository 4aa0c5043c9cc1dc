#include "read/edition_phrases.h"

#include <string.h>
#include <unicode/uchar.h>

#include "base/utf8.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { ROOM = 640, LONGEST_START = 40 };

/* A text in small letters, with plain quotes and spaces. */
typedef struct folded {
  size_t length;
  char text[ROOM];
} folded;

static uint32_t fold_wide(uint32_t c) {
  return c == 0x2019 || c == 0x2018 ? '\''
         : c == 0xA0 || c == 0x202F ? ' '
                                    : (uint32_t)u_tolower((UChar32)c);
}

/* As much of a text as there is room for; returns how much that is. most is
 * bytes of the result, or nearly so. */
static size_t fold(byline_string s, size_t most, folded *out) {
  size_t at = 0, length = 0;
  most = most < ROOM - 4 ? most : ROOM - 4;
  while (at < s.length && length < most) {
    char c = s.data[at];
    if ((unsigned char)c < 0x80) {
      out->text[length++] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
      at++;
      continue;
    }
    uint32_t wide = utf8_next(s.data, s.length, &at);
    if (wide != UTF8_INVALID)
      length += utf8_put(fold_wide(wide), out->text + length);
  }
  out->length = length;
  return at;
}

/* Where a place of the folded text is in the text itself. */
static size_t unfold(byline_string s, size_t place) {
  folded again;
  return fold(s, place, &again);
}

static bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

/* Whether a phrase begins at a place of the text; how long it is, or 0. */
static size_t begins(const folded *f, size_t at, const char *phrase) {
  size_t i = 0;
  while (phrase[i] && at + i < f->length && f->text[at + i] == phrase[i])
    i++;
  return phrase[i] ? 0 : i;
}

/* How long the phrase is that the text begins with; 0 if there is none. */
static size_t begins_with_any(const folded *f, const char *const *phrases,
                              size_t count) {
  size_t size = 0;
  for (size_t i = 0; i < count && size == 0; i++)
    size = begins(f, 0, phrases[i]);
  return size;
}

/* A quick look before a text is folded: whether one of some phrases may begin
 * with its first character. */
static bool may_begin(byline_string s, const char *const *phrases,
                      size_t count) {
  char first =
      *s.data >= 'A' && *s.data <= 'Z' ? (char)(*s.data | 0x20) : *s.data;
  bool found = first < 0;
  for (size_t i = 0; i < count && !found; i++)
    found = *phrases[i] == first;
  return found;
}

/* Where the first of some phrases begins, at the beginning of a word;
 * f->length if there is none. */
static size_t find(const folded *f, const char *const *phrases, size_t count) {
  bool firsts[256] = {false};
  for (size_t i = 0; i < count; i++)
    firsts[(unsigned char)*phrases[i]] = true;
  for (size_t at = 0; at < f->length; at++) {
    if (!firsts[(unsigned char)f->text[at]] ||
        (at > 0 && is_letter(f->text[at - 1])))
      continue;
    for (size_t i = 0; i < count; i++)
      if (*phrases[i] == f->text[at] && begins(f, at, phrases[i]))
        return at;
  }
  return f->length;
}

static bool has_any(byline_string s, size_t longest, const char *const *phrases,
                    size_t count) {
  folded f;
  if (s.length == 0 || s.length > longest)
    return false;
  fold(s, ROOM, &f);
  return find(&f, phrases, count) < f.length;
}

static bool starts_with_any(byline_string s, size_t longest,
                            const char *const *phrases, size_t count) {
  folded f;
  if (s.length == 0 || s.length > longest || !may_begin(s, phrases, count))
    return false;
  fold(s, LONGEST_START, &f);
  return begins_with_any(&f, phrases, count) > 0;
}

/* ---- Parts of a paper ---- */

bool phrases_letters(byline_string s) {
  static const char *const phrases[] = {"letters",         "inbox",
                                        "postbag",         "post bag",
                                        "mailbag",         "mailbox",
                                        "to the editor",   "readers write",
                                        "leserbrief",      "leserzuschrift",
                                        "briefe an",       "courrier des lect",
                                        "le courrier des", "lettres des lect",
                                        "cartas",          "correo del lector",
                                        "lettere",         "la posta dei",
                                        "ingezonden",      "lezersbrie",
                                        "brieven",         "insändare",
                                        "læserbrev",       "leserbrev",
                                        "lukijoiden",      "listy",
                                        "dopisy",          "письма",
                                        "нам пишут",       "почта читател",
                                        "листи",           "okur mektup",
                                        "okurlardan",      "γράμματα",
                                        "olvasói level"};
  enum { LONGEST = 60 };
  size_t words = 1;
  for (size_t i = 0; i < s.length; i++)
    words += s.data[i] == ' ';
  return words <= 6 && has_any(s, LONGEST, phrases, COUNT(phrases));
}

bool phrases_programme(byline_string s) {
  static const char *const starts[] = {
      "wofür wir ",     "was wir woll",    "wer wir sind",  "ce que nous voul",
      "ce que veut",    "qui sommes-nous", "qué defend",    "por qué luch",
      "quiénes somos",  "o que defend",    "por que lut",   "quem somos",
      "per cosa ",      "cosa vogliamo",   "chi siamo",     "waar wij voor",
      "wat wij willen", "vad vi vill",     "vi kämpar för", "hvad vi vil",
      "hva vi vil",     "o co walczy",     "kim jesteśmy",  "за что мы ",
      "за что борется", "кто мы",          "чего мы хотим", "ne istiyoruz",
      "biz kimiz"};
  static const char *const ends[] = {"stands for", "stand for"};
  static const char *const what[] = {"what "};
  enum { LONGEST = 100 };
  if (starts_with_any(s, LONGEST, starts, COUNT(starts)))
    return true;
  if (!starts_with_any(s, LONGEST, what, COUNT(what)))
    return false;
  for (size_t i = 0; i < COUNT(ends); i++) {
    size_t size = strlen(ends[i]);
    if (s.length > size &&
        starts_with_any((byline_string){s.data + s.length - size, size},
                        LONGEST, ends + i, 1))
      return true;
  }
  return false;
}

bool phrases_interview(byline_string s) {
  static const char *const starts[] = {
      "interview",    "an interview", "in conversation", "questions to",
      "im gespräch",  "gespräch mit", "entretien",       "rencontre avec",
      "entrevista",   "conversación", "intervista",      "colloquio con",
      "vraaggesprek", "intervju",     "samtal med",      "wywiad",
      "rozmowa",      "rozhovor",     "интервью",        "беседа с",
      "інтерв'ю",     "röportaj",     "söyleşi",         "συνέντευξη"};
  enum { LONGEST = 200 };
  return starts_with_any(s, LONGEST, starts, COUNT(starts));
}

bool phrases_figure(byline_string s) {
  static const char *const words[] = {
      "figure ",  "fig. ",    "table ",   "chart ",   "abbildung ", "abb. ",
      "tabelle ", "tableau ", "figura ",  "fig ",     "tabla ",     "tabela ",
      "tabella ", "рис. ",    "рисунок ", "таблица ", "rys. ",      "figur "};
  folded f;
  enum { LONGEST = 300, START = 20 };
  if (s.length == 0 || s.length > LONGEST || !may_begin(s, words, COUNT(words)))
    return false;
  fold(s, START, &f);
  size_t size = begins_with_any(&f, words, COUNT(words));
  return size > 0 && size < f.length && f.text[size] >= '0' &&
         f.text[size] <= '9';
}

bool phrases_anonymous(byline_string s) {
  static const char *const starts[] = {"name withheld",
                                       "names withheld",
                                       "name supplied",
                                       "name and address",
                                       "names and address",
                                       "anonymous",
                                       "anon",
                                       "a reader",
                                       "a regular reader",
                                       "name der red",
                                       "name ist der red",
                                       "name und a",
                                       "anonym",
                                       "eine leserin",
                                       "ein leser",
                                       "nom et adresse",
                                       "nom connu",
                                       "un lecteur",
                                       "une lectrice",
                                       "anonyme",
                                       "nombre y ",
                                       "anónim",
                                       "una lectora",
                                       "un lector",
                                       "carta firmada",
                                       "um leitor",
                                       "uma leitora",
                                       "lettera firmata",
                                       "un lettore",
                                       "una lettrice",
                                       "anonimo",
                                       "naam bekend",
                                       "naam bij de red",
                                       "namn och adress",
                                       "signatur",
                                       "en läsare",
                                       "imię i nazwisko do",
                                       "czytelni",
                                       "аноним",
                                       "имя и адрес",
                                       "имя известно",
                                       "постоянный читатель",
                                       "ваш читатель",
                                       "ваша читательница",
                                       "читатель",
                                       "читательница",
                                       "adı saklı",
                                       "bir okur"};
  enum { LONGEST = 80 };
  return starts_with_any(s, LONGEST, starts, COUNT(starts));
}

/* ---- Footers ---- */

size_t phrases_published(byline_string s) {
  static const char *const what[] = {"dieser artikel",
                                     "dieser text",
                                     "dieser beitrag",
                                     "dieses interview",
                                     "der artikel",
                                     "der text",
                                     "der beitrag",
                                     "cet article",
                                     "cet entretien",
                                     "cette interview",
                                     "ce texte",
                                     "l'article",
                                     "este artículo",
                                     "este texto",
                                     "esta entrevista",
                                     "el artículo",
                                     "este artigo",
                                     "o artigo",
                                     "questo articolo",
                                     "questo testo",
                                     "questa intervista",
                                     "l'articolo",
                                     "dit artikel",
                                     "deze tekst",
                                     "het artikel",
                                     "den här artikeln",
                                     "denna artikel",
                                     "artikeln",
                                     "denne artikel",
                                     "artiklen",
                                     "artikkelen",
                                     "artykuł",
                                     "ten artykuł",
                                     "tekst",
                                     "ten tekst",
                                     "tento článek",
                                     "článek",
                                     "эта статья",
                                     "статья",
                                     "этот материал",
                                     "материал",
                                     "этот текст",
                                     "текст",
                                     "ця стаття",
                                     "стаття",
                                     "bu yazı",
                                     "bu makale",
                                     "bu haber"};
  static const char *const verbs[] = {
      "erschien",     "veröffentlicht", "publié",     "publiée",
      "paru",         "mis en ligne",   "se publicó", "publicado",
      "publicada",    "apareció",       "pubblicat",  "apparso",
      "apparsa",      "uscit",          "verscheen",  "verschenen",
      "gepubliceerd", "publicerad",     "publiceret", "publisert",
      "ukazał",       "opublikowan",    "publikován", "опубликован",
      "вышла",        "вышел",          "появил",     "опублікован",
      "yayımlan",     "yayınlan"};
  static const char *const starts[] = {"zuerst erschienen",
                                       "zuerst veröffentlicht",
                                       "erstmals erschienen",
                                       "erstmals veröffentlicht",
                                       "ursprünglich erschienen",
                                       "ursprünglich veröffentlicht",
                                       "publié pour la première fois",
                                       "publié initialement",
                                       "paru initialement",
                                       "première publication",
                                       "publié le",
                                       "paru le",
                                       "publicado por primera vez",
                                       "publicado originalmente",
                                       "publicado el",
                                       "publicado pela primeira vez",
                                       "publicado em",
                                       "pubblicato per la prima volta",
                                       "pubblicato originariamente",
                                       "pubblicato il",
                                       "eerder verschenen",
                                       "eerder gepubliceerd",
                                       "först publicerad",
                                       "publicerades först",
                                       "først publiceret",
                                       "først publisert",
                                       "po raz pierwszy opublikowan",
                                       "opublikowan",
                                       "впервые опубликован",
                                       "опубликован",
                                       "вперше опублікован",
                                       "ilk kez yayımlan",
                                       "ilk olarak yayımlan"};
  enum { LONGEST = 400, FARTHEST = 160 };
  folded f;
  if (s.length == 0 || s.length > LONGEST ||
      (!may_begin(s, starts, COUNT(starts)) &&
       !may_begin(s, what, COUNT(what))))
    return 0;
  fold(s, FARTHEST, &f);
  size_t size = begins_with_any(&f, starts, COUNT(starts));
  if (size == 0) {
    size = begins_with_any(&f, what, COUNT(what));
    if (size == 0 || find(&f, verbs, COUNT(verbs)) == f.length)
      return 0;
  }
  return unfold(s, size);
}

/* ---- Bylines ---- */

size_t phrases_reporting(byline_string s) {
  static const char *const verbs[] = {
      "berichten aus ",    "berichtet aus ",   "berichten über ",
      "berichtet über ",   "berichten von ",   "berichtet von ",
      "rendent compte ",   "rend compte ",     "rapportent de ",
      "informan desde ",   "informa desde ",   "escribe desde ",
      "escriben desde ",   "cuenta desde ",    "cuentan desde ",
      "relatam de ",       "relata de ",       "escreve de ",
      "riferiscono da ",   "riferisce da ",    "raccontano da ",
      "racconta da ",      "scrive da ",       "scrivono da ",
      "berichten vanuit ", "bericht vanuit ",  "rapporterar från ",
      "skriver från ",     "rapporterer fra ", "skriver fra ",
      "piszą z ",          "pisze z ",         "piszą o ",
      "pisze o ",          "relacjonują ",     "relacjonuje ",
      "сообщают из ",      "сообщает из ",     "пишут из ",
      "пишет из ",         "рассказывают о ",  "повідомляють з ",
      "bildiriyor",        "aktarıyor"};
  enum { LONGEST = 300, FARTHEST = 200 };
  folded f;
  if (s.length == 0 || s.length > LONGEST)
    return 0;
  fold(s, FARTHEST, &f);
  size_t at = find(&f, verbs, COUNT(verbs));
  return at < f.length ? unfold(s, at) : 0;
}

static bool is_one_of(const char *word, size_t length, const char *const *words,
                      size_t count) {
  folded f;
  if (length == 0 || length > LONGEST_START)
    return false;
  fold((byline_string){word, length}, ROOM, &f);
  for (size_t i = 0; i < count; i++)
    if (begins(&f, 0, words[i]) == f.length)
      return true;
  return false;
}

phrases_people phrases_people_of(const char *word, size_t length) {
  static const char *const ours[] = {
      "redaktion", "redaktionen",   "redaktionskollektiv",
      "rédaction", "redacción",     "redação",
      "redazione", "redactie",      "redakcja",
      "redakce",   "редакция",      "редколлегия",
      "редакція",  "корреспондент", "собкор",
      "toimitus"};
  static const char *const some[] = {
      "members",        "supporters",      "activists",       "residents",
      "strikers",       "tenants",         "students",        "correspondent",
      "correspondents", "reporters",       "mitglieder",      "ortsgruppe",
      "betriebsgruppe", "arbeitskreis",    "initiative",      "bündnis",
      "kollektiv",      "vertrauensleute", "korrespondenten", "collectif",
      "habitants",      "habitantes",      "militants",       "militantes",
      "comité",         "section",         "cellule",         "correspondant",
      "correspondants", "correspondante",  "syndicat",        "asamblea",
      "colectivo",      "agrupación",      "corresponsal",    "corresponsales",
      "vecinos",        "vecinas",         "plataforma",      "coletivo",
      "correspondente", "comitê",          "assembleia",      "collettivo",
      "comitato",       "circolo",         "sezione",         "corrispondente",
      "leden",          "afdeling",        "medlemmar",       "medlemmer",
      "avdelning",      "kolektyw",        "komitet",         "koło",
      "członkowie",     "działacze",       "korespondent",    "группа",
      "комитет",        "коллектив",       "члены",           "корреспонденты",
      "активисты",      "жители",          "редакторы"};
  return is_one_of(word, length, ours, COUNT(ours))   ? PEOPLE_OURS
         : is_one_of(word, length, some, COUNT(some)) ? PEOPLE_SOME
                                                      : PEOPLE_NONE;
}

bool phrases_small_word(const char *word, size_t length) {
  static const char *const small[] = {
      "em",  "no",  "na",    "nos",    "nas",  "ao",    "till", "från",
      "te",  "nel", "nella", "al",     "alla", "bei",   "beim", "zu",
      "zur", "zum", "od",    "przy",   "у",    "за",    "по",   "для",
      "the", "of",  "in",    "at",     "from", "for",   "and",  "on",
      "our", "die", "der",   "das",    "des",  "von",   "aus",  "vom",
      "im",  "und", "unser", "unsere", "le",   "la",    "les",  "de",
      "du",  "d",   "à",     "au",     "aux",  "et",    "en",   "el",
      "los", "las", "del",   "y",      "o",    "a",     "os",   "as",
      "do",  "da",  "dos",   "e",      "il",   "lo",    "i",    "gli",
      "di",  "dei", "della", "delle",  "dal",  "dalla", "het",  "van",
      "uit", "och", "og",    "på",     "i",    "w",     "we",   "z",
      "ze",  "в",   "во",    "из",     "с",    "на",    "и",    "от",
      "наш", "наши"};
  return is_one_of(word, length, small, COUNT(small));
}
