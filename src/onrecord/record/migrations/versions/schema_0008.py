"""Schema 8: when a report was recorded; full text of reports and sources; views; a record may be in PostgreSQL; rows lie in the order
of their keys where they are found by these alone, and what is mostly null has an index of the rest."""

import sqlalchemy as sa
from alembic import op

from onrecord.record.relaying import lay_by_key

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Schema 7 was on SQLite alone."""
    lay_by_key(op.get_bind())
    op.add_column("articles", sa.Column("recorded", sa.String()))
    op.drop_index("stories_to_join", "stories")
    op.create_index("stories_to_join", "stories", ["id"], sqlite_where=sa.text("NOT events_joined"))
    # Nothing else is kept of a report than before.
    op.execute("UPDATE articles SET schema = 8 WHERE schema = 7")
