"""``pratique verify``: is a release what it claims to be. Needs the exporter's public key, and no project."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pratique.cli import progress
from pratique.cli.options import Output, Root, ShowProgress
from pratique.cli.show import Cell, Form, Screen, Style, show
from pratique.cli.text import count, size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pratique.verify import StreamVerification, Verification

Release = Annotated[
    str,
    typer.Argument(
        metavar="RELEASE", help="A release's folder, its release.json, or kafka://BROKER/TOPIC.", show_default=False
    ),
]
Trust = Annotated[
    Path | None, typer.Option("--trust", "-t", metavar="FILE", help="Which exporters, routes and classes you accept.")
]
Key = Annotated[Path | None, typer.Option("--key", "-k", metavar="FILE", help="The exporter's public key (PEM).")]
Seen = Annotated[
    Path | None,
    typer.Option("--seen", metavar="FILE", help="Remembers the newest release; an older one is then a replay."),
]


def verify(
    release: Release,
    trust: Trust = None,
    key: Key = None,
    seen: Seen = None,
    flow: Annotated[str, typer.Option("--flow", help="Of a topic: the flow that writes it.")] = "",
    root: Root = ".",
    how: ShowProgress = progress.Kind.AUTO,
    output: Output = Form.HUMAN,
) -> None:
    """Judge a release: signature, files, route, class, replay.

    Offline. Exits with 7 and a sentence that says which, if anything is wrong.
    """
    # Heavy; `--help` does without.
    from datetime import UTC, datetime  # noqa: PLC0415

    from pratique.crypto.signing import load_public  # noqa: PLC0415
    from pratique.model.codec import encode  # noqa: PLC0415
    from pratique.verify import read_trust, verify_release  # noqa: PLC0415

    if release.startswith("kafka://"):
        from pratique.assembly.checking import verify_topic  # noqa: PLC0415

        public = load_public(key) if key is not None else None
        found = verify_topic(release, flow, Path(root), trust=trust, exporter_key=public)
        show(output, encode(found), lambda screen: _stream(screen, found))
        return
    with progress.bar(how) as bar:
        verification = verify_release(
            Path(release),
            trust=read_trust(trust) if trust is not None else None,
            exporter_key=load_public(key) if key is not None else None,
            seen=seen,
            today=datetime.now(UTC).date(),
            progress=lambda done, whole: bar("read files", done, whole),
        )
    show(output, encode(verification), lambda screen: _human(screen, verification))


def _human(screen: Screen, verification: "Verification") -> None:
    release = verification.release
    screen.line(Cell("Verified", Style.GOOD), ": release ", Cell(release.run, Style.NAME), f" of {release.exporter}")
    screen.blank()
    screen.pairs(
        [
            ("dataset", release.dataset),
            ("sequence", str(release.sequence)),
            ("made", release.at),
            ("class", release.data_class),
            ("route", _route(verification)),
            ("files", f"{count(len(release.files), 'file')}, {size(sum(file.size for file in release.files))}"),
            ("records", f"{release.counts.written:,} of {release.counts.read:,} read"),
            *([("out of", f"the quarantine of {_runs(release.replays)}")] if release.replays else []),
            ("residue", f"{count(release.residue, 'finding')} from score {release.residue_score:g}"),
            ("bulk", count(release.bulk_decisions, "decision") + " taken in bulk"),
            ("risk", release.risk),
        ]
    )
    screen.blank()
    screen.line("What was proven")
    for sentence in verification.proven:
        screen.line(Cell("  + ", Style.GOOD), sentence)
    screen.blank()
    screen.line("What was not")
    for sentence in verification.not_proven:
        screen.line(Cell("  - ", Style.ATTENTION), sentence)


def _stream(screen: Screen, found: "StreamVerification") -> None:
    newest = found.newest
    screen.line(Cell("Verified", Style.GOOD), ": flow ", Cell(newest.flow, Style.NAME), f" of {newest.exporter}")
    screen.blank()
    screen.pairs(
        [
            ("releases", f"{found.releases:,}"),
            ("newest", newest.at),
            ("class", newest.data_class),
            ("messages", f"{found.messages:,}"),
            ("certified", ", ".join(f"{p}: {end:,}" for p, end in sorted(found.certified.items()))),
        ]
    )
    screen.blank()
    screen.line("What was proven")
    for sentence in found.proven:
        screen.line(Cell("  + ", Style.GOOD), sentence)


def _runs(runs: "Sequence[str]") -> str:
    return f"run {runs[0]}" if len(runs) == 1 else f"{len(runs)} runs, {runs[0]} and others"


def _route(verification: "Verification") -> str:
    route = verification.release.route
    if route is None:
        return "inside one region"
    return f"{route['name']}, {route['basis']}, until {route['until']}"
