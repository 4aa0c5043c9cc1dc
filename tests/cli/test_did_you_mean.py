"""byline search's did-you-mean: the query as it was typed, with words of the
database for those that no article has."""
import pytest

from archive import article, digest

TEXTS = {
    "en": ["The harbour master of New York counted the gulls on the quay.",
           "Football is played behind the harbour; the keeper is Dov Hartmann.",
           "Nobody in the harbour office reads telegrams about lighthouses."],
    "de": ["Der Bürgermeister fährt über die Brücke zum Café am Hafen.",
           "Die Straßenbahn fährt nicht, sagte der Bürgermeister."],
    "fr": ["L’élève a mangé une pêche près du théâtre municipal."],
    "ru": ["Городская библиотека закрыта до понедельника."],
    "el": ["Η βιβλιοθήκη της πόλης είναι κλειστή σήμερα."],
    "ja": ["市立図書館は月曜日まで閉まっています。"],
}


@pytest.fixture(scope="module")
def db(byline, tmp_path_factory):
    path = tmp_path_factory.mktemp("mean") / "db"
    for language, texts in TEXTS.items():
        text = digest("14 November 2017", *[
            article(f"Matter {language} {n}", "Ada Marlow", text)
            for n, text in enumerate(texts)])
        done = byline("index", "--db", path, "--language", language, "-",
                      input=text)
        assert done.returncode == 0, done.stderr
    return path


@pytest.fixture
def corrected(byline, db):
    def run(query, *options):
        done = byline("search", "--db", db, "--format", "json", *options, "--",
                      query)
        assert done.returncode in (0, 1), done.stderr
        return done.json["corrected"]
    return run


@pytest.mark.parametrize("typed, meant", [
    # One letter more, less, another, two changed places; then two of these.
    ("harbourr", "harbour"), ("harbur", "harbour"), ("harbouk", "harbour"),
    ("hatbour", "harbour"), ("habrour", "harbour"),
    ("telgeramms", "telegrams"),
    # Only what is wrong is changed, in the case it has.
    ("Habrour gulls", "Harbour gulls"), ("HABROUR", "HARBOUR"),
    ('"habrour master"', '"harbour master"'),
    ("gulls AND (habrour OR keepr)", "gulls AND (harbour OR keeper)"),
    ("+habrour -keepr", "+harbour -keeper"),
    ("habrour NEAR/3 master", "harbour NEAR/3 master"),
    ("“habrour  office”", "“harbour  office”"),
    ("author:martlow", "author:marlow"),
    ("habrour byline:\"Ada Marlow\"", "harbour byline:\"Ada Marlow\""),
    ("habrour, gulls!", "harbour, gulls!"),
    # Two words for one, one for two.
    ("newyork", "new york"), ("Newyork", "New York"), ("foot ball", "football"),
    # Languages and accents: those that the article has are put where some
    # were typed.
    ("burgermiester", "burgermeister"), ("Bürgermiester", "Bürgermeister"),
    ("threatre", "theatre"), ("thréâtre", "théâtre"),
    ("thre\u0301a\u0302tre", "théâtre"), ("théartre", "theatre"),
    ("библотека", "библиотека"), ("ΒΙΒΛΙΟΘΗΚΑ", "ΒΙΒΛΙΟΘΗΚΗ"),
    ("βιβλιοθικη", "βιβλιοθήκη"),
])
def test_what_was_meant(corrected, typed, meant):
    assert corrected(typed) == meant


@pytest.mark.parametrize("typed", [
    "harbour", "harbours", "Harbour's", "gulls", "zzzyyyxxx", "hr", "keper*",
    "1234567", "ke", "ab", "k3eper", "図書舘", "AND", "keyword:habrour",
    "id:habrour", "link:habrour", "source:habrour", 'keyword:"habrour gulls"',
    "byline:marlow", "q" * 41, "q" * 300, "habrour zzzyyyxxx",
    "habrour football quay"])
def test_nothing_better(byline, db, typed):
    """Known words, wildcards, other fields; what finds nothing either way."""
    done = byline("search", "--db", db, "--format", "json", "--", typed)
    if done.stdout:
        assert done.json["corrected"] is None
    else:
        assert done.returncode in (1, 2)


def test_what_is_suggested_finds_something(byline, db):
    ask = ["search", "--db", db, "--format", "json"]
    meant = byline(*ask, "habrour gulls").json["corrected"]
    assert byline(*ask, meant).json["total"]["value"] > 0
    assert byline(*ask, "--until", "2016",
                  "habrour gulls").json["corrected"] is None


def test_the_commonest_of_equally_near_words(byline, tmp_path):
    text = digest("14 November 2017", *[
        article(f"Title {n}", "Ada Marlow", word)
        for n, word in enumerate(["matter", "mutter", "mutter", "mitter"])])
    byline("index", "--db", tmp_path / "db", "-", input=text)
    done = byline("search", "--db", tmp_path / "db", "--format", "json",
                  "metter")
    assert done.json["corrected"] == "mutter"


def test_a_misspelling_that_an_archive_has_too(byline, tmp_path):
    """Where it is so rare, and its neighbour so common, that is what it is."""
    text = digest("14 November 2017", *[
        article(f"Title {n}", "Ada Marlow", f"The goverment, number {n}"
                if n == 0 else f"The government, number {n}")
        for n in range(101)])
    byline("index", "--db", tmp_path / "db", "-", input=text)
    ask = ["search", "--db", tmp_path / "db", "--format", "json"]
    done = byline(*ask, "goverment")
    assert done.json["total"]["value"] == 1
    assert done.json["corrected"] == "government"
    assert byline(*ask, "government").json["corrected"] is None


def test_several_databases(byline, db, tmp_path):
    text = digest("14 November 2017",
                  article("Windmill", "Ada Marlow", "A windmill turns."))
    byline("index", "--db", tmp_path / "db", "-", input=text)
    for databases in ([db, tmp_path / "db"], [tmp_path / "db", db]):
        named = [word for path in databases for word in ("--db", path)]
        done = byline("search", *named, "--format", "json",
                      "--any", "widnmill habrour")
        assert done.json["corrected"] == "windmill harbour"


def test_long_queries_are_looked_at_only_so_far(corrected):
    words = " ".join(["habrour"] * 32)
    assert corrected(words + " gulls") == (
        words.replace("habrour", "harbour") + " gulls")
