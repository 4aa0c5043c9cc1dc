"""The promise "copy-paste" in the languages of fixtures/scripts: 20,000 pieces
of their articles, quoted and not, find them through Xapian's own QueryParser
as Omega sets it up, and through byline search.

Thai, Lao, Khmer, Burmese, Chinese and Japanese have no spaces to copy at:
there a piece is some neighbouring words, as ICU's dictionaries divide the
text. QueryParser, which knows no such words, finds single ones; how many of
the phrases it finds is printed. byline search finds them all.
"""
import json
import random
import sys
from pathlib import Path

import pytest

xapian = pytest.importorskip("xapian", reason="python3-xapian is not here")

from conftest import SOURCE  # noqa: E402

sys.path.insert(0, str(Path(__file__).parent.parent / "parity"))
import dump  # noqa: E402
from find_ids import find_ids  # noqa: E402
from slices import draw, has_meaning, is_too_long, runs  # noqa: E402
from test_copied_slices import is_found, omega_parser  # noqa: E402

FILES = sorted((SOURCE / "fixtures/scripts").glob("*.txt"))
UNSPACED = {"th", "lo", "km", "my", "ja", "zh", "zh-Hant"}
SLICES = 20000 // len(FILES) + 1  # of each language
SEED = 20251112
WORDS_MAX = 8
WORD_POSITION = 1 << 27


def index(byline, path, *options):
    """A database of all languages, and its articles by language."""
    done = byline("index", "--db", path, "--format", "digest", *options, *FILES)
    assert done.returncode == 0, done.stderr
    rows = {}
    for row in byline("export", "--db", path).rows:
        rows.setdefault(Path(row["source"]).stem, []).append(row)
    assert set(rows) == {file.stem for file in FILES}
    return path, rows


@pytest.fixture(scope="module")
def database(byline, tmp_path_factory):
    return index(byline, tmp_path_factory.mktemp("scripts") / "db")


@pytest.fixture(scope="module")
def ngram_database(byline, tmp_path_factory):
    return index(byline, tmp_path_factory.mktemp("ngrams") / "db",
                 "--cjk-ngrams")


def is_too_new(words):
    """Whether there are only capitals of Georgian: Xapian 1.4 knows letters of
    Unicode 9, and they came with Unicode 11."""
    letters = "".join(runs(" ".join(words)))
    return all("\u1c90" <= c <= "\u1cbf" for c in letters)


def spaced_slices(rows):
    """(language, id, query) of words between spaces, quoted and not."""
    result, left_out = [], 0

    def leave_out(words, quoted):
        return (has_meaning(words, quoted) or is_too_long(words)
                or is_too_new(words))

    for language in sorted(set(rows) - UNSPACED):
        for quoted in (False, True):
            drawn, left = draw(rows[language], SLICES, quoted, SEED, leave_out)
            left_out += left
            result += [(language, name, text) for name, text in drawn]
    return result, left_out


def dictionary_words(text):
    """[start, end) in bytes of each word of a text's lane of words."""
    spans = {}
    for position, _, start, end, _ in dump.tokens([text], "none")[0]:
        if position > WORD_POSITION:
            spans.setdefault(position, (start, end))
    return [spans[position] for position in sorted(spans)]


def unspaced_slices(rows, words_max, languages=UNSPACED):
    """(language, id, piece) of neighbouring words of a paragraph."""
    result = []
    for language in sorted(languages):
        rng = random.Random(f"{SEED} {language}")
        sources = [(row["id"], text.encode(), dictionary_words(text))
                   for row in rows[language]
                   for text in [row["title"], *row["text"].split("\n\n")]]
        for _ in range(SLICES):
            name, data, words = rng.choices(
                sources, [len(words) for *_, words in sources])[0]
            first = rng.randrange(len(words))
            count = rng.randint(min(words_max, 2), words_max)
            last = min(first + count, len(words)) - 1
            piece = data[words[first][0]:words[last][1]].decode()
            result.append((language, name, piece))
    return result


def lost_to_xapian(path, slices, flags=0):
    parse, opened = omega_parser([], flags), xapian.Database(str(path))
    return [(*slice_, str(parse(slice_[2]))) for slice_ in slices
            if not is_found(opened, parse(slice_[2]), slice_[1])]


def lost_to_byline(path, slices):
    found = find_ids(path, [text for *_, text in slices])
    return [(*slice_, ids) for slice_, ids in zip(slices, found)
            if slice_[1] not in ids]


def quoted_too(slices):
    return slices + [(language, name, f'"{piece}"')
                     for language, name, piece in slices if '"' not in piece]


def report(capsys, what, lost, slices, more=""):
    languages = len({language for language, *_ in slices})
    with capsys.disabled():
        print(f"\ncopy-paste: {what}: {len(slices) - len(lost):,} of "
              f"{len(slices):,} slices in {languages} languages found{more}")


def test_query_parser_finds_text_with_spaces(database, capsys):
    path, rows = database
    slices, left_out = spaced_slices(rows)
    lost = lost_to_xapian(path, slices)
    report(capsys, "QueryParser, with spaces", lost, slices,
           f", {left_out:,} left out")
    assert lost == []


def test_byline_search_finds_text_with_spaces(database, capsys):
    path, rows = database
    slices, left_out = spaced_slices(rows)
    lost = lost_to_byline(path, slices)
    report(capsys, "byline search, with spaces", lost, slices,
           f", {left_out:,} left out")
    assert lost == []


def test_query_parser_finds_single_words_without_spaces(database, capsys):
    path, rows = database
    slices = quoted_too(unspaced_slices(rows, 1))
    lost = lost_to_xapian(path, slices)
    report(capsys, "QueryParser, single words without spaces", lost, slices)
    assert lost == []


@pytest.mark.parametrize("words", [1, WORDS_MAX], ids=["words", "phrases"])
def test_byline_search_finds_text_without_spaces(database, words, capsys):
    path, rows = database
    slices = quoted_too(unspaced_slices(rows, words))
    lost = lost_to_byline(path, slices)
    report(capsys, "byline search, "
           f"{'phrases' if words > 1 else 'single words'} without spaces",
           lost, slices)
    assert lost == []


def test_what_query_parser_finds_of_phrases_without_spaces(database, capsys):
    """Measured, as the README says it: nothing can be done for Omega here, but
    what is a whole run must be found."""
    path, rows = database
    slices = unspaced_slices(rows, WORDS_MAX)
    lost = lost_to_xapian(path, slices)
    report(capsys, "QueryParser, phrases without spaces (a limit of Omega's)",
           lost, slices)
    whole = [(language, row["id"], part) for language in sorted(UNSPACED)
             for row in rows[language] for part in row["text"].split()
             if runs(part) and not is_too_long([part])]
    assert lost_to_xapian(path, whole) == []


NGRAMS = xapian.QueryParser.FLAG_CJK_NGRAM


def test_query_parser_finds_phrases_by_ngrams(ngram_database, capsys):
    """With flag_cjk_ngram Omega finds the phrases of a database made for it;
    those of Korean, which it takes apart then, and all other text as well."""
    path, rows = ngram_database
    slices = quoted_too(unspaced_slices(rows, WORDS_MAX,
                                        {"ja", "zh", "zh-Hant"}))
    lost = lost_to_xapian(path, slices, NGRAMS)
    report(capsys, "QueryParser, n-grams of phrases without spaces", lost,
           slices)
    assert lost == []
    spaced, _ = spaced_slices(rows)
    assert lost_to_xapian(path, spaced, NGRAMS) == []


def test_ngrams_take_nothing_away(ngram_database):
    """Without the flag everything is found as in other databases."""
    path, rows = ngram_database
    spaced, _ = spaced_slices(rows)
    words = quoted_too(unspaced_slices(rows, 1))
    phrases = quoted_too(unspaced_slices(rows, WORDS_MAX))
    assert lost_to_xapian(path, (spaced + words)[::4]) == []
    assert lost_to_byline(path, (spaced + words + phrases)[::4]) == []


def test_words_put_together_at_random(byline, tmp_path):
    """ICU divides these as nobody would read them, and the end of a piece often
    otherwise than its place in the text: the article is found all the same."""
    rng = random.Random(SEED)
    texts = []
    for language in ("th", "lo", "km", "my"):
        data = (SOURCE / f"fixtures/scripts/{language}.txt").read_bytes()
        words = [data[start:end].decode()
                 for start, end in dictionary_words(data.decode())]
        words = sorted({word for word in words if min(word) > "\u0e00"})
        texts += ["".join(rng.choices(words, k=rng.randint(4, 16)))
                  for _ in range(200)]
    (tmp_path / "a.jsonl").write_text("".join(
        json.dumps({"id": str(number), "title": str(number), "text": text}) +
        "\n" for number, text in enumerate(texts)))
    done = byline("index", "--db", tmp_path / "db", tmp_path / "a.jsonl")
    assert done.returncode == 0, done.stderr
    slices = []
    for number, text in enumerate(texts):
        words, data = dictionary_words(text), text.encode()
        for _ in range(8):
            first = rng.randrange(len(words))
            last = min(first + rng.randrange(6), len(words) - 1)
            piece = data[words[first][0]:words[last][1]].decode()
            slices.append((number, str(number), piece))
    assert lost_to_byline(tmp_path / "db", quoted_too(slices)) == []
