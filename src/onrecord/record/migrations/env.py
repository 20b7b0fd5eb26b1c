"""Run by Alembic: migrates the record over the connection that `migrating.py` hands over, inside its transaction."""

from alembic import context

from onrecord.record import schema

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=schema.metadata,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
