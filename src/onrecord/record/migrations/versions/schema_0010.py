"""Schema 10: what people put right of statements and events, who made a correction, and the questions that somebody watches."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Columns are added behind the others, so that no row is written anew; new tables are made by `create_tables`."""
    words = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    op.add_column("corrections", sa.Column("who", words))
    there = sa.inspect(op.get_bind())
    for table in ("statements", "events"):
        # A record of a schema before 9 has the tables of today already.
        if "wrong" not in {c["name"] for c in there.get_columns(table)}:
            wrong: sa.Column[bool] = sa.Column(
                "wrong", sa.Boolean(), nullable=False, server_default=sa.false()
            )
            op.add_column(table, wrong)
