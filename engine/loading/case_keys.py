"""What a file of cases may say: its part of the one table of keys."""

from __future__ import annotations

from collections.abc import Mapping

from .forms import Key, optional

CASE_TABLES: Mapping[str, tuple[Key, ...]] = {
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
"""The tables of worked cases, signposts and accepted survivors, by name."""
