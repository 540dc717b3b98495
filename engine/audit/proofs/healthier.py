"""Whether a healthier answer can make it more urgent: every two answers to every question, compared."""

from __future__ import annotations

from itertools import combinations

from ...answers.answers import plain_answer
from ...knowledge.questions import Question
from ...knowledge.rule_base import RuleBase
from .answer_order import AnswerOrder, compared
from .promise import Ground, Order, PeoplePair, Promise


def healthier(rules: RuleBase) -> Promise:
    """The promise that no answer raises urgency by being the healthier one, with the order of all answers.

    Which answer is the healthier is known of three: `no` to a question of yes and no, an option left out
    of several, and, in the emergency screen, the answer that raises no alarm. The orders of all other
    answers are given, for a clinician to judge.
    """
    read = frozenset().union(*(rules.questions_read[rule.id] for rule in rules.urgency_rules))
    orders = tuple(order(rules.questions[id], rules) for id in rules.questions if id in read)
    pairs = [pair for found in orders for pair in (*found.sooner, *found.unasked)]
    left_out = [pair for pair in pairs if pair.one.startswith("without ")]
    screen = [pair for pair in left_out if rules.questions[pair.question].emergency]
    nays = [
        pair
        for pair in pairs
        if rules.questions[pair.question].kind == "yes_no" and (pair.one, pair.other) == ("no", "yes")
    ]
    loud = [
        found.question for found in orders if rules.questions[found.question].emergency and not quiet(found)
    ]
    findings = [
        *(f"`{each.question}`: {each.one} can be sooner than {each.other}{_by(each)}" for each in nays),
        *(f"`{each.question}`: {each.one} can be sooner than {each.other}{_by(each)}" for each in screen),
        *(f"`{id}`: each of its answers can be sooner than some other one" for id in loud),
    ]
    sooner = sum(len(found.sooner) for found in orders)
    unasked = sum(len(found.unasked) for found in orders)
    proved = sum(found.from_structure for found in orders)
    searched = sum(len(found.never_sooner) for found in orders) - proved
    return Promise(
        id="healthier-answers",
        claim="No answer makes it more urgent by being the healthier one",
        grounds=(
            Ground(
                how="structure",
                says=f"{proved} of {proved + searched + sooner} comparisons of two answers to one of the "
                f"{len(orders)} questions that urgency hangs on: from what the one makes known and the "
                "other does not, no rule about urgency can gain",
            ),
            Ground(
                how="search",
                says=f"{searched} more: among all answers to the other questions there are none by which "
                f"the one is sooner than the other ({unasked} times save for answers to "
                "what is not asked of both)",
            ),
            Ground(how="witness", says=f"{sooner} more: two people by whom the one is sooner than the other"),
        ),
        findings=tuple(findings),
        orders=orders,
        exceptions=tuple(pair for pair in left_out if pair not in screen),
    )


def order(question: Question, rules: RuleBase) -> Order:
    """The answers to the question by urgency, whatever else is answered."""
    found = list(compared(question, rules))
    never = [each for each in found if each.contrast is None or not each.asked]
    return Order(
        question=question.id,
        answers=tuple(dict.fromkeys(each.one for each in found)),
        never_sooner=tuple((each.one, each.other) for each in never),
        from_structure=sum(each.how == "structure" for each in never),
        sooner=tuple(_pair(question, each) for each in found if each.contrast and each.asked),
        unasked=tuple(_pair(question, each) for each in found if each.contrast and not each.asked),
    )


def quiet(found: Order) -> tuple[str, ...]:
    """The answers that are never sooner than any other they were compared with."""
    noisy = {pair.one for pair in found.sooner}
    return tuple(each for each in found.answers if each not in noisy)


def ranked(found: Order) -> tuple[tuple[str, ...], ...] | None:
    """The answers, most urgent first, those that are always equal together; None where some cross.

    Also None for a question that takes several options, whose options are compared each by itself.
    """
    if any(each.startswith(("with ", "without ")) for each in found.answers) or crossing(found):
        return None
    never = set(found.never_sooner)
    below = {one: sum((other, one) in never for other in found.answers) for one in found.answers}
    if any(
        (two, one) not in never for one in below for two in below if one != two and below[one] >= below[two]
    ):
        return None  # it is no order where what is asked of both differs from pair to pair
    heights = sorted(set(below.values()), reverse=True)
    return tuple(tuple(one for one in found.answers if below[one] == height) for height in heights)


def crossing(found: Order) -> list[tuple[str, str]]:
    """Every two answers of which each can be the sooner, in the order of the answers."""
    sooner = {(pair.one, pair.other) for pair in found.sooner}
    return [
        (one, other)
        for one, other in combinations(found.answers, 2)
        if {(one, other), (other, one)} <= sooner
    ]


def _pair(question: Question, found: AnswerOrder) -> PeoplePair:
    contrast = found.contrast
    assert contrast is not None
    instead = contrast.later.get(question.id)
    return PeoplePair(
        question=question.id,
        one=found.one,
        other=found.other,
        levels=contrast.levels,
        rules=contrast.rules,
        answers=contrast.sooner.to_plain(),
        instead=None if instead is None else plain_answer(instead),
    )


def _by(pair: PeoplePair) -> str:
    return f", by {', '.join(pair.rules)}" if pair.rules else ", as no rule fires"
