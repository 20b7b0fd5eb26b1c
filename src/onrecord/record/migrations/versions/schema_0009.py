"""Schema 9: rows point at one another by numbers, not by ids that are written out in each of them."""

from alembic import op

from onrecord.record.renumbering import number_rows

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing else is kept of a report than before."""
    number_rows(op.get_bind())
    op.execute("UPDATE articles SET schema = 9 WHERE schema = 8")
