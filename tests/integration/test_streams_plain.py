"""Values that are texts, or any bytes: what is found in them is treated, what cannot be looked through is held."""

import pytest

from tests.integration.stream_projects import StreamProject


@pytest.mark.parametrize("form", ["text", "bytes"])
def test_spans_in_plain_values_are_treated(tmp_path, servers, form):
    made = StreamProject(tmp_path, servers, format=form)
    file = made.folder / "pratique.yaml"
    text = file.read_text().replace(", subject: user_id", "")
    rule = f"    fields: {{events.{form}: {{as: text}}}}\n"
    file.write_text(text.replace("    not_personal: keep\n", "    not_personal: keep\n" + rule))
    made.open()
    tail = b" \xff\x00\\" if form == "bytes" else " ü\\".encode()
    made.send([(n % 2, f"user-{n:05d}".encode(), None, f"call user-{n:05d} back".encode() + tail) for n in range(60)])
    made.decide()
    odd = [(0, b"user-00001", None, b"\xff"), (0, b"user-00001", None, b""), (0, b"user-00001", None, None)]
    made.send(odd)
    report = made.streams.follow("events")
    assert report.read == report.written + report.quarantined == 63
    assert report.quarantined == (form == "text")
    rows = [row for rows in made.read("-treated").values() for row in rows]
    values = [value for _, _, _, value in rows]
    assert not any(part and b"user-0" in part for _, key, _, value in rows for part in (key, value))
    called = [value for value in values if value and value.startswith(b"call tok1.")]
    assert len(called) == 60
    assert {value[value.index(b" back") :] for value in called} == {b" back" + tail}
