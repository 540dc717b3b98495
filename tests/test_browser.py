"""The HTML report in a real browser: accessible, fitting, silent, and safe from what its texts say."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import chromium
import pytest
import shipped
from chromium import fits, open_page, requested, violations
from people import HOSTILE_PERSON, HOSTILE_TEXTS, hostile, people
from people import KINDS as KINDS_OF_PEOPLE

from engine import assess, render
from engine.writing.lines import visible

WIDTHS = (360, 800, 1440)

pytestmark = chromium.needed


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A page for each kind of result, and one of hostile rules, by its name."""
    folder = tmp_path_factory.mktemp("pages")
    made = {kind: render(result, "html", shipped.rules()) for kind, result in people().items()}
    made["hostile"] = render(assess(HOSTILE_PERSON, hostile()), "html", hostile())
    for kind, html in made.items():
        (folder / f"{kind}.html").write_text(html, encoding="utf-8")
    return {kind: folder / f"{kind}.html" for kind in made}


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with chromium.running(tmp_path_factory.mktemp("profile")) as driver:
        yield driver


KINDS = (*KINDS_OF_PEOPLE, "hostile")


def test_every_page_is_looked_at(pages: dict[str, Path]) -> None:
    assert set(KINDS) == pages.keys()


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_no_violation(browser: Any, pages: dict[str, Path], kind: str) -> None:
    for width, scheme in ((360, "light"), (360, "dark"), (1440, "light")):
        open_page(browser, pages[kind], width=width, scheme=scheme)
        assert violations(browser) == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_wider_than_the_screen(
    browser: Any, pages: dict[str, Path], kind: str, width: int
) -> None:
    open_page(browser, pages[kind], width=width)
    assert fits(browser)
    assert browser.execute_script("return document.documentElement.clientWidth") > width - 20


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_loads_nothing_runs_nothing_and_breaks_no_policy(
    browser: Any, pages: dict[str, Path], kind: str
) -> None:
    open_page(browser, pages["ordinary"])
    browser.get_log("browser")
    requested(browser)
    open_page(browser, pages[kind])
    assert requested(browser) == [pages[kind].as_uri()]
    # A refused style or script, or a fault in one, is told there.
    assert browser.get_log("browser") == []
    assert browser.execute_script("return document.scripts.length + document.images.length") == 0
    assert browser.execute_script("return document.styleSheets.length") == 1
    assert browser.execute_script("return document.styleSheets[0].cssRules.length") > 20


def test_hostile_texts_are_read_as_texts(browser: Any, pages: dict[str, Path]) -> None:
    open_page(browser, pages["hostile"])
    text = browser.execute_script("return document.body.textContent").replace("\n", " ")
    assert [each for each in HOSTILE_TEXTS if visible(each) not in text] == []


def test_the_policy_stops_a_script_that_got_in(browser: Any, pages: dict[str, Path], tmp_path: Path) -> None:
    """Should the escaping ever fail, the page still runs nothing."""
    html = pages["ordinary"].read_text(encoding="utf-8")
    spoilt = html.replace(
        "</main>", "<script>document.title = 'ran'</script><p style='color: red'>x</p></main>"
    )
    (tmp_path / "spoilt.html").write_text(spoilt, encoding="utf-8")
    open_page(browser, tmp_path / "spoilt.html")
    assert browser.title != "ran"
    told = [line["message"] for line in browser.get_log("browser")]
    assert any("script" in line for line in told)
    assert any("style" in line for line in told)


@pytest.mark.parametrize("kind", KINDS)
def test_the_level_stands_on_the_first_screen_of_a_phone(
    browser: Any, pages: dict[str, Path], kind: str
) -> None:
    open_page(browser, pages[kind], width=360)
    bottom = browser.execute_script("return document.querySelector('.level').getBoundingClientRect().bottom")
    assert 0 < bottom < 640


def test_dark_is_dark_and_paper_is_white(browser: Any, pages: dict[str, Path]) -> None:
    def paper() -> int:
        colour = browser.execute_script("return getComputedStyle(document.body).backgroundColor")
        return sum(map(int, re.findall(r"\d+", colour)[:3]))

    open_page(browser, pages["ordinary"], scheme="light")
    light = paper()
    open_page(browser, pages["ordinary"], scheme="dark")
    assert paper() < light / 4
    printing = {"media": "print", "features": [{"name": "prefers-color-scheme", "value": "dark"}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", printing)
    assert paper() == 3 * 255
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


@pytest.mark.parametrize("kind", KINDS)
def test_it_prints_on_a4(browser: Any, pages: dict[str, Path], kind: str) -> None:
    open_page(browser, pages[kind])
    printed = browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    boxes = re.findall(rb"/MediaBox \[([^\]]*)\]", base64.b64decode(printed["data"]))
    assert boxes
    for box in boxes:
        _, _, across, down = map(float, box.split())
        assert (round(across / 72 * 25.4), round(down / 72 * 25.4)) == (210, 297)
