"""The pages of the questions and of the signs, one for each of their files: what each is, who reads it."""

from __future__ import annotations

from collections.abc import Iterator

from ..knowledge.catalogue import form_of
from ..knowledge.questions import Question
from ..knowledge.rules import Sign, level_of
from ..knowledge.unsure import unsure
from ..writing.markdown import code, escaped
from .parts.anchors import page_named, stem
from .parts.book import Book, page_text
from .parts.links import Links
from .parts.readers import reader_lines
from .parts.rule_section import RuleSections
from .parts.wording import condition_lines, how_to_read


def question_pages(book: Book) -> Iterator[tuple[str, str]]:
    """Each page: path and text."""
    by_file: dict[str, list[Question]] = {}
    for question in book.rules.questions.values():  # in the order of the interview
        by_file.setdefault(stem(question.where), []).append(question)
    for name, found in by_file.items():
        page = page_named("questions", name)
        title = f"Questions: {escaped(name.replace('_', ' '))}"
        yield page, page_text(title, "the rule files", QuestionPage(book, book.links(page)).lines(found))


class QuestionPage:
    """Writes one of these pages."""

    def __init__(self, book: Book, links: Links) -> None:
        self.book = book
        self.rules = book.rules
        self.links = links
        self.chapters = {id: chapter for chapter in self.rules.chapters for id in chapter.questions}

    def lines(self, found: list[Question]) -> Iterator[str]:
        """All below the title."""
        yield "In the order of the interview. *I am not sure* is an answer to every question."
        yield how_to_read(self.links)
        yield ""
        for question in found:
            yield f"- {self.links.id('question', question.id)}: {escaped(question.label)}"
        yield ""
        for question in found:
            yield from self._question(question)

    def _question(self, question: Question) -> Iterator[str]:
        yield f"## {code(question.id)}"
        yield ""
        yield f"**{escaped(question.text)}**"
        yield ""
        if question.help:
            yield f"{escaped(question.help)}"
            yield ""
        yield f"- **Called in results:** {escaped(question.label)}"
        yield f"- **Why it is asked:** {escaped(question.why)}"
        chapter = self.chapters[question.id]
        yield f"- **Chapter:** {escaped(chapter.title)}"
        if question.emergency:
            yield "- **Part of the emergency screen:** not being sure is never less than for today"
        yield f"- **Answer:** {escaped(form_of(question))}{' of these' if question.options else ''}"
        for option in question.options:
            alone = ", alone" if option.exclusive else ""
            same = ", the same as not being sure" if option.means_unsure else ""
            same = ", which says nothing" if option.refuses else same
            same = ", less telling than not being sure" if question.emergency and option.clear else same
            yield f"  - {escaped(option.text)} ({code(option.id)}{alone}{same})"
        yield f"- **Not being sure:** {self._unsure(question)}"
        if question.asked_when is None:
            everyone = "while it can change the result" if chapter.most_telling_first else "of everyone"
            yield f"- **Asked:** {everyone}"
        else:
            yield "- **Asked only when:**"
            yield from condition_lines(question.asked_when, self.links, "  ")
        yield f"- **Written in** {self.links.line(question.where)}"
        yield ""
        yield "Who reads it:"
        yield ""
        yield from reader_lines(question.id, self.book, self.links)
        pairs = [pair.id for pair in self.rules.pairs.values() if question.id in pair.ask]
        if pairs:
            yield f"- **Helps to tell apart** {self.links.ids('pair', pairs)}"
        yield ""

    def _unsure(self, question: Question) -> str:
        found = unsure(question.id, self.rules)
        said = []
        if found.at_least:
            alone = self.links.ids("rule", (rule.id for rule in found.alone))
            said.append(f"at least {self.links.level(found.at_least)} ({alone})")
        for level in dict.fromkeys(level_of(rule) for rule in found.together):
            ids = [rule.id for rule in found.together if level_of(rule) == level]
            said.append(f"with other answers {self.links.level(level)} ({self.links.ids('rule', ids)})")
        if not said and found.rules:
            said.append(f"helps to fire {self.links.ids('rule', (rule.id for rule in found.rules))}")
        return "; ".join(said) or "counts as not known"


def sign_pages(book: Book) -> Iterator[tuple[str, str]]:
    """Each page: path and text."""
    by_file: dict[str, list[Sign]] = {}
    for sign in book.rules.signs.values():
        by_file.setdefault(stem(sign.where), []).append(sign)
    for name, found in by_file.items():
        page = page_named("signs", name)
        title = f"Signs: {escaped(name.replace('_', ' '))}"
        yield page, page_text(title, "the rule files", _sign_lines(found, book, book.links(page)))


def _sign_lines(found: list[Sign], book: Book, links: Links) -> Iterator[str]:
    yield "A sign is a finding that rules conclude from the answers, and that other rules read by its name."
    yield how_to_read(links)
    yield ""
    for sign in found:
        yield f"- {links.id('sign', sign.id)}: {escaped(sign.text)}"
    yield ""
    sections = RuleSections(book, links)
    for sign in found:
        concluding = book.rules.rules_by_sign[sign.id]
        yield f"## sign {code(sign.id)}"
        yield ""
        yield f"**{escaped(sign.text)}**"
        yield ""
        yield f"- **Concluded by** {links.ids('rule', (rule.id for rule in concluding))}"
        yield from reader_lines(f"sign {sign.id}", book, links)
        yield f"- **Written in** {links.line(sign.where)}"
        yield ""
        for rule in concluding:
            yield from sections.lines(rule)
