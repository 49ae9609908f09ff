"""Policy to plan: check, compile, explain, diff. Rules without I/O; an empty or unknown policy refuses."""

from pratique.policy.choose import STRICTNESS, strictness
from pratique.policy.compile import PART_SIZE, check_policy, compile_plan
from pratique.policy.diff import Change, Reason, changes, diff
from pratique.policy.explain import FieldExplanation, PlanSummary, explain, summarise
from pratique.policy.output import output_schema

__all__ = [
    "PART_SIZE",
    "STRICTNESS",
    "Change",
    "FieldExplanation",
    "PlanSummary",
    "Reason",
    "changes",
    "check_policy",
    "compile_plan",
    "diff",
    "explain",
    "output_schema",
    "strictness",
    "summarise",
]
