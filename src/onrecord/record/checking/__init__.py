"""Is the record whole and does it say what it must? Every row is looked at, nothing is changed."""
