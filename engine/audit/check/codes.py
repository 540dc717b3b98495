"""The findings of `legtriage check`, one row each: what each means, why it matters, what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

QUESTIONS_AND_ADVICE = 7
"""The highest reading grade of what everybody must understand: questions, and what to do."""

REASONS = 9
"""The highest reading grade of the reasons that rules and signs give."""

PAGE = "docs/lint.md"
"""Where each code is explained, under an anchor of its own: the code in lower case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LintCode:
    """One kind of finding. Texts are plain Markdown."""

    code: str
    name: str
    """In kebab case, the same for good."""
    says: str
    """In one sentence, what is found."""
    why: str
    """Why it matters, and what is deliberately not reported."""
    remedy: str
    silenced_in: tuple[str, ...]
    """The kinds of thing that it is about, and in which it is silenced; none: it cannot be silenced."""


_ROWS = (
    LintCode(
        code="L001",
        name="idle-allow",
        says="An `allow` names a code that does not exist, or silences nothing.",
        why="A silence that outlives its finding would hide the next one.",
        remedy="Remove it, or correct the code.",
        silenced_in=(),
    ),
    LintCode(
        code="L002",
        name="never-true",
        says="No answers at all make the condition true, the rules behind its signs looked through.",
        why="The rule never fires, the question is never asked, the check never holds, and nothing says so. "
        "What contradicts itself without looking through signs is refused when the rules are loaded (R022).",
        remedy="Mend the condition, or remove what it belongs to.",
        silenced_in=("rule", "question", "consistency check"),
    ),
    LintCode(
        code="L003",
        name="never-reached",
        says="Answers can make the rule fire, but no interview ever collects them, because some of the "
        "questions that it needs are not asked when the others are answered so.",
        why="Only a file of answers that answers what nobody would ask can fire it: `asked_when` of a "
        "question and the conditions of the rules that read it do not go together.",
        remedy="Widen `asked_when` of the question named, or mend the condition.",
        silenced_in=("rule",),
    ),
    LintCode(
        code="L004",
        name="silent-where-not-asked",
        says="A `not` stands over a question that is not asked of everybody, and nothing else keeps the rule "
        "silent for those who are not asked.",
        why="What was not asked is unknown, and `not unknown` is unknown: the rule never fires for them, "
        "though their other answers say that the thing is not there. It is reported only where an interview "
        "in which every question asked was answered leaves the rule silent for this reason alone. A rule "
        "that wants the answer itself says so without `not`: `is no`, `in [a, b]`, `>=`.",
        remedy="Write the answers that are wanted in place of `not`, or add the opposite of `asked_when` "
        "as an alternative.",
        silenced_in=("rule",),
    ),
    LintCode(
        code="L005",
        name="duplicate",
        says="Two rules with the same conclusion fire for exactly the same answers.",
        why="Where they weigh, one finding counts twice unless they share a group; elsewhere the second adds "
        "nothing but a line to read. Conditions that look different may still be the same.",
        remedy="Merge the two: one rule may cite several sources.",
        silenced_in=("rule",),
    ),
    LintCode(
        code="L006",
        name="adds-nothing",
        says="Whenever the rule fires, others with the same conclusion fire that leave it nothing to add.",
        why="A weight that never counts, a way to a sign that is never needed, a level that is raised "
        "already: whoever changes such a rule will wonder why nothing happens. Overlap as such is normal and "
        "not reported. For a cause, the others stand in the same group, on the same side, and weigh at "
        "least as much; a `neutral` rule weighs nothing by intent and is left alone. For a sign, its being "
        "false does not hang on the rule either. For urgency, they "
        "raise the level or a higher one and cite every source that it cites: a red flag from a source of "
        "its own is a second reason, and stays.",
        remedy="Remove the rule, make it weigh more than the wider one, or narrow the wider one.",
        silenced_in=("rule",),
    ),
    LintCode(
        code="L007",
        name="contradiction",
        says="Whenever the rule fires, another fires that weighs the other way for the same cause.",
        why="The two take each other back, in whole or in part. That may be meant, where a rule is the "
        "exception to a wider one; then say so. Rules that weigh nothing (`neutral`) are left alone.",
        remedy="Exclude the exception from the wider rule, or correct the side.",
        silenced_in=("rule",),
    ),
    LintCode(
        code="L008",
        name="unread-sign",
        says="A sign is concluded, and no rule, base rate, question or consistency check reads it.",
        why="It stands in the result and decides nothing.",
        remedy="Read it in a rule, or remove it and its rules.",
        silenced_in=("sign",),
    ),
    LintCode(
        code="L009",
        name="unread-options",
        says="An option of a question that no condition names, so that choosing it changes nothing.",
        why="A person weighs up answers that make no difference. Of a question that takes one answer, one "
        "unread option is the rest that every such question needs, and is not reported: only two or more "
        "are, since nothing tells them apart. Nor is an option that excludes the others, or means unsure: it "
        "is read by what it implies. The finding stands at the option, and is allowed in its "
        "question.",
        remedy="Read it in a rule, merge it with another, or remove it.",
        silenced_in=("question",),
    ),
    LintCode(
        code="L010",
        name="lone-group",
        says="A group holds one rule for a cause, and its name is nearly that of another group there.",
        why="Every rule names a group, so a group of one is normal. One with nearly the name of another is "
        "most likely a slip, and then the same finding counts twice.",
        remedy="Write the one name in both, or give the group a name of its own.",
        silenced_in=("rule",),
    ),
    LintCode(
        code="L011",
        name="one-sided",
        says="Nothing weighs against a cause that is ranked, or nothing weighs for a cause or mimic.",
        why="What nothing opposes can only rise; what nothing supports can never be raised. Mimics are not "
        "ranked, and dangers among them are best not argued away, so nothing need weigh against one.",
        remedy="Add a rule, if only one whose strength was judged.",
        silenced_in=("cause", "mimic"),
    ),
    LintCode(
        code="L012",
        name="no-case-fires",
        says="No worked case expects the rule to fire.",
        why="Nothing shows what the rule is for, and nothing fails when it breaks. Of a rule that no answers "
        "fire (L002), or that fires for the same answers as another (L005), it is not said: mend that.",
        remedy="Add it under `fires` of a case.",
        silenced_in=("rule",),
    ),
    LintCode(
        code="L013",
        name="no-near-miss",
        says="No worked case expects the rule not to fire.",
        why="Nothing fails when the rule becomes too wide. As with L012, it is not said of a rule that "
        "never fires or repeats another.",
        remedy="Add it under `silent` of a case in which one answer keeps it from firing.",
        silenced_in=("rule",),
    ),
    LintCode(
        code="L014",
        name="no-case-shows",
        says="No worked case expects the consistency check to hold, or the pair not to be told apart.",
        why="Nothing fails when it breaks.",
        remedy="Add it under `contradictions` or `not_told_apart` of a case.",
        silenced_in=("consistency check", "pair"),
    ),
    LintCode(
        code="L015",
        name="uncited-source",
        says="Nothing cites the source.",
        why="A list of sources is to be what the rules rest on, no more.",
        remedy="Cite it where it is used, or remove it.",
        silenced_in=("source",),
    ),
    LintCode(
        code="L016",
        name="hard-to-read",
        says="A text for the person is above the reading grade that it may have.",
        why="Who is in pain or afraid reads worse than usual. The grade is that of Flesch and Kincaid, the "
        f"year of school from which a text is understood: {QUESTIONS_AND_ADVICE} at most for questions, "
        f"advice and acts, {REASONS} for the reasons of rules and the names of signs. It needs the "
        "dictionary of `pip install 'legtriage[audit]'`; without it, the command says that the grades were "
        "not checked.",
        remedy="Write shorter sentences and shorter words.",
        silenced_in=("rule", "question", "sign", "act", "precaution"),
    ),
    LintCode(
        code="L017",
        name="no-act",
        says="A rule that raises `emergency` or `same_day` names no act, though the rules have acts, or a "
        "rule names one whose kind of help does not do for its level.",
        why="Whoever is told to hurry is to be told what to do, and what to say, about this very danger. "
        "Without an act only the sentence of the level is left, the same for every danger.",
        remedy="Name another under `act`, or write it.",
        silenced_in=("rule",),
    ),
    LintCode(
        code="L018",
        name="idle-act",
        says="No rule leads to the act, or no act names the precaution.",
        why="It can be told to nobody.",
        remedy="Name it in a rule or an act, or remove it.",
        silenced_in=("act", "precaution"),
    ),
)

CODES: Mapping[str, LintCode] = {row.code: row for row in _ROWS}
"""Every kind of finding, by code."""
