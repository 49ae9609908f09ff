"""What the log tells against what is stored, both ways; the end-to-end cases are in tests/e2e/test_e2e_audit.py."""

from typing import Any

from pratique.audit import Held, HeldRelease, HeldRow, Told, compare


def told(*entries: tuple[str, dict[str, Any]]) -> Told:
    found = Told()
    for number, (event, details) in enumerate(entries, start=1):
        found.take({"sequence": number, "hash": f"h{number}", "event": event, "details": details})
    return found


def problems(told: Told, held: Held) -> list[str]:
    return [f"{finding.where}: {finding.what}" for finding in compare(told, held)[0]]


def test_entries_of_older_versions_count_by_their_number() -> None:
    """They tell how many, of which dataset; more than that is untold."""
    old = told(("scan", {"dataset": "d", "records": 3, "fields": 2}), ("decision", {"dataset": "d", "fields": 2}))
    rows = [HeldRow("d", "x"), HeldRow("d", "y")]
    assert problems(old, Held(scans=rows[:1], decisions=rows)) == []
    assert len(problems(old, Held(scans=rows, decisions=[*rows, HeldRow("d", "z")]))) == 2
    assert len(problems(old, Held(decisions=[HeldRow("e", "x")]))) == 1


def test_a_release_that_the_log_tells_of_too_early() -> None:
    log = told(("release", {"flow": "f", "run": "r", "digest": "d1"}), ("run", {"flow": "f", "run": "r"}))
    held = Held(runs={"r": "f"}, releases=[HeldRelease("f", 1, "r", "d1", "h2")])
    assert problems(log, held) == ["flow f: entry 1 tells of release 1 before it was made"]


def test_only_the_newest_release_may_be_on_its_way() -> None:
    log = told(("run", {"flow": "f", "run": "r"}))
    first = HeldRelease("f", 1, "r", "d1", "h1", published=False)
    second = HeldRelease("f", 2, "r", "d2", "h1", published=False)
    found, notes = compare(log, Held(runs={"r": "f"}, releases=[first]))
    assert (found, [note.what for note in notes]) == ([], ["release 1 is signed and not out yet: run the flow again"])
    assert problems(log, Held(runs={"r": "f"}, releases=[first, second])) == [
        "flow f: release 1 is stored, and the log does not tell of it"
    ]


def test_a_told_run_that_never_began_is_noted() -> None:
    found, notes = compare(told(("run", {"flow": "f", "run": "r"})), Held())
    assert found == []
    assert "never begun" in notes[0].what


def test_details_of_any_form_do_no_harm() -> None:
    odd: tuple[Any, ...] = (None, 1, [], {}, [1], "x")
    for event in ("scan", "decision", "run", "release", "purge", "seal"):
        for value in odd:
            keys = ("digests", "dataset", "digest", "flow", "run", "scans", "record", "fields")
            compare(told((event, dict.fromkeys(keys, value))), Held())
