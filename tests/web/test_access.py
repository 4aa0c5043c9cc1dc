"""axe-core finds nothing on any kind of page, light or dark, narrow or wide."""
import pytest

from npm_tools import tool

pytest_plugins = ["web_fixtures"]

KINDS = {
    "first": "", "results": "P=harbour+OR+council&HITSPERPAGE=1000",
    "filtered": "P=harbour+OR+council&HITSPERPAGE=1000&B=Len&START.10=1998"
                "&END.10=2025&SORT=10&page=2",
    "year": "P=harbour&HITSPERPAGE=1000&START.10=2020&END.10=2020",
    "suggestion": "P=timetabel&HITSPERPAGE=1000",
    "empty": "P=zeppelin+ferry&HITSPERPAGE=1000&B=Len",
    "bad date": "P=ferry&START.10=x&HITSPERPAGE=1000",
    "bad query": "P=AND&HITSPERPAGE=1000", "missing": "FMT=article&B=Qnone",
    "arabic": "B=Lar&HITSPERPAGE=1000"}
RUN = """
const done = arguments[arguments.length - 1];
axe.run(document, {runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa',
  'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}}).then(result =>
  done([result.violations.map(v => [v.id, v.nodes.map(
    n => n.html + ' ' + n.failureSummary).join('\\n')]),
    result.passes.map(p => p.id)]));
"""


def check(browser, address, axe):
    browser.driver.get(address)
    for details in browser.all("details"):
        browser.driver.execute_script("arguments[0].open = true", details)
    browser.driver.execute_script(axe)
    found, passed = browser.driver.execute_async_script(RUN)
    assert found == [], address
    assert {"color-contrast", "document-title", "html-has-lang"} <= set(passed)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing(browser, site, width, dark):
    axe = tool("axe-core").read_text("utf-8")
    browser.set_view(width, dark)
    for query in KINDS.values():
        check(browser, site.address(query), axe)
    name = site.json(P="ferry")["hits"][0]["id"]
    check(browser, site.address(FMT="article", B=f"Q{name}"), axe)
    arabic = site.json(B="Lar")["hits"][0]["id"]
    check(browser, site.address(FMT="article", B=f"Q{arabic}"), axe)


@pytest.mark.parametrize("query", ["", KINDS["filtered"]])
def test_landmarks_and_headings(browser, site, query):
    browser.open(site.address(query))
    for selector in ("header", "main", "aside", "footer", "form[role=search]",
                     "h1", "main h1", 'a.skip[href="#main"]'):
        browser.one(selector)
    levels = browser.driver.execute_script(
        "return [...document.querySelectorAll('main h1, main h2, main h3')]"
        ".map(h => +h.tagName[1])")
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in zip(levels, levels[1:]))


def test_a_narrow_timeline_begins_at_the_newest(browser, site):
    browser.set_view(320)
    browser.open(site.address(KINDS["results"]))
    left, right = browser.driver.execute_script("""
        const box = document.querySelector('.time').getBoundingClientRect();
        return [...document.querySelectorAll('.time li')].map(
          li => li.getBoundingClientRect()).filter((_, n, all) =>
            n == 0 || n == all.length - 1).map(
          r => r.left >= box.left - 1 && r.right <= box.right + 1);""")
    assert (left, right) == (False, True)
    browser.driver.execute_script(
        "document.querySelector('.time').scrollLeft = -99999")
    assert browser.driver.execute_script("""
        return document.querySelector('.time li').getBoundingClientRect().left
          >= document.querySelector('.time').getBoundingClientRect().left - 1""")


def test_the_layout_does_not_shift(browser, site):
    browser.open(site.address(KINDS["results"]))
    assert browser.driver.execute_async_script("""
        const done = arguments[0]; let sum = 0;
        new PerformanceObserver(l => l.getEntries().forEach(
          e => sum += e.value)).observe({type: 'layout-shift', buffered: true});
        setTimeout(() => done(sum), 200);""") == 0


def test_print_has_the_articles_alone(browser, site):
    browser.open(site.address(KINDS["results"]))
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia",
                                   {"media": "print"})
    try:
        assert not browser.one("aside").is_displayed()
        assert not browser.one(".time").is_displayed()
        assert len([e for e in browser.all(".hits h2")
                    if e.is_displayed()]) == 10
    finally:
        browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia",
                                       {"media": ""})
