"""What was replayed of which run's quarantine: once, and for good."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; nothing was ever replayed before."""
    op.create_table(
        "replayed",
        sa.Column("of_run", sa.Text, sa.ForeignKey("runs.run"), primary_key=True),
        sa.Column("part", sa.Text, primary_key=True),
        sa.Column("rule", sa.Text, primary_key=True),
        sa.Column("run", sa.Text, sa.ForeignKey("releases.run"), nullable=False),
    )
    refusal = "SELECT RAISE(ABORT, 'replayed is append-only')"
    for act in ("UPDATE", "DELETE"):
        op.execute(f"CREATE TRIGGER replayed_no_{act.lower()} BEFORE {act} ON replayed BEGIN {refusal}; END")
    taken = "EXISTS (SELECT 1 FROM replayed WHERE of_run = NEW.of_run AND part = NEW.part AND rule = NEW.rule)"
    op.execute(f"CREATE TRIGGER replayed_no_replace BEFORE INSERT ON replayed BEGIN {refusal} WHERE {taken}; END")
