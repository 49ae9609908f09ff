"""Keys of messages: null stays null, equal ones stay equal, and what would part them does not compile."""

import pytest

from pratique.errors import PolicyError
from tests.integration.stream_projects import StreamProject, good


@pytest.fixture
def made(tmp_path, servers):
    project = StreamProject(tmp_path, servers)
    project.send([good(number) for number in range(60)])
    project.decide()
    return project


def ruled(made, rule):
    """The project with a rule for the key."""
    file = made.folder / "pratique.yaml"
    text = file.read_text()
    file.write_text(
        text.replace("    not_personal: keep\n", f"    not_personal: keep\n    fields: {{events.kafka-key: {rule}}}\n")
    )
    made.open()


@pytest.mark.parametrize("rule", ["drop", "redact", "replace", "{mask: {keep_last: 2}}"])
def test_what_would_part_what_belongs_together_does_not_compile(made, rule):
    ruled(made, rule)
    with pytest.raises(PolicyError, match="would lose what belongs together"):
        made.streams.follow("events")
    assert sum(map(len, made.read("-treated").values())) == 0


@pytest.mark.parametrize("rule", ["{token: viewer}", "{pseudonym: viewer}"])
def test_equal_keys_stay_equal_and_null_stays_null(made, rule):
    ruled(made, rule)
    without = [(number % 2, None, None, good(number)[3]) for number in range(10)]
    empty = [(0, b"", None, good(1)[3])]
    made.send([*without, *empty])
    report = made.streams.follow("events")
    assert report.read == report.written + report.quarantined == 71
    sources, outputs = made.read(), made.read("-treated")
    treated = {}
    for partition in (0, 1):
        rows = [row for row in sources[partition] if row[1] != b""]
        out = outputs[partition][: len(rows)]
        for (_, key, _, _), (_, other, _, _) in zip(rows, out, strict=True):
            assert (key is None) == (other is None)
            assert treated.setdefault(key, other) == other
    assert treated.pop(None) is None
    assert len(set(treated.values())) == len(treated) == 50
    assert not any(key and b"user-" in key for rows in outputs.values() for _, key, _, _ in rows)
