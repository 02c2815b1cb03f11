"""How a migration runs: on the connection that `place` hands over, in its transaction."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"], target_metadata=context.config.attributes["metadata"]
)
context.run_migrations()
