"""What is stored and not yet told in the audit log; what was purged, and that only this may be deleted."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the two tables; a scan may be deleted once its purge is recorded."""
    op.create_table(
        "untold",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("event", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("details", sa.Text, nullable=False),
    )
    op.create_table(
        "purges",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("record", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("kind", "name", name="one_purge_a_thing"),
    )
    refusal = "SELECT RAISE(ABORT, 'purges is append-only')"
    for act in ("UPDATE", "DELETE"):
        op.execute(f"CREATE TRIGGER purges_no_{act.lower()} BEFORE {act} ON purges BEGIN {refusal}; END")
    taken = "EXISTS (SELECT 1 FROM purges WHERE id = NEW.id OR (kind = NEW.kind AND name = NEW.name))"
    op.execute(f"CREATE TRIGGER purges_no_replace BEFORE INSERT ON purges BEGIN {refusal} WHERE {taken}; END")
    op.execute("DROP TRIGGER scans_no_delete")
    recorded = "EXISTS (SELECT 1 FROM purges WHERE kind = 'scan' AND name = CAST(OLD.id AS TEXT))"
    op.execute(
        "CREATE TRIGGER scans_no_delete BEFORE DELETE ON scans "
        f"BEGIN SELECT RAISE(ABORT, 'scans is append-only') WHERE NOT {recorded}; END"
    )
