"""A real Chromium for the tests: what it needs, how it starts, and what it is asked.

With CI set, its lack is a failure and not a reason to skip.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
OPTIONS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

needed = pytest.mark.skipif(
    not (CHROMIUM and DRIVER) and not os.environ.get("CI"),
    reason="what is looked at in a browser; install chromium and chromedriver to have it "
    "(Debian: apt-get install chromium chromium-driver)",
)


@contextmanager
def running(profile: Path) -> Iterator[Any]:
    """Chromium with a profile of its own, and nothing stored in it."""
    from selenium.webdriver import Chrome, ChromeOptions
    from selenium.webdriver.chrome.service import Service

    assert CHROMIUM, "install chromium"
    assert DRIVER, "install chromium-driver"
    options = ChromeOptions()
    options.binary_location = CHROMIUM
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    for option in (*OPTIONS, f"--user-data-dir={profile}"):
        options.add_argument(option)
    driver = Chrome(options=options, service=Service(DRIVER))
    try:
        driver.set_script_timeout(300)  # axe on a long page, on a busy machine
        driver.get("about:blank")  # away from the browser's own first page, which asks for this and that
        yield driver
    finally:
        driver.quit()


def open_page(
    browser: Any, page: Path, *, width: int = 800, scheme: str = "light", fragment: str = ""
) -> None:
    """Opens the page on a screen so wide, in light or dark."""
    feature = {"name": "prefers-color-scheme", "value": scheme}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
    screen = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    if fragment:
        browser.get("about:blank")  # else another fragment of the same page would not load it again
    browser.get(f"{page.as_uri()}{fragment and '#'}{fragment}")


ALIKE = 10
"""So many of a page's parts that are made alike are looked at: rows of a table, sections, items of a list."""

SHORTEN = """
for (const parent of [...document.querySelectorAll("tbody, section, ul, ol")]) {
  const alike = [...parent.children].filter((child) => ["TR", "SECTION", "LI"].includes(child.tagName));
  for (const child of alike.slice(arguments[0])) child.remove();
}
"""


def violations(browser: Any) -> list[tuple[str, str]]:
    """What axe finds wrong in the page that is open: the rule, and the first place.

    Of a long page what comes after the first parts that are made alike is taken away before.
    """
    browser.execute_script(SHORTEN, ALIKE)
    browser.execute_script((files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8"))
    found = browser.execute_async_script("axe.run({resultTypes: ['violations']}).then(arguments[0])")
    assert len(found["passes"]) > 15
    return [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]]


def requested(browser: Any) -> list[str]:
    """The addresses asked for since this was last called."""
    events = [json.loads(line["message"])["message"] for line in browser.get_log("performance")]
    asked = [each["params"] for each in events if each["method"] == "Network.requestWillBeSent"]
    return [each["request"]["url"] for each in asked]


def fits(browser: Any) -> bool:
    """Whether nothing of the page is wider than the screen."""
    root = "document.documentElement"
    return bool(browser.execute_script(f"return {root}.scrollWidth <= {root}.clientWidth"))
