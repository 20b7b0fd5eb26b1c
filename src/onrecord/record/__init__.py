"""Record: the database. The only room that writes."""
