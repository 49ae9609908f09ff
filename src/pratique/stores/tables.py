"""The tables as the code reads and writes them. The migrations make them; a test holds the two equal."""

import sqlalchemy as sa

metadata = sa.MetaData()

scans = sa.Table(
    "scans",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("dataset", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("document", sa.Text, nullable=False),
    sa.Index("scans_by_dataset", "dataset", "id"),
)

scorings = sa.Table(
    "scorings",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("scan", sa.Integer, nullable=False),
    sa.Column("dataset", sa.Text, nullable=False),
    sa.Column("document", sa.Text, nullable=False),
    sa.Index("scorings_by_scan", "scan", "id"),
)

decisions = sa.Table(
    "decisions",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("dataset", sa.Text, nullable=False),
    sa.Column("path", sa.Text, nullable=False),
    sa.Column("sequence", sa.Integer, nullable=False),
    sa.Column("document", sa.Text, nullable=False),
    sa.UniqueConstraint("dataset", "path", "sequence", name="one_decision_a_sequence"),
)

plans = sa.Table(
    "plans",
    metadata,
    sa.Column("hash", sa.Text, primary_key=True),
    sa.Column("document", sa.LargeBinary, nullable=False),
)

runs = sa.Table(
    "runs",
    metadata,
    sa.Column("run", sa.Text, primary_key=True),
    sa.Column("flow", sa.Text, nullable=False),
    sa.Column("plan", sa.Text, nullable=False),
    sa.Column("repeat", sa.Integer, nullable=False),
    sa.Column("begun", sa.Integer, nullable=False),
    sa.Column("abandoned", sa.Boolean, nullable=False),
    sa.UniqueConstraint("flow", "begun", name="one_run_a_begin"),
)

run_inputs = sa.Table(
    "run_inputs",
    metadata,
    sa.Column("run", sa.Text, sa.ForeignKey("runs.run"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("document", sa.Text, nullable=False),
)

run_parts = sa.Table(
    "run_parts",
    metadata,
    sa.Column("run", sa.Text, sa.ForeignKey("runs.run"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("part", sa.Text, nullable=False),
    sa.Column("document", sa.Text, nullable=False),
    sa.UniqueConstraint("run", "part", name="one_row_a_part"),
)

finished_parts = sa.Table(
    "finished_parts",
    metadata,
    sa.Column("run", sa.Text, primary_key=True),
    sa.Column("part", sa.Text, primary_key=True),
    sa.Column("document", sa.Text, nullable=False),
    sa.ForeignKeyConstraint(["run", "part"], ["run_parts.run", "run_parts.part"]),
)

replayed = sa.Table(
    "replayed",
    metadata,
    sa.Column("of_run", sa.Text, sa.ForeignKey("runs.run"), primary_key=True),
    sa.Column("part", sa.Text, primary_key=True),
    sa.Column("rule", sa.Text, primary_key=True),
    sa.Column("run", sa.Text, sa.ForeignKey("releases.run"), nullable=False),
)

releases = sa.Table(
    "releases",
    metadata,
    sa.Column("flow", sa.Text, primary_key=True),
    sa.Column("sequence", sa.Integer, primary_key=True),
    sa.Column("run", sa.Text, sa.ForeignKey("runs.run"), nullable=False, unique=True),
    sa.Column("statement", sa.LargeBinary, nullable=False),
)

untold = sa.Table(
    "untold",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("event", sa.Text, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("details", sa.Text, nullable=False),
)

purges = sa.Table(
    "purges",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("record", sa.LargeBinary, nullable=False),
    sa.UniqueConstraint("kind", "name", name="one_purge_a_thing"),
)
