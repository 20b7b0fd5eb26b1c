"""Resolution: who is meant. Pure."""
