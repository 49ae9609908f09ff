"""Export a dataset's decisions to a file that people edit, and import the edited file."""

import uuid
from datetime import UTC, datetime
from pathlib import Path

from pratique.assembly.history import read_file
from pratique.assembly.knowledge import dataset_of, know, note_proposals, signer_of
from pratique.assembly.parts import Assembly
from pratique.catalogue import proposals, sign_decision
from pratique.catalogue.exchange import exchange, render
from pratique.catalogue.importing import Editor, Refusal, State, judge
from pratique.config.exchange import read_exchange
from pratique.errors import ConfigError
from pratique.model.catalogue import Decision
from pratique.pipeline.knowing import ImportReport


def export(assembly: Assembly, name: str) -> str:
    """What is held of a dataset's fields, and who said so, as YAML; the same state gives the same text.

    It names fields and holds reasons, and no value. Raises `CatalogueError` where the dataset was never scanned.
    """
    known = know(assembly, name)
    found = proposals(known.scan, assembly.settings.detection.proposal_share)
    return render(exchange(known.scan, found, known.decisions), known.verdicts, known.scan.evidence)


def import_file(assembly: Assembly, file: Path, *, steward: str | None, dry_run: bool) -> ImportReport:
    """Take the new decisions of an exported, edited file: all of them, or none where any line is refused.

    With ``steward`` new entries are signed by that steward's key; without, what loosens is refused, but for decisions
    that carry a listed steward's good signature. Raises `ConfigError` for what is not such a file, and `CatalogueError`
    where somebody decides on the same field while this is at work; then nothing is stored.
    """
    content = read_exchange(read_file(file), file.name)
    if content.dataset not in assembly.settings.datasets:
        raise ConfigError(
            f"the file is of dataset {content.dataset}, which the project file does not have", where=file.name
        )
    dataset = dataset_of(assembly, content.dataset)
    signer = None if steward is None else signer_of(assembly, steward)
    if not dry_run:
        note_proposals(assembly, dataset.name)
    # Before looking: what is proposed from now on was not known to who decided.
    at = datetime.now(UTC).isoformat(timespec="microseconds")
    known = know(assembly, dataset.name)
    share = assembly.settings.detection.proposal_share

    def sign(decision: Decision) -> Decision:
        assert signer is not None
        return sign_decision(decision, signer)

    outcome = judge(
        content,
        State(
            scan=known.scan,
            proposed=proposals(known.scan, share),
            verdicts=known.verdicts,
            decisions=known.decisions,
            stewards=assembly.steward_keys(),
            share=share,
            moments=known.moments,
        ),
        Editor(steward or assembly.who, at, None if signer is None else sign),
        bulk=uuid.uuid4().hex,
    )
    unreadable = [Refusal(_line(problem), (), problem.what, problem.do) for problem in content.problems]
    refused = sorted((*unreadable, *outcome.refused), key=lambda refusal: refusal.line)
    taken = not refused and not dry_run
    if taken:
        assembly.catalogue(dataset.region).add_decisions(outcome.new)
    return ImportReport(dataset.name, file.name, outcome.new, refused, taken=taken)


def _line(problem: ConfigError) -> int:
    """The line that an error of the reader names at the end of its place."""
    line = problem.where.rpartition(":")[2]
    return int(line) if line.isdigit() else 0
