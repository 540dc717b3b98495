"""The pages made from the rules: fresh, whole, every id with one home, every link with a target."""

from __future__ import annotations

import json
import posixpath
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import shipped
from click.testing import CliRunner, Result
from effort import examples
from generators import rule_bases
from hypothesis import given
from markdown_it import MarkdownIt
from markdown_it.token import Token
from people import hostile, people

from cli import main
from engine import render
from engine.knowledge.causes import CODE_SYSTEM
from engine.knowledge.marks import MARKS, MEANINGS, beside_grade, how_seen, kind_of, marks
from engine.knowledge.rule_base import RuleBase
from engine.knowledge.rules import POINTS_CAP, Raises, Shows, Weighs
from engine.loading.folder import SHIPPED
from engine.pages.making import HEAD, Freshness, compare, pages
from engine.pages.parts.anchors import Home, Named, homes
from engine.pages.parts.book import GENERATED, WARNING
from engine.writing.lines import visible

DOCS = Path(__file__).parent.parent / "docs"
BASE = Path(__file__).parent / "bad" / "base.yaml"
MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])

beside_the_docs = pytest.mark.skipif(not DOCS.exists(), reason="the docs are not beside the tests")


def run(*args: str) -> Result:
    result = CliRunner().invoke(main, args, prog_name="legtriage")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


class Page:
    """A page as a reader of Markdown sees it."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.tokens = MARKDOWN.parse(text)
        self.anchors: dict[str, str] = {}
        """The text of each heading by its anchor."""
        self.slugs: list[str] = []
        self.links: list[str] = []
        self.images: list[str] = []
        self.loose_code: list[str] = []
        """Code that is neither a heading nor a link."""
        self.texts: list[str] = []
        self.html = [token.content for token in self.tokens if token.type == "html_block"]
        for before, token in zip([None, *self.tokens], self.tokens, strict=False):
            if token.type == "inline":
                self._inline(token, before is not None and before.type == "heading_open")

    def _inline(self, token: Token, heading: bool) -> None:
        children = token.children or []
        plain = "".join(child.content for child in children)
        self.texts.append(plain)
        if heading:
            # As a code host does: lower case, blanks to hyphens, other signs dropped, a number for a second.
            slug = "".join(each for each in plain.lower() if each.isalnum() or each in "-_ ").replace(
                " ", "-"
            )
            many = self.slugs.count(slug)
            self.slugs.append(slug)
            self.anchors[f"{slug}-{many}" if many else slug] = plain
        inside = 0
        for child in children:
            inside += child.type == "link_open"
            inside -= child.type == "link_close"
            if child.type == "link_open":
                self.links.append(str(child.attrGet("href")))
            if child.type == "html_inline":
                self.html.append(child.content)
            if child.type == "image":
                self.images.append(str(child.attrGet("src")))
            if child.type == "code_inline" and not inside and not heading:
                self.loose_code.append(child.content)


def parsed(found: Mapping[str, str]) -> dict[str, Page]:
    return {path: Page(path, text) for path, text in found.items() if path.endswith(".md")}


@cache
def read() -> dict[str, Page]:
    """The pages of the shipped rules, read."""
    return parsed(shipped.pages())


@cache
def anchors() -> Mapping[tuple[Named, str], Home]:
    """Where each id of the shipped rules has its home."""
    return homes(shipped.rules())


# Freshness


def there(docs: Path) -> dict[str, str]:
    return {
        path.relative_to(docs).as_posix(): path.read_text(encoding="utf-8")
        for path in (docs / "rules").rglob("*")
        if path.is_file()
    }


@beside_the_docs
def test_the_pages_are_fresh() -> None:
    assert compare(shipped.pages(), there(DOCS)) == Freshness(
        missing=(), stale=(), superfluous=(), foreign=()
    ), "the pages are not those of the rules; run `legtriage docs` and commit what it writes"


def test_what_is_missing_stale_superfluous_and_foreign() -> None:
    made = f"<!-- {GENERATED} from the rules -->\n"
    wanted = {"a": made + "a", "b": made + "b", "c": made + "c", "d": made + "d"}
    found = {"a": made + "a", "b": made + "old", "c": "by hand", "e": made + "e", "f": "by hand"}
    assert compare(wanted, found) == Freshness(
        missing=("d",), stale=("b",), superfluous=("e",), foreign=("c",)
    )


def test_every_page_says_that_it_is_generated_and_no_medical_device() -> None:
    for path, text in shipped.pages().items():
        assert GENERATED in text[:HEAD], path
        assert WARNING in text or not path.endswith(".md"), path


@pytest.fixture
def rules_and_docs(tmp_path: Path) -> tuple[Path, Path]:
    """A small rule base, and the folder of its fresh pages."""
    rules, docs = tmp_path / "rules", tmp_path / "docs"
    rules.mkdir()
    shutil.copy(BASE, rules)
    assert run("docs", str(docs), "--rules", str(rules)).exit_code == 0
    return rules, docs


def test_an_edited_weight_makes_its_page_stale(rules_and_docs: tuple[Path, Path]) -> None:
    rules, docs = rules_and_docs
    check = ["docs", str(docs), "--check", "--rules", str(rules)]
    assert run(*check).exit_code == 0
    path = rules / "base.yaml"
    text = path.read_text(encoding="utf-8")
    edited = re.sub(r"value: 2\.5,", "value: 2.6,", text)
    assert edited != text
    path.write_text(edited, encoding="utf-8")
    result = run(*check)
    assert result.exit_code == 1
    assert f"{docs}/rules/causes/slipped_disc.md: stale\n" in result.stdout
    assert "causes/narrow_canal.md" not in result.stdout
    assert f"run `legtriage docs {docs} --rules {rules}`" in result.stderr
    assert run("docs", str(docs), "--rules", str(rules)).exit_code == 0
    assert run(*check).exit_code == 0


def test_what_no_longer_belongs_is_removed_and_what_is_by_hand_stays(
    rules_and_docs: tuple[Path, Path],
) -> None:
    rules, docs = rules_and_docs
    old, by_hand = docs / "rules" / "causes" / "old_cause.md", docs / "rules" / "notes.md"
    old.write_text(f"<!-- {GENERATED} -->\n", encoding="utf-8")
    by_hand.write_text("# Notes\n", encoding="utf-8")
    arguments = ["docs", str(docs), "--rules", str(rules)]
    result = run(*arguments, "--check")
    assert (result.exit_code, result.stdout) == (1, f"{docs}/rules/causes/old_cause.md: superfluous\n")
    assert old.exists()
    assert run(*arguments).exit_code == 0
    assert (old.exists(), by_hand.exists()) == (False, True)


def test_a_page_written_by_hand_is_not_overwritten(rules_and_docs: tuple[Path, Path]) -> None:
    rules, docs = rules_and_docs
    page = docs / "rules" / "sources.md"
    page.write_text("# My sources\n", encoding="utf-8")
    for more in ([], ["--check"]):
        result = run("docs", str(docs), "--rules", str(rules), *more)
        assert result.exit_code == 1
        assert f"{docs}/rules/sources.md: was not generated" in result.stderr
    assert page.read_text(encoding="utf-8") == "# My sources\n"


# Links and anchors


def target(page: Page, link: str) -> Home:
    path, _, anchor = link.partition("#")
    folder = posixpath.dirname(page.path)
    return Home(posixpath.normpath(posixpath.join(folder, path)) if path else page.path, anchor)


def broken(read: Mapping[str, Page]) -> list[str]:
    """Links between the pages that lead nowhere."""
    return [
        f"{page.path}: {link}"
        for page in read.values()
        for link in page.links
        for to in [target(page, link)]
        if ":" not in link and to.page.endswith(".md")
        if to.page not in read or (to.anchor and to.anchor not in read[to.page].anchors)
    ]


def homeless(read: Mapping[str, Page], rules: RuleBase) -> list[str]:
    """Ids whose home is not a heading, or not of their own."""
    found = homes(rules)
    twice = [str(home) for home, many in Counter(found.values()).items() if many > 1]
    titles = {"sign": "sign {}", "statement": "article {}"}
    return twice + [
        f"{kind} {id}: {home}"
        for (kind, id), home in found.items()
        if home.page not in read
        or (home.anchor and read[home.page].anchors.get(home.anchor) != titles.get(kind, "{}").format(id))
    ]


def test_every_image_is_a_drawing_that_is_there() -> None:
    shown = {
        posixpath.normpath(posixpath.join(posixpath.dirname(page.path), image))
        for page in read().values()
        for image in page.images
    }
    assert shown == {path for path in shipped.pages() if path.endswith(".svg")}


def test_every_link_between_pages_has_a_target() -> None:
    assert sum(len(page.links) for page in read().values()) > len(shipped.rules().rules)
    assert broken(read()) == []


def test_every_id_has_one_home() -> None:
    assert homeless(read(), shipped.rules()) == []


def test_the_anchor_of_a_rule_is_its_id() -> None:
    plain = {"rule", "question", "source", "consistency check", "pair", "level", "act"}
    assert {id: home.anchor for (kind, id), home in anchors().items() if kind in plain} == {
        id: id for kind, id in anchors() if kind in plain
    }


def test_every_rule_file_and_line_that_is_linked_holds_the_id() -> None:
    lines = {path: path.read_text(encoding="utf-8").splitlines() for path in SHIPPED.rglob("*.yaml")}
    linked = 0
    for page in read().values():
        for link in page.links:
            if ".yaml" not in link:
                continue
            path, _, line = link.partition("#L")
            assert path.startswith("../" * page.path.count("/")), link
            file = SHIPPED / path.removeprefix("../" * page.path.count("/")).removeprefix("../rules/")
            assert re.match(r"\s*(-\s*\{?\s*(id|cause|with)|ranked_when): ", lines[file][int(line) - 1]), (
                page.path,
                link,
            )
            linked += 1
    assert linked > len(anchors())


def test_every_place_of_a_rule_is_linked_to_its_own_line() -> None:
    for rule in shipped.rules().rules.values():
        page = anchors()["rule", rule.id].page
        name = Path(rule.where.path).relative_to(SHIPPED).as_posix()
        assert f"rules/{name}#L{rule.where.line}" in " ".join(read()[page].links)


def test_every_rule_that_is_named_is_linked() -> None:
    groups = {getattr(rule.then, "group", None) for rule in shipped.rules().rules.values()}
    ids = {
        id for kind, id in anchors() if kind in ("rule", "source", "pair", "consistency check", "act")
    } - groups
    assert [
        (page.path, code) for page in read().values() for code in page.loose_code if code in ids - {"article"}
    ] == []


KEYS = {
    "rule": "rule",
    "rules": "rule",
    "fired": "rule",
    "unknown": "question",
    "not_assessed": "question",
    "ask": "question",
    "questions": "question",
    "answers": "question",
    "signs": "sign",
    "possible_first": "cause",
    "level": "level",
}
"""Where a result as JSON holds ids, and of what."""


def ids_in(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every id in a result with what it is the id of."""
    if isinstance(value, dict):
        if key in KEYS:
            yield from ((KEYS[key], id) for id in value)
        for inner, each in value.items():
            yield from ids_in(each, inner)
    elif isinstance(value, list):
        for each in value:
            yield from ids_in(each, key)
    elif key in KEYS:
        yield KEYS[key], value


def test_every_id_in_a_result_has_a_home() -> None:
    known = {(str(kind), id) for kind, id in anchors()}
    found: set[tuple[str, str]] = set()
    for result in people().values():
        plain = json.loads(render(result, "json", shipped.rules()))
        plain["urgency"]["rules"] = [each["id"] for each in plain["urgency"]["rules"]]
        found |= set(ids_in(plain))
        found |= {("cause", each["id"]) for each in (*plain["causes"], *plain["also_consider"])}
        found |= {("pair", each["id"]) for each in plain["not_told_apart"]}
        found |= {("act", each["id"]) for each in plain["acts"]}
        found |= {("consistency check", each["id"]) for each in plain["contradictions"]}
        cited = {cite for each in plain["sources"] for cite in [each]}
        found |= {("source", cite) for cite in cited if cite != "article"}
    assert {kind for kind, _ in found} == {kind for kind, _ in known} - {"statement"}
    assert found - known == set()


def test_every_id_that_a_report_has_in_brackets_has_a_home() -> None:
    known = {id for _, id in anchors()} | {f"article {id}" for kind, id in anchors() if kind == "statement"}
    words = {rule.grade for rule in shipped.rules().rules.values()} | {"already counted by a stronger rule"}
    words |= {question.label for question in shipped.rules().questions.values()}
    for result in people().values():
        text = " ".join(render(result, "text", shipped.rules(), full=True).split())
        brackets = re.findall(r"\[([^\]]*)\]", text)
        assert brackets
        named = {each for inside in brackets for each in re.split(r"[;:,] ", inside)}
        assert named - known - words == set()


@beside_the_docs
@pytest.mark.parametrize("id", ["stenosis-eases-leaning-forward", "rf01-saddle-numbness", "fever"])
def test_rules_show_prints_where_the_page_is(id: str) -> None:
    last = re.search(r"\n  page\s+(\S+)\n\Z", run("rules", "show", id).stdout)
    assert last is not None
    page, _, anchor = last[1].partition("#")
    assert anchor in Page(page, (DOCS.parent / page).read_text(encoding="utf-8")).anchors
    shown = json.loads(run("rules", "show", id, "--json").stdout)
    assert (shown[0] if isinstance(shown, list) else shown)["page"] == last[1]


# Whole


def text_of(kind: str, id: str) -> str:
    """All that the page of an id's home says, on one line."""
    return " ".join(read()[anchors()[kind, id].page].texts)  # type: ignore[index]


def test_every_text_of_the_rules_is_on_its_page() -> None:
    wanted = [("rule", rule.id, [rule.because, rule.sign_off]) for rule in shipped.rules().rules.values()]
    wanted += [
        (
            "question",
            each.id,
            [each.text, each.label, each.why, each.help, *(option.text for option in each.options)],
        )
        for each in shipped.rules().questions.values()
    ]
    wanted += [("sign", each.id, [each.text]) for each in shipped.rules().signs.values()]
    wanted += [
        ("cause", each.id, [each.name, each.about, *(f"{CODE_SYSTEM}: {code.code}" for code in each.codes)])
        for each in (*shipped.rules().causes.values(), *shipped.rules().mimics.values())
    ]
    wanted += [
        ("source", each.id, [each.title, each.note, each.address])
        for each in shipped.rules().sources.values()
    ]
    wanted += [
        ("statement", each.id, [each.says, each.excluded]) for each in shipped.rules().statements.values()
    ]
    wanted += [("consistency check", each.id, [each.says]) for each in shipped.rules().consistency.values()]
    wanted += [("pair", each.id, [each.because, each.test]) for each in shipped.rules().pairs.values()]
    wanted += [
        ("act", each.id, [each.name, each.act, str(each.say), *each.come_back_if])
        for each in shipped.rules().acts.values()
    ]
    wanted += [
        ("level", level, [each.name, each.advice]) for level, each in shipped.rules().urgencies.items()
    ]
    missing = [
        (id, text)
        for kind, id, texts in wanted
        for text in texts
        if text is not None and visible(text) not in text_of(kind, id)
    ]
    assert missing == []


def test_every_option_that_a_rule_reads_is_in_its_words() -> None:
    """The condition of a rule is shown in the wordings of its questions and options."""
    for rule in shipped.rules().rules.values():
        said = text_of("rule", rule.id)
        for question in shipped.rules().questions.values():
            for option in question.options:
                if f"{question.id} is {option.id}" in str(rule.when):
                    assert visible(question.text) in said
                    assert visible(option.text) in said


def section(kind: str, id: str) -> str:
    """The Markdown under the heading of an id."""
    home = anchors()[kind, id]  # type: ignore[index]
    before = {"sign": "sign `", "statement": "`article "}.get(kind, "`")
    heading = rf"^#+ {before}{re.escape(id)}`\n(.*?)(?=^#|\Z)"
    found = re.search(heading, shipped.pages()[home.page], re.M | re.S)
    assert found is not None, id
    return found[1]


@pytest.mark.parametrize("kind", ["rule", "statement", "source"])
def test_citations_lead_both_ways(kind: str) -> None:
    for rule in shipped.rules().rules.values():
        for cite in rule.cites:
            here = section("rule", rule.id)
            if kind == "rule":
                assert f"`{cite}`" in here
            elif (cite.statement is not None) == (kind == "statement"):
                assert f"`{rule.id}`" in section(kind, cite.statement or cite.source)


def test_every_source_says_how_it_was_seen() -> None:
    for source in shipped.rules().sources.values():
        seen = how_seen(source.seen, source.confidence)
        assert f"- **Seen:** {seen}\n" in section("source", source.id)


def test_a_cause_says_all_that_its_first_points_hang_on() -> None:
    rates = shipped.rules().base_rates
    for id, rate in rates.rates.items():
        line = re.search(r"^- \*\*How common.*$", shipped.pages()[anchors()["cause", id].page], re.M)
        assert line is not None
        assert f"confidence: {rate.confidence}" in line[0]
        for percent in [*rate.percent.values(), *(least for _, least in rate.lifts)]:
            points = rates.points_for(percent)
            assert f" {percent} % ({points:+d})".replace("(+0)", "(0)") in line[0]


def test_points_that_are_less_than_their_ratio_says_are_said_to_be_capped() -> None:
    capped = []
    for rule in shipped.rules().rules.values():
        ratio = rule.then.likelihood_ratio if isinstance(rule.then, Weighs) else None
        if ratio is not None:
            beyond = abs(10 * ratio.value.log10()) > Decimal("10.5")
            assert (f", capped at {POINTS_CAP}\n" in section("rule", rule.id)) is beyond, rule.id
            capped += [rule.id] * beyond
    assert capped


# Trust


def in_short(rule: str) -> str:
    """The line that tells the rule in short on the page of its cause or danger."""
    page = shipped.pages()[anchors()["rule", rule].page]
    found = re.search(rf"^(?:\| [-+]?\d+ \| .*|- .*)\[`{re.escape(rule)}`\]\(#{rule}\)(.*)$", page, re.M)
    assert found is not None, rule
    return found[1]


def test_a_rule_has_its_grade_and_its_marks_wherever_it_is_told() -> None:
    marked = 0
    for rule in shipped.rules().rules.values():
        found = beside_grade(rule, shipped.rules())
        assert {rule.grade, *found} >= set(marks(rule, shipped.rules()))
        full = re.findall(r"^- \*\*Marks:\*\* (.*)$", section("rule", rule.id), re.M)
        assert full == ["; ".join(f"*{mark}*, {MEANINGS[kind_of(mark)]}" for mark in found)] * bool(found)
        assert f"- **Grade:** {rule.grade}: " in section("rule", rule.id)
        if not isinstance(rule.then, Shows):
            assert in_short(rule.id).strip(" |*()") == "; ".join([rule.grade, *found]), rule.id
            marked += bool(found)
    assert marked > len(MARKS)


MARK_TABLE = re.compile(r"^\| (?:Points \| Rule|Ratio \| Rule) .*\n(?:\|.*\n)+", re.M)


def test_what_the_marks_of_a_table_mean_stands_below_it() -> None:
    explained = 0
    for path, page in shipped.pages().items():
        for each in MARK_TABLE.finditer(page):
            cells = [
                cell.strip()
                for row in each[0].splitlines()[2:]
                for cell in (row.split(" | ")[0], row.split(" | ")[2])
            ]
            there = {kind_of(part) for cell in cells for part in cell.strip("| ").split("; ")[1:]} & set(
                MARKS
            )
            below = page[each.end() :].lstrip("\n").partition("\n")[0]
            for mark in MARKS:
                assert (f"*{mark}*, {MEANINGS[mark]}" in below) is (mark in there), (path, mark)
            explained += bool(there)
    assert explained > len(shipped.rules().causes)


@beside_the_docs
def test_what_the_marks_mean_is_said_in_the_same_words_by_hand() -> None:
    text = (DOCS / "semantics.md").read_text(encoding="utf-8")
    rows = re.findall(
        r"^\| `([^`]*)`[^|]*\| ([^|]*) \|$", text.partition("### Marks")[2].partition("\n### ")[0], re.M
    )
    assert dict(rows) == MEANINGS


def test_a_rule_about_urgency_says_that_it_is_not_from_the_article() -> None:
    outside = 0
    for rule in shipped.rules().rules.values():
        if isinstance(rule.then, Raises):
            alone = not any(cite.statement for cite in rule.cites)
            assert (" (not from the article) when\n" in section("rule", rule.id)) is alone, rule.id
            outside += alone
    assert outside > 0
    assert "**Not from the article:**" in shipped.pages()["rules/urgency.md"]


def test_what_the_article_alone_tells_apart_is_never_told_without_saying_what_is_counted() -> None:
    """Under each heading and in each item: rules that cite a symptom, neither symptoms nor all rules."""
    text = shipped.pages()["rules/pairs.md"].partition("\n## What the article alone tells apart\n")[2]
    heads = re.findall(r"^### (.*)\n\n(.*)$", text, re.M)
    assert len(heads) == 4
    for head, first in heads:
        assert head.endswith(" by the article alone") or "those that cite a symptom of the article" in head
        assert re.search("cites? a symptom of the article", head + first)
    items = re.findall(r"^ *- .*(?: told by |, by )(.*)$", text, re.M)
    assert items
    for item in items:
        assert re.match(
            r"(each of its \d+ rules|its one rule|\d+ of its \d+ rules) that cites? a symptom", item
        ), item
    assert not re.search(r"\bits \d+ symptoms\b", text)


def test_every_reader_of_a_question_stands_with_it() -> None:
    for rule in shipped.rules().rules.values():
        for atom in re.findall(r"(\w+) (?:is|in|has|[<>]=?) ", str(rule.when)):
            if atom in shipped.rules().questions:
                assert f"`{rule.id}`" in section("question", atom)
        for sign in re.findall(r"sign (\w+)", str(rule.when)):
            assert f"`{rule.id}`" in section("sign", sign)


def test_a_page_with_conditions_leads_to_how_they_are_read() -> None:
    there = {
        home.page
        for (kind, _), home in anchors().items()
        if kind in ("rule", "question", "consistency check")
    }
    assert there
    for page in there:
        assert any(link.endswith("index.md#how-to-read-a-condition") for link in read()[page].links), page


def test_the_cases_of_a_rule_stand_with_it() -> None:
    for case in shipped.cases():
        for rule, how in [(id, "fire") for id in case.expect.fires] + [
            (id, "nearly do") for id in case.expect.silent
        ]:
            line = re.search(rf"^- \*\*Cases that {how}.*$", section("rule", rule), re.M)
            assert line is not None
            assert f"`{case.id}`" in line[0]


WIDE = {"rules/base_rates.md": 5, "rules/find.md": 9}
"""Pages with a wider table: of figures, and one that a narrow screen shows as cards."""


def test_no_table_is_wider_than_a_phone() -> None:
    """Of five columns a phone shows a word a line, and of four too if all are words."""
    for page in read().values():
        for head, row in zip(page.tokens, page.tokens[1:], strict=False):
            if head.type == "thead_open":
                at = page.tokens.index(row)
                end = next(i for i, t in enumerate(page.tokens[at:], at) if t.type == "tr_close")
                columns = sum(token.type == "th_open" for token in page.tokens[at:end])
                assert columns <= WIDE.get(page.path, 4), page.path


# Whatever the rules say


def test_no_text_of_a_rule_file_becomes_markup() -> None:
    made = pages(hostile())
    for page in parsed(made).values():
        assert [html for html in page.html if GENERATED not in html] == []
        assert [image for image in page.images if target(page, image).page not in made] == []
        assert [
            link for link in page.links if not re.match(r"(\.\./)*[\w./-]+\.(md|yaml|json)|#", link)
        ] == []
        assert all("\n" not in text and text == visible(text) for text in page.texts if text.strip() == text)


def test_every_hostile_id_has_its_home_and_every_link_its_target() -> None:
    made = parsed(pages(hostile()))
    assert broken(made) == []
    assert homeless(made, hostile()) == []


@given(rules=rule_bases())
@examples(20)
def test_pages_of_any_rules_hold_together(rules: RuleBase) -> None:
    made = parsed(pages(rules))
    assert broken(made) == []
    assert homeless(made, rules) == []
