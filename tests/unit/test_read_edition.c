/* Which articles the edition reader finds in a text, and which texts it leaves
 * to others. */
#include "read_articles.h"

static const byline_reader *const reader = &edition_reader;

/* Paragraphs that are clearly ones. */
#define P1                                                                     \
  "The crews met at the gate on Monday and voted to stay out until the rota "  \
  "is withdrawn, whatever the harbour trust may say about it in the papers."
#define P2                                                                     \
  "Nobody expected the talks to last, and they did not: by noon the trust "    \
  "had left the room, and by one it had left the building and the town."
#define P3 "The next meeting is on Friday at seven, and there will be soup."
#define GAP "\n\n"

/* Three articles that are beyond doubt, and teach the rest. */
#define PAPER                                                                  \
  "Dockers vote to stay out again" GAP                                         \
  "Jane Doe, Tarnmouth docks branch" GAP P1 GAP P2 GAP                         \
  "Trams to be dearer from the spring" GAP                                     \
  "Tom Roe, Hallowick" GAP P2 GAP P3 GAP                                       \
  "Mill to close with two hundred jobs" GAP                                    \
  "Ann Poe & Kit Moe, Venn mill workers" GAP P1 GAP P3 GAP
#define PAPER_READ                                                             \
  "1 Dockers vote to stay out again [Jane Doe] {Tarnmouth docks branch}\n"     \
  "  " P1 " / " P2 "\n"                                                        \
  "9 Trams to be dearer from the spring [Tom Roe] {Hallowick}\n"               \
  "  " P2 " / " P3 "\n"                                                        \
  "17 Mill to close with two hundred jobs [Ann Poe; Kit Moe] {Venn mill "      \
  "workers}\n  " P1 " / " P3

#define TITLE "Guards keep the trains safe for everyone"

static void the_layout(void **state) {
  (void)state;
  expect(PAPER, PAPER_READ "\n");
}

static void decks(void **state) {
  (void)state;
  expect(PAPER "Fit the sprinklers now" GAP "Bill the owners" GAP
               "Publish the surveys" GAP "Lou Coe, Fishgate" GAP P1 GAP P2 "\n",
         PAPER_READ "\n25 Fit the sprinklers now (Bill the owners; Publish the "
                    "surveys) [Lou Coe] {Fishgate}\n  " P1 " / " P2 "\n");
}

/* Longer than a paragraph may be, but without a full stop. */
static void a_long_deck(void **state) {
  (void)state;
#define LONG_DECK                                                              \
  "Three thousand jobs on both sides of the river depend on what the harbour " \
  "trust and the owners agree on before the spring"
  expect(PAPER "Talks about the upper dock begin at last" GAP LONG_DECK GAP
               "Lou Coe, Fishgate" GAP P1 GAP P2 "\n",
         PAPER_READ "\n25 Talks about the upper dock begin at last (" LONG_DECK
                    ") [Lou Coe] {Fishgate}\n  " P1 " / " P2 "\n");
}

/* Some articles have a deck: the paper's name is still no title of one. */
static void a_masthead_above_titles_with_and_without_decks(void **state) {
  (void)state;
  expect("The Anvil" GAP PAPER "Fit the sprinklers before the summer" GAP
         "The owners have had the money for years" GAP
         "Lou Coe, Fishgate" GAP P1 GAP
         "Ferry stays in port for another week" GAP
         "Nobody in the trust knows where the crew is" GAP
         "Pat Moe, Venn" GAP P1 GAP P2 "\n",
         "3 Dockers vote to stay out again [Jane Doe] {Tarnmouth docks branch}"
         "\n  " P1 " / " P2 "\n"
         "11 Trams to be dearer from the spring [Tom Roe] {Hallowick}\n"
         "  " P2 " / " P3 "\n"
         "19 Mill to close with two hundred jobs [Ann Poe; Kit Moe] {Venn mill "
         "workers}\n  " P1 " / " P3 "\n"
         "27 Fit the sprinklers before the summer (The owners have had the "
         "money for years) [Lou Coe] {Fishgate}\n  " P1 "\n"
         "35 Ferry stays in port for another week (Nobody in the trust knows "
         "where the crew is) [Pat Moe] {Venn}\n  " P1 " / " P2 "\n");
}

static void cross_heads_and_names_in_bodies(void **state) {
  (void)state;
  expect(PAPER "Struggle goes on" GAP P2 GAP "Ann Poe" GAP P1 GAP
               "Cold rooms" GAP P2 "\n",
         PAPER_READ " / Struggle goes on / " P2 " / Ann Poe / " P1
                    " / Cold rooms / " P2 "\n");
}

static void no_byline(void **state) {
  (void)state;
  expect(PAPER "Library staff fight for their Saturdays" GAP P1 GAP P2 "\n",
         PAPER_READ "\n25 Library staff fight for their Saturdays\n  " P1
                    " / " P2 "\n");
}

static void groups(void **state) {
  (void)state;
  expect(PAPER "Guards keep the trains safe for everyone" GAP
               "AQAW Venn members" GAP P1 GAP P2 "\n",
         PAPER_READ "\n25 Guards keep the trains safe for everyone [AQAW "
                    "Venn members]\n  " P1 " / " P2 "\n");
}

static void groups_of_other_languages(void **state) {
  (void)state;
  static const char *const authors[] = {
      "Asamblea de estudiantes de Villarroya", "Les habitants de Kervoas",
      "Lorry Drivers' Union members in Venn", "Активисты Заречного",
      "Betriebsgruppe der Nordwerft"};
  static const char *const decks_[] = {
      "Comité pide más médicos", "Mitglieder fordern Neuwahl",
      "Жители Заречного против", "Union members in Venn vote"};
  for (size_t i = 0; i < sizeof authors / sizeof *authors; i++) {
    buf text = BUF_INIT, read = BUF_INIT;
    buf_printf(&text, PAPER "%s" GAP "%s" GAP P1 GAP P2 "\n", TITLE,
               authors[i]);
    buf_printf(&read, PAPER_READ "\n25 %s [%s]\n  " P1 " / " P2 "\n", TITLE,
               authors[i]);
    expect(text.data, read.data);
    buf_free(&text);
    buf_free(&read);
  }
  for (size_t i = 0; i < sizeof decks_ / sizeof *decks_; i++) {
    buf text = BUF_INIT, read = BUF_INIT;
    buf_printf(&text, PAPER "%s" GAP "%s" GAP P1 GAP P2 "\n", TITLE, decks_[i]);
    buf_printf(&read, PAPER_READ "\n25 %s (%s)\n  " P1 " / " P2 "\n", TITLE,
               decks_[i]);
    expect(text.data, read.data);
    buf_free(&text);
    buf_free(&read);
  }
}

static void a_role_below_the_name(void **state) {
  (void)state;
  expect(PAPER TITLE GAP "Lou Coe\nTransport Correspondent" GAP P1 GAP P2 "\n",
         PAPER_READ "\n25 " TITLE " [Lou Coe] {Transport Correspondent}\n  " P1
                    " / " P2 "\n");
}

static void a_deck_without_a_byline(void **state) {
  (void)state;
  expect(PAPER "Review: The Crane and the Tide" GAP
               "A docker's daughter remembers" GAP P1 GAP P2 "\n",
         PAPER_READ "\n25 Review: The Crane and the Tide (A docker's daughter "
                    "remembers)\n  " P1 " / " P2 "\n");
}

/* The book's author and its price are no byline, and make no title. */
static void data_of_a_book(void **state) {
  (void)state;
#define BOOK "The Crane, by Ilse Thorncroft, Quayside Press, 336 pp, £20"
  expect(PAPER "A short life of cranes" GAP
               "From the quay to the sky" GAP BOOK GAP P1 GAP P2 GAP
               "Lou Coe" GAP TITLE GAP "Max Noe, Fishgate" GAP P1 "\n",
         PAPER_READ
         "\n25 A short life of cranes (From the quay to the sky) [Lou "
         "Coe]\n  " BOOK " / " P1 " / " P2 "\n37 " TITLE
         " [Max Noe] {Fishgate}\n  " P1 "\n");
}

static void the_captions_of_figures(void **state) {
  (void)state;
  expect(PAPER "Figure 1. The load on five cranes over a year" GAP P1 "\n",
         PAPER_READ " / Figure 1. The load on five cranes over a year / " P1
                    "\n");
}

static void lists_are_no_titles(void **state) {
  (void)state;
  expect(PAPER "Rovers 4, Venn Ladies 0\nRovers 2, Pell Bridge 2\nSkerrow 1, "
               "Rovers 6" GAP P1 "\n",
         PAPER_READ
         " / Rovers 4, Venn Ladies 0 Rovers 2, Pell Bridge 2 Skerrow "
         "1, Rovers 6 / " P1 "\n");
}

static void a_salutation_and_a_farewell(void **state) {
  (void)state;
  expect("Tidings of Saltings\nSpring number" GAP "A word from the vicarage" GAP
         "My dear friends," GAP P1 GAP P2 GAP "With every blessing," GAP
         "Lou Coe" GAP PAPER,
         "4 A word from the vicarage [Lou Coe]\n  My dear friends, / " P1
         " / " P2 " / With every blessing,\n"
         "16 Dockers vote to stay out again [Jane Doe] {Tarnmouth docks branch}"
         "\n  " P1 " / " P2 "\n"
         "24 Trams to be dearer from the spring [Tom Roe] {Hallowick}\n  " P2
         " / " P3 "\n32 Mill to close with two hundred jobs [Ann Poe; Kit Moe] "
         "{Venn mill workers}\n  " P1 " / " P3 "\n");
}

static void a_salutation_as_the_first_title(void **state) {
  (void)state;
  expect(
      "The Tower | Spring" GAP "Dear readers," GAP P1 GAP P2 GAP PAPER,
      "3 Dear readers,\n  " P1 " / " P2
      "\n9 Dockers vote to stay out again [Jane Doe] {Tarnmouth docks branch}"
      "\n  " P1 " / " P2
      "\n17 Trams to be dearer from the spring [Tom Roe] {Hallowick}\n  " P2
      " / " P3 "\n25 Mill to close with two hundred jobs [Ann Poe; Kit Moe] "
      "{Venn mill workers}\n  " P1 " / " P3 "\n");
}

/* It is not the first title, and the first title is not its deck. */
static void a_masthead_with_a_dash(void **state) {
  (void)state;
  expect("The Wave - the paper of the clubs in Venn" GAP TITLE GAP
         "The trust gave in on Monday" GAP "Lou Coe, Fishgate" GAP P1 GAP P2
         "\n",
         "3 " TITLE " (The trust gave in on Monday) [Lou Coe] {Fishgate}\n  " P1
         " / " P2 "\n");
}

static void speech_behind_a_dash(void **state) {
  (void)state;
#define SPEECH "\xE2\x80\x93 I have children and a dog, when do I sleep?"
  expect(PAPER SPEECH GAP P2 "\n", PAPER_READ " / " SPEECH " / " P2 "\n");
}

/* What ends a review does not make a short line of what stands behind it. */
static void a_title_behind_the_data_of_a_book(void **state) {
  (void)state;
#define DATA                                                                   \
  "Ilse Thorncroft, The Crane, Quayside Press, 210 pages, \xE2\x82\xAC 14"
  expect(
      PAPER "Book: The Crane and the Tide" GAP
            "A docker's daughter remembers" GAP P1 GAP DATA GAP
            "Brazil: couriers take the avenue" GAP
            "Correspondent in Great Skerrow" GAP P1 GAP P2 "\n",
      PAPER_READ
      "\n25 Book: The Crane and the Tide (A docker's daughter remembers)\n  " P1
      " / " DATA "\n33 Brazil: couriers take the avenue [Correspondent in "
      "Great Skerrow]\n  " P1 " / " P2 "\n");
}

static void authors_in_a_sentence(void **state) {
  (void)state;
#define LEAD                                                                   \
  "Lou Coe and Max Noe from Hallowick Trades Council (who were there) report " \
  "on the recount."
  expect(PAPER "Recount in the Saltings ward ends in cheers" GAP LEAD GAP P1
               "\n",
         PAPER_READ "\n25 Recount in the Saltings ward ends in cheers [Lou "
                    "Coe; Max Noe] {Hallowick Trades Council}\n  " LEAD " / " P1
                    "\n");
}

static void footers_have_the_date(void **state) {
  (void)state;
  expect(PAPER "This article was first posted on the branch website on 9 "
               "November 2017 and may differ." GAP
               "Ferry crews refuse to sail" GAP P2 GAP P1 GAP
               "Originally published on 31 February 2017."
               "\n",
         "1 Dockers vote to stay out again [Jane Doe] {Tarnmouth docks branch}"
         "\n  " P1 " / " P2 "\n"
         "9 Trams to be dearer from the spring [Tom Roe] {Hallowick}\n  " P2
         " / " P3 "\n17 2017-11-09 Mill to close with two hundred jobs [Ann "
         "Poe; Kit Moe] {Venn mill workers}\n  " P1 " / " P3
         "\n27 Ferry crews refuse to sail\n  " P2 " / " P1
         " / Originally published on 31 February 2017.\n");
}

/* The footer may be that of the article whose title looks like a cross-head. */
static void a_footer_behind_what_may_be_a_title_says_nothing(void **state) {
  (void)state;
  expect(PAPER "Ferries are late again" GAP P2 GAP P1 GAP
               "First posted on 9 November 2017"
               "\n",
         PAPER_READ " / Ferries are late again / " P2 " / " P1 "\n");
}

static void a_footer_behind_a_cross_head(void **state) {
  (void)state;
  expect(PAPER "Ann Poe" GAP P2 GAP P1 GAP "First posted on 9 November 2017"
               "\n",
         "1 Dockers vote to stay out again [Jane Doe] {Tarnmouth docks branch}"
         "\n  " P1 " / " P2 "\n"
         "9 Trams to be dearer from the spring [Tom Roe] {Hallowick}\n  " P2
         " / " P3 "\n17 2017-11-09 Mill to close with two hundred jobs [Ann "
         "Poe; Kit Moe] {Venn mill workers}\n  " P1 " / " P3 " / Ann Poe / " P2
         " / " P1 "\n");
}

static void footers_that_differ_say_nothing(void **state) {
  (void)state;
  expect(PAPER "First posted on 9 November 2017" GAP
               "First posted on 10 November 2017"
               "\n",
         PAPER_READ "\n");
}

static void letters(void **state) {
  (void)state;
  expect(PAPER "Letters to the editor" GAP P3 GAP "Owls" GAP P1 GAP
               "Sue Loe, Fishgate" GAP "In praise of holes" GAP P2 GAP
               "What now?" GAP P1 GAP "Ida Foe, Great Skerrow"
               "\n",
         PAPER_READ "\n25 Letters to the editor\n  " P3
                    "\n29 Owls [Sue Loe] {Fishgate}\n  " P1
                    "\n35 In praise of holes [Ida Foe] {Great Skerrow}\n  " P2
                    " / What now? / " P1 "\n");
}

/* The name of the page stands right above the first letter, and one letter is
 * signed without a name. */
static void letters_of_other_languages(void **state) {
  (void)state;
  static const char *const pages[] = {
      "Letters",          "Leserbriefe", "Courrier des lecteurs", "Cartas",
      "Письма читателей", "Listy",       "Lettere al direttore"};
  for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
    buf text = BUF_INIT;
    buf_printf(&text,
               PAPER "%s" GAP "Owls" GAP P1 GAP "Namn och adress finns" GAP
                     "In praise of holes" GAP P2 GAP "Ida Foe, Great Skerrow\n",
               pages[i]);
    expect(text.data, PAPER_READ
           "\n27 Owls\n  " P1 " / Namn och adress finns"
           "\n33 In praise of holes [Ida Foe] {Great Skerrow}\n  " P2 "\n");
    buf_free(&text);
  }
}

static void many_signatures_name_no_author(void **state) {
  (void)state;
  expect(PAPER "What our members thought of the march" GAP P1 GAP
               "Sue, Fishgate" GAP P2 GAP "Ida, Hallowick"
               "\n",
         PAPER_READ "\n25 What our members thought of the march\n  " P1
                    " / Sue, Fishgate / " P2 " / Ida, Hallowick\n");
}

static void interviews(void **state) {
  (void)state;
  expect(PAPER "Library staff vote on the dates of strikes" GAP P1 GAP
               "Why are you balloting at all?" GAP
               "Lou Coe (LC) We were told in May that four would close." GAP
               "What has the council offered you?" GAP
               "LC A meeting about the meeting."
               "\n",
         PAPER_READ "\n25 Library staff vote on the dates of strikes\n  " P1
                    " / Why are you balloting at all? / Lou Coe (LC) We were "
                    "told in May that four would close. / What has the council "
                    "offered you? / LC A meeting about the meeting.\n");
}

static void questions_of_an_interview(void **state) {
  (void)state;
#define QUESTION "What would you tell people who want to learn it?"
  expect(PAPER "Interview with a maker of glass" GAP
               "Forty years at the oven" GAP P1 GAP QUESTION GAP
               "Come early. Bring food." GAP QUESTION GAP P2 GAP QUESTION GAP P1
               "\n",
         PAPER_READ "\n25 Interview with a maker of glass (Forty years at the "
                    "oven)\n  " P1 " / " QUESTION
                    " / Come early. Bring food. / " QUESTION " / " P2
                    " / " QUESTION " / " P1 "\n");
}

static void furniture_is_no_text(void **state) {
  (void)state;
  expect("The Worker | Page 1" GAP PAPER "The Worker | Page 2" GAP
         "Ferry crews refuse to sail" GAP "Lou Coe, Fishgate" GAP P2 GAP
         "The Worker | Page 3" GAP P1 "\n",
         "3 Dockers vote to stay out again [Jane Doe] {Tarnmouth docks branch}"
         "\n  " P1 " / " P2
         "\n11 Trams to be dearer from the spring [Tom Roe] {Hallowick}\n  " P2
         " / " P3 "\n19 Mill to close with two hundred jobs [Ann Poe; Kit Moe]"
         " {Venn mill workers}\n  " P1 " / " P3
         "\n29 Ferry crews refuse to sail [Lou Coe] {Fishgate}\n  " P2 " / " P1
         "\n");
}

static void contents_announce_titles(void **state) {
  (void)state;
  expect("Contents\nOwls ... 1\nBread ... 2\nA long road ... 3\nRain ... 4\n"
         "\n\nOwls" GAP P1 GAP "Bread" GAP P2 GAP "Not so" GAP P1 GAP
         "A long road" GAP P1 GAP "Rain" GAP P2 "\n",
         "8 Owls\n  " P1 "\n12 Bread\n  " P2 " / Not so / " P1
         "\n20 A long road\n  " P1 "\n24 Rain\n  " P2 "\n");
}

static void a_range_is_no_date(void **state) {
  (void)state;
  expect("No. 412, 16-22 November 2017" GAP PAPER,
         "3 Dockers vote to stay out again [Jane Doe] {Tarnmouth docks branch}"
         "\n  " P1 " / " P2
         "\n11 Trams to be dearer from the spring [Tom Roe] {Hallowick}\n  " P2
         " / " P3 "\n19 Mill to close with two hundred jobs [Ann Poe; Kit Moe]"
         " {Venn mill workers}\n  " P1 " / " P3 "\n");
}

static void date_lines(void **state) {
  (void)state;
  expect("Title one is long enough" GAP "Jane Doe" GAP "3 May 2019" GAP P1 GAP
         "Title two is long enough" GAP "5 May 2019" GAP P2 "\n",
         "1 2019-05-03 Title one is long enough [Jane Doe]\n  " P1
         "\n9 2019-05-05 Title two is long enough\n  " P2 "\n");
  expect("The Worker" GAP "9 May 2019" GAP "No. 7" GAP
         "Title one is long enough" GAP "Jane Doe" GAP P1 "\n",
         "7 2019-05-09 Title one is long enough [Jane Doe]\n  " P1 "\n");
}

static void what_somebody_said_is_no_title(void **state) {
  (void)state;
  expect(PAPER "Asked why, Jane Doe added, \"Are they worth more?\"" GAP P2
               "\n",
         PAPER_READ
         " / Asked why, Jane Doe added, \"Are they worth more?\" / " P2 "\n");
}

static void a_signature_below_cross_heads_is_no_author(void **state) {
  (void)state;
  expect(PAPER "Library staff fight for their Saturdays" GAP P1 GAP
               "Cold rooms" GAP P2 GAP "Lou Coe, Fishgate"
               "\n",
         PAPER_READ "\n25 Library staff fight for their Saturdays\n  " P1
                    " / Cold rooms / " P2 " / Lou Coe, Fishgate\n");
}

static void lines_before_the_first_article(void **state) {
  (void)state;
  expect_noted(P1 GAP P2 GAP P1 GAP PAPER,
               "7 Dockers vote to stay out again [Jane Doe] {Tarnmouth "
               "docks branch}\n  " P1 " / " P2
               "\n15 Trams to be dearer from the spring [Tom Roe] "
               "{Hallowick}\n  " P2 " / " P3
               "\n23 Mill to close with two hundred jobs [Ann Poe; Kit Moe]"
               " {Venn mill workers}\n  " P1 " / " P3 "\n",
               "S1 3 lines before the first article are in no article\n");
}

static void nothing_to_find(void **state) {
  (void)state;
  expect_noted(P1 GAP P2 "\n", "",
               "F0 no article found: titles and bylines must stand in lines "
               "of their own, with blank lines around them\n");
}

/* ---- Texts that are no papers ---- */

#define SCENE                                                                  \
  "CHAPTER ONE" GAP P1 GAP "\"Where have you been?\" said Mrs Pruett." GAP     \
  "\"Out,\" said Tom." GAP P2 GAP "Harold Pinnock" GAP P1 GAP

static const char *const others[] = {
    "# Widget\n\nA widget for people.\n\n## Install\n\nRun `make install` as "
    "root.\n\n## Authors\n\nJane Doe\n\nTom Roe\n\n## Licence\n\nMIT.\n",
    "#include <stdio.h>\n\nint main(void) {\n  return 0;\n}\n\nJane Doe\n",
    SCENE SCENE SCENE SCENE SCENE SCENE,
    "2017-11-09 10:00:01 sshd[1]: Accepted key for jane\n"
    "2017-11-09 10:00:02 cron[2]: job done\n",
    "name,town,age\nJane Doe,Leeds,40\nTom Roe,York,50\nAnn Poe,Hull,60\n",
    "Copyright (c) 2017 Jane Doe\n\nPermission is hereby granted, free of "
    "charge, to any person.\n\n1. Definitions.\n\nThe work is the work.\n",
    "Jane Doe\n\nTom Roe\n\nAnn Poe\n\nKit Moe\n\nLou Coe\n\nMax Noe\n",
    "commit 1234\nAuthor: Jane Doe <jane@example.org>\nDate: today\n\n    Fix "
    "the widget so that it turns.\n\ncommit 1235\nAuthor: Tom Roe "
    "<tom@example.org>\nDate: today\n\n    Break the widget again.\n",
    "ACT ONE\n\nHAMNET.\nWho is there?\n\nMARGERY.\nNobody, my lord.\n\n"
    "HAMNET.\nThen I shall speak to him.\n",
    "{\"title\": \"Dockers vote\", \"author\": \"Jane Doe\"}\n",
    P1 GAP P2 GAP P3 "\n",
    ""};

static void probing(void **state) {
  (void)state;
  const char *path = "x.txt";
  int paper = reader->probe(PAPER, strlen(PAPER), true, path);
  assert_true(paper > 0);
  static const char dated[] =
      "20 Oct 2020\n\nDockers vote\n\nJane Doe\n\n\n" P1 "\n";
  assert_true(digest_reader.probe(dated, sizeof dated - 1, true, path) > paper);
  for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
    int value = reader->probe(others[i], strlen(others[i]), true, path);
    if (value != 0)
      fail_msg("%d: %s", value, others[i]);
  }
}

/* ---- Explaining ---- */

static void explained(void *user, const byline_explanation *e) {
  buf_printf(user, "%zu %s %+d %s\n", e->line, e->what, e->score, e->why);
}

static void explaining(void **state) {
  (void)state;
  static const char text[] = "No. 7" GAP PAPER "Cold rooms" GAP P1 "\n";
  byline_read_stats stats = BYLINE_READ_STATS_INIT;
  byline_input input;
  const byline_article *article;
  void *opened;
  buf out = BUF_INIT;
  input_from_memory(&input, text, sizeof text - 1, &stats);
  input.explain = explained;
  input.explain_user = &out;
  assert_int_equal(reader->open(&input, &opened, NULL), BYLINE_OK);
  while (reader->next(opened, &article, NULL) == BYLINE_OK && article)
    ;
  reader->close(opened);
  assert_non_null(strstr(out.data, "1 masthead "));
  assert_non_null(strstr(out.data, "\n3 title +"));
  assert_non_null(strstr(out.data, "short, no full stop +1, many words +1, a "
                                   "full name and where it belongs +5"));
  assert_non_null(strstr(out.data, "\n5 byline +"));
  assert_non_null(strstr(out.data, "\n7 body +0 a paragraph\n"));
  assert_non_null(strstr(out.data, "\n27 cross-head +"));
  assert_non_null(strstr(out.data, "few words -1"));
  buf_free(&out);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_layout),
      cmocka_unit_test(decks),
      cmocka_unit_test(a_long_deck),
      cmocka_unit_test(a_masthead_above_titles_with_and_without_decks),
      cmocka_unit_test(cross_heads_and_names_in_bodies),
      cmocka_unit_test(no_byline),
      cmocka_unit_test(groups),
      cmocka_unit_test(groups_of_other_languages),
      cmocka_unit_test(a_role_below_the_name),
      cmocka_unit_test(a_deck_without_a_byline),
      cmocka_unit_test(data_of_a_book),
      cmocka_unit_test(the_captions_of_figures),
      cmocka_unit_test(lists_are_no_titles),
      cmocka_unit_test(a_salutation_and_a_farewell),
      cmocka_unit_test(a_salutation_as_the_first_title),
      cmocka_unit_test(a_masthead_with_a_dash),
      cmocka_unit_test(speech_behind_a_dash),
      cmocka_unit_test(a_title_behind_the_data_of_a_book),
      cmocka_unit_test(authors_in_a_sentence),
      cmocka_unit_test(footers_have_the_date),
      cmocka_unit_test(a_footer_behind_what_may_be_a_title_says_nothing),
      cmocka_unit_test(a_footer_behind_a_cross_head),
      cmocka_unit_test(footers_that_differ_say_nothing),
      cmocka_unit_test(letters),
      cmocka_unit_test(letters_of_other_languages),
      cmocka_unit_test(many_signatures_name_no_author),
      cmocka_unit_test(interviews),
      cmocka_unit_test(questions_of_an_interview),
      cmocka_unit_test(furniture_is_no_text),
      cmocka_unit_test(contents_announce_titles),
      cmocka_unit_test(a_range_is_no_date),
      cmocka_unit_test(date_lines),
      cmocka_unit_test(what_somebody_said_is_no_title),
      cmocka_unit_test(a_signature_below_cross_heads_is_no_author),
      cmocka_unit_test(lines_before_the_first_article),
      cmocka_unit_test(nothing_to_find),
      cmocka_unit_test(probing),
      cmocka_unit_test(explaining),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
