"""Omega with flag_cjk_ngram finds phrases of Chinese, Japanese and Korean in a
database made for it, and as much of everything else as without."""
import pytest

from conftest import SOURCE
from omega_cgi import Omega, need_omega

FILES = [SOURCE / f"fixtures/scripts/{code}.txt"
         for code in ("ja", "zh", "zh-Hant", "ko", "en", "th")]
PHRASES = [  # a piece, and the language of its article
    ("\u6d5c\u540d\u6d25\u306e\u9023\u7d61\u8239", "ja"),
    ("\u9023\u7d61\u8239\u306f\u3001\u6708\u66dc\u65e5\u306e\u671d", "ja"),
    ("\u304c\u4e00\u6669\u3067\uff14\uff12\uff0c\uff10\uff12\uff11\u679a\u306e\u7121\u6599\u5238", "ja"),
    ("\u305f\u3061\u304cDisney+\u3092\u898b\u3066", "ja"),
    ("\u4e00\u591c\u4e4b\u95f4\u6253\u5370\u4e86", "zh"),
    ("\u7528C++\u7f16\u5199\u7684\u552e\u7968", "zh"),
    ("\u81fa\u7063\u4f86\u7684\u5b78\u8005", "zh-Hant"),
    ("\uc740\ubaa8\ub798\uc12c\uc73c\ub85c \uac00\ub294 \ubc24\ubc30", "ko"),
    ("C++\ub85c \uc9e0 \uc608\ub9e4", "ko"),
    ("co-workers, who\u2019d asked", "en"),
    ("\u0e04\u0e23\u0e39\u0e1b\u0e23\u0e30\u0e08\u0e33\u0e0a\u0e31\u0e49\u0e19", "th"),
]


@pytest.fixture(scope="module")
def database(byline, tmp_path_factory):
    need_omega()
    path = tmp_path_factory.mktemp("ngrams") / "ngrams"
    done = byline("index", "--cjk-ngrams", "--db", path, "--format", "digest",
                  *FILES)
    assert done.returncode == 0, done.stderr
    return path, {row["id"]: row["source"].rsplit("/")[-1][:-4]
                  for row in byline("export", "--db", path).rows}


@pytest.mark.parametrize("phrase, language", PHRASES)
def test_phrases(database, tmp_path, phrase, language):
    path, languages = database
    omega = Omega(tmp_path, path.parent)
    for query in (phrase, f'"{phrase}"'):
        if language == "th":  # not of these: a single word
            query = "\u0e04\u0e23\u0e39"
        found = {languages[name] for _, _, name
                 in omega.ours("ngrams", path.name, P=query)}
        assert language in found, query
