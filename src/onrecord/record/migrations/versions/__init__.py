"""A module a schema."""
