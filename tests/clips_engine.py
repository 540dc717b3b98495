"""Runs the exported CLIPS program in CLIPS itself, through clipspy."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import clips

from engine import Answers, RuleBase
from engine.inference.clips import clips_answer, clips_program


class ClipsEngine:
    """A CLIPS environment that holds a rule base."""

    def __init__(self, rules: RuleBase) -> None:
        self.rules = rules
        self.environment = clips.Environment()
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "rules.clp"
            path.write_text(clips_program(rules), encoding="utf-8")
            self.environment.load(str(path))
        self.answer = self.environment.find_template("answer")

    def run(self, answers: Answers) -> None:
        """Asserts the answers and runs the rules to the end."""
        self.environment.reset()
        for question, answer in answers.items():
            slots = clips_answer(question, answer)
            self.answer.assert_fact(**{name: _symbols(value) for name, value in slots.items()})
        self.environment.run()

    def fired(self) -> tuple[str, ...]:
        """The rules that fired, sorted."""
        return tuple(sorted(str(fact["rule"]) for fact in self._facts("fired")))

    def signs(self) -> dict[str, bool]:
        """The signs known to be present or absent."""
        return {str(fact["name"]): str(fact["present"]) == "yes" for fact in self._facts("sign")}

    def points(self) -> dict[str, int]:
        """Every cause's points, as CLIPS adds them up."""
        return {cause: int(self.environment.eval(f"(points {cause})")) for cause in self.rules.causes}

    def level(self) -> str:
        """The urgency."""
        return str(self.environment.eval("(level)"))

    def _facts(self, template: str) -> Iterator[clips.TemplateFact]:
        return self.environment.find_template(template).facts()  # type: ignore[no-any-return]


def _symbols(value: object) -> object:
    if isinstance(value, str):
        return clips.Symbol(value)
    return tuple(clips.Symbol(each) for each in value) if isinstance(value, tuple) else value
