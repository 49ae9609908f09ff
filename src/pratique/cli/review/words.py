"""How a review puts things: fields, outcomes, options, decisions."""

from collections.abc import Sequence

from pratique.cli.show import Cell, Style
from pratique.cli.text import count, share
from pratique.model.catalogue import Decision, DecisionKind, TypeEvidence, Verdict, VerdictState
from pratique.model.paths import show_path
from pratique.pipeline.reviewing import Choice, FlowChange, Option, ReviewItem
from pratique.policy.outlook import Outcome
from pratique.policy.queue import Risk

RISKS = {
    Risk.IN_CLEAR: ("PASSES IN CLEAR", Style.BAD),
    Risk.CONFLICT: ("CONFLICT", Style.BAD),
    Risk.CLOSES: ("CLOSES A FLOW", Style.BAD),
    Risk.HOLDS: ("HOLDS RECORDS BACK", Style.ATTENTION),
    Risk.TREATED: ("TREATED, NOT REVIEWED", Style.NAME),
    Risk.IDLE: ("NO FLOW READS IT", Style.FAINT),
    Risk.DECIDED: ("DECIDED", Style.GOOD),
}
VERBS = {
    DecisionKind.CONFIRM: "confirm",
    DecisionKind.REJECT: "not",
    DecisionKind.SET: "set",
    DecisionKind.NOT_PERSONAL: "not personal",
    DecisionKind.WITHDRAW: "taken back",
}


def address(item: ReviewItem) -> str:
    """``dataset.field``."""
    return f"{item.dataset}.{show_path(item.path)}"


def decision_words(kind: DecisionKind, entities: Sequence[str]) -> str:
    """``confirm PERSON``, ``not PERSON``, ``set PERSON, ADDRESS``, ``not personal``."""
    return f"{VERBS[kind]} {', '.join(entities)}".strip()


def choices_words(choices: Sequence[Choice]) -> str:
    """What one decision on one field, or on several, says."""
    first = choices[0]
    same = len({frozenset(choice.entities) for choice in choices}) == 1
    return decision_words(first.kind, first.entities if same else ("what is proposed for each",))


def held(verdict: Verdict) -> str:
    """What the field is held to be."""
    if verdict.entities:
        return ", ".join(verdict.entities)
    return "not personal" if verdict.state is VerdictState.DECIDED else "nothing found"


def state_words(item: ReviewItem) -> str:
    """How the verdict came to be."""
    verdict = item.verdict
    match verdict.state:
        case VerdictState.PROPOSED:
            words = "proposed, nobody decided" if not verdict.by else f"proposed, not confirmed; {verdict.by} decided"
        case VerdictState.UNDECIDED:
            words = "nobody decided"
        case VerdictState.CONFLICT:
            words = f"conflict with what {verdict.by} decided"
        case VerdictState.DECIDED:
            words = f"decided by {verdict.by}"
    return words + (" in bulk" if verdict.bulk else "")


def seen_words(item: ReviewItem) -> str:
    """How many values were looked at, and how sure that makes."""
    evidence = item.evidence
    parts = [
        f"{count(evidence.sampled, 'value')}, {count(evidence.nulls, 'null')}, about {evidence.distinct:,} distinct"
    ]
    if item.miss_bound == 0:
        parts.append("every record looked at")
    elif item.miss_bound is None:
        parts.append("the sample was not random, so what it missed is not bounded")
    else:
        parts.append(f"a type in {share(item.miss_bound)} of the records or more would have been seen (95 %)")
    return "; ".join(parts)


def type_row(found: TypeEvidence) -> list[str | Cell]:
    """One type of the evidence."""
    name = "the name says so" if found.by_name else "a tag says so" if found.tagged else ""
    if not found.hits:
        return [found.entity, "in no value", "", "", name]
    return [found.entity, share(found.share), f"score {found.mean_score:.2f}", f"{found.whole:,} whole", name]


def outcome_words(outcome: Outcome) -> str:
    """What a flow does with a field, and as what it leaves."""
    if outcome.problem and not outcome.treatment:
        return f"the flow is closed: {outcome.problem}"
    if outcome.held:
        return "quarantine: records with a value are held back"
    if outcome.transform == "keep":
        return "keep: leaves as it is"
    if outcome.transform == "drop":
        return "drop: does not leave"
    if outcome.transform == "free text":
        return f"free text: what is found is treated, the rest leaves as it is ({outcome.output_class})"
    return outcome.treatment + ("" if outcome.output_class == "none" else f" ({outcome.output_class})")


def joins_words(joins: Sequence[str]) -> list[str]:
    """The fields that a field joins with, those of one flow together; of its own flow first."""
    own = [name for name in joins if ": " not in name]
    others: dict[str, list[str]] = {}
    for name in joins:
        if ": " in name:
            flow, _, field = name.partition(": ")
            others.setdefault(flow, []).append(field)
    lines = [", ".join(own)] if own else []
    return lines + [f"{flow}: {', '.join(fields)}" for flow, fields in others.items()]


def change_words(change: FlowChange, *, flows: bool = True) -> str:
    """What a decision does to a field in a flow, and to the flow, in a few words."""
    before, after = outcome_words(change.before), outcome_words(change.after)
    parts = ["treated as now" if before == after else f"-> {after}"]
    lost = len(set(change.before.joins) - set(change.after.joins))
    won = len(set(change.after.joins) - set(change.before.joins))
    if passing := set(change.after.waived) - set(change.before.waived):
        parts.append(f"{', '.join(sorted(passing))} found in it passes from then on")
    if lost:
        parts.append(f"no longer joins with {count(lost, 'field')}")
    if won:
        parts.append(f"joins with {count(won, 'field')}")
    if flows and change.opens:
        parts.append(f"flow {change.after.flow} opens")
    if flows and change.closes:
        parts.append(f"flow {change.after.flow} closes")
    return "; ".join(parts)


def option_effects(option: Option, *, flows: bool = True) -> list[tuple[str, str]]:
    """Flow and effect; one line for all flows where it is the same in each."""
    if not option.changes:
        return [("", "no flow reads it")]
    words = [(c.after.flow, change_words(c, flows=flows) + _besides(option, c)) for c in option.changes]
    if len({text for _, text in words}) == 1:
        return [("", words[0][1])]
    return words


def _besides(option: Option, change: FlowChange) -> str:
    """What the treatment alone does not say."""
    if option.kind is DecisionKind.CONFIRM:
        return ", and reviewed" if change.before.treatment == change.after.treatment else ""
    if option.kind is not DecisionKind.NOT_PERSONAL or not change.after.in_clear:
        return ""
    # Not-personal waives nothing by itself: the guard goes on looking.
    left = " or ".join(sorted(name for name in option.found if name not in option.verdict.waived))
    return f"; but a record in which {left} is found is held back" if left else ""


def decision_line(decision: Decision) -> str:
    """One decision in one line: when, who, what, why, and how."""
    how = ["signed" if decision.signature else "not signed", *(["in bulk"] if decision.bulk else [])]
    words = decision_words(decision.kind, decision.entities)
    reason = f': "{decision.reason}"' if decision.reason else ""
    return f"{decision.at[:16].replace('T', ' ')}  {decision.who}  {words}{reason} ({', '.join(how)})"
