"""Scale: many reports at once."""
