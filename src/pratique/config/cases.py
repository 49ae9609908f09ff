"""Reads ``policy-tests.yaml``: as strictly as a project file. Errors give the line and never a value of a case."""

from typing import Final

from pratique.config.nodes import ListNode, MapNode, Node, ScalarNode, fail, parse, quoted
from pratique.config.values import boolean, field_path, known, mapping, required, text
from pratique.model.cases import Case, Expectation, Given
from pratique.model.policy import Place, Settings

CASES_FILE: Final = "policy-tests.yaml"
MAX_BYTES: Final = 4 << 20
MAX_DEPTH: Final = 64
"""Steps of a field's path."""
MAX_VALUE: Final = 100_000
"""Characters of one value."""

_CASE: Final = ("name", "flow", "field", "value", "with", "expect")
_EXPECT: Final = ("is", "by", "same_as", "unlike", "reversible", "quarantined", "gone", "remains")

CASES_TEMPLATE: Final = """\
# What your policy must do, in cases of your own: this value in this field comes out like that.
# "pratique policy test" runs each through the real plan and the real keys, in memory; nothing is written.
# Make the values up: this file is no place for real ones. Put them in quotes if in doubt.
#
#   is           exactly this: of what is masked, generalised, replaced, redacted (null), kept
#   by           the transform that treats it: token, pseudonym, mask, replace, keep, drop, text ...
#   same_as      comes out as another case does, by its name; unlike: comes out as something else
#   reversible   true if re-identification gives the value back
#   quarantined  the rule that holds the record back (guard, undecided-field ...), any, or none
#   gone         of free text: none of these stands in it any more; remains: all of these do
#
# cases:
#   - name: an address is a token
#     flow: {flow}
#     field: email
#     value: anna@example.org
#     expect: {{by: token, reversible: true}}
#   - name: the same address written otherwise
#     flow: {flow}
#     field: email
#     value: ANNA@example.org
#     with: {{customer_id: C-000001}}     # other fields of the record, such as its subject
#     expect: {{same_as: an address is a token}}
#   - name: names go from remarks
#     flow: {flow}
#     field: remarks
#     value: Anna Schmidt asked for a refund
#     expect: {{gone: [Anna, Schmidt], remains: [asked for a refund]}}
cases: []
"""


def cases_template(flow: str) -> str:
    """A first file of cases, all of them comments."""
    return CASES_TEMPLATE.format(flow=flow)


def read_cases(data: bytes, file: str, settings: Settings) -> tuple[Case, ...]:
    """The cases in these bytes; ``file`` is the name that errors give.

    Raises `ConfigError` with one line, ``FILE:LINE: what; do what``, for the first mistake, and for a file without a
    case: a test of nothing would always pass.
    """
    top = mapping(parse(data, file, MAX_BYTES), "the file", ("cases",))
    node = required(top, "cases", "the file", "a list of cases")
    if not isinstance(node, ListNode):
        fail(node.place, "cases must be a list", "write each case after a dash")
    if not node.items:
        fail(node.place, "there is no case", "write one; the comments in the file say how")
    found: dict[str, Case] = {}
    for number, item in enumerate(node.items, 1):
        case = _case(item, number, settings)
        if case.name in found:
            first = found[case.name].place.line
            fail(case.place, f"two cases have one name, the first on line {first}", "give each a name of its own")
        found[case.name] = case
    for case in found.values():
        for other in (*case.expected.same_as, *case.expected.unlike):
            known(other, case.place, "case", found)
            if other == case.name:
                fail(case.place, "a case is held against itself", "name another case")
            if found[other].flow != case.flow:
                fail(case.place, f"the case {quoted(other)} is of another flow", "hold cases of one flow together")
    return tuple(found.values())


def _case(node: Node, number: int, settings: Settings) -> Case:
    what = f"case {number}"
    if not isinstance(node, MapNode):
        fail(node.place, f"{what} must be a mapping", "write field, value and expect")
    body = mapping(node, what, _CASE)
    flow = next(iter(settings.flows)) if "flow" not in body.entries and len(settings.flows) == 1 else ""
    if not flow:
        named = required(body, "flow", what, "a flow of the project file")
        flow = known(text(named, f"the flow of {what}"), named.place, "flow", settings.flows)
    field = required(body, "field", what, "email")
    others = mapping(body.entries["with"], f"with of {what}") if "with" in body.entries else None
    paths = {} if others is None else {field_path(k, p, f"a field of {what}"): k for k, p in others.keys.items()}
    path = field_path(text(field, f"the field of {what}"), field.place, f"the field of {what}")
    if max(map(len, (path, *paths))) > MAX_DEPTH:
        fail(
            field.place, f"{what} names a field more than {MAX_DEPTH} levels deep", "no record is read as deep as that"
        )
    if path in paths:
        fail(field.place, f"with of {what} says the field of the case again", "leave it out there")
    return Case(
        name=text(body.entries["name"], f"the name of {what}") if "name" in body.entries else str(number),
        flow=flow,
        path=path,
        given=_given(required(body, "value", what, "a made-up value, in quotes if in doubt"), f"the value of {what}"),
        expected=_expectation(required(body, "expect", what, "{by: token}"), what),
        others={} if others is None else {p: _given(others.entries[k], f"with of {what}") for p, k in paths.items()},
        place=_place(body, node),
    )


def _place(body: MapNode, node: Node) -> Place:
    return next(iter(body.keys.values()), node.place)


def _expectation(node: Node, what: str) -> Expectation:
    if not isinstance(node, MapNode):
        fail(node.place, f"expect of {what} must be a mapping", "write expect: {by: token}")
    body = mapping(node, f"expect of {what}", _EXPECT)
    get = body.entries.get
    if not body.entries:
        fail(node.place, f"{what} expects nothing", f"write one of {', '.join(_EXPECT)}")
    held = get("quarantined")
    quarantined = "" if held is None else text(held, f"quarantined of {what}")
    # ``true`` and ``false`` say what any and none say.
    quarantined = {"true": "any", "false": "none"}.get(quarantined, quarantined)
    if quarantined not in ("", "none") and len(body.entries) > 1:
        place = body.keys["quarantined"]
        fail(place, f"{what} expects a record that is held back to come out as well", "make two cases of it")
    by, reversible = get("by"), get("reversible")
    output = get("is")
    return Expectation(
        output=None if output is None else _given(output, f"what {what} expects"),
        by="" if by is None else text(by, f"by of {what}"),
        same_as=_names(get("same_as"), f"same_as of {what}"),
        unlike=_names(get("unlike"), f"unlike of {what}"),
        reversible=None if reversible is None else boolean(reversible, f"reversible of {what}"),
        quarantined=quarantined,
        gone=_names(get("gone"), f"gone of {what}"),
        remains=_names(get("remains"), f"remains of {what}"),
    )


def _given(node: Node, what: str) -> Given:
    if not isinstance(node, ScalarNode):
        fail(node.place, f"{what} must be one value", "name a field inside the record or list instead, like a.b[].c")
    if len(node.raw) > MAX_VALUE:
        fail(node.place, f"{what} is longer than {MAX_VALUE:,} characters", "shorten it")
    return Given(node.raw, node.value)


def _names(node: Node | None, what: str) -> tuple[str, ...]:
    """One text or a list of them, as written; an empty one would hold of every output."""
    if node is None:
        return ()
    items = node.items if isinstance(node, ListNode) else (node,)
    found = tuple(_given(item, f"each of {what}").raw for item in items)
    if not found or not all(found):
        fail(node.place, f"{what} holds nothing", "write a text, or leave the key out")
    return found
