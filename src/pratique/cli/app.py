"""The commands and their names."""

import sys
from typing import Annotated, Any

import typer
import typer.core

from pratique import __version__
from pratique.cli import (
    adhoc,
    audit,
    catalogue,
    convert,
    decide,
    evaluate,
    exchange,
    history,
    keys,
    know,
    move,
    plan,
    policy,
    purge,
    quarantine,
    registry,
    report,
    review,
    sample,
    setup,
    status,
    streams,
    topics,
    verify,
)

_ORDER = (
    *("init", "scan", "review", "catalogue", "plan", "policy", "run", "quarantine", "reidentify", "verify", "audit"),
    *("report", "purge", "detect", "redact", "eval", "keys", "convert-schema", "topics", "registry", "produce"),
    *("lag", "status", "doctor", "demo"),
)
_EXIT_CODES = (
    "Exit codes: 0 done, 1 a defect of Pratique, 2 the request or the configuration is wrong, 3 refused, 4 the data "
    "cannot be read, 5 a key is missing or unusable, 6 a store or another run stood in the way (try again), "
    "7 verification failed, 130 interrupted."
)


class _Ordered(typer.core.TyperGroup):
    """Commands in the order in which a person meets them, groups among them."""

    def list_commands(self, ctx: Any) -> list[str]:
        """All of them."""
        return sorted(super().list_commands(ctx), key=_ORDER.index)


app = typer.Typer(
    name="pratique",
    cls=_Ordered,
    # Frames are for terminals; piped, the help is plain text, and Rich is not loaded.
    rich_markup_mode="rich" if sys.stdout.isatty() else None,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
    epilog=_EXIT_CODES,
)


def _version(asked: bool) -> None:  # noqa: FBT001 (Typer's way to call)
    if asked:
        typer.echo(f"pratique {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    *,
    _: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")] = False,
) -> None:
    """Find personal data, de-identify it under your own keys, let across a border only what was shown to be clean."""


decide.add_to(catalogue.app)
history.add_to(catalogue.app)
exchange.add_to(catalogue.app)
sample.add_to(catalogue.app)

app.command(epilog="Example: pratique init --from data --region eu --to us --name 'Example Broadcasting'")(setup.init)
app.command(epilog="Example: pratique scan channel movie")(know.scan)
app.command(epilog="Example: pratique review channel --as privacy-office")(review.review)
app.add_typer(catalogue.app, name="catalogue", epilog="Example: pratique catalogue list channel")
app.command(epilog="Example: pratique plan channel")(plan.plan)
app.add_typer(policy.app, name="policy", epilog="Example: pratique policy test")
app.command(epilog="Example: pratique run channel --workers 2")(move.run)
app.add_typer(quarantine.app, name="quarantine", epilog="Example: pratique quarantine list channel")
app.command(
    epilog="Example: pratique reidentify movie --purpose 'case 17, stolen card' --to movie-restricted -f user_id"
)(move.reidentify)
app.command(epilog="Example: pratique verify data/us/channel/RUN --key exporter.pub --seen seen.json")(verify.verify)
app.add_typer(audit.app, name="audit", epilog="Example: pratique audit verify")
app.command(epilog="Example: pratique report -O report.html")(report.report)
app.command(epilog="Example: pratique purge --dry-run")(purge.purge)
app.command(epilog="Example: pratique detect letter.txt")(adhoc.detect)
app.command(epilog="Example: cat letter.txt | pratique redact - > letter-redacted.txt")(adhoc.redact)
app.command("eval", epilog="Example: pratique eval labelled.jsonl --errors 20")(evaluate.evaluate)
app.add_typer(keys.app, name="keys", epilog="Example: pratique keys list")
app.command("convert-schema", epilog="Example: pratique convert-schema channel --to odcs")(convert.convert_schema)
app.add_typer(registry.app, name="registry", epilog="Example: pratique registry list")
app.add_typer(topics.app, name="topics", epilog="Example: pratique topics create")
app.command(epilog="Example: pratique produce channel events.jsonl --key user_id")(streams.produce)
app.command(epilog="Example: pratique lag channel")(streams.lag)
app.command(epilog="Example: pratique status channel")(status.status)
app.command(epilog="Example: pratique doctor")(setup.doctor)
app.command(epilog="Example: pratique demo")(setup.demo)
