"""From answers to the result: the one way through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from ..answers.answers import UNSURE, Answers
from ..errors import Location, Problem, RulesError
from ..inference.agreement import Engine, infer
from ..inference.firing import Inference
from ..knowledge.causes import CODE_SYSTEM
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


@dataclass(frozen=True, kw_only=True, eq=False)
class Consultation:
    """One person's answers before one rule base; what follows is worked out once, when asked for."""

    rules: RuleBase
    answers: Answers
    engine: Engine = "network"
    numbers: Numbers
    """Those to call."""
    inferred: Inference | None = None
    """What the rules conclude from the answers, where that is known already."""

    @cached_property
    def inference(self) -> Inference:
        """What the rules conclude. Raises EnginesDisagree where two engines were asked for and differ."""
        return self.inferred or infer(self.rules, self.answers, self.engine)

    @cached_property
    def outlook(self) -> Outlook:
        """What is still open, and what could come of it."""
        known = self.inferred if self.engine == "network" else self.inference
        return Outlook(self.rules, self.answers, known)

    @cached_property
    def assessment(self) -> Assessment:
        """The whole result."""
        return _assessment(self.outlook, self.numbers)

    def after(self, answers: Answers) -> Consultation:
        """The same with other answers."""
        return replace(self, answers=answers, inferred=None)


def consult(
    answers: Mapping[str, object] | bytes | Consultation,
    rules: RuleBase | None = None,
    *,
    engine: Engine = "network",
    path: str = "answers",
    country: str | None = None,
    chosen_by: str | None = None,
) -> Consultation:
    """A consultation: from it `explain`, `why_not`, `what_if`, `render` and the rest take what they need.

    `answers` maps question ids to answers (`{"age_years": 71, "symptom_side": "both"}`), or is the
    content of a YAML or JSON answers file; it is left unchanged. A consultation is taken as it is.
    `rules` is the shipped rule base where none is given. `engine` says what infers: the `network`,
    `experta`, or `both`, compared. `country` (`GB`) says whose numbers to call; without one they are
    called by neutral words. What chose it is told in the result (`chosen_by`).
    Raises AnswersError with every problem of the answers (`path` names them in its messages), RulesError
    for a country that is not known, and ValueError for a consultation that is to have other rules, another
    engine or a country.
    """
    if isinstance(answers, Consultation):
        other = rules is not None and rules.sha256 != answers.rules.sha256
        if other or country is not None or engine not in ("network", answers.engine):
            raise ValueError("a consultation has its rules, its engine and its country; give it alone")
        return answers
    rules = load_rules() if rules is None else rules
    numbers = numbers_of(rules, country, chosen_by)
    return Consultation(
        rules=rules, answers=read_answers(answers, rules, path), engine=engine, numbers=numbers
    )


def consulted(rules: RuleBase, answers: Answers, inferred: Inference | None = None) -> Consultation:
    """A consultation of answers that were read already; no country is chosen."""
    return Consultation(rules=rules, answers=answers, numbers=numbers_of(rules), inferred=inferred)


def consultation_of(result: Assessment, rules: RuleBase | None = None) -> Consultation:
    """The consultation that a result came of, by the shipped rules where none are given.

    Raises RulesError where other rules made it.
    """
    rules = load_rules() if rules is None else rules
    made_by = result.provenance["rules_sha256"]
    if made_by != rules.sha256:
        message = (
            f"rules `{made_by[:12]}` made this result, and not these; give the rules that it was made by"
        )
        raise RulesError([Problem(Location("rules"), "V004", message)])
    return Consultation(rules=rules, answers=read_answers(result.answers, rules), numbers=result.numbers)


def assess(
    answers: Mapping[str, object] | bytes | Consultation,
    rules: RuleBase | None = None,
    *,
    engine: Engine = "network",
    path: str = "answers",
    country: str | None = None,
    chosen_by: str | None = None,
) -> Assessment:
    """How soon to be seen, and the causes ranked, each with the rules that fired and their sources.

    What it takes, and what it raises, is what `consult` does; and EnginesDisagree where both engines
    were asked for and they differ.
    """
    visit = consult(answers, rules, engine=engine, path=path, country=country, chosen_by=chosen_by)
    return visit.assessment


def _assessment(person: Outlook, numbers: Numbers) -> Assessment:
    """The result of all that is known and open."""
    rules, answers, inference = person.rules, person.known.answers, person.inference
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
