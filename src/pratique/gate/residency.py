"""Residency: may this plan's output leave its region at all?"""

from datetime import date

from pratique.errors import RefusedError
from pratique.model.classes import DataClass
from pratique.model.plan import Mode, Plan


def check_residency(plan: Plan, today: date) -> None:
    """Raise `RefusedError` unless the plan stays in its region, or its route is open today for data of its class.

    The class is taken anew from the plan's steps; the plan's own word counts only where it is stricter.
    """
    route = plan.route
    where = f"flow {plan.flow}"
    if plan.source_region == plan.target_region:
        if route is not None:
            raise RefusedError("the plan names a route though it stays in its region", where=where)
        return
    if route is None or (route.source, route.target) != (plan.source_region, plan.target_region):
        raise RefusedError("no route covers the border that this plan crosses", where=where, do="compile the plan anew")
    where = f"{where}, route {route.name}"
    if _expired(route.until, today):
        raise RefusedError(
            f"the route was open until {route.until}", where=where, do="renew the route or stop the flow"
        )
    if route.data_class is DataClass.ANONYMISED:
        raise RefusedError("the route asks for anonymised data, and the risk is not measured", where=where)
    if route.data_class not in (DataClass.PERSONAL, DataClass.PSEUDONYMISED):
        raise RefusedError(f"no route can ask for the class {route.data_class}", where=where)
    found = weakest(plan)
    if found < route.data_class:
        raise RefusedError(f"the output is {found}, and the route takes {route.data_class} data", where=where)


def weakest(plan: Plan) -> DataClass:
    """The weakest class among the plan's own word and its steps that put something out."""
    steps = [step.output_class for step in plan.steps if step.mode not in (Mode.DROP, Mode.QUARANTINE)]
    return min([plan.data_class, *steps])


def _expired(until: str, today: date) -> bool:
    try:
        return today > date.fromisoformat(until)
    except ValueError:
        return True
