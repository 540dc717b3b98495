"""Whether a certain sign can be less urgent than `unsure`: every option that denies nothing, compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...knowledge.questions import Option, Question
from ...knowledge.rule_base import RuleBase
from .answer_order import ALONE
from .promise import Ground, Order, PeoplePair, Promise


def certain_as_urgent(rules: RuleBase, orders: Iterable[Order]) -> Promise:
    """The promise that no certain sign is less urgent than `unsure`; `orders` are those of the answers.

    A certain sign is every option of a question of the emergency screen but those that are `clear`; of
    several options each chosen alone. All other answers are looked at, asked or not.
    """
    screen = [each for order in orders if (each := rules.questions[order.question]).emergency]
    compared = {order.question: order for order in orders}
    signs = [(question, option) for question in screen for option in question.options if _is_sign(option)]
    denying = sum(option.clear for question in screen for option in question.options)
    findings = [
        text for question, option in signs for text in _findings(question, option, compared[question.id])
    ]
    return Promise(
        id="certain-as-urgent-as-unsure",
        claim="A certain sign of danger is never less urgent than `unsure`",
        grounds=(
            Ground(
                how="search",
                says=f"{len(signs)} options of {len(screen)} questions of the emergency screen, of several "
                "each alone, were compared with unsure over all other answers, asked or not. Left out are "
                f"the {denying} that are clear: they deny what is asked after",
            ),
        ),
        findings=tuple(findings),
    )


def _is_sign(option: Option) -> bool:
    return option.is_real and not option.clear


def _findings(question: Question, option: Option, order: Order) -> Iterator[str]:
    """What is found against this option: people who are seen later by it than by `unsure`."""
    for pair in (*order.sooner, *order.unasked):
        if pair.one == "unsure" and option.id in _options(pair):
            sooner, later = pair.levels
            alike = pair.instead if question.kind == "many_of" else option.id
            person = {**pair.answers, question.id: alike}
            yield (
                f"{option.where}: `{question.id}`: {option.id} can be less urgent than unsure: {later}, not "
                f"{sooner} by {', '.join(pair.rules)}, for {person}"
            )


def _options(pair: PeoplePair) -> list[str]:
    """The options that the pair's other answer stands for, which no rule about urgency tells apart."""
    return pair.other.removesuffix(ALONE).split(", ")
