"""Schema 7, the first that Alembic knows: nothing is to be done."""

revision = "0007"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Records of schema 7 are as they are."""
