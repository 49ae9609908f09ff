"""Alembic's environment: works on the connection, inside the transaction, that `pratique.stores.migrate` gives."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], target_metadata=None)
context.run_migrations()
