"""What each scan's evidence proposed, at the scan and whenever it was scored anew. It goes when its scan is purged."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; scans of before have nothing in it."""
    op.create_table(
        "scorings",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("scan", sa.Integer, nullable=False),
        sa.Column("dataset", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
    )
    op.create_index("scorings_by_scan", "scorings", ["scan", "id"])
    refusal = "SELECT RAISE(ABORT, 'scorings is append-only')"
    there = "EXISTS (SELECT 1 FROM scans WHERE id = OLD.scan)"
    taken = "EXISTS (SELECT 1 FROM scorings WHERE id = NEW.id)"
    op.execute(f"CREATE TRIGGER scorings_no_update BEFORE UPDATE ON scorings BEGIN {refusal}; END")
    op.execute(f"CREATE TRIGGER scorings_no_delete BEFORE DELETE ON scorings BEGIN {refusal} WHERE {there}; END")
    op.execute(f"CREATE TRIGGER scorings_no_replace BEFORE INSERT ON scorings BEGIN {refusal} WHERE {taken}; END")
    op.execute(
        "CREATE TRIGGER scorings_follow_scans AFTER DELETE ON scans BEGIN DELETE FROM scorings WHERE scan = OLD.id; END"
    )
