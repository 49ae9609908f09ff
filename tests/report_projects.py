"""Projects to report on: catalogues of any size and with any names, written straight into their stores."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from pratique.assembly import Assembly
from pratique.assembly.start import create_missing
from pratique.catalogue import make_decision, sign_decision
from pratique.config import load
from pratique.detect import Detector
from pratique.model.catalogue import Decision, DecisionKind, Evidence, Scan, TypeEvidence
from pratique.model.data import FormatSpec
from pratique.model.schema import Kind, Node, Schema
from pratique.project import Project

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
STEWARD = "office"
HOSTILE = (
    "<script>document.title = 'owned'</script>",
    '"><img src=x onerror="document.title=\'owned\'">',
    "'-->]]><svg onload=alert(1)>",
    "\x1b]0;owned\x07\x1b[31m",
    "\u202egnp.exe\u2066",
    "שדה ראשון",
    "{{7*7}} ${7*7} <!--#exec cmd='id'-->",
    "x" * 600,
    "a\u200bb\ufeffc",
    "</style><style>*{display:none}",
)
"""Names of fields that somebody once put into data."""
_HEAD = """\
name: {name}
regions: {{eu: {{}}, us: {{}}}}
keys: {{eu: file:keys/eu.json}}
stewards: {{office: keys/office.pub}}
policies:
  default: {{entities: {{USER_ID: {{token: viewer}}, PERSON: replace}}, not_personal: keep, otherwise: replace}}
routes:
  eu -> us: {{class: pseudonymised, basis: {basis}, until: 2026-03-20}}
detection:
  entities:
    USER_ID: {{pattern: 'user-[0-9]+', score: 0.8}}
"""


def write(root: Path, names: Sequence[str], *, name: str = "Crowd", basis: str = "none") -> Assembly:
    """A project of datasets that are read by a flow each, with keys and without a scan."""
    lines = [_HEAD.format(name=name, basis=basis), "datasets:"]
    for one in names:
        lines.append(f"  {one}: {{uri: data/eu/{one}/, format: jsonl, region: eu, subject: user}}")
        lines.append(f"  {one}-us: {{uri: data/us/{one}/, format: jsonl, region: us}}")
    lines += ["flows:", *(f"  {one}: {{from: {one}, to: {one}-us, policy: default}}" for one in names)]
    root.mkdir(parents=True, exist_ok=True)
    (root / "pratique.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assembly = Assembly(load(root / "pratique.yaml"))
    create_missing(assembly)
    return assembly


def scan(dataset: str, fields: Sequence[tuple[str, tuple[str, ...]]], *, at: datetime = NOW) -> Scan:
    """A scan that saw each field's types in all of its values."""
    text = Node(frozenset({Kind.STRING}))
    root = Node(frozenset({Kind.RECORD}), fields=tuple((name, text) for name, _ in fields))
    evidence = tuple(
        Evidence((name,), 100, 0, 100, 10.0, 1.0, tuple(TypeEvidence(e, 100, 1.0, 0.9, 100) for e in entities))
        for name, entities in fields
    )
    return Scan(
        dataset=dataset,
        schema=Schema(root),
        format=FormatSpec("jsonl", {}),
        evidence=evidence,
        records=100,
        complete=True,
        random=False,
        rejects=0,
        detectors={},
        at=at.isoformat(),
    )


def decide(
    assembly: Assembly,
    dataset: str,
    field: str,
    kind: DecisionKind,
    entities: Sequence[str] = (),
    *,
    signed: bool = True,
) -> Decision:
    """Take one decision, signed by the steward or by nobody, whatever that makes of it."""
    store = assembly.catalogue("eu")
    made = make_decision(
        store.decisions(dataset),
        dataset=dataset,
        path=(field,),
        kind=kind,
        entities=entities,
        who=STEWARD if signed else "unproven:somebody",
        reason="SECRET-REASON",
        at=NOW.isoformat(),
    )
    if signed:
        made = sign_decision(made, assembly.person_signer(assembly.settings.stewards[STEWARD]))
    store.add_decisions([made])
    return made


def crowd(root: Path, datasets: int = 60, types: int = 40) -> Assembly:
    """Many datasets with many types, decided here and there."""
    names = [f"dataset-{n:02d}" for n in range(datasets)]
    assembly = write(root, names)
    known = sorted({*Detector().entities, "USER_ID"})[:types]
    store = assembly.catalogue("eu")
    for n, name in enumerate(names):
        fields = [("user", ("USER_ID",)), *((f"field_{entity.lower()}", (entity,)) for entity in known), ("plain", ())]
        store.add_scan(scan(name, fields))
        if n % 3 == 0:
            decide(assembly, name, "plain", DecisionKind.NOT_PERSONAL)
            decide(assembly, name, "user", DecisionKind.CONFIRM, ["USER_ID"])
    return assembly


def hostile(root: Path) -> Assembly:
    """Fields whose names attack whoever shows them; half of them decided, so that they are named."""
    assembly = write(root, ["odd"], name="'<b>Hafen</b> & \"Söhne\"'", basis="'<i>SCC</i> \"x\" & {{7*7}}'")
    assembly.catalogue("eu").add_scan(scan("odd", [("user", ("USER_ID",)), *((name, ("PERSON",)) for name in HOSTILE)]))
    for name in HOSTILE:
        decide(assembly, "odd", name, DecisionKind.NOT_PERSONAL)
    return assembly


def released(root: Path) -> Assembly:
    """A project that was really scanned, decided and run twice, the second time with records in quarantine."""
    write(root, ["one"])
    folder = root / "data" / "eu" / "one"
    folder.mkdir(parents=True)
    lines = [f'{{"user": "user-{n}", "plain": {n}}}\n' for n in range(200)]
    (folder / "a.jsonl").write_text("".join(lines), encoding="utf-8")
    project = Project.open(root)
    project.scan()
    project.decide("one", [("plain",)], DecisionKind.NOT_PERSONAL, reason="counts", steward=STEWARD)
    with (root / "pratique.yaml").open("r+", encoding="utf-8") as file:
        text = file.read().replace("until: 2026-03-20", "until: 2099-01-01")
        file.seek(0)
        file.write(text)
    Project.open(root).run("one")
    odd = '{"user": "user-7", "plain": 1, "more": 2}\n'
    (folder / "b.jsonl").write_text("".join(lines) + odd * 3, encoding="utf-8")
    Project.open(root).run("one")
    return Assembly(load(root / "pratique.yaml"))


def unreadable(root: Path) -> Assembly:
    """A project whose database is none."""
    assembly = crowd(root, datasets=3, types=3)
    for beside in assembly.state("eu").glob("pratique.db*"):
        beside.unlink()
    (assembly.state("eu") / "pratique.db").write_bytes(b"no database" * 1000)
    return Assembly(load(root / "pratique.yaml"))
