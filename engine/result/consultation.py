"""From answers to the result: the one way through."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from ..answers.answers import UNSURE, Answers
from ..errors import EnginesDisagree
from ..inference import network
from ..inference.firing import Inference
from ..knowledge.causes import CODE_SYSTEM
from ..knowledge.levels import highest
from ..knowledge.rule_base import RuleBase
from ..knowledge.rules import Weighs, level_of
from ..loading.answer_reader import read_answers
from ..loading.loader import load_rules
from ..version import VERSION
from .advice.places import numbers_of
from .advice.what_to_do import acts_of
from .assessment import SCHEMA, Assessment, CitedSource, Contradiction, NamedQuestion, Notice, Numbers, Status
from .consistency import contradictions
from .notices import notice, unasked
from .outlook import Outlook
from .pairs import not_told_apart
from .rank import mimics, none_of_these, outweighing, possible_first, rank
from .ranking import NotRanked
from .urgency import moving_levels, urgency_of

Engine = Literal["network", "experta", "both"]


def assess(
    answers: Mapping[str, object] | bytes,
    rules: RuleBase | None = None,
    *,
    engine: Engine = "network",
    path: str = "answers",
    country: str | None = None,
    chosen_by: str | None = None,
) -> Assessment:
    """How soon to be seen, and the causes ranked, each with the rules that fired and their sources.

    `answers` maps question ids to answers (`{"age_years": 71, "symptom_side": "both"}`), or is the
    content of a YAML or JSON answers file; it is left unchanged. `rules` is the shipped rule base
    where none is given. `engine` says what infers: the `network`, `experta`, or `both`, compared.
    `country` (`GB`) says whose numbers to call; without one they are called by neutral words. What
    chose it is told in the result (`chosen_by`).
    Raises AnswersError with every problem of the answers (`path` names them in its messages), RulesError
    for a country that is not known, and EnginesDisagree where both were asked for and they differ.
    """
    rules = load_rules() if rules is None else rules
    numbers = numbers_of(rules, country, chosen_by)
    checked = read_answers(answers, rules, path)
    return result(rules, checked, None if engine == "network" else infer(rules, checked, engine), numbers)


def infer(rules: RuleBase, answers: Answers, engine: Engine = "network") -> Inference:
    """What the rules conclude from the answers; `both` gives experta's inference, once confirmed.

    Raises ValueError for another engine.
    """
    if engine not in get_args(Engine):
        raise ValueError(f"unknown engine `{engine}`; one of {', '.join(get_args(Engine))}")
    if engine == "network":
        return network.infer(rules, answers)
    from ..inference import experta_engine  # it brings logging and threads, which the network does without

    inference = experta_engine.infer(rules, answers)
    if engine == "both":
        confirm(rules, answers, inference, network.infer(rules, answers))
    return inference


def confirm(rules: RuleBase, answers: Answers, one: Inference, other: Inference) -> None:
    """Raises EnginesDisagree unless both engines fired the same rules and found the same signs."""
    if one == other:
        return
    rules_apart = sorted(set(one.fired) ^ set(other.fired))
    signs_apart = sorted(sign for sign in rules.signs if one.signs.get(sign) != other.signs.get(sign))
    levels = [result(rules, answers, inference).urgency.level for inference in (one, other)]
    raise EnginesDisagree(rules=tuple(rules_apart), signs=tuple(signs_apart), urgency=highest(levels))


def result(
    rules: RuleBase, answers: Answers, inference: Inference | None = None, numbers: Numbers | None = None
) -> Assessment:
    """The result of an inference, whichever engine made it; without numbers, no country is chosen."""
    person = Outlook(rules, answers, inference)
    inference = person.inference
    numbers = numbers_of(rules) if numbers is None else numbers
    acts = acts_of(person, numbers)
    urgency, causes, also_consider = urgency_of(person), rank(person), mimics(person)
    contradictory = contradictions(rules, person.known)
    notices = tuple(
        Notice(
            id=each.question.id,
            says=notice(each, person),
            questions=(each.question.id, *(question.id for question in each.because)),
        )
        for each in unasked(person)
    )
    apart = not_told_apart(person, causes, also_consider)
    named = {question for check in contradictory for question in check.ask_again}
    named |= {question for each in notices for question in each.questions}
    named |= {question for pair in apart for question in pair.ask}
    named |= {question for cause in causes for question in cause.unknown} | {*urgency.not_assessed}
    ranking = None if person.ranked else rules.ranking
    cites = [ranking.cites if ranking else rules.base_rates.cites]
    cites += [rules.rules[id].cites for id in inference.fired]
    cites += [rules.pairs[pair.id].cites for pair in apart]
    cited = {citation.source for group in cites for citation in group}
    cited |= {cite for act in acts for cite in act.cites}
    cited |= {cite for act in acts for precaution in act.meanwhile for cite in precaution.cites}
    cited |= {*numbers.cites}
    come_back = [line for act in acts for line in act.come_back_if]
    return Assessment(
        schema=SCHEMA,
        status=_status(person),
        urgency=urgency,
        acts=acts,
        numbers=numbers,
        contradictions=tuple(
            Contradiction(id=check.id, says=check.says, questions=check.ask_again) for check in contradictory
        ),
        notices=notices,
        none_well_supported=bool(causes) and all(cause.support != "well supported" for cause in causes),
        not_ranked=NotRanked(because=ranking.because, cites=tuple(str(cite) for cite in ranking.cites))
        if ranking
        else None,
        causes=causes,
        also_consider=also_consider,
        outweighing=outweighing(also_consider, causes),
        not_told_apart=apart,
        signs=tuple(sign for sign, present in inference.signs.items() if present),
        fired=inference.fired,
        none_of_these=none_of_these(person),
        possible_first=possible_first(causes),
        base_rates_note=rules.base_rates.note,
        safety_net_lead=rules.safety_net_lead,
        safety_net=tuple(dict.fromkeys([*come_back, *rules.safety_net])),
        not_a_diagnosis=rules.not_a_diagnosis,
        answers=answers.to_plain(),
        questions={
            question.id: NamedQuestion(label=question.label, text=question.text)
            for question in rules.questions.values()
            if question.id in named
        },
        sources={
            source.id: CitedSource(
                title=source.title,
                seen=source.seen,
                confidence=source.confidence,
                address=source.address,
                note=source.note,
            )
            for source in rules.sources.values()
            if source.id in cited
        },
        provenance={
            "legtriage": VERSION,
            "rules_sha256": rules.sha256,
            "article_sha256": rules.article_sha256,
            "code_system": CODE_SYSTEM,
        },
        firings=inference.firings,
    )


def _status(person: Outlook) -> Status:
    """`insufficient` where no finding weighs on a cause and something is not known; `complete` at the end.

    Where no cause is ranked, only what could move the level has to be answered.
    """
    if not person.ranked:
        return "incomplete" if _level_may_move(person) else "complete"
    unfinished = bool(person.unanswered()) or person.any_in_part()
    conclusions = [person.rules.rules[id].then for id in person.fired & person.rules.findings]
    weighs = [then for then in conclusions if isinstance(then, Weighs) and then.cause in person.rules.causes]
    if not any(then.points for then in weighs) and (unfinished or UNSURE in person.known.answers.values()):
        return "insufficient"
    return "incomplete" if unfinished else "complete"


def _level_may_move(person: Outlook) -> bool:
    """Whether a question that is not answered in full could move the level."""
    moving = moving_levels(person)
    found = [rule for rule in person.rules.urgency_rules if level_of(rule) in moving and person.is_open(rule)]
    left = set(person.unanswered())
    return any(
        id in left or (id in person.known.answers and person.is_in_part(id))
        for id in person.open_questions(found)
    )
