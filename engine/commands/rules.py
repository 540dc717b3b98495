"""The questions and the rules to read, and the article that they come from."""

from __future__ import annotations

import sys
from typing import Any

import click

from ..errors import did_you_mean
from ..knowledge.catalogue import (
    question_as_dict,
    question_lines,
    rule_as_dict,
    rule_lines,
    rule_table,
    select_rules,
    template_lines,
)
from ..knowledge.rule_base import RuleBase
from ..knowledge.rules import Rule
from ..loading.article import verify_article
from ..loading.loader import load_rules
from ..pages.parts.anchors import home
from ..writing.lines import Line, folded, wrapped
from .files import read_file
from .options import Family, json_option, rules_listed, rules_option
from .terminal import WRONG_INPUT, fail, print_json, say, show, width


@click.command("questions")
@json_option
@click.option("--template", is_flag=True, help="Print an answers file to fill in.")
@rules_option
def questions_command(as_json: bool, template: bool, folder: str | None) -> None:
    """List the questions, or print a file of answers to fill in.

    With each: why it is asked, its options, and what `unsure` to it does.

    \b
    Examples:
      legtriage questions
      legtriage questions --template > answers.yaml
    """
    rules = load_rules(folder)
    if as_json:
        print_json([question_as_dict(question, rules) for question in rules.questions.values()])
    elif template:
        for line in template_lines(rules):
            click.echo(line)
    else:
        for chapter in rules.chapters:
            show([Line(chapter.title.upper(), "heading"), Line("")])
            for id in chapter.questions:
                show(folded(question_lines(rules.questions[id], rules), width()))
                click.echo()


@click.group("rules", cls=Family)
def rules_command() -> None:
    """List and show the rules.

    \b
    Examples:
      legtriage rules list --grade measured
      legtriage rules show rf01-saddle-numbness
    """


@rules_command.command("list")
@click.option("--grade", help="Only rules of this grade: measured, article, guideline or judgement.")
@click.option("--cause", help="Only rules for or against this cause or mimic.")
@click.option("--urgency", help="Only rules that raise this urgency.")
@click.option("--sign", help="Only rules that conclude this sign.")
@click.option("--source", help="Only rules that cite this source.")
@click.option(
    "--mark",
    help="Only rules so marked: derived, judgement, needs sign-off, no interval, recalled or second-hand.",
)
@json_option
@rules_option
def rules_list_command(
    grade: str | None,
    cause: str | None,
    urgency: str | None,
    sign: str | None,
    source: str | None,
    mark: str | None,
    as_json: bool,
    folder: str | None,
) -> None:
    """List the rules, one a line.

    Each with its id, conclusion, grade, and marks of how far it can be trusted.

    \b
    Examples:
      legtriage rules list --cause spinal_stenosis
      legtriage rules list --urgency emergency
      legtriage rules list --mark recalled
    """
    rules = load_rules(folder)
    wanted = {
        "grade": grade,
        "cause": cause,
        "urgency": urgency,
        "sign": sign,
        "source": source,
        "mark": mark,
    }
    found = select_rules(rules, {key: value for key, value in wanted.items() if value is not None})
    if as_json:
        print_json([rule_as_json(rule, rules) for rule in found])
        return
    for line in rule_table(found, rules):
        click.echo(line)
    say(f"{len(found)} of {len(rules.rules)} rules")


@rules_command.command("show")
@click.argument("id")
@json_option
@rules_option
def rules_show_command(id: str, as_json: bool, folder: str | None) -> None:
    """Show one rule in full, or the rules that conclude a sign.

    Of each rule its condition, weight, reason, sources and place.

    \b
    Example:
      legtriage rules show stenosis-eases-leaning-forward
    """
    rules = load_rules(folder)
    if id in rules.signs:
        return show_sign(id, rules, as_json)
    rule: Rule | None = rules.rules.get(id)
    if rule is None:
        near = did_you_mean(id, [*rules.rules, *rules.signs], f"`{rules_listed(folder)}` lists them")
        fail(f"unknown rule or sign `{id}`{near}")
    if as_json:
        print_json(rule_as_json(rule, rules))
    else:
        show_rule(rule, rules)


def show_rule(rule: Rule, rules: RuleBase) -> None:
    """Prints the rule in full, and where its page has it."""
    lines = [*rule_lines(rule, rules), f"  page      {page_of(rule, rules)}"]
    show(folded(lines, width()))


def rule_as_json(rule: Rule, rules: RuleBase) -> dict[str, Any]:
    """The rule as plain data, and where its page has it."""
    return rule_as_dict(rule, rules) | {"page": page_of(rule, rules)}


def page_of(rule: Rule, rules: RuleBase) -> str:
    """The page that `legtriage docs` writes for the rule, with its anchor."""
    return f"docs/{home('rule', rule.id, rules)}"


def show_sign(id: str, rules: RuleBase, as_json: bool) -> None:
    """Prints the rules that conclude the sign."""
    found = rules.rules_by_sign[id]
    if as_json:
        print_json([rule_as_json(rule, rules) for rule in found])
        return
    show(wrapped(f"sign {id}: {rules.signs[id].text}", width()))
    allows = [f"  allows    {each.code}: {each.reason}" for each in rules.signs[id].allow]
    show(folded(allows, width()))
    for rule in found:
        click.echo()
        show_rule(rule, rules)


@click.group("article", cls=Family)
def article_command() -> None:
    """Check a copy of the article that the causes come from.

    \b
    Example:
      legtriage article verify article.txt
    """


@article_command.command("verify")
@click.argument("file", type=click.Path(allow_dash=True))
@rules_option
def article_verify_command(file: str, folder: str | None) -> None:
    """Check that FILE is the article the rules were written from, line by line.

    \b
    Example:
      legtriage article verify article.txt
    """
    rules = load_rules(folder)
    try:
        text = read_file(file).decode("utf-8-sig")
    except UnicodeDecodeError:
        fail(f"{file}: not UTF-8; save the file as UTF-8")
    found = verify_article(text, rules)
    for statement in found.missing:
        click.echo(f"{file}: lacks the line of statement {statement.id}: {statement.says}")
    for number in found.added:
        click.echo(f"{file}:{number}: not a line of the article")
    if not found.in_order:
        click.echo(f"{file}: the lines do not stand in the article's order")
    if not found.same:
        sys.exit(WRONG_INPUT)
    click.echo(f"{file} is the article: all {len(found.matched)} statements are there, and nothing else.")
