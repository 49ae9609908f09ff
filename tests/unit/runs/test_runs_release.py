"""What parts add up to, and when a release is refused."""

from dataclasses import replace

import pytest

from pratique.errors import RefusedError
from pratique.model.classes import DataClass
from pratique.model.data import FormatSpec
from pratique.model.plan import PLAN_VERSION, Mode, Plan, Step
from pratique.model.policy import Route
from pratique.model.release import Counts, FileEntry, Release, StagedFile
from pratique.model.schema import Kind, Node, Schema
from pratique.runs import assemble, check_quarantine, total

ROUTE = Route("eu", "us", DataClass.PSEUDONYMISED, "SCC 2021/914 module 2", "2027-06-30", residue=1)


def step(name: str, *waived: str) -> Step:
    kinds = (Kind.STRING,)
    return Step(
        (name,), Mode.KEEP, kinds, False, (), None, (), waived, DataClass.NONE, kinds, "person", "policy.default"
    )


PLAN = Plan(
    version=PLAN_VERSION,
    flow="channel",
    source="channel",
    target="channel-us",
    source_region="eu",
    target_region="us",
    route=ROUTE,
    policy="default",
    schema=Schema(Node(frozenset({Kind.RECORD}))),
    steps=(step("a"), step("b", "PERSON", "DATE_TIME"), step("c", "PERSON")),
    subject=None,
    data_class=DataClass.PSEUDONYMISED,
    source_format=FormatSpec("csv"),
    target_format=FormatSpec("jsonl"),
    guard_score=0.5,
    residue_score=0.6,
    residue_limit=1,
    max_quarantine=0.29,
    part_size=1 << 26,
    components={},
    decisions="",
    bulk_decisions=2,
)


def staged(number: int, read: int = 10, residue: int = 0, **quarantined: int) -> StagedFile:
    part = f"00000-{number:05d}"
    counts = Counts(read, read - sum(quarantined.values()), quarantined)
    return StagedFile(part, f"r1/{part}.jsonl", "s", 100 + number, f"{number:02x}" * 32, counts, residue, {})


def made(
    plan: Plan = PLAN,
    files: list[StagedFile] | None = None,
    at: str = "2027-06-30T23:59:59+00:00",
    counts: Counts | None = None,
) -> Release:
    files = [staged(0), staged(1)] if files is None else files
    return assemble(
        plan,
        exporter="acme",
        run="r1",
        files=files,
        counts=counts or total(files),
        sequence=3,
        previous="pp",
        at=at,
        code="0.1.0",
        inputs=("hh",),
        detectors={"residue": "dd"},
        key="kk",
        audit_head="aa",
    )


def test_a_release_says_what_the_plan_and_the_parts_say() -> None:
    files = [staged(1, guard=1), staged(0, json=2)]
    assert made(files=files) == Release(
        version=1,
        exporter="acme",
        dataset="channel-us",
        flow="channel",
        route={"name": "eu -> us", "class": "pseudonymised", "basis": "SCC 2021/914 module 2", "until": "2027-06-30"},
        run="r1",
        sequence=3,
        previous="pp",
        at="2027-06-30T23:59:59+00:00",
        files=(
            FileEntry("r1/00000-00000.jsonl", "00" * 32, 100, 8),
            FileEntry("r1/00000-00001.jsonl", "01" * 32, 101, 9),
        ),
        plan=PLAN.hash,
        policy="default",
        code="0.1.0",
        inputs=("hh",),
        counts=Counts(20, 17, {"guard": 1, "json": 2}),
        data_class="pseudonymised",
        format="jsonl",
        detectors={"residue": "dd"},
        guard_score=0.5,
        residue_score=0.6,
        residue=0,
        waivers=("#2 DATE_TIME", "#2 PERSON", "#3 PERSON"),
        bulk_decisions=2,
        risk="not measured",
        key="kk",
        audit_head="aa",
    )


def test_inside_a_region_there_is_no_route() -> None:
    assert made(replace(PLAN, route=None, data_class=DataClass.PERSONAL), at="2999-01-01T00:00:00+00:00").route is None


def test_the_total_of_nothing_is_nothing() -> None:
    assert total([]) == Counts(0, 0, {})


@pytest.mark.parametrize(
    "file",
    [
        replace(staged(0), counts=Counts(10, 10, {"guard": 1})),
        replace(staged(0), counts=Counts(10, 9, {})),
        replace(staged(0), counts=Counts(0, 1, {})),
    ],
)
def test_counts_that_do_not_add_up_refuse(file: StagedFile) -> None:
    with pytest.raises(RefusedError, match="part 00000-00000"):
        total([staged(1), file])


def test_counts_of_something_else_refuse() -> None:
    with pytest.raises(RefusedError):
        made(counts=Counts(21, 21, {}))


@pytest.mark.parametrize("double", [replace(staged(1), name=staged(0).name), replace(staged(1), part=staged(0).part)])
def test_two_files_of_one_name_or_part_refuse(double: StagedFile) -> None:
    with pytest.raises(RefusedError):
        made(files=[staged(0), double])


def test_the_share_of_quarantine_is_a_limit() -> None:
    check_quarantine(PLAN, Counts(100, 71, {"guard": 29}))
    check_quarantine(PLAN, Counts(0, 0, {}))
    with pytest.raises(RefusedError) as caught:
        check_quarantine(PLAN, Counts(100, 70, {"json": 1, "new-field": 29}), {"#7": 29, "tv_show": 1})
    line = str(caught.value)
    assert "30 of 100" in line
    assert "by rule: new-field 29, json 1" in line
    assert "by field: #7 29, tv_show 1" in line
    with pytest.raises(RefusedError):
        made(files=[staged(0, 100, guard=30)])


def test_all_in_quarantine_refuses() -> None:
    with pytest.raises(RefusedError):
        check_quarantine(replace(PLAN, max_quarantine=0.99), Counts(1, 0, {"guard": 1}))


def test_residue_above_the_routes_refuses() -> None:
    assert made(files=[staged(0, residue=1), staged(1)]).residue == 1
    with pytest.raises(RefusedError, match="2 residue"):
        made(files=[staged(0, residue=1), staged(1, residue=1)])


def test_a_closed_route_refuses() -> None:
    with pytest.raises(RefusedError, match="open until 2027-06-30"):
        made(at="2027-07-01T00:00:00+00:00")


def test_a_class_that_the_route_does_not_take_refuses() -> None:
    with pytest.raises(RefusedError, match="personal"):
        made(replace(PLAN, data_class=DataClass.PERSONAL))
    with pytest.raises(RefusedError):
        made(replace(PLAN, route=replace(ROUTE, data_class=DataClass.ANONYMISED)))
    assert made(replace(PLAN, data_class=DataClass.NONE)).data_class == "none"
