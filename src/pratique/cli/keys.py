"""``pratique keys``: the company's keys. No command prints a secret."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pratique.cli.options import Output, PassphraseFile, Root, Yes, ask, open_project, passphrase
from pratique.cli.show import Cell, Column, Form, Screen, Style, show
from pratique.cli.text import count

if TYPE_CHECKING:
    from pratique.pipeline.results import Rotation

Region = Annotated[str | None, typer.Option("--region", help="Whose keys.", show_default="the only one with keys")]

app = typer.Typer(no_args_is_help=True, help="The company's keys; no command prints a secret.")


@app.command(epilog="Example: pratique keys create")
def create(
    region: Annotated[
        str | None, typer.Argument(metavar="[REGION]", help="A region of the project file.", show_default="all")
    ] = None,
    root: Root = ".",
    output: Output = Form.HUMAN,
) -> None:
    """Make the keys of a region, or every key that the project file names and that is missing. Never overwrites one."""
    project = open_project(root)
    written = [str(path) for path in project.create_keys(region)]
    keys = list(project.keys())
    document = {"written": written, "keys": [dict(key) for key in keys]}
    show(output, document, lambda screen: _created(screen, written, keys))


@app.command("list", epilog="Example: pratique keys list -o json")
def list_keys(root: Root = ".", output: Output = Form.HUMAN) -> None:
    """List keys by kind, id and version."""
    keys = list(open_project(root).keys())
    show(output, [dict(key) for key in keys], lambda screen: _keys(screen, keys))


@app.command("export-public", epilog="Example: pratique keys export-public exporter.pub")
def export_public(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write it.", show_default=False)],
    region: Annotated[
        str | None, typer.Option("--region", help="Whose exporter.", show_default="the only one with keys")
    ] = None,
    root: Root = ".",
    output: Output = Form.HUMAN,
) -> None:
    """Write the exporter's public key: what a recipient needs to verify releases."""
    written = str(open_project(root).export_public(path, region))
    show(output, {"written": written}, lambda screen: _exported(screen, written))


@app.command(epilog="Example: pratique keys rotate viewer")
def rotate(
    domain: Annotated[str, typer.Argument(metavar="DOMAIN", help="As policies name it.", show_default=False)],
    *,
    region: Region = None,
    yes: Yes = False,
    root: Root = ".",
    output: Output = Form.HUMAN,
) -> None:
    """Give a domain new keys, from the next release on.

    What was released before no longer joins with what comes. It can still be re-identified: its keys are kept.
    """
    project = open_project(root)
    before = project.rotation(domain, region)
    if not yes:
        if output is Form.HUMAN and sys.stdin.isatty():
            show(output, None, lambda screen: _breaks(screen, before))
        ask("Give it new keys?", "nothing was changed")
    after = project.rotate_key(domain, region)
    document = {
        "region": after.region,
        "domain": after.domain,
        "version": after.version,
        "uses": [
            {"flow": use.flow, "target": use.target, "fields": list(use.fields), "releases": use.releases}
            for use in after.uses
        ],
    }
    show(output, document, lambda screen: _rotated(screen, before, after, told=not yes))


@app.command(epilog="Example: pratique keys backup /media/safe/keys.backup")
def backup(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A new file.", show_default=False)],
    passphrase_file: PassphraseFile = None,
    root: Root = ".",
    output: Output = Form.HUMAN,
) -> None:
    """Seal the keys of every region into one file, under a passphrase.

    Asked for twice at a terminal; else from --passphrase-file, or PRATIQUE_PASSPHRASE.
    """
    project = open_project(root)
    regions = project.backup_keys(path, passphrase(passphrase_file, twice=True))
    show(output, {"written": str(path), "regions": regions}, lambda screen: _backed_up(screen, path, regions))


@app.command(epilog="Example: pratique keys restore /media/safe/keys.backup")
def restore(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="What keys backup wrote.", show_default=False)],
    passphrase_file: PassphraseFile = None,
    root: Root = ".",
    output: Output = Form.HUMAN,
) -> None:
    """Put the keys of a backup where the project file says. Never over other keys."""
    project = open_project(root)
    regions, written = project.restore_keys(path, passphrase(passphrase_file))
    document = {"regions": regions, "written": [str(file) for file in written]}
    show(output, document, lambda screen: _restored(screen, regions, written))


def _breaks(screen: Screen, rotation: "Rotation") -> None:
    """What a rotation breaks, in a table and in words."""
    screen.line(
        *("Domain ", Cell(rotation.domain, Style.NAME), f" of region {rotation.region}, "),
        f"key version {rotation.version}, is used by:",
    )
    screen.table(
        [Column("flow"), Column("to"), Column("fields"), Column("releases", right=True)],
        [[Cell(use.flow, Style.NAME), use.target, ", ".join(use.fields), f"{use.releases:,}"] for use in rotation.uses],
    )
    screen.blank()
    releases = sum(use.releases for use in rotation.uses)
    if releases:
        screen.line(
            Cell("Joins break: ", Style.ATTENTION),
            f"in these fields, what comes no longer matches the {count(releases, 'release')} before.",
        )
    if len(rotation.uses) > 1:
        screen.line("Between flows, they join again once each has run; --full treats everything anew.")
    screen.line("What was released can still be re-identified.")


def _rotated(screen: Screen, before: "Rotation", after: "Rotation", *, told: bool) -> None:
    if not told:
        _breaks(screen, before)
        screen.blank()
    screen.line(
        *(Cell("Rotated: ", Style.GOOD), Cell(after.domain, Style.NAME)),
        f" has key version {after.version} from the next release on.",
    )
    screen.next("pratique keys backup FILE")


def _backed_up(screen: Screen, path: Path, regions: Sequence[str]) -> None:
    screen.line(Cell("Backed up: ", Style.GOOD), f"the keys of {', '.join(regions)} in ", Cell(str(path), Style.NAME))
    screen.line("Keep it away from this machine, and the passphrase away from it. People's own keys are not in it.")


def _restored(screen: Screen, regions: Sequence[str], written: Sequence[Path]) -> None:
    for file in written:
        screen.line(Cell("  wrote ", Style.FAINT), Cell(str(file), Style.NAME))
    if not written:
        screen.line("They are all there already; nothing was written.")
        return
    screen.line(Cell("Restored: ", Style.GOOD), f"the keys of {', '.join(regions)}")
    screen.next("pratique doctor")


@app.command("import-fernet", epilog="Example: pratique keys import-fernet old-warehouse fernet.key")
def import_fernet(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What rules call it: fernet: NAME.", show_default=False)],
    path: Annotated[
        Path, typer.Argument(metavar="FILE", help="The keys, one a line, in a file of yours alone.", show_default=False)
    ],
    region: Annotated[
        str | None, typer.Option("--region", help="Whose data they open.", show_default="the only one with keys")
    ] = None,
    root: Root = ".",
    output: Output = Form.HUMAN,
) -> None:
    """Take the Fernet keys of an older pipeline, to decode with what it wrote. Nothing is ever encoded with them."""
    number = open_project(root).import_fernet(name, path, region)
    show(output, {"name": name, "keys": number}, lambda screen: _imported(screen, name, number))


def _imported(screen: Screen, name: str, number: int) -> None:
    screen.line(Cell("Imported ", Style.GOOD), f"{count(number, 'Fernet key')} as ", Cell(name, Style.NAME))
    screen.line("In a policy, under fields: ", Cell(f"DATASET.FIELD: {{fernet: {name}}}", Style.STRONG))
    screen.next("pratique scan")


def _exported(screen: Screen, written: str) -> None:
    screen.line("Wrote the exporter's public key to ", Cell(written, Style.NAME))
    screen.line("Give it to recipients by another way than the releases take.")


def _created(screen: Screen, written: Sequence[str], keys: Sequence[Mapping[str, str]]) -> None:
    for file in written:
        screen.line(Cell("  wrote ", Style.FAINT), Cell(file, Style.NAME))
    if not written:
        screen.line("They are all there already; nothing was written.")
    screen.blank()
    _keys(screen, keys)


def _keys(screen: Screen, keys: Sequence[Mapping[str, str]]) -> None:
    if not keys:
        screen.line("No keys yet.")
        screen.next("pratique keys create")
        return
    titles = list(dict.fromkeys(title for key in keys for title in key))
    screen.table([Column(title) for title in titles], [[key.get(title, "") for title in titles] for key in keys])
    screen.blank()
    screen.line(count(len(keys), "key"))
