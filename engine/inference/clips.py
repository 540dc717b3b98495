"""The rule base as a CLIPS program: for those who run CLIPS, and as an engine to compare with.

Each rule is a defrule under its own id with its reason as comment. Answers are facts of one template,
and CLIPS itself compares amounts, chains signs, weighs groups and finds the urgency. A rule with
`any` in it may be activated in several ways; what it asserts stands once. That a sign is absent takes
helper rules, one for each rule that concludes it (`not RULE`), as CLIPS's own `not` would mean
"not known" and not "known to be false".
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ..answers.answers import UNSURE, Amount, Answer, Chosen, Refused
from ..knowledge.conditions import (
    All,
    Any,
    AtLeast,
    Compare,
    Condition,
    Has,
    HasSign,
    Is,
    IsUnsure,
    Not,
    expand,
    normal,
)
from ..knowledge.levels import LEVELS, height
from ..knowledge.rule_base import RuleBase
from ..knowledge.rules import Raises, Rule, Shows

TEMPLATES = """\
(deftemplate answer "one for each question answered"
  (slot question (type SYMBOL))
  (multislot has (type SYMBOL))           ; the option chosen, or all options that hold
  (multislot not (type SYMBOL))           ; options known not to hold
  (slot amount (type NUMBER SYMBOL) (default none))  ; in the question's unit, or in hours
  (slot unsure (type SYMBOL) (allowed-symbols no yes refused) (default no)))  ; `refused`: says nothing
(deftemplate fired (slot rule (type SYMBOL)))
(deftemplate refuted (slot rule (type SYMBOL)))
(deftemplate sign (slot name (type SYMBOL)) (slot present (type SYMBOL) (allowed-symbols yes no)))
(deftemplate weighs "evidence from a fired rule"
  (slot rule (type SYMBOL)) (slot cause (type SYMBOL)) (slot group (type SYMBOL))
  (slot side (type SYMBOL) (allowed-symbols for against)) (slot points (type INTEGER)))
(deftemplate urgency (slot rule (type SYMBOL)) (slot level (type INTEGER)))  ; 5 emergency to 1 self_care
(deftemplate cause (slot name (type SYMBOL)) (slot ranked (type SYMBOL) (allowed-symbols yes no)))
(deftemplate base (slot cause (type SYMBOL)) (slot band (type INTEGER)) (slot points (type INTEGER)))
(deftemplate band (slot order (type INTEGER)))  ; the least order that holds applies
(deftemplate lift (slot cause (type SYMBOL)) (slot points (type INTEGER)))
"""

FUNCTIONS = """\
(deffunction band-order () "the band of base rates that applies"
  (bind ?least 999)
  (do-for-all-facts ((?b band)) (< ?b:order ?least) (bind ?least ?b:order))
  ?least)
(deffunction base-points (?cause)
  (bind ?order (band-order))
  (bind ?points 0)
  (do-for-all-facts ((?b base)) (and (eq ?b:cause ?cause) (= ?b:band ?order)) (bind ?points ?b:points))
  (do-for-all-facts ((?l lift)) (and (eq ?l:cause ?cause) (> ?l:points ?points)) (bind ?points ?l:points))
  ?points)
(deffunction points (?cause) "base rate, and of each group the strongest for and the strongest against"
  (bind ?sum (base-points ?cause))
  (do-for-all-facts ((?w weighs)) (eq ?w:cause ?cause)
    (if (not (any-factp ((?o weighs))
               (and (eq ?o:cause ?cause) (eq ?o:group ?w:group) (eq ?o:side ?w:side)
                    (or (> ?o:points ?w:points)
                        (and (= ?o:points ?w:points) (< (str-compare ?o:rule ?w:rule) 0))))))
      then (bind ?sum (if (eq ?w:side for) then (+ ?sum ?w:points) else (- ?sum ?w:points)))))
  ?sum)
(deffunction level () "the highest urgency of the rules fired"
  (bind ?highest 0)
  (do-for-all-facts ((?u urgency)) (> ?u:level ?highest) (bind ?highest ?u:level))
  (if (= ?highest 0) then {default} else (nth$ ?highest (create$ {levels}))))
(deffunction report ()
  (printout t "urgency: " (level) crlf)
  (do-for-all-facts ((?c cause)) TRUE
    (bind ?outside (if (eq ?c:ranked no) then " (outside the article)" else ""))
    (printout t ?c:name ": " (points ?c:name) ?outside crlf))
  (do-for-all-facts ((?f fired)) TRUE (printout t "fired: " ?f:rule crlf)))
"""


def clips_program(rules: RuleBase) -> str:
    """The program; load it, `(reset)`, assert answers, `(run)`, `(report)`."""
    return "\n".join(f"{construct}\n" for construct in constructs(rules))


def constructs(rules: RuleBase) -> Iterator[str]:
    """The program's parts in order, each a comment or one or more CLIPS constructs."""
    yield _header(rules)
    yield TEMPLATES
    default = rules.default_urgency
    yield FUNCTIONS.format(default=default, levels=" ".join(reversed(LEVELS)))
    yield _facts(rules)
    writer = _Writer()
    for order, band in enumerate(rules.base_rates.bands):
        yield writer.rule(f"band {band.id}", band.text, normal(band.when), f"(assert (band (order {order})))")
    for cause, rate in rules.base_rates.rates.items():
        for at, (when, percent) in enumerate(rate.lifts, 1):
            points = rules.base_rates.points_for(percent)
            then = f"(assert (lift (cause {cause}) (points {points})))"
            yield writer.rule(f"lift {cause} {at}", f"at least {percent} in 100", normal(when), then)
    for rule in rules.rules.values():
        then = f"(assert (fired (rule {rule.id}))) {_then(rule)}"
        yield writer.rule(rule.id, rule.because, normal(rule.when), then)
    for sign, found in rules.rules_by_sign.items():
        for rule in found:
            then = f"(assert (refuted (rule {rule.id})))"
            yield writer.rule(f"not {rule.id}", "known to be false", normal(rule.when, False), then)
        refuted = " ".join(f"(refuted (rule {rule.id}))" for rule in found)
        then = f"(assert (sign (name {sign}) (present no)))"
        yield f'(defrule no-{sign} "every rule for it is false"\n  {refuted}\n  => {then})'


def clips_answer(question: str, answer: Answer) -> dict[str, object]:
    """The slots of the `answer` fact for one answer; words stand for symbols."""
    slots: dict[str, object] = {"question": question}
    if answer is UNSURE:
        return slots | {"unsure": "yes"}
    if isinstance(answer, Refused):
        return slots | {"unsure": "refused"}
    if isinstance(answer, Chosen):
        return slots | {"has": (answer.option,)}
    if isinstance(answer, Amount):
        return slots | {"amount": float(answer.value)}
    return slots | {"has": tuple(sorted(answer.has)), "not": tuple(sorted(answer.has_not))}


def _header(rules: RuleBase) -> str:
    return f"""\
; legtriage as a CLIPS program. It is not a medical device and does not diagnose.
; rules {rules.sha256}
;
;   (load legtriage.clp) (reset)
;   (assert (answer (question bend_forward_relief) (has yes)))
;   (assert (answer (question symptom_kinds) (has cramp) (not burning numb)))
;   (assert (answer (question symptom_duration) (amount 4383.36)))   ; 6 months, in hours
;   (assert (answer (question saddle_numbness) (unsure yes)))
;   (run) (report)
"""


def _facts(rules: RuleBase) -> str:
    rates = rules.base_rates
    lines = [f"  (cause (name {cause}) (ranked yes))" for cause in rules.causes]
    lines += [f"  (cause (name {mimic}) (ranked no))" for mimic in rules.mimics]
    for cause, rate in rates.rates.items():
        columns = [*enumerate(band.id for band in rates.bands), (999, "adults")]
        for order, band in columns:
            points = rates.points_for(rate.percent[band])
            lines.append(f"  (base (cause {cause}) (band {order}) (points {points}))")
    return "(deffacts knowledge\n" + "\n".join(lines) + ")"


def _then(rule: Rule) -> str:
    then = rule.then
    if isinstance(then, Shows):
        return f"(assert (sign (name {then.sign}) (present yes)))"
    if isinstance(then, Raises):
        return f"(assert (urgency (rule {rule.id}) (level {height(then.urgency)})))"
    side = "for" if then.supports else "against"
    what = f"(cause {then.cause}) (group {then.group}) (side {side}) (points {abs(then.points)})"
    return f"(assert (weighs (rule {rule.id}) {what}))"


class _Writer:
    """Writes defrules; each comparison binds a variable of its own."""

    def __init__(self) -> None:
        self.variables = 0

    def rule(self, name: str, comment: str, when: Condition, then: str) -> str:
        said = comment.replace("\\", "\\\\").replace('"', '\\"')
        return f'(defrule {name.replace(" ", "--")} "{said}"\n  {self.pattern(when)}\n  => {then})'

    def pattern(self, node: Condition) -> str:
        """The conditional element for a normal form."""
        if isinstance(node, AtLeast):
            return self.pattern(expand(node))
        if isinstance(node, (All, Any)):
            word = "and" if isinstance(node, All) else "or"
            return f"({word} {' '.join(self.pattern(item) for item in node.items)})"
        atom, holds = (node.item, False) if isinstance(node, Not) else (node, True)
        if isinstance(atom, HasSign):
            return f"(sign (name {atom.sign}) (present {'yes' if holds else 'no'}))"
        assert isinstance(atom, (Is, Has, Compare, IsUnsure))
        return f"(answer (question {atom.question}) {self.slot(atom, holds)})"

    def slot(self, atom: Is | Has | Compare | IsUnsure, holds: bool) -> str:
        """The slot that tells whether an atom about an answer holds."""
        if isinstance(atom, IsUnsure):
            return f"(unsure {'yes' if holds else 'no'})"
        if isinstance(atom, Has):
            return f"({'has' if holds else 'not'} $? {atom.option} $?)"
        if isinstance(atom, Is):
            return (
                f"(has {'|'.join(atom.options)})"
                if holds
                else f"(has {'&'.join(f'~{each}' for each in atom.options)})"
            )
        self.variables += 1
        name, bound = f"?v{self.variables}", Decimal(atom.bound)
        test = f"({atom.operator} {name} {bound:f})"
        return f"(amount {name}&:(and (numberp {name}) {test if holds else f'(not {test})'}))"
