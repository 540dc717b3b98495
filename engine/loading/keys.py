"""What a rule file may say: one table of keys, which validates and suggests the near name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from ..knowledge.acts import NUMBERS
from ..knowledge.levels import LEVELS
from ..knowledge.questions import Kind
from ..knowledge.rules import STRENGTHS
from ..knowledge.sources import Confidence, Grade, Seen


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a table: what it takes (a table, a kind of text or number, a list of one) and why."""

    name: str
    takes: str
    help: str
    required: bool = True


def optional(name: str, takes: str, help: str) -> Key:
    """A key that may be left out."""
    return Key(name, takes, help, required=False)


ALLOW = optional("allow", "reasons by code", "findings of `legtriage check` to leave as they are, and why")
"""The one way to silence a finding: in what it is about, with a reason."""

TABLES: Mapping[str, tuple[Key, ...]] = {
    "file": (
        optional("questions", "list of question", "what is asked"),
        optional("interview", "list of chapter", "the order in which it is asked"),
        optional("signs", "list of sign", "intermediate findings"),
        optional("causes", "list of cause", "what the article names"),
        optional("mimics", "list of mimic", "what the article leaves out"),
        optional("rules", "list of rule", "conditions and their conclusions"),
        optional("consistency", "list of consistency check", "answers that cannot all be right"),
        optional("pairs", "list of pair", "causes that cannot always be told apart"),
        optional("sources", "list of source", "where figures and recommendations come from"),
        optional("statements", "list of statement", "the article, statement by statement"),
        optional("base_rates", "base rates", "how common each cause is"),
        optional("ranking", "ranking", "for whom the causes are ranked; for everyone if left out"),
        optional("advice", "advice", "levels of urgency and what to do at each"),
        optional("routes", "list of route", "kinds of help, the most urgent first"),
        optional("acts", "list of act", "what to do about each danger"),
        optional("precautions", "list of precaution", "what to do, and not to do, until help is there"),
        optional("sayings", "list of saying", "how a person says an answer aloud, what matters most first"),
        optional("places", "list of place", "numbers to call, by country"),
        optional("cases", "list of case", "worked patients and what must come out"),
        optional("survivors", "list of survivor", "mutants that no case has to notice, and why"),
        optional("signposts", "list of public page", "what public pages tell people, as cases"),
        optional("signpost_base", "signpost base", "the person whom every signpost changes"),
    ),
    "question": (
        Key("id", "id", "public and permanent"),
        Key("kind", "kind", "what an answer looks like"),
        optional("label", "text", "what it is about, in a few words; the id in words if left out"),
        Key("text", "text", "the wording"),
        Key("why", "text", "why it is asked, for the person"),
        optional("help", "text", "how to answer it, shown with the question"),
        optional("options", "list of option", "for one_of and many_of"),
        optional("minimum", "number", "smallest number taken"),
        optional("maximum", "number", "largest number taken, in the unit"),
        optional("unit", "text", "of a number; for a duration, that of the maximum"),
        optional("whole", "yes or no", "whether only whole numbers are taken"),
        optional("emergency", "yes or no", "whether unsure must lead to same_day or sooner"),
        optional("asked_when", "condition", "asked only when this is true"),
        ALLOW,
    ),
    "option": (
        Key("id", "id", "public and permanent"),
        Key("text", "text", "the wording"),
        optional("exclusive", "yes or no", "goes with no other option"),
        optional("means_unsure", "yes or no", "choosing it is answering unsure"),
        optional("refuses", "yes or no", "choosing it answers the question, and says nothing"),
        optional(
            "clear",
            "yes or no",
            "denies what is asked after, as `no` and what is exclusive do, or is old and no worse",
        ),
        optional("also", "list of text", "other words for it, as people write them"),
    ),
    "chapter": (
        Key("title", "text", "the heading shown"),
        Key("questions", "list of name", "in the order asked"),
        optional("most_telling_first", "yes or no", "asked in the order of how much each can change instead"),
    ),
    "sign": (
        Key("id", "id", "public and permanent"),
        Key("text", "text", "what a clinician would call it, in plain words"),
        ALLOW,
    ),
    "cause": (
        Key("id", "id", "public and permanent"),
        Key("name", "text", "as shown"),
        Key("about", "text", "one sentence for the person"),
        Key("section", "section", "the article's section"),
        optional("lists_symptoms", "yes or no", "whether the article lists symptoms for it"),
        optional("treatments", "list of name", "the article's treatment statements"),
        optional("codes", "list of code", "what ICD-10 calls it"),
        ALLOW,
    ),
    "mimic": (
        Key("id", "id", "public and permanent"),
        Key("name", "text", "as shown"),
        Key("about", "text", "one sentence for the person"),
        optional("codes", "list of code", "what ICD-10 calls it"),
        ALLOW,
    ),
    "code": (
        Key("code", "ICD-10 code", "as the WHO writes it"),
        Key("title", "text", "as the WHO words it"),
        Key("seen", "way of seeing", "how the code was obtained"),
    ),
    "rule": (
        Key("id", "rule id", "public and permanent"),
        Key("when", "condition", "the rule fires exactly when this is true"),
        optional("sign", "name", "conclusion: this sign is present"),
        optional("supports", "name", "conclusion: evidence for this cause or mimic"),
        optional("opposes", "name", "conclusion: evidence against this cause or mimic"),
        optional("urgency", "level", "conclusion: be seen this soon"),
        optional("likelihood_ratio", "likelihood ratio", "the weight, where one was measured"),
        optional("strength", "strength", "the weight, where none was measured"),
        optional("group", "group", "findings that say the same thing; only the strongest counts"),
        Key("because", "text", "the reason, for the person"),
        Key("cites", "list of name", "`article 2.1.3` or a source's id"),
        Key("grade", "grade", "what the rule rests on"),
        optional("sign_off", "text", "what a clinician has still to agree to"),
        optional("act", "name", "what to do when it fires; goes with urgency"),
        ALLOW,
    ),
    "consistency check": (
        Key("id", "rule id", "public and permanent"),
        optional("when", "condition", "the answers contradict each other when this is true"),
        optional("longer", "name", "they do when this time is longer"),
        optional("than", "name", "than this one"),
        Key("ask_again", "list of name", "the questions to ask again"),
        Key("says", "text", "what does not go together, for the person"),
        ALLOW,
    ),
    "pair": (
        Key("id", "rule id", "public and permanent"),
        Key("causes", "list of name", "two causes, or a cause and a mimic"),
        optional("ask", "list of name", "the questions that separate them"),
        optional("test", "text", "the examination or test that separates them"),
        optional("within", "whole number", "shown only when their points are no further apart"),
        Key("because", "text", "why they are alike, for the person"),
        Key("cites", "list of name", "`article 2.1.3` or a source's id"),
        Key("grade", "grade", "what it rests on"),
        ALLOW,
    ),
    "likelihood ratio": (
        Key("value", "number", "above 1 speaks for, below 1 against"),
        optional("low", "number", "lower end of the 95 % interval"),
        optional("high", "number", "upper end"),
        Key("among", "text", "the people and the rivals it was measured among"),
        optional("derived", "yes or no", "worked out from the source's figures"),
    ),
    "source": (
        Key("id", "source id", "as cited"),
        Key("title", "text", "what it is"),
        Key("seen", "way of seeing", "how its figures were obtained"),
        optional("confidence", "confidence", "how firmly a recalled figure is remembered"),
        optional("address", "text", "where it was read"),
        optional("note", "text", "anything to beware of"),
        ALLOW,
    ),
    "statement": (
        Key("id", "statement id", "section and position"),
        Key("kind", "statement kind", "what it is"),
        Key("says", "text", "in our own words"),
        Key("sha256", "sha256", "fingerprint of the line it stands in"),
        optional("excluded", "text", "why nothing cites it"),
    ),
    "base rates": (
        Key("bands", "list of band", "who they hold for"),
        Key("rates", "list of rate", "percent by cause and band"),
        Key("points", "list of step", "percent as points"),
        Key("cites", "list of name", "where they come from"),
        Key("note", "text", "how far to trust them"),
    ),
    "band": (
        Key("id", "id", "as used in `percent`"),
        Key("text", "text", "as shown"),
        Key("when", "condition", "who belongs to it"),
    ),
    "rate": (
        Key("cause", "name", "of the article's"),
        Key("percent", "percent by band", "`adults`, and each band"),
        optional("lifts", "list of lift", "percent that replace a lower one"),
        Key("confidence", "text", "how firm they are"),
    ),
    "lift": (
        Key("when", "condition", "for whom"),
        Key("percent", "percent", "at least this"),
    ),
    "step": (
        Key("from_percent", "percent", "from here up"),
        Key("points", "whole number", "these points"),
    ),
    "ranking": (
        Key("ranked_when", "condition", "where this is certainly false, no cause is ranked"),
        Key("because", "text", "the reason, for the person"),
        Key("cites", "list of name", "`article 2.1.3` or a source's id"),
    ),
    "advice": (
        Key("levels", "list of level advice", "one for each level"),
        Key("default", "level", "where no rule about urgency fires"),
        Key("safety_net_lead", "text", "what to do when something of the safety net comes"),
        Key("safety_net", "list of text", "what to look out for, always shown"),
        Key("not_a_diagnosis", "text", "always shown"),
        optional("emergency_number", "text", "what to call it where no country is chosen; goes with routes"),
    ),
    "route": (
        Key("id", "id", "public and permanent"),
        Key("name", "text", "the kind of help"),
        Key("go", "template", "how to get it, with {emergency} and {advice}"),
        optional("number", "kind of number", "the number that goes with it"),
        Key("levels", "list of level", "the urgencies for which it will do"),
    ),
    "act": (
        Key("id", "rule id", "public and permanent"),
        Key("name", "text", "the danger, as a helper would call it"),
        Key("route", "name", "the kind of help"),
        Key("act", "text", "what to do, beside the route's words"),
        Key("say", "template", "what to read out, with {questions}, {danger}, {facts} and {unsure}"),
        optional("meanwhile", "list of name", "the precautions until then"),
        Key("come_back_if", "list of text", "what makes it worse than it is taken for"),
        Key("cites", "list of name", "a source's id"),
        Key("grade", "grade", "what it rests on"),
        ALLOW,
    ),
    "precaution": (
        Key("id", "rule id", "public and permanent"),
        Key("do", "text", "what to do or not to do"),
        optional("not_with", "list of name", "routes and precautions with which it does not go"),
        Key("cites", "list of name", "a source's id"),
        ALLOW,
    ),
    "saying": (
        Key(
            "when",
            "condition",
            "one answer: `question is option`, `question has option`, `question is unsure`",
        ),
        Key("say", "text", "the same as a person says it, as a clause"),
    ),
    "place": (
        Key("id", "country", "public and permanent"),
        Key("name", "text", "as shown"),
        optional("members", "list of country", "other countries for which it stands"),
        optional("by_locale", "yes or no", "whether a computer's locale tells that a person is there; yes"),
        Key("emergency", "number to call", "in an emergency"),
        optional("advice", "number to call", "for advice, day and night"),
    ),
    "number to call": (
        Key("number", "text", "as it is to be read"),
        Key("cites", "list of name", "a source's id"),
        optional("note", "text", "anything to beware of"),
    ),
    "level advice": (
        Key("level", "level", "which"),
        Key("name", "text", "as shown"),
        Key("advice", "text", "what to do"),
    ),
    "case": (
        Key("id", "rule id", "names the case in every list"),
        Key("title", "text", "the patient in a line"),
        Key("answers", "answers", "question to answer, as in an answers file"),
        Key("expect", "expectation", "what must come out"),
        optional("but", "list of variation", "the same person with other answers, each a case of its own"),
    ),
    "variation": (
        Key("with", "answers", "the answers that are others; blank for none"),
        Key("expect", "expectation", "what must come out"),
    ),
    "signpost base": (
        Key("title", "text", "the person in a line"),
        Key("answers", "answers", "question to answer, as in an answers file"),
    ),
    "public page": (
        Key("page", "text", "its name or its publisher's"),
        Key("address", "text", "where it is"),
        Key("country", "text", "whose services it speaks of"),
        Key("seen", "way of reading", "how it was seen"),
        optional("answers", "answers", "what all its signposts change of the base"),
        Key("tells", "list of signpost", "what it tells people on when and where to seek care"),
    ),
    "signpost": (
        Key("id", "rule id", "names the case in every list"),
        Key("says", "text", "the statement, in our words"),
        Key(
            "asks", "level", "the level that the page asks for at least; with `calm`, what it says is enough"
        ),
        Key("answers", "answers", "what a person to whom it applies would answer, where it is not the base"),
        optional("calm", "yes or no", "whether it tells people not to hurry"),
        optional("below", "text", "why we stay below on purpose"),
        optional("raised", "text", "of a calm one: why we go above `routine` on purpose"),
        optional("broader", "text", "why it is broader than what we ask"),
    ),
    "survivor": (
        Key("rule", "name", "the rule that is changed"),
        Key("change", "text", "the change, as `legtriage mutate` says it"),
        Key("because", "text", "why no case has to notice it"),
    ),
    "expectation": (
        optional("urgency", "level", "the level"),
        optional("at_least", "yes or no", "whether an open question could still raise it"),
        optional("first", "list of name", "the causes at rank 1, all of them"),
        optional("top", "list of name", "the first causes in this order, ties aside"),
        optional("points", "points by cause", "the points of these causes and mimics"),
        optional("status", "status", "complete, incomplete or insufficient"),
        optional("fires", "list of name", "rules that must fire"),
        optional("silent", "list of name", "rules that must not"),
        optional("signs", "list of name", "the signs present, all of them"),
        optional("also_consider", "list of name", "the mimics raised, all of them"),
        optional("contradictions", "list of name", "the consistency checks that hold, all of them"),
        optional("notices", "list of name", "the questions answered that would not be asked, all of them"),
        optional("not_told_apart", "list of name", "the pairs not told apart, all of them"),
    ),
}

PATTERNS: Mapping[str, tuple[str, str]] = {
    "id": (r"[a-z][a-z0-9_]*", "lower-case words joined by `_`"),
    "rule id": (r"[a-z][a-z0-9]*(-[a-z0-9]+)*", "lower-case words joined by `-`"),
    "source id": (r"[a-z][a-z0-9]*(-[a-z0-9]+)*", "lower-case words joined by `-`"),
    "group": (r"[a-z][a-z0-9]*(-[a-z0-9]+)*", "lower-case words joined by `-`"),
    "section": (r"[0-9]{1,4}(\.[0-9]{1,4})*", "numbers joined by `.`, such as 2"),
    "statement id": (r"[0-9]{1,4}(\.[0-9]{1,4})*", "numbers joined by `.`, such as 2.1.3"),
    "lint code": (r"L[0-9]{3}", "one such as L004"),
    "sha256": (r"[0-9a-f]{64}", "64 hexadecimal digits"),
    "country": (r"[A-Z]{2}", "two capitals, such as GB"),
    "ICD-10 code": (r"[A-Z][0-9]{2}(\.[0-9]\*?|\.-|\*)?", "one such as M51.1, G55.1* or S84.-"),
}
"""The form of what is no free text, and that form in words."""

CHOICES: Mapping[str, tuple[str, ...]] = {
    "kind": get_args(Kind),
    "level": LEVELS,
    "grade": get_args(Grade),
    "way of seeing": get_args(Seen),
    "way of reading": ("read", "second_hand"),
    "confidence": get_args(Confidence),
    "strength": tuple(STRENGTHS),
    "kind of number": NUMBERS,
    "statement kind": ("heading", "text", "symptom", "treatment", "page"),
    "status": ("complete", "incomplete", "insufficient"),
}
"""What is one of a few words."""
