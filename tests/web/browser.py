"""A headless Chromium, driven through chromedriver."""
import shutil

import pytest


def need_chromium():
    for name in ("chromium", "chromedriver"):
        if not shutil.which(name):
            pytest.skip(f"no {name}")
    return pytest.importorskip("selenium.webdriver",
                               reason="no python3-selenium")


class Browser:
    """One window. Every page that is opened is asked for errors."""

    def __init__(self, folder):
        webdriver = need_chromium()
        options = webdriver.ChromeOptions()
        for argument in ("--headless=new", "--no-sandbox", "--disable-gpu",
                         "--hide-scrollbars", f"--user-data-dir={folder}"):
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(options=options)
        self.driver.set_page_load_timeout(30)
        self.set_view(1280)

    def set_view(self, width, dark=False, height=900):
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1,
             "mobile": False})
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {
            "features": [{"name": "prefers-color-scheme",
                          "value": "dark" if dark else "light"}]})

    def errors(self):
        """What the console has said since it was last asked, CSP reports
        among it."""
        return [row["message"] for row in self.driver.get_log("browser")]

    def open(self, address):
        self.driver.get(address)
        assert self.errors() == [], address

    def all(self, selector):
        return self.driver.find_elements("css selector", selector)

    def one(self, selector):
        found = self.all(selector)
        assert len(found) == 1, (selector, len(found))
        return found[0]

    def texts(self, selector):
        return [element.text for element in self.all(selector)]

    def leave(self, action):
        """Does what leads to another page, and waits until that is there."""
        from selenium.webdriver.support import expected_conditions
        from selenium.webdriver.support.ui import WebDriverWait
        page = self.one("html")
        action()
        WebDriverWait(self.driver, 10, 0.02).until(
            expected_conditions.staleness_of(page))
        assert self.errors() == [], self.driver.current_url

    def click(self, selector, text=None):
        """The first element, or the first with that text or its beginning."""
        found = [e for e in self.all(selector)
                 if text is None or e.text.strip().startswith(text)]
        assert found, (selector, text, self.texts(selector))
        self.leave(found[0].click)

    def press_enter(self, element):
        from selenium.webdriver.common.keys import Keys
        self.leave(lambda: element.send_keys(Keys.ENTER))

    def type(self, text):
        field = self.one("#p")
        field.clear()
        field.send_keys(text)
        self.press_enter(field)

    def titles(self):
        return self.texts(".hits h2")

    def total(self):
        return int(self.one(".total b").text.split()[0].replace(",", ""))

    def quit(self):
        self.driver.quit()
