"""Proofs and failures as lines to read: two spaces of indent a level, each sign spelled out once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..knowledge.marks import in_a_row
from ..writing.lines import STEP, Line, heading, item, pad, wrapped
from .failure import Failure, RuleFailure, Unmet, UnmetSeveral, UnmetSign
from .proof import AnswerGiven, Fact, ProofStep, RuleProof


def cited(proof: RuleProof) -> str:
    """The rule with what it cites, its grade and its marks."""
    said = {proof.grade, *proof.cites, *(["needs sign-off"] if proof.sign_off else [])}
    left = in_a_row(mark for mark in proof.marks if mark not in said)
    founded = "; ".join(dict.fromkeys([", ".join(proof.cites), proof.grade]))
    return f"[{proof.rule}; {founded}]{f' ({left})' if left else ''}"


class ProofText:
    """Writes the proofs of one explanation; a sign that was spelled out is then only named."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._shown: set[tuple[str, bool]] = set()

    def rests_on(self, proof: RuleProof, level: int) -> Iterator[Line]:
        """The facts and signs under a rule."""
        for step in proof.rests_on:
            yield from self.step(step, level)

    def sign_off(self, proof: RuleProof, level: int) -> Iterator[Line]:
        """What a clinician has still to agree to, where anything."""
        if proof.sign_off:
            text = f"A clinician has still to agree: {proof.sign_off}."
            yield from wrapped(text, self.width, pad(level), style="quiet")

    def step(self, step: ProofStep, level: int) -> Iterator[Line]:
        """A fact, or a sign with its rules."""
        if isinstance(step, Fact):
            yield from item(step.says, level, self.width)
            return
        found = "found" if step.present else "ruled out"
        if (step.sign, step.present) in self._shown:
            yield from item(f"sign {step.sign}, {found} as above", level, self.width)
            return
        self._shown.add((step.sign, step.present))
        if len(step.rules) == 1 and step.present:  # one level less: its reason is the sign's
            yield from self._concluded(step.rules[0], level, f"sign {step.sign}, found: ")
            return
        yield from item(f"sign {step.sign}, {found}: {step.text}", level, self.width)
        for proof in step.rules:
            yield from self._concluded(proof, level + 1)

    def _concluded(self, proof: RuleProof, level: int, lead: str = "") -> Iterator[Line]:
        if proof.because is None:
            yield from item(f"{proof.rule} does not hold:", level, self.width)
        else:
            yield from item(f"{lead}{proof.because}", level, self.width)
            yield from wrapped(cited(proof), self.width, pad(level + 1), style="quiet")
            yield from self.sign_off(proof, level + 1)
        yield from self.rests_on(proof, level + 1)


class FailureText:
    """Writes what rules lack; a sign that was spelled out is then only named."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._proofs = ProofText(width)
        self._shown: set[tuple[str, bool]] = set()

    def failure(self, failure: Failure, level: int) -> Iterator[Line]:
        """What is not true, one condition an item."""
        if isinstance(failure, Unmet):
            yield from item(unmet([failure]), level, self.width)
        elif isinstance(failure, UnmetSign):
            yield from self._sign(failure, level)
        elif failure.more == len(failure.parts):  # each is needed: no word is lost on it
            yield from self._parts(failure, level)
        else:
            merged = _merged(failure.parts)
            if failure.more == 1 and len(merged) == 1:  # all are alternatives on one answer
                yield from self._parts(failure, level)
                return
            more = "one" if failure.more == 1 else str(failure.more)
            yield from item(f"{more} more of these would do:", level, self.width)
            yield from self._parts(failure, level + 1)

    def _parts(self, failure: UnmetSeveral, level: int) -> Iterator[Line]:
        """The parts one by one; alternatives on one answer are one."""
        every = failure.more == len(failure.parts)
        for part in failure.parts if every else _merged(failure.parts):
            if isinstance(part, list):
                yield from item(unmet(part), level, self.width)
            elif isinstance(part, UnmetSeveral) and part.more == len(part.parts) and not every:
                yield from item("all of these:", level, self.width)
                yield from self._parts(part, level + 1)
            else:
                yield from self.failure(part, level)

    def _sign(self, failure: UnmetSign, level: int) -> Iterator[Line]:
        state = ("not found" if failure.wanted else "found") if failure.known else "not known"
        wants = "" if failure.wanted else "; it wants it ruled out"
        says = f"sign {failure.sign} is {state}{wants}"
        if (failure.sign, failure.wanted) in self._shown:
            yield from item(f"{says} (see above)", level, self.width)
            return
        self._shown.add((failure.sign, failure.wanted))
        yield from item(f"{says}: {failure.text}", level, self.width)
        if failure.proof is not None:
            for proof in failure.proof.rules:
                yield from item(f"{proof.rule} fired on", level + 1, self.width)
                yield from self._proofs.rests_on(proof, level + 2)
            return
        if len(failure.rules) == 1 and failure.wanted:
            yield from self.failure(failure.rules[0].failure, level + 1)
            return
        for rule in failure.rules:
            lead = "needs" if failure.wanted else "is not ruled out for want of"
            yield from item(f"{rule.rule} {lead}", level + 1, self.width)
            yield from self.failure(rule.failure, level + 2)


def _merged(parts: Iterable[Failure]) -> list[list[Unmet] | Failure]:
    """The alternatives, with those on one answer taken together."""
    merged: list[list[Unmet] | Failure] = []
    by_question: dict[str, list[Unmet]] = {}
    for part in parts:
        if not isinstance(part, Unmet):
            merged.append(part)
        elif part.question in by_question:
            by_question[part.question].append(part)
        else:
            by_question[part.question] = [part]
            merged.append(by_question[part.question])
    return merged


def unmet(found: list[Unmet]) -> str:
    """What one answer is, and what is wanted of it: any one of these."""
    one = found[0]
    wants = " or ".join(each.wants for each in found)
    states: Mapping[str, str] = {
        "differs": f"is {one.answer}",
        "unsure": "is unsure",
        "left open": "is answered in part",
        "not answered": "is not answered",
        "does not apply": "is not asked of you",
    }
    return f"{one.question} {states[one.lacking]}; it wants {wants}"


def nearest(found: RuleFailure) -> str:
    """How many conditions the rule lacks, in words."""
    return "1 condition away" if found.distance == 1 else f"{found.distance} conditions away"


def answer_lines(found: Iterable[AnswerGiven], width: int) -> Iterator[Line]:
    """The answers behind an explanation, each with its question."""
    given = tuple(found)
    if given:
        yield from heading("The answers behind this", width)
    for each in given:
        yield from item(f"{each.question}: {each.text} You said: {each.words}.", 1, width)


def source_lines(sources: Mapping[str, str], width: int) -> Iterator[Line]:
    """The citations spelled out."""
    if sources:
        yield from heading("Sources", width)
    for cite, says in sources.items():
        yield from wrapped(f"- {cite}: {says}", width, STEP, STEP * 2, style="quiet")
