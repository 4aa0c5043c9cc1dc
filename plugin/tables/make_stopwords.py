#!/usr/bin/env python3
"""Writes analyze/stopwords.inc: Snowball's stop words, as Debian's package
liblingua-stopwords-perl has them. Each word once, with the languages it is one
of as bits; the languages are in the order of STOPWORD_LANGUAGES.

  plugin/tables/make_stopwords.py /usr/share/perl5/Lingua/StopWords \\
    >plugin/analyze/stopwords.inc
"""
import pathlib
import re
import sys
import unicodedata

languages, words = [], {}
for module in sorted(pathlib.Path(sys.argv[1]).glob("??.pm")):
    lists = re.search(r"return qw\((.*?)\);", module.read_text("utf-8"), re.S)
    for word in lists[1].split():
        if re.search("[-.]", word):
            continue  # to Xapian these are two words, or another one
        word = unicodedata.normalize("NFC", word)
        # Romanian has a comma below these letters; the lists have a cedilla.
        for form in {word, word.translate({0x15F: 0x219, 0x163: 0x21B})}:
            words.setdefault(form, set()).add(len(languages))
    languages.append(module.stem.lower())

print("/* Made by tables/make_stopwords.py from liblingua-stopwords-perl. */")
print("/* clang-format off */")
print("static const char *const STOPWORD_LANGUAGES[] = {")
print("  " + ", ".join(f'"{code}"' for code in languages))
print("};")
print("static const stopword STOPWORDS[] = {")
for word in sorted(words, key=str.encode):
    bits = sum(1 << number for number in words[word])
    print(f'  {{"{word}", {bits:#x}}},')
print("};")
