"""A record as a folder of pages: no script, nothing loaded from elsewhere, opens from a disk as from a server."""
