"""Which reports are copies of which, and what was changed on the way."""
