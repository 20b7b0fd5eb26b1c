"""Questions to the record: typed rows with their evidence; nothing here writes."""
