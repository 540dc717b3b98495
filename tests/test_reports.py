"""What each form of the result holds, what the short one leaves out, and that no text becomes markup."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from html.parser import HTMLParser
from typing import get_args

import pytest
import shipped
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from people import HOSTILE_PERSON, HOSTILE_TEXTS, KINDS, hostile, people, person
from strategies import answer_sets
from test_result import REASSURANCE, what_to_do

from engine import Assessment, InputError, assess, render
from engine.answers.answers import Amount, Chosen, Picked, in_words
from engine.knowledge.rule_base import RuleBase
from engine.loading.answer_reader import read_answers
from engine.report.details import details
from engine.report.full_text import report
from engine.report.rendering import FORMATS, Format
from engine.report.short_text import PLACES, summary
from engine.result.advice.act_text import MOST, to_do
from engine.result.consultation import consultation_of
from engine.writing.lines import Line, visible
from engine.writing.markdown import code, escaped
from engine.writing.markup import page, tag

ANYONE = answer_sets(shipped.rules())
MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def one_line(lines: list[Line]) -> str:
    return " ".join(" ".join(line.text for line in lines).split())


def named(text: str, result: Assessment) -> set[str]:
    """The rules that fired and stand in the text."""
    return set(result.fired) & set(re.findall(r"[a-z0-9-]+", text))


def cited(text: str) -> set[str]:
    """What stands in brackets in the short text: the rules, and the questions to check."""
    return set(re.findall(r"\[([^\]]*)\]", text))


# The short text


@given(person=ANYONE)
def test_the_short_text_says_how_many_rules_it_leaves_out(person: dict[str, object]) -> None:
    result = assess(person, shipped.rules())
    text = one_line(summary(result))
    found = re.search(r"(\d+) of the (\d+) rules that fired", text)
    assert found is not None
    assert int(found[2]) == len(result.fired)
    assert int(found[1]) == len(set(result.fired) - cited(text))


@given(person=ANYONE)
def test_the_short_text_keeps_what_counts(person: dict[str, object]) -> None:
    result = assess(person, shipped.rules())
    text = one_line(summary(result))
    wanted = {each.id for each in result.urgency.rules if each.level == result.urgency.level}
    leading = [cause for cause in result.causes if cause.rank <= PLACES]
    for cause in (*leading, *result.also_consider):
        wanted |= {each.rule for each in (*cause.for_, *cause.against) if each.counted}
    assert wanted <= cited(text)
    steps = [each.do for act in result.acts for each in act.meanwhile]
    say = [act.say if at < MOST else act.name for at, act in enumerate(result.acts)]
    texts = [*to_do(result.acts), *say, *steps] or [result.urgency.advice]
    texts += [result.not_a_diagnosis, *result.safety_net]
    texts += [each.says for each in result.contradictions]
    texts += [each.says for each in result.notices]
    texts += [f"{each.name}: {each.support}, " for each in result.causes]
    texts += [each.because for each in result.not_told_apart]
    texts += [f"{each.name}, " for each in result.also_consider]
    assert [each for each in texts if each not in text] == []
    assert ("It may be sooner." in text) is result.urgency.at_least
    assert not REASSURANCE.search(text.lower())


@given(person=ANYONE)
def test_sources_and_treatments_left_out_are_those_of_the_full_text(person: dict[str, object]) -> None:
    result = assess(person, shipped.rules())
    short, full = one_line(summary(result)), one_line(report(result))
    sources = re.search(r"that fired, (\d+) source", short)
    assert sources is not None
    assert int(sources[1]) == sum(f" {id}: {each.title}" in full for id, each in result.sources.items())
    treatments = re.search(r"(\d+) treatment", short)
    _, _, told = full.partition("WHAT THE ARTICLE SAYS OF TREATMENT")
    told, _, _ = told.partition("OUTSIDE THE ARTICLE")
    assert int(treatments[1] if treatments else 0) == len(re.findall(r"\[article [\d.]+\]", told))


@given(person=ANYONE)
def test_the_full_text_names_every_rule_that_fired(person: dict[str, object]) -> None:
    result = assess(person, shipped.rules())
    assert named(one_line(report(result)), result) == set(result.fired)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("width", [40, 80])
def test_the_short_text_fits_its_width(kind: str, width: int) -> None:
    lines = [line.text for line in summary(person(kind), width)]
    assert [line for line in lines if len(line) > width and len(line.split()) > 1] == []


def test_the_short_text_is_short() -> None:
    for result in people().values():
        assert 3 * len(summary(result)) < 2 * len(report(result))  # what to do stands whole in both


@pytest.mark.parametrize("full", [False, True])
def test_hostile_texts_do_not_steer_the_terminal(full: bool) -> None:
    text = render(assess(HOSTILE_PERSON, hostile()), full=full)
    assert "\\x1b[31mred" in text
    assert "\\u202e" in text
    assert text.replace("\n", "").isprintable()


# Every form


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", FORMATS)
def test_every_whole_form_names_every_rule_and_what_to_do(kind: str, form: Format) -> None:
    result = person(kind)
    text = render(result, form, shipped.rules(), full=True, width=10_000)
    assert text.endswith("\n")
    assert named(text, result) == set(result.fired)
    assert not REASSURANCE.search(text.lower())
    plain = " ".join(unescape(text).replace("\\", "").split())
    assert [each for each in (result.urgency.name, *what_to_do(result)) if each not in plain] == []
    assert [each.name for each in result.causes if each.name not in text.replace("\\", "")] == []
    assert result.provenance["rules_sha256"][:12] in text


def test_json_is_the_result() -> None:
    for result in people().values():
        assert json.loads(render(result, "json")) == json.loads(json.dumps(result.to_dict()))


def test_a_result_of_other_rules_is_refused() -> None:
    result = assess(HOSTILE_PERSON, hostile())
    for form in FORMATS:
        if form in ("text", "json"):
            assert render(result, form, shipped.rules())
        else:
            with pytest.raises(InputError, match=r"^rules: V004 "):
                render(result, form, shipped.rules())


def test_reports_are_the_same_each_time() -> None:
    for form in get_args(Format):
        for result in people().values():
            again = assess(dict(reversed(list(result.answers.items()))), shipped.rules())
            assert render(again, form, shipped.rules()) == render(result, form, shipped.rules())


# What was said


@given(person=ANYONE)
def test_every_question_has_its_place(person: dict[str, object]) -> None:
    known = details(consultation_of(assess(person, shipped.rules()), shipped.rules()))
    places = [known.given, known.denied, known.not_known, known.not_applying]
    given_, denied, not_known, not_applying = ({each.question for each in place} for place in places)
    assert given_ | denied | not_known | not_applying == shipped.rules().questions.keys()
    assert not not_applying & (given_ | denied | not_known)
    answers = read_answers(person, shipped.rules())
    assert given_ | denied <= answers.keys()
    for id, question in shipped.rules().questions.items():
        answer = answers.get(id)
        if isinstance(answer, Picked):
            assert (id in given_) is bool(answer.has)
            assert (id in not_known) is not answer.covers(question)
        else:
            assert (id in given_ | denied) is isinstance(answer, Chosen | Amount)


def test_answers_are_told_in_words() -> None:
    person = {
        "side": "cannot_tell",
        "feelings": {"has": ["burning"], "not": ["shooting"]},
        "worse_at_night": "no",
        "age_years": 60,
    }
    known = details(consultation_of(assess(person, hostile()), hostile()))
    burning = next(
        option.text for option in hostile().questions["feelings"].options if option.id == "burning"
    )
    assert {each.question: each.answer for each in known.given} == {
        "feelings": burning,
        "age_years": "60 years",
    }
    assert {each.question: each.answer for each in known.denied} == {
        "worse_at_night": "no",
        "feelings": "it shoots",
    }
    assert {each.question: each.answer for each in known.not_known} == {
        "side": "not sure",
        "feelings": "left open: it is numb",
        "lasts": "not answered",
    }


def test_an_answer_that_only_denies_does_not_say_none_of_these() -> None:
    """Of what was left open nothing is said."""
    question = hostile().questions["feelings"]
    texts = {option.id: option.text for option in question.options}
    denied = Picked(frozenset(), frozenset({"numb"}))
    assert in_words(question, denied) == f"not: {texts['numb']}"
    assert str(denied) == "not numb"


# Markdown


def flat(tokens: list[object]) -> Iterator[object]:
    for token in tokens:
        yield token
        yield from flat(getattr(token, "children", None) or [])


@given(
    text=st.text() | st.sampled_from(HOSTILE_TEXTS) | st.from_regex(r"[-+*#>|`_~=\d.)(\[\]<!&:/w@$ ]{1,20}")
)
def test_no_text_is_markup_in_markdown(text: str) -> None:
    wanted = visible(text)
    for before, after in (("- ", ""), ("", ""), ("| a |\n| --- |\n| ", " |"), ("### ", "")):
        for shown in (escaped(text), code(text)):
            tokens = list(flat(list(MARKDOWN.parse(f"{before}x {shown} x{after}\n"))))
            kinds = {str(getattr(token, "type", "")) for token in tokens}
            assert not kinds & {"html_inline", "html_block", "link_open", "image", "em_open", "strong_open"}
            assert not kinds & {"fence", "code_block", "hr", "s_open", "ordered_list_open"}
            said = "".join(
                str(getattr(token, "content", ""))
                for token in tokens
                if getattr(token, "type", "") in ("text", "code_inline", "text_special")
            )
            assert said.removeprefix("a").split() == f"x {wanted} x".split()


@given(text=st.text(min_size=1) | st.from_regex(r"[-+*#>=\d.) ]{1,8}"))
def test_no_text_begins_a_block_in_markdown(text: str) -> None:
    kinds = {token.type for token in MARKDOWN.parse(escaped(text))}
    assert kinds <= {"paragraph_open", "inline", "paragraph_close"}


def test_hostile_texts_stay_texts_in_markdown() -> None:
    shown = render(assess(HOSTILE_PERSON, hostile()), "markdown", hostile())
    kinds = {str(getattr(token, "type", "")) for token in flat(list(MARKDOWN.parse(shown)))}
    assert not kinds & {"html_inline", "html_block", "link_open", "image", "em_open", "fence", "code_block"}
    assert "\x1b" not in shown
    assert "\u202e" not in shown


@pytest.mark.parametrize("kind", KINDS)
def test_tables_of_markdown_have_rows_as_wide_as_their_heads(kind: str) -> None:
    lines = render(person(kind), "markdown", shipped.rules()).splitlines()
    tables = [line for line in lines if line.startswith("|")]
    widths = [len(re.findall(r"(?<!\\)\|", line)) for line in tables]
    assert tables
    for line, width, after in zip(tables, widths, widths[1:], strict=False):
        if line.startswith("| Question") or "---" in line:
            assert width == after
    html = MARKDOWN.render("\n".join(lines))
    assert html.count("<tr>") == len(tables) - sum("---" in line for line in tables)


# HTML


class Page(HTMLParser):
    """The elements of a page, its texts, ids and links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def all(self, name: str) -> list[str]:
        """The values of an attribute."""
        return [value for key, value in self.attributes if key == name]


@cache
def pages() -> dict[str, tuple[Assessment, RuleBase]]:
    """A person of each kind, and one under hostile rules."""
    return {kind: (each, shipped.rules()) for kind, each in people().items()} | {
        "hostile": (assess(HOSTILE_PERSON, hostile()), hostile())
    }


@pytest.mark.parametrize("kind", [*KINDS, "hostile"])
def test_a_page_asks_for_nothing_and_runs_nothing(kind: str) -> None:
    result, rules = pages()[kind]
    found = Page(render(result, "html", rules))
    assert not {"script", "img", "link", "iframe", "object", "form", "base"} & set(found.tags)
    assert found.tags.count("style") == 1
    names = {name for name, _ in found.attributes}
    assert not {name for name in names if name.startswith("on")} | (names & {"src", "srcset", "style"})
    assert all(href.startswith("#") for href in found.all("href"))
    assert "default-src 'none'" in " ".join(found.all("content"))


@pytest.mark.parametrize("kind", [*KINDS, "hostile"])
def test_every_link_of_a_page_has_its_anchor_and_every_rule_has_one(kind: str) -> None:
    result, rules = pages()[kind]
    found = Page(render(result, "html", rules))
    ids = found.all("id")
    assert len(ids) == len(set(ids))
    assert {href.removeprefix("#") for href in found.all("href")} <= set(ids)
    assert set(result.fired) <= set(ids)


@given(person=ANYONE)
def test_every_link_of_anyones_page_has_its_anchor(person: dict[str, object]) -> None:
    found = Page(render(assess(person, shipped.rules()), "html", shipped.rules()))
    assert {href.removeprefix("#") for href in found.all("href")} <= set(found.all("id"))


def test_hostile_texts_are_shown_as_they_are_in_html() -> None:
    result, rules = pages()["hostile"]
    found = Page(render(result, "html", rules))
    text = " ".join(" ".join(found.texts).split())
    for each in HOSTILE_TEXTS:
        assert visible(each) in text
    assert not {"\x1b", "\u202e", "\u200f", "\u2066"} & set(text)
    assert result.contradictions
    assert result.not_told_apart
    assert result.also_consider
    assert result.urgency.rules


@given(text=st.text(), value=st.text())
def test_no_text_or_attribute_is_markup_in_html(text: str, value: str) -> None:
    found = Page(page([], tag("body", tag("p", text, title=value)), ""))
    assert found.tags == ["html", "head", "style", "body", "p"]
    assert "".join(found.texts).strip() == visible(text)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_tells_each_bar_in_words(kind: str) -> None:
    result = person(kind)
    text = " ".join(Page(render(result, "html", shipped.rules())).texts)
    for cause in result.causes:
        counted = [each.points for each in (*cause.for_, *cause.against) if each.counted]
        found = sum(points for points in counted if points > 0)
        against = -sum(points for points in counted if points < 0)
        says = (
            f"{cause.base_points} for how common it is, {found} for, {against} against: {cause.points} in all"
        )
        assert says in text
        assert cause.base_points + found - against == cause.points


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown format `pdf`; one of text, markdown, html, json"):
        render(assess({}), "pdf")  # type: ignore[arg-type]
