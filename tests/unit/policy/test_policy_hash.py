"""What a plan's hash does not hang on: where in a file things stand."""

# mypy: disable-error-code="no-untyped-call"

from dataclasses import replace

from pratique.model.policy import Place
from tests.unit.policy.policy_fixtures import build, leaf, project, verdict


def test_the_hash_does_not_hang_on_a_line_of_the_project_file():
    settings = project(subject=None)
    moved = replace(
        settings,
        routes={
            name: replace(route, place=Place("other/pratique.yaml", 99)) for name, route in settings.routes.items()
        },
        flows={name: replace(flow, place=Place("other/pratique.yaml", 98)) for name, flow in settings.flows.items()},
    )
    plans = [build({"a": leaf()}, [verdict("a")], settings=s) for s in (settings, moved)]
    assert plans[0] == plans[1]
    assert plans[0].hash == plans[1].hash
    assert plans[0].route is not None
    assert plans[0].route.place == Place()
