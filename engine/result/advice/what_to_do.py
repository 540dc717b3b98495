"""What to do about the dangers that were found, and what to say, in the person's own words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...answers.answers import UNSURE, Amount, Answer, Chosen, Picked, in_words
from ...knowledge.acts import DANGER, FACTS, UNSURE_OF, Act, Precaution
from ...knowledge.conditions import Has, HasSign, Is, IsUnsure
from ...knowledge.questions import Question
from ...knowledge.rule_base import RuleBase
from ...knowledge.rules import Rule
from ...writing.lines import visible
from ..assessment import ActResult, Numbers, PrecautionResult
from ..outlook import Standing

MOST = 5
"""So many facts are said; who is frightened reads no more, and who answers asks for the rest."""

MOST_UNSURE = 12
"""And so many things that the person is not sure of, with how many more there are."""


def acts_of(person: Standing, numbers: Numbers) -> tuple[ActResult, ...]:
    """The acts of the rules that raise the level itself, each once, the most urgent kind of help first."""
    return acts_for(person.rules.level_given(person.fired)[1], person, numbers)


def acts_for(rules: Iterable[Rule], person: Standing, numbers: Numbers) -> tuple[ActResult, ...]:
    """The acts of these rules, which fired, each once, the most urgent kind of help first."""
    base = person.rules
    order = list(base.routes)
    acts = [base.acts[id] for id in {rule.act for rule in rules} if id is not None]
    acts.sort(key=lambda act: (order.index(act.route), act.id))
    told = _told(acts, base)
    return tuple(_result(act, told, person, numbers) for act in acts)


def _told(acts: list[Act], base: RuleBase) -> set[str]:
    """The precautions that are told: what goes with the first act's route, and with those before it."""
    told: list[Precaution] = []
    for id in dict.fromkeys(id for act in acts for id in act.meanwhile):
        precaution = base.precautions[id]
        before = {acts[0].route, *(each.id for each in told)}
        if not before.intersection(precaution.not_with) and not any(id in each.not_with for each in told):
            told.append(precaution)
    return {each.id for each in told}


def _result(act: Act, told: set[str], person: Standing, numbers: Numbers) -> ActResult:
    base = person.rules
    route = base.routes[act.route]
    known = {"emergency": numbers.emergency} | ({"advice": numbers.advice} if numbers.advice else {})
    rules = [rule for rule in base.rules_by_act[act.id] if rule.id in person.fired]
    number = known.get(route.number) if route.number and numbers.country else None
    return ActResult(
        id=act.id,
        name=act.name,
        route=route.id,
        go=route.go.fill(known),
        number=number,
        act=act.act,
        say=act.say.fill(_values(act, rules, person)),
        meanwhile=tuple(
            PrecautionResult(id=each.id, do=each.do, cites=tuple(str(cite) for cite in each.cites))
            for each in (base.precautions[id] for id in act.meanwhile if id in told)
        ),
        come_back_if=act.come_back_if,
        rules=tuple(rule.id for rule in rules),
        cites=tuple(str(cite) for cite in act.cites),
        grade=act.grade,
    )


def _values(act: Act, rules: list[Rule], person: Standing) -> dict[str, str]:
    """What `say` may name, where the person said it."""
    base, answers = person.rules, person.known.answers
    found = {id: words for id in answers if (words := _words(base.questions[id], answers[id])) is not None}
    leaves = list(dict.fromkeys(leaf for rule in rules for leaf in _said(rule, person)))
    facts = _clauses(leaves, person)
    if facts:
        found[FACTS] = _in_a_row(facts[:MOST], "and")
    unsure = dict.fromkeys(_open(base, leaf.question) for leaf in leaves if isinstance(leaf, IsUnsure))
    if unsure:
        left = len(unsure) - MOST_UNSURE
        more = f", and {left} more" if left > 0 else ""
        found[UNSURE_OF] = _in_a_row([*unsure][:MOST_UNSURE], "or") + more
    return found | {DANGER: act.name}


def _words(question: Question, answer: Answer) -> str | None:
    """The answer as a value in a sentence; None where it says nothing that can be quoted there."""
    if isinstance(answer, Amount):
        return visible(str(answer))
    if isinstance(answer, Chosen) and not _denies(question, answer.option):
        return in_words(question, answer)
    if isinstance(answer, Picked):
        texts = [each.text for each in question.options if each.id in answer.has and not each.clear]
        return _in_a_row(texts, "and") if texts else None
    return None


def _said(rule: Rule, person: Standing) -> Iterator[Is | Has | IsUnsure]:
    """The answers for which a rule fired, signs looked through; amounts and denials apart."""
    for leaf in person.reasons(rule):
        if isinstance(leaf, HasSign):
            for rule in person.rules.rules_by_sign[leaf.sign]:
                if rule.id in person.fired:
                    yield from _said(rule, person)
        elif isinstance(leaf, (Is, Has, IsUnsure)):
            yield leaf


def _clauses(leaves: list[Is | Has | IsUnsure], person: Standing) -> list[str]:
    """What was said, a clause for each answer: what matters most first, last what no saying words."""
    base = person.rules
    said: dict[tuple[str, str], None] = {}
    for leaf in leaves:
        if isinstance(leaf, Has):
            said[leaf.question, leaf.option] = None
        elif isinstance(leaf, Is):
            answer = person.known.answers[leaf.question]
            assert isinstance(answer, Chosen)
            said[leaf.question, answer.option] = None
    worded = [saying.say for key, saying in base.sayings.items() if key in said]
    plain = [_plain(base, *key) for key in said if key not in base.sayings]
    return list(dict.fromkeys([*worded, *(each for each in plain if each is not None)]))


def _plain(rules: RuleBase, question: str, option: str) -> str | None:
    """The answer by label and option; None for a denial."""
    asked = rules.questions[question]
    if _denies(asked, option):
        return None
    if asked.kind == "yes_no":
        return asked.label
    return f"{asked.label}: {next(each.text for each in asked.options if each.id == option)}"


def _open(rules: RuleBase, question: str) -> str:
    """What the person is not sure of."""
    worded = rules.sayings.get((question, str(UNSURE)))
    return worded.say if worded else rules.questions[question].label


def _denies(question: Question, option: str) -> bool:
    """Whether choosing the option says that nothing is there."""
    return option in ("no", "none") or any(each.id == option and each.clear for each in question.options)


def _in_a_row(texts: list[str], last: str) -> str:
    """The texts in a row, as they are said."""
    if len(texts) < 2:
        return "".join(texts)
    return f"{', '.join(texts[:-1])} {last} {texts[-1]}"
