"""``pratique verify``: is a release what it claims to be. Needs nothing but the release and the exporter's public key."""

from pathlib import Path
from typing import Annotated

import typer

from pratique.cli.options import Output
from pratique.cli.show import Form


def verify(
    release: Annotated[Path, typer.Argument(metavar="RELEASE", help="A release's folder.", show_default=False)],
    output: Output = Form.HUMAN,
) -> None:
    """Judge a release: signature, files, route, class. Offline."""
    raise NotImplementedError
