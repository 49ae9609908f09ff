"""A flow's plan in words, beside the plans of the flows with which it joins."""

import contextlib
from collections.abc import Iterator
from datetime import date

from pratique.assembly.flows import compile_flow
from pratique.assembly.parts import Assembly
from pratique.errors import PratiqueError
from pratique.model.plan import Plan
from pratique.pipeline.results import Explanation, FamilyMeaning
from pratique.policy import explain, summarise


def explain_flow(assembly: Assembly, name: str, today: date) -> Explanation:
    """What would happen, field by field. Joins reach into every flow of the same region that compiles now."""
    plan, known = compile_flow(assembly, name, today)
    others = list(_others(assembly, plan, today))
    settings = assembly.settings
    fields = explain(plan, known.scan, known.verdicts, assembly.transforms, others=others, settings=settings)
    policy = settings.policies[plan.policy]
    families = [
        FamilyMeaning(family, str(policy.families[family].transform), str(policy.families[family].place), types)
        for family, types in policy.meant(assembly.detector.families).items()
    ]
    return Explanation(summarise(plan, known.scan), fields, families)


def _others(assembly: Assembly, plan: Plan, today: date) -> Iterator[Plan]:
    """The plans with which equal values could come out equal: keys never leave their region."""
    applied = [one for step in plan.steps for one in (step.apply, *step.spans) if one is not None]
    if not any(one.key is not None and assembly.transforms[one.transform].joins for one in applied):
        return
    for flow in assembly.settings.flows.values():
        if flow.name != plan.flow and assembly.settings.datasets[flow.source].region == plan.source_region:
            # One that was not scanned, or that is refused, joins with nothing yet.
            with contextlib.suppress(PratiqueError):
                yield compile_flow(assembly, flow.name, today)[0]
