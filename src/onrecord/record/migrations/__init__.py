"""Alembic's revisions of the record, from schema 7 on; what came before is brought over by `upgrade.py`."""
