"""The first tables, and the triggers that keep scans, decisions and releases append-only."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make everything; there was nothing before."""
    _catalogue()
    _runs()
    for table, key in (
        ("scans", "id = NEW.id"),
        ("decisions", "id = NEW.id OR (dataset = NEW.dataset AND path = NEW.path AND sequence = NEW.sequence)"),
        ("releases", "(flow = NEW.flow AND sequence = NEW.sequence) OR run = NEW.run"),
    ):
        _append_only(table, key)


def _catalogue() -> None:
    op.create_table(
        "scans",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("dataset", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
    )
    op.create_index("scans_by_dataset", "scans", ["dataset", "id"])
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("dataset", sa.Text, nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.UniqueConstraint("dataset", "path", "sequence", name="one_decision_a_sequence"),
    )


def _runs() -> None:
    op.create_table(
        "plans",
        sa.Column("hash", sa.Text, primary_key=True),
        sa.Column("document", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "runs",
        sa.Column("run", sa.Text, primary_key=True),
        sa.Column("flow", sa.Text, nullable=False),
        sa.Column("plan", sa.Text, nullable=False),
        sa.Column("repeat", sa.Integer, nullable=False),
        sa.Column("begun", sa.Integer, nullable=False),
        sa.Column("abandoned", sa.Boolean, nullable=False),
        sa.UniqueConstraint("flow", "begun", name="one_run_a_begin"),
    )
    op.create_table(
        "run_inputs",
        sa.Column("run", sa.Text, sa.ForeignKey("runs.run"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("document", sa.Text, nullable=False),
    )
    op.create_table(
        "run_parts",
        sa.Column("run", sa.Text, sa.ForeignKey("runs.run"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("part", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.UniqueConstraint("run", "part", name="one_row_a_part"),
    )
    op.create_table(
        "finished_parts",
        sa.Column("run", sa.Text, primary_key=True),
        sa.Column("part", sa.Text, primary_key=True),
        sa.Column("document", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["run", "part"], ["run_parts.run", "run_parts.part"]),
    )
    op.create_table(
        "releases",
        sa.Column("flow", sa.Text, primary_key=True),
        sa.Column("sequence", sa.Integer, primary_key=True),
        sa.Column("run", sa.Text, sa.ForeignKey("runs.run"), nullable=False, unique=True),
        sa.Column("statement", sa.LargeBinary, nullable=False),
    )


def _append_only(table: str, same_row: str) -> None:
    """Refuse UPDATE and DELETE, and the silent DELETE inside ``INSERT OR REPLACE``."""
    refusal = f"SELECT RAISE(ABORT, '{table} is append-only')"
    for act in ("UPDATE", "DELETE"):
        op.execute(f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} BEGIN {refusal}; END")
    taken = f"EXISTS (SELECT 1 FROM {table} WHERE {same_row})"  # noqa: S608 (constants only)
    op.execute(f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} BEGIN {refusal} WHERE {taken}; END")
