"""Alembic's entry: run the revisions on the connection that `migrate` hands over."""

from __future__ import annotations

from alembic import context

from tocsin.store import schema

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=schema.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
