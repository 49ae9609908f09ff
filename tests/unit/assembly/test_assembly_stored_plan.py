"""The plan that a worker or a re-identification takes from the store: that very one, or a sentence."""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from pratique.assembly.parts import Assembly
from pratique.assembly.worker import stored_plan
from pratique.errors import PolicyError, StoreError

GOLDEN = json.loads((Path(__file__).parents[2] / "assets" / "golden" / "plan.json").read_text(encoding="utf-8"))


def document(**changes: object) -> bytes:
    text = json.dumps(GOLDEN["plan"] | changes, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


@dataclass
class OneStore:
    """An assembly whose run store holds these plans."""

    plans: dict[str, bytes]
    settings: Any = field(
        default_factory=lambda: SimpleNamespace(
            flows={"channel": SimpleNamespace(source="channel-eu")},
            datasets={"channel-eu": SimpleNamespace(region="eu")},
        )
    )

    def runs(self, region: str) -> Any:
        assert region == "eu"
        return SimpleNamespace(plan=self.plans.get)


def taken(data: bytes | None, plan_hash: str = "") -> Any:
    plan_hash = plan_hash or hashlib.sha256(data or b"").hexdigest()
    plans = {} if data is None else {plan_hash: data}
    return stored_plan(cast("Assembly", OneStore(plans)), "channel", plan_hash)


def test_the_stored_plan_comes_back() -> None:
    assert taken(document()).hash == GOLDEN["hash"]


def test_a_missing_plan_is_told() -> None:
    with pytest.raises(StoreError, match="the plan is not in the store; run the flow again"):
        taken(None)


def test_a_plan_that_is_not_the_one_of_its_hash_is_refused() -> None:
    with pytest.raises(StoreError, match="the stored plan is not the one of its hash"):
        taken(document(guard_score=0.9), GOLDEN["hash"])


def test_a_newer_plan_is_refused_with_a_sentence() -> None:
    with pytest.raises(PolicyError, match="flow channel: the plan was written by a newer version of Pratique; update"):
        taken(document(version=3, surprise=1))
