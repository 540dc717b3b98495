"""What is there and not used, or missing: signs, options, groups, sources, sides of a cause, cases, acts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from ...knowledge.conditions import Has, HasSign, Is, atoms
from ...knowledge.levels import PRESSING
from ...knowledge.questions import Option, Question
from ...knowledge.rule_base import RuleBase
from ...knowledge.rules import Longer, Rule, Weighs, level_of
from ..cases.case import Case, coverage
from .findings import Remark, Subject, listed

ALIKE = 0.85
"""From here on two names of groups are taken for a slip of one (difflib's ratio, from 0 to 1)."""


def unused(rules: RuleBase, cases: Iterable[Case]) -> Iterator[Remark]:
    """L008 to L015, L017 and L018."""
    yield from _signs_and_options(rules)
    yield from _groups(rules)
    yield from _sides(rules)
    yield from _cases(rules, cases)
    yield from _sources(rules)
    yield from _acts(rules)


def _signs_and_options(rules: RuleBase) -> Iterator[Remark]:
    checks = [each.when for each in rules.consistency.values() if not isinstance(each.when, Longer)]
    read = {atom for condition in [*rules.conditions(), *checks] for atom in atoms(condition)}
    signs = {atom.sign for atom in read if isinstance(atom, HasSign)}
    for sign in rules.signs.values():
        if sign.id not in signs:
            yield Remark("L008", sign, f"nothing reads the sign `{sign.id}`; read it in a rule, or remove it")
    named = {(atom.question, atom.option) for atom in read if isinstance(atom, Has)}
    named |= {(atom.question, option) for atom in read if isinstance(atom, Is) for option in atom.options}
    for question in rules.questions.values():
        unread = [
            option
            for option in question.options
            if (question.id, option.id) not in named and not (option.exclusive or not option.is_real)
        ]
        if question.kind == "yes_no" and len(unread) > 1:
            message = f"nothing reads a yes or a no to `{question.id}`; read it in a rule"
            yield Remark("L009", question, message)
        # One answer always falls to the rest: what is none of the options that are read.
        elif len(unread) > (0 if question.kind == "many_of" else 1):
            for option in unread:
                message = f"nothing reads `{option.id}` of `{question.id}`{_ending(option, unread, question)}"
                yield Remark("L009", question, message, option.id, option.where)


def _ending(option: Option, unread: Sequence[Option], question: Question) -> str:
    """The end of the message; where one answer is taken, what the option is not told from."""
    if question.kind == "many_of":
        return "; read it in a rule, or remove it"
    others = listed(other.id for other in unread if other is not option)
    return f", so nothing tells it from {others}; read, merge or remove such options"


def _groups(rules: RuleBase) -> Iterator[Remark]:
    for found in rules.rules_by_cause.values():
        groups: dict[str, list[Rule]] = {}
        for rule in found:
            assert isinstance(rule.then, Weighs)
            groups.setdefault(rule.then.group, []).append(rule)
        for name, members in groups.items():
            near = [other for other in sorted(groups) if other != name and _alike(name, other)]
            larger = [other for other in near if len(groups[other]) > 1 or other < name]
            if len(members) == 1 and larger:
                message = (
                    f"`{members[0].id}` is alone in the group `{name}`; did you mean `{larger[0]}`? "
                    f"if not, give the group a name of its own"
                )
                yield Remark("L010", members[0], message)


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other).ratio() >= ALIKE


def _sides(rules: RuleBase) -> Iterator[Remark]:
    for id, found in rules.rules_by_cause.items():
        points = [rule.then.points for rule in found if isinstance(rule.then, Weighs)]
        cause = rules.causes.get(id) or rules.mimics[id]
        if not any(each > 0 for each in points):
            yield Remark("L011", cause, f"no rule weighs for `{id}`, so nothing can raise it; add one", "for")
        if id in rules.causes and not any(each < 0 for each in points):
            message = f"no rule weighs against `{id}`, so it can only rise; add one"
            yield Remark("L011", cause, message, "against")


def _cases(rules: RuleBase, cases: Iterable[Case]) -> Iterator[Remark]:
    found = coverage(cases, rules)
    for id in found.never_fires:
        message = f"no case says that `{id}` must fire; add it under `fires` of one"
        yield Remark("L012", rules.rules[id], message)
    for id in found.never_silent:
        message = f"no case says that `{id}` must not fire; add it under `silent` of one that nearly does"
        yield Remark("L013", rules.rules[id], message)
    for id in found.never_shown:
        shown: Subject = rules.consistency[id] if id in rules.consistency else rules.pairs[id]
        key = "contradictions" if id in rules.consistency else "not_told_apart"
        yield Remark("L014", shown, f"no case shows `{id}`; add it under `{key}` of one")


def _sources(rules: RuleBase) -> Iterator[Remark]:
    owners = [
        rules.base_rates.cites,
        rules.ranking.cites if rules.ranking else (),
        *(rule.cites for rule in rules.rules.values()),
        *(pair.cites for pair in rules.pairs.values()),
        *(cause.treatments for cause in rules.causes.values()),
        *(act.cites for act in rules.acts.values()),
        *(each.cites for each in rules.precautions.values()),
        *(number.cites for place in rules.places.values() for number in place.numbers),
    ]
    cited = {citation.source for cites in owners for citation in cites}
    for source in rules.sources.values():
        if source.id not in cited:
            message = f"nothing cites `{source.id}`; cite it where it is used, or remove it"
            yield Remark("L015", source, message)


def _acts(rules: RuleBase) -> Iterator[Remark]:
    for rule in rules.urgency_rules if rules.acts else ():
        if rule.act is None and level_of(rule) in PRESSING:
            message = f"`{rule.id}` raises {level_of(rule)} and names no act; say under `act` what to do"
            yield Remark("L017", rule, message)
        elif rule.act is not None and level_of(rule) not in rules.routes[rules.acts[rule.act].route].levels:
            message = (
                f"`{rule.id}` raises {level_of(rule)}, and `{rule.act}` goes by "
                f"`{rules.acts[rule.act].route}`, which does not do for it; name another act"
            )
            yield Remark("L017", rule, message)
    for act, leading in rules.rules_by_act.items():
        if not leading:
            message = f"no rule leads to `{act}`; name it under `act` of one, or remove it"
            yield Remark("L018", rules.acts[act], message)
    named = {each for act in rules.acts.values() for each in act.meanwhile}
    for precaution in rules.precautions.values():
        if precaution.id not in named:
            message = f"no act names `{precaution.id}`; name it under `meanwhile` of one, or remove it"
            yield Remark("L018", precaution, message)
