"""The reader of ``policy-tests.yaml``: whatever is in the file, cases or one line that says what is wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.config import load, template
from pratique.config.cases import cases_template, read_cases
from pratique.errors import ConfigError
from pratique.model.cases import Case

SECRET = "Zyxwvut"
TEXT = "".join(
    line.removeprefix("# ")
    for line in "".join(cases_template("customers").partition("# cases:")[1:]).splitlines(True)[:-1]
)
PIECES = (
    "cases:",
    "- ",
    "  ",
    "\n",
    "{",
    "}",
    "[",
    "]",
    "expect: ",
    "value: ",
    "&a ",
    "*a",
    "!x ",
    "null",
    ": ",
    "'",
    '"',
)


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    root = tmp_path_factory.mktemp("project")
    (root / "pratique.yaml").write_text(template())
    return load(root)


def test_the_template_holds_three_cases(settings):
    cases = read_cases(TEXT.encode(), "policy-tests.yaml", settings)
    assert [case.name for case in cases] == [
        "an address is a token",
        "the same address written otherwise",
        "names go from remarks",
    ]
    assert [case.place.line for case in cases] == [2, 7, 13]


@given(
    start=st.integers(0, len(TEXT)),
    length=st.integers(0, 40),
    put=st.lists(st.sampled_from(PIECES) | st.just(SECRET) | st.text(max_size=5), max_size=4).map("".join),
)
def test_whatever_is_in_the_file_it_is_cases_or_one_line(settings, start, length, put):
    text = TEXT[:start] + put + TEXT[start + length :]
    refused: list[ConfigError] = []
    cases: tuple[Case, ...] = ()
    try:
        cases = read_cases(text.encode("utf-8", "replace"), "policy-tests.yaml", settings)
    except ConfigError as error:
        refused.append(error)
    assert bool(cases) is not bool(refused)
    for one in refused:
        assert one.where.startswith("policy-tests.yaml")
        assert len(str(one).splitlines()) == 1
        assert "Schmidt" not in str(one)
    assert "Schmidt" not in repr(cases)


def test_values_are_not_shown_by_repr(settings):
    text = f"cases:\n  - {{field: a, value: {SECRET}, with: {{b: {SECRET}}}, expect: {{is: {SECRET}}}}}\n"
    (case,) = read_cases(text.encode(), "policy-tests.yaml", settings)
    assert SECRET not in repr(case) + repr(case.given) + repr(case.expected)
