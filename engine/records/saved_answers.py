"""Saved answers: an answers file as an interview writes it, and its reading against the rules of today."""

from __future__ import annotations

from ..answers.answers import Answers
from ..errors import AnswersError, Problem
from ..knowledge.rule_base import RuleBase
from ..loading.answer_reader import answers_from
from ..loading.tree import read_yaml, write_yaml


def saved_text(answers: Answers) -> str:
    """The answers as an answers file, in the order in which they were given."""
    return write_yaml(answers.to_plain())


def read_saved(content: bytes, rules: RuleBase, path: str) -> tuple[Answers, list[Problem]]:
    """The answers that hold by these rules, and what is wrong with the others, sorted.

    Raises AnswersError where the file is no answers file at all.
    """
    node, problems = read_yaml(content, path)
    if node is None or problems:
        raise AnswersError(problems)
    answers = answers_from(node, rules, problems)
    return answers, sorted(problems)
