"""Alembic migrations of the stores. Never edited once released; a change is a new file in `versions`."""
