// analyze_text FILE LANGUAGE WAY...: how fast each way takes a text apart,
// whose articles have a form feed between them. Prints a line for each: way,
// seconds of the processor, tokens, allocations, and the allocations when the
// last megabyte comes again, whose words are nearly all known then.
//
// term-generator  Xapian's, with stems, into documents
// byline          the analyzer, into a sink that counts
// byline-icu      the same by ICU's break rules, the reference
// byline-ngrams   the same with n-grams of Chinese, Japanese and Korean
// icu-words       ICU's own break iterator for words, converting the text
// language        finds out what it is in; tokens are the texts of English
//
// The ways take turns, a few articles each, so that nothing that slows the
// machine down meets one of them alone. A first round is not counted.
#include <xapian.h>

#include <unicode/ubrk.h>
#include <unicode/ustring.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

extern "C" {
#include "analyze/analyzer.h"
#include "analyze/detect.h"
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);
}

// Every allocation of the process is counted, in whichever library it is.
static size_t allocations;

extern "C" void *malloc(size_t size) {
  allocations++;
  return __libc_malloc(size);
}

extern "C" void *calloc(size_t count, size_t size) {
  allocations++;
  return __libc_calloc(count, size);
}

extern "C" void *realloc(void *memory, size_t size) {
  allocations++;
  return __libc_realloc(memory, size);
}

namespace {

constexpr size_t ROUND = 1 << 20; // bytes that a way is given at once

[[noreturn]] void fail(const char *what) {
  fprintf(stderr, "analyze_text: %s\n", what);
  exit(1);
}

struct article {
  const char *data;
  size_t length;
};

class way {
public:
  virtual ~way() = default;
  virtual void take(const article &text) = 0;

  size_t tokens = 0;
};

class term_generator : public way {
public:
  explicit term_generator(const char *language) {
    generator.set_stemmer(Xapian::Stem(language));
  }

  void take(const article &text) override {
    Xapian::Document document;
    generator.set_document(document);
    generator.set_termpos(0);
    generator.index_text(Xapian::Utf8Iterator(text.data, text.length));
    tokens += generator.get_termpos();
  }

private:
  Xapian::TermGenerator generator;
};

class ours : public way {
public:
  ours(const char *language, bool icu, bool ngrams) {
    byline_error error;
    if (analyzer_new(language, &analyzer_, &error) != BYLINE_OK ||
        (icu && analyzer_use_icu(analyzer_, &error) != BYLINE_OK))
      fail(error.message);
    analyzer_set_ngrams(analyzer_, ngrams);
  }

  ~ours() override { analyzer_free(analyzer_); }

  void take(const article &text) override {
    byline_error error;
    if (analyzer_run(analyzer_, text.data, text.length, count, this, &error) !=
        BYLINE_OK)
      fail(error.message);
  }

private:
  // Looks at all that it is given, so that nothing can be left out.
  static int count(void *user, const byline_token *token) {
    auto *self = static_cast<ours *>(user);
    self->tokens += token->kind == BYLINE_TOKEN_BASE;
    self->seen_ += token->position + token->end + token->term.length +
                   static_cast<unsigned char>(token->term.data[0]);
    return 0;
  }

  analyzer *analyzer_ = nullptr;
  size_t seen_ = 0;
};

class icu_words : public way {
public:
  icu_words() {
    UErrorCode code = U_ZERO_ERROR;
    iterator_ = ubrk_open(UBRK_WORD, "", nullptr, 0, &code);
    if (U_FAILURE(code))
      fail(u_errorName(code));
  }

  ~icu_words() override { ubrk_close(iterator_); }

  void take(const article &text) override {
    UErrorCode code = U_ZERO_ERROR;
    int32_t length = 0;
    units_.resize(std::max(units_.size(), text.length));
    u_strFromUTF8(units_.data(), static_cast<int32_t>(units_.size()), &length,
                  text.data, static_cast<int32_t>(text.length), &code);
    ubrk_setText(iterator_, units_.data(), length, &code);
    if (U_FAILURE(code))
      fail(u_errorName(code));
    while (ubrk_next(iterator_) != UBRK_DONE)
      tokens++;
  }

private:
  UBreakIterator *iterator_;
  std::vector<UChar> units_;
};

class language : public way {
public:
  language() {
    byline_error error;
    if (detector_new(&detector_, &error) != BYLINE_OK)
      fail(error.message);
  }

  ~language() override { detector_free(detector_); }

  void take(const article &text) override {
    detected found;
    detector_run(detector_, {text.data, text.length}, &found);
    tokens += std::strcmp(found.code, "en") == 0;
  }

private:
  detector *detector_ = nullptr;
};

std::unique_ptr<way> make(const std::string &name, const char *stems) {
  if (name == "term-generator")
    return std::make_unique<term_generator>(stems);
  if (name == "byline" || name == "byline-icu" || name == "byline-ngrams")
    return std::make_unique<ours>(stems, name == "byline-icu",
                                  name == "byline-ngrams");
  if (name == "icu-words")
    return std::make_unique<icu_words>();
  if (name == "language")
    return std::make_unique<language>();
  fail(("no way is called " + name).c_str());
}

double seconds() {
  timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) / 1e9;
}

std::vector<article> split(const std::string &text) {
  std::vector<article> articles;
  for (size_t at = 0; at < text.size();) {
    size_t end = std::min(text.find('\f', at), text.size());
    articles.push_back({text.data() + at, end - at});
    at = end + 1;
  }
  return articles;
}

struct measure {
  double seconds = 0;
  size_t allocations = 0;
};

void run(way &w, const article *first, const article *last, measure &m) {
  size_t before = allocations;
  double start = seconds();
  for (; first != last; first++)
    w.take(*first);
  m.seconds += seconds() - start;
  m.allocations += allocations - before;
}

} // namespace

int main(int argc, char **argv) {
  if (argc < 4)
    fail("usage: analyze_text FILE LANGUAGE WAY...");
  std::ifstream file(argv[1], std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  const std::vector<article> articles = split(text);
  if (articles.empty())
    fail("no text");
  std::vector<std::unique_ptr<way>> ways;
  for (int i = 3; i < argc; i++)
    ways.push_back(make(argv[i], argv[2]));
  std::vector<measure> measures(ways.size());
  const article *end = articles.data() + articles.size();
  const article *last = articles.data();
  bool first = true;
  for (const article *at = articles.data(), *next; at != end; at = next) {
    size_t bytes = 0;
    for (next = at; next != end && bytes < ROUND; next++)
      bytes += next->length;
    for (size_t i = 0; first && i < ways.size(); i++) {
      measure ignored;
      run(*ways[i], at, next, ignored);
      ways[i]->tokens = 0;
    }
    first = false;
    last = at;
    for (size_t i = 0; i < ways.size(); i++)
      run(*ways[i], at, next, measures[i]);
  }
  for (size_t i = 0; i < ways.size(); i++) {
    measure again;
    size_t tokens = ways[i]->tokens;
    run(*ways[i], last, end, again);
    printf("%s %.4f %zu %zu %zu\n", argv[i + 3], measures[i].seconds, tokens,
           measures[i].allocations, again.allocations);
  }
}
