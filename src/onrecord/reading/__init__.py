"""Reading: bytes -> `Article`, with its frame, without its furniture. Pure: nothing is written."""
