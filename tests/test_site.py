"""The built site: every link and id leads somewhere, nothing comes from elsewhere, and rules are found."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import chromium
import pytest
import shipped
from chromium import fits, open_page, requested, violations

from engine.knowledge.marks import marks
from engine.knowledge.rules import Raises, Rule, Weighs
from engine.pages.parts.anchors import homes

ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.site


@pytest.fixture(scope="module")
def site() -> Path:
    """The site, as `make docs` has just built it."""
    made = ROOT / "build" / "site"
    assert made.is_dir(), "no site is built; run `make docs`, which builds it and runs these tests"
    return made


@dataclass
class Page(HTMLParser):
    """What a page has of anchors, what it links to, and what it loads."""

    ids: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if "id" in given:
            self.ids.add(given["id"])
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif "src" in given or tag == "link":
            self.loads.append(given.get("src") or given["href"])


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Page]:
    """Every page of the site, read."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        found[path] = Page()
        found[path].feed(path.read_text(encoding="utf-8"))
    return found


def test_every_link_leads_to_a_page_and_an_anchor(pages: dict[Path, Page]) -> None:
    astray = []
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme:
                assert parts.scheme in ("http", "https")
                continue
            to = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            there = pages.get(to)
            if not to.is_file() or (
                parts.fragment and (not there or unquote(parts.fragment) not in there.ids)
            ):
                astray.append(f"{path}: {link}")
    assert astray == []


def test_nothing_comes_from_elsewhere(site: Path, pages: dict[Path, Page]) -> None:
    for path, page in pages.items():
        for each in page.loads:
            assert not urlsplit(each).netloc, path
            assert urlsplit(each).scheme in ("", "data")
            assert (path.parent / unquote(urlsplit(each).path)).exists(), f"{path}: {each}"
    for sheet in [*site.rglob("*.css"), *site.rglob("*.svg")]:
        text = sheet.read_text(encoding="utf-8").replace("http://www.w3.org/", "")
        assert "url(http" not in text.replace('"', "").replace("'", "")
        assert "@import" not in text


def test_every_id_has_its_anchor_on_its_page(site: Path, pages: dict[Path, Page]) -> None:
    found = homes(shipped.rules())
    assert {id for kind, id in found if kind == "rule"} == set(shipped.rules().rules)
    for (kind, id), home in found.items():
        page = pages[site / "docs" / home.page.replace(".md", ".html")]
        assert not home.anchor or home.anchor in page.ids, f"{kind} {id}: {home}"


def test_every_rule_file_has_its_page(pages: dict[Path, Page], site: Path) -> None:
    for rule in shipped.rules().rules.values():
        inside = Path(rule.where.path).parts
        listing = site.joinpath(*inside[inside.index("rules") :])
        assert f"L-{rule.where.line}" in pages[listing.with_name(f"{listing.name}.html")].ids


# In a browser, from the file system, as nothing is served here.

KINDS = (
    "README.html",
    "docs/index.html",
    "docs/semantics.html",
    "docs/benchmarks.html",
    "docs/decisions/index.html",
    "docs/rules/index.html",
    "docs/rules/find.html#cause=Tumour+of+the+leg+or+spine",
    "docs/rules/causes/tumor.html",
    "docs/rules/mimics/night_cramps.html",
    "docs/rules/dangers/no_flags.html",
    "docs/rules/questions/who_and_when.html",
    "docs/rules/signs/no_flags.html",
    "docs/rules/sources.html",
    "docs/rules/article.html",
    "docs/rules/pairs.html",
    "docs/rules/acts.html",
    "docs/rules/signposts.html",
    "docs/rules/language.html",
    "docs/rules/urgency.html",
    "docs/rules/base_rates.html",
    "docs/rules/consistency.html",
    "rules/causes/tumor.yaml.html",
    "search.html",
)
"""A page of each kind, and a short one, for axe takes its time."""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with chromium.running(tmp_path_factory.mktemp("profile")) as driver:
        yield driver


def test_every_kind_of_generated_page_is_looked_at(site: Path) -> None:
    """One of each folder, and every page that is the only one of its kind."""
    rules = site / "docs" / "rules"
    kinds = {path.parent for path in rules.glob("*/*.html")} | set(rules.glob("*.html"))
    looked_at = {site / kind.partition("#")[0] for kind in KINDS}
    assert [each for each in kinds if not {each, *each.glob("*.html")} & looked_at] == []


@chromium.needed
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_accessible_fits_and_loads_only_files(browser: Any, site: Path, kind: str) -> None:
    page, _, fragment = kind.partition("#")
    for width, scheme in ((390, "dark"), (1280, "light")):
        browser.get_log("browser")
        requested(browser)
        open_page(browser, site / page, width=width, scheme=scheme, fragment=fragment)
        assert fits(browser)
        assert {urlsplit(each).scheme for each in requested(browser)} <= {"file", "data"}
        assert browser.get_log("browser") == []
        assert violations(browser) == []


SHOWN = """
return [...document.querySelectorAll("#find-a-rule tbody tr")]
  .filter((row) => row.checkVisibility()).map((row) => row.cells[0].textContent.trim());
"""
FILL = """
const field = document.getElementById(`find-${arguments[0]}`);
field.value = arguments[1];
field.dispatchEvent(new Event("input", { bubbles: true }));
"""
FILL_ALL = """
const rows = [...document.querySelectorAll("#find-a-rule tbody tr")];
return arguments[0].map(([box, value]) => {
  const field = document.getElementById(`find-${box}`);
  const fill = (text) => { field.value = text; field.dispatchEvent(new Event("input", { bubbles: true })); };
  fill(value);
  const shown = rows.filter((row) => !row.hidden).map((row) => row.cells[0].textContent.trim());
  const said = document.querySelector("[role=status]").textContent;
  fill("");
  return [shown, said];
});
"""
"""Fills one box after the other, each with the others empty: what is shown then, and what is said."""


def features(rule: Rule) -> Iterator[tuple[str, str]]:
    """Each box, and a value of it that the rule has."""
    then = rule.then
    if isinstance(then, Weighs):
        yield "cause", (shipped.rules().causes.get(then.cause) or shipped.rules().mimics[then.cause]).name
    if isinstance(then, Raises):
        yield "level", shipped.rules().urgencies[then.urgency].name
    yield "grade", rule.grade
    yield from (("question", question) for question in shipped.rules().questions_read[rule.id])
    yield from (("source", str(cite)) for cite in rule.cites)
    yield from (("mark", mark) for mark in marks(rule, shipped.rules()))


def with_features(*wanted: tuple[str, str]) -> list[str]:
    return [rule.id for rule in shipped.rules().rules.values() if set(wanted) <= set(features(rule))]


@pytest.fixture
def finding(browser: Any, site: Path) -> Any:
    """The page to find a rule, as it is when it is opened."""
    open_page(browser, site / "docs" / "rules" / "find.html", width=1280)
    return browser


def said(browser: Any) -> str:
    """What the live region says."""
    return str(browser.execute_script("return document.querySelector('[role=status]').textContent"))


def of_all(count: int) -> str:
    return f"{count} of {len(shipped.rules().rules)} rules"


@chromium.needed
def test_each_value_of_each_box_leaves_the_rules_that_have_it(finding: Any) -> None:
    assert finding.execute_script(SHOWN) == list(shipped.rules().rules)
    assert said(finding) == of_all(len(shipped.rules().rules))
    known = {feature for rule in shipped.rules().rules.values() for feature in features(rule)}
    assert {box for box, _ in known} == {"cause", "question", "source", "grade", "level", "mark"}
    asked = sorted(known)
    for feature, (rules, told) in zip(asked, finding.execute_script(FILL_ALL, asked), strict=True):
        assert rules == with_features(feature), feature
        assert told == of_all(len(rules))
    assert finding.execute_script(SHOWN) == list(shipped.rules().rules)


def press(browser: Any, *keys: str) -> None:
    from selenium.webdriver import ActionChains

    ActionChains(browser).send_keys(*keys).perform()


@chromium.needed
def test_rules_are_found_by_the_keyboard_alone(finding: Any, site: Path) -> None:
    from selenium.webdriver import ActionChains
    from selenium.webdriver.common.keys import Keys

    focused = "return document.activeElement.id || document.activeElement.textContent.trim()"
    fields = ["text", "cause", "question", "source", "grade", "level", "mark"]
    for _ in range(300):  # past the sidebar
        if finding.execute_script(focused) == "find-text":
            break
        press(finding, Keys.TAB)
    reached = [finding.execute_script(focused)]
    for _ in fields[1:]:
        press(finding, Keys.TAB)
        reached.append(finding.execute_script(focused))
    assert reached == [f"find-{field}" for field in fields]

    back = ActionChains(finding).key_down(Keys.SHIFT)
    back.send_keys(*[Keys.TAB] * len(fields[1:])).key_up(Keys.SHIFT).perform()
    press(finding, "LEANING")
    rules = finding.execute_script(SHOWN)
    assert 0 < len(rules) < len(shipped.rules().rules)
    assert all("leaning" in json.dumps([rule, shipped.rules().rules[rule].because]).lower() for rule in rules)
    press(finding, Keys.TAB, "spinal sten")  # a part of the name is enough
    both = [rule for rule in rules if rule in with_features(("cause", "Spinal stenosis"))]
    assert both
    assert finding.execute_script(SHOWN) == both
    assert said(finding) == of_all(len(both))

    press(finding, *[Keys.TAB] * 6)
    assert finding.execute_script(focused) == "Clear all"
    press(finding, Keys.ENTER)
    assert finding.execute_script(SHOWN) == list(shipped.rules().rules)
    assert finding.execute_script(focused) == "find-text"

    press(finding, both[0], *[Keys.TAB] * 7)  # nothing to clear is no stop
    for _ in range(3):
        if finding.execute_script(focused) == both[0]:
            break
        press(finding, Keys.TAB)
    assert finding.execute_script(focused) == both[0]
    press(finding, Keys.ENTER)
    assert finding.current_url.endswith(f"/docs/rules/causes/spinal_stenosis.html#{both[0]}")


@chromium.needed
def test_the_address_holds_what_was_looked_for(finding: Any, site: Path) -> None:
    finding.execute_script(FILL, "cause", "Spinal stenosis")
    finding.execute_script(FILL, "grade", "measured")
    rules = with_features(("cause", "Spinal stenosis"), ("grade", "measured"))
    assert finding.execute_script(SHOWN) == rules
    address = finding.current_url
    finding.get("about:blank")
    finding.get(address)
    assert finding.execute_script(SHOWN) == rules
    assert said(finding) == of_all(len(rules))
    finding.execute_script("location.hash = 'cause=spinal_stenosis&grade=measured'")
    finding.execute_script(FILL, "text", "")  # the event of the address comes before
    assert finding.execute_script(SHOWN) == rules
    finding.execute_script("location.hash = 'cause=Spinal+stenosis&grade=article'")
    finding.execute_script(FILL, "text", "")
    rules = with_features(("cause", "Spinal stenosis"), ("grade", "article"))
    assert finding.execute_script(SHOWN) == rules


@chromium.needed
def test_on_a_phone_a_rule_is_a_card_that_fits(browser: Any, site: Path) -> None:
    open_page(browser, site / "docs" / "rules" / "find.html", width=360, fragment="text=stenosis")
    widths = browser.execute_script(
        "return [...document.querySelectorAll('#find-a-rule tbody tr:not([hidden])')]"
        ".map((row) => [row.getBoundingClientRect().left, row.getBoundingClientRect().right])"
    )
    assert len(widths) > 10
    assert all(0 <= left < right <= 360 for left, right in widths)


@chromium.needed
def test_without_javascript_the_whole_table_is_there(browser: Any, site: Path) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        for width in (360, 1280):
            open_page(browser, site / "docs" / "rules" / "find.html", width=width)
            tree = browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
            names = {each["name"]["value"] for each in tree if each.get("role", {}).get("value") == "link"}
            assert set(shipped.rules().rules) <= names
            assert not [each for each in tree if each.get("role", {}).get("value") == "status"]
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


OUTSIDE = """
const box = (part) => part.getBBox();
const inside = (a, b) => a.x >= b.x && a.y >= b.y
  && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height;
const texts = [...document.querySelectorAll("text")];
const paper = box(document.querySelector(".paper"));
return texts.filter((text) => {
  const rect = text.parentElement.querySelector(":scope > rect");
  return !inside(box(text), text.parentElement.tagName === "g" ? box(rect) : paper);
}).map((text) => text.textContent);
"""
"""The texts of a drawing that reach out of their box, or out of the paper."""

MEETING = """
const texts = [...document.querySelectorAll("text")].map((text) => [text.textContent, text.getBBox()]);
const under = (a, b) => a.x < b.x + b.width && a.y + 4 < b.y + b.height;  // lines of one text may touch
return texts.flatMap(([one, a], at) => texts.slice(at + 1)
  .filter(([, b]) => under(a, b) && under(b, a)).map(([other]) => [one, other]));
"""
"""The texts of a drawing that stand upon one another."""

PAPER = "return getComputedStyle(document.querySelector('.paper')).fill"


@chromium.needed
def test_the_texts_of_a_drawing_stay_in_their_boxes(browser: Any) -> None:
    drawings = sorted((ROOT / "docs" / "rules" / "drawings").glob("*.svg"))
    assert len(drawings) > len(shipped.rules().causes)
    for drawing in drawings:
        open_page(browser, drawing, width=1280)
        assert browser.execute_script("return document.querySelectorAll('text').length") > 4
        assert browser.execute_script(OUTSIDE) == [], drawing
        assert browser.execute_script(MEETING) == [], drawing


SCROLLED = """
return [...document.querySelectorAll("p:has(> img)")].map((part) => [
  part.scrollWidth > part.clientWidth,
  getComputedStyle(part, "::before").content.includes("scrolls sideways"),
]);
"""
"""Of each drawing on a page: whether some of it is out of sight, and whether that is said."""


@chromium.needed
def test_a_drawing_that_is_cut_off_says_so(browser: Any, site: Path) -> None:
    page = site / "docs" / "rules" / "causes" / "spinal_stenosis.html"
    for width, cut in ((390, [False, True]), (1280, [False, False])):  # the ratios, the pathways
        open_page(browser, page, width=width)
        assert browser.execute_script(SCROLLED) == [[each, each] for each in cut]


@chromium.needed
def test_a_drawing_is_dark_in_the_dark_and_white_on_paper(browser: Any) -> None:
    drawing = ROOT / "docs" / "rules" / "drawings" / "tumor-pathways.svg"
    open_page(browser, drawing, scheme="light")
    assert browser.execute_script(PAPER) == "rgb(255, 255, 255)"
    open_page(browser, drawing, scheme="dark")
    dark = browser.execute_script(PAPER)
    assert sum(map(int, dark.strip("rgb()").split(","))) < 100
    printing = {"media": "print", "features": [{"name": "prefers-color-scheme", "value": "dark"}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", printing)
    assert browser.execute_script(PAPER) == "rgb(255, 255, 255)"
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
