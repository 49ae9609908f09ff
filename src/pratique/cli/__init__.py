"""The command line: it parses, calls `pratique.project.Project`, and shows. Nothing here decides anything.

Importing this package is cheap; what a command needs is imported when it runs.
"""


def main() -> None:
    """The script ``pratique``: run a command and exit with its code (see `pratique.errors`)."""
    import sys  # noqa: PLC0415 (the package stays cheap to import)

    from pratique.cli.errors import finish, run  # noqa: PLC0415

    sys.exit(finish(run(sys.argv[1:])))
