"""Schema 8: when a report was recorded; full text of reports and sources; views; a record may be in PostgreSQL."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Schema 7 was on SQLite alone."""
    op.add_column("articles", sa.Column("recorded", sa.String()))
    op.drop_index("stories_to_join", "stories")
    op.create_index("stories_to_join", "stories", ["id"], sqlite_where=sa.text("NOT events_joined"))
    # Nothing else is kept of a report than before.
    op.execute("UPDATE articles SET schema = 8 WHERE schema = 7")
