"""What a reader does, in a real browser; each page's console stays empty."""
from urllib.parse import parse_qs, urlsplit

import pytest

pytest_plugins = ["web_fixtures"]


def found(byline, db, *arguments):
    return [hit["title"] for hit in byline(
        "search", "--db", db, "--format", "json", *arguments).json["hits"]]


def state(browser):
    return parse_qs(urlsplit(browser.driver.current_url).query)


def test_a_query_is_typed_and_read(browser, english_site, byline, fixture_db):
    browser.open(english_site.root)
    assert browser.texts(".lead")[0].endswith("from 1998 to 2023.")
    browser.type("harbour strike")
    assert browser.titles() == found(byline, fixture_db, "harbour strike")
    assert browser.one("h1").text == "Results for harbour strike"
    assert "strike" in [t.lower() for t in browser.texts(".snip strong")]


def test_an_article_is_opened_and_left(browser, english_site):
    browser.open(english_site.address(P="ferry"))
    titles, address = browser.titles(), browser.driver.current_url
    browser.click(".hits h2 a", titles[1])
    assert browser.one("h1").text == titles[1]
    assert len(browser.all(".text p")) >= 1
    browser.driver.back()
    assert browser.driver.current_url == address
    assert browser.titles() == titles


def test_narrowing_by_author_and_taking_it_off(browser, site):
    browser.open(site.address(P="harbour"))
    before, titles = browser.total(), browser.titles()
    name = browser.texts(".facet a span")[0]
    browser.click(".facet a span", name)
    assert 0 < browser.total() < before
    assert [chip.startswith(f"By {name} ×")
            for chip in browser.texts(".chips a")] == [True]
    assert all(name.replace("'", "’") in by.replace("'", "’")
               for by in browser.texts(".meta .by"))
    browser.click(".chips a")
    assert (browser.total(), browser.titles()) == (before, titles)


def test_narrowing_on_the_timeline(browser, site):
    browser.open(site.address(P="harbour"))
    before = browser.total()
    browser.click(".time a", "2020")
    assert 0 < browser.total() < before
    assert {t.get_attribute("datetime")[:4] for t in browser.all("time")} == {
        "2020"}
    browser.click(".time a", "Oct")
    assert {t.get_attribute("datetime")[:7] for t in browser.all("time")} == {
        "2020-10"}


def test_narrowing_by_dates(browser, site):
    browser.open(site.address(P="harbour", SORT="10"))
    start, end = (browser.one(f'input[name="{n}"]')
                  for n in ("START.10", "END.10"))
    start.send_keys("2019-05")
    end.send_keys("2020")
    browser.click(".dates button")
    dates = [t.get_attribute("datetime") for t in browser.all("time")]
    assert dates and min(dates) >= "2019-05" and max(dates) < "2021"
    assert state(browser) == {
        "P": ["harbour"], "SORT": ["10"], "HITSPERPAGE": ["1000"],
        "START.10": ["201905"], "END.10": ["2020"]}
    assert browser.one('input[name="START.10"]').get_attribute(
        "value") == "201905"


def test_a_wrong_date_is_told_and_mended(browser, site):
    browser.open(site.address(P="harbour"))
    browser.one('input[name="START.10"]').send_keys("2019-13")
    browser.click(".dates button")
    assert browser.one("h1").text == "That is no date"
    field = browser.one('input[name="START.10"]')
    assert field.get_attribute("value") == "2019-13"
    field.clear()
    field.send_keys("2019")
    browser.click(".dates button")
    assert browser.titles()


@pytest.mark.parametrize("name, option", [("Newest", "-date"),
                                          ("Oldest", "date")])
def test_orders(browser, english_site, byline, fixture_db, name, option):
    browser.open(english_site.address(P="harbour OR council"))
    browser.click(".sort a", name)
    assert browser.titles() == found(byline, fixture_db, "--sort", option,
                                     "harbour OR council")
    browser.click(".sort a", "Relevance")
    assert browser.titles() == found(byline, fixture_db, "harbour OR council")


def test_paging_keeps_everything(browser, site):
    kept = {"P": ["harbour OR council OR ferry"], "B": ["Len"],
            "SORT": ["10"], "START.10": ["1998"], "END.10": ["2025"],
            "HITSPERPAGE": ["1000"]}
    browser.open(site.address(**{k.replace(".", "_"): v
                                 for k, v in kept.items()}))
    first, chips = browser.titles(), browser.texts(".chips a")
    browser.click('.pages a[rel="next"]')
    assert state(browser) == {**kept, "page": ["2"]}
    second = browser.titles()
    assert not set(first) & set(second) and browser.texts(".chips a") == chips
    browser.click(".pages a", "3")
    assert state(browser) == {**kept, "page": ["3"]}
    browser.click('.pages a[rel="prev"]')
    assert browser.titles() == second
    browser.click('.pages a[rel="prev"]')
    assert (browser.titles(), state(browser)) == (first, kept)


def test_a_new_query_keeps_the_filters(browser, site):
    browser.open(site.address(P="harbour", B="Len", START_10="2019"))
    browser.type("council")
    assert state(browser)["B"] == ["Len"]
    assert state(browser)["START.10"] == ["2019"]
    assert len(browser.texts(".chips a")) == 2


def test_did_you_mean(browser, site):
    browser.open(site.root)
    browser.type("timetabel")
    browser.click(".dym a", "timetable")
    assert browser.total() > 0
    assert browser.one("#p").get_attribute("value") == "timetable"


def test_similar(browser, site):
    browser.open(site.address(P="ferry timetable"))
    title = browser.titles()[0]
    browser.click(".hits h2 a", title)
    browser.click(".next a", "Similar articles")
    assert browser.one("h1").text == "Similar articles"
    assert len(browser.titles()) == 10 and title not in browser.titles()


@pytest.mark.parametrize("code, query, direction", [
    ("th", "ครู", "ltr"), ("ja", "連絡", "ltr"), ("de", "Hafen", "ltr"),
    ("ar", "الميناء", "rtl")])
def test_other_languages(browser, site, byline, archive, code, query,
                         direction):
    browser.open(site.root)
    browser.type(query)
    titles = browser.titles()
    assert titles and set(titles) <= set(found(byline, archive, query))
    assert code in [article.get_attribute("lang")
                    for article in browser.all(".hits article")]
    styles = [browser.driver.execute_script(
        "return getComputedStyle(arguments[0]).direction", e)
        for e in browser.all(f'.hits article[lang="{code}"] h2')]
    assert set(styles) == {direction}
    strong = browser.texts(".snip strong") + browser.texts("mark")
    assert query.lower() in [text.lower() for text in strong]


def test_by_keyboard_alone(browser, site):
    """Tab: past the skip link and the field to the first result."""
    from selenium.webdriver.common.keys import Keys
    browser.open(site.address(P="ferry"))
    seen = []
    for _ in range(60):
        browser.driver.switch_to.active_element.send_keys(Keys.TAB)
        focus = browser.driver.switch_to.active_element
        seen.append(focus)
        outline = browser.driver.execute_script(
            "return getComputedStyle(arguments[0]).outlineStyle", focus)
        assert outline != "none", focus.get_attribute("outerHTML")[:100]
        if focus.text == browser.titles()[0]:
            break
    assert seen[0].get_attribute("class") == "skip"
    assert "Article" in seen[1].text or "Archive" in seen[1].text
    assert seen[2].get_attribute("id") == "p"
    browser.press_enter(focus)
    assert browser.all(".text p")


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_nothing_is_wider_than_the_window(browser, site, width):
    browser.set_view(width)
    for address in (site.root, site.address(P="harbour OR council", B="Len"),
                    site.address(P="zzz yyy"), site.address(START_10="x"),
                    site.address(P="a" * 300)):
        browser.open(address)
        assert browser.driver.execute_script(
            "return document.documentElement.scrollWidth") <= width, address
