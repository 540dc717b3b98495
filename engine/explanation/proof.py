"""Why a rule fired: the signs and facts that it rests on, down to the answers as given.

A proof is recorded, not told: each fact in it is an answer of this person, and the answers at its
leaves are enough to fire the rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..answers.answers import Answers, in_words, plain_answer
from ..inference.firing import Known
from ..knowledge.conditions import Condition, HasSign, Not, normal, reasons, truth
from ..knowledge.marks import marks, spelled_out
from ..knowledge.rule_base import RuleBase
from ..knowledge.rules import Rule
from ..knowledge.sources import Citation, Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A leaf: what a condition asks, and the answer that makes it so."""

    condition: str
    says: str
    """The person's own fact: `sitting_effect is gone`, where the condition asks for gone or better."""
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignProof:
    """A sign that is known to be present or absent, and the rules that make it so."""

    sign: str
    text: str
    present: bool
    rules: tuple[RuleProof, ...]
    """Those that fired or, where the sign is absent, all that could conclude it, each refuted."""


ProofStep = Fact | SignProof


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleProof:
    """A rule that fired, or that these facts refute, and what that rests on."""

    rule: str
    fired: bool
    because: str | None
    """None where the rule did not fire: its reason is then not this person's."""
    cites: tuple[str, ...]
    grade: Grade
    marks: tuple[str, ...]
    sign_off: str | None
    rests_on: tuple[ProofStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerGiven:
    """An answer behind an explanation, with its question."""

    question: str
    text: str
    answer: object
    """As an answers file would hold it."""
    words: str
    """In the words of the options."""


class Prover:
    """Gives the proofs of one person; a sign is proven once, however often it is read."""

    def __init__(self, rules: RuleBase, known: Known) -> None:
        self.rules = rules
        self.known = known
        self._signs: dict[str, SignProof] = {}

    def rule(self, rule: Rule, fired: bool = True) -> RuleProof:
        """Why the rule fired or, if it did not, why it cannot."""
        leaves = reasons(normal(rule.when, fired), self.known)
        return RuleProof(
            rule=rule.id,
            fired=fired,
            because=rule.because if fired else None,
            cites=tuple(str(citation) for citation in rule.cites),
            grade=rule.grade,
            marks=marks(rule, self.rules),
            sign_off=rule.sign_off,
            rests_on=tuple(self._step(leaf) for leaf in leaves),
        )

    def _step(self, leaf: Condition) -> ProofStep:
        atom = leaf.item if isinstance(leaf, Not) else leaf
        if isinstance(atom, HasSign):
            return self.sign(atom.sign)
        return Fact(
            condition=str(leaf),
            says=self.known.describe(leaf),
            question=atom.question,  # type: ignore[union-attr]  # a leaf is an atom
        )

    def sign(self, sign: str) -> SignProof:
        """Why the sign is present or absent; it is known to be one of the two."""
        if sign not in self._signs:
            present = self.known.signs[sign]
            found = self.rules.rules_by_sign[sign]
            behind = [rule for rule in found if not present or self._fired(rule)]
            self._signs[sign] = SignProof(
                sign=sign,
                text=self.rules.signs[sign].text,
                present=present,
                rules=tuple(self.rule(rule, present) for rule in behind),
            )
        return self._signs[sign]

    def _fired(self, rule: Rule) -> bool:
        return truth(rule.when, self.known) is True


def facts(proof: RuleProof) -> Iterator[Fact]:
    """The leaves of the proof, in its order; one that stands twice comes twice."""
    for step in proof.rests_on:
        if isinstance(step, Fact):
            yield step
        else:
            for rule in step.rules:
                yield from facts(rule)


def rule_proofs(proof: RuleProof) -> Iterator[RuleProof]:
    """The proof and every proof inside it."""
    yield proof
    for step in proof.rests_on:
        if isinstance(step, SignProof):
            for rule in step.rules:
                yield from rule_proofs(rule)


def answers_behind(proofs: Iterable[RuleProof], rules: RuleBase, answers: Answers) -> tuple[AnswerGiven, ...]:
    """The answers at the leaves of the proofs, each once, in the interview's order."""
    read = {fact.question for proof in proofs for fact in facts(proof)}
    return tuple(answer_given(id, rules, answers) for id in rules.questions if id in read)


def answer_given(question: str, rules: RuleBase, answers: Answers) -> AnswerGiven:
    """The answer to the question, with its wording."""
    asked = rules.questions[question]
    return AnswerGiven(
        question=question,
        text=asked.text,
        answer=plain_answer(answers[question]),
        words=in_words(asked, answers[question]),
    )


def sources_behind(cites: Iterable[Citation], rules: RuleBase) -> dict[str, str]:
    """What each citation is and how it was seen, by how it is cited, sorted."""
    return {str(cite): spelled_out(cite, rules) for cite in sorted(set(cites), key=str)}
