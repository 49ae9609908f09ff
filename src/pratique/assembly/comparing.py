"""A flow's plan beside that of its newest release: what a run would do otherwise."""

from datetime import date

from pratique.assembly.flows import compile_flow
from pratique.assembly.parts import Assembly
from pratique.assembly.worker import stored_plan
from pratique.crypto.dsse import open_envelope
from pratique.pipeline.checking import PlanDiff
from pratique.policy import changes
from pratique.verify.statement import read_statement


def compare(assembly: Assembly, name: str, today: date) -> PlanDiff:
    """Compile the flow as it stands, and hold it against the plan of its newest release.

    Only what was released counts: a run that did not come to its end spoke for nobody. Raises what compiling raises,
    and `StoreError` where the release's plan is not in the store or is not the one of its hash.
    """
    plan, _ = compile_flow(assembly, name, today)
    newest = assembly.runs(plan.source_region).last_release(name)
    if newest is None:
        return PlanDiff(name, plan.hash, "", 0, "", "", ())
    sequence, statement = newest
    release = read_statement(open_envelope(statement).payload)
    found = () if release.plan == plan.hash else changes(
        stored_plan(assembly, name, release.plan), plan, assembly.transforms
    )  # fmt: skip
    return PlanDiff(name, plan.hash, release.run, sequence, release.at, release.plan, found)
