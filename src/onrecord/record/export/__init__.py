"""What the record holds in forms that other programs read."""
