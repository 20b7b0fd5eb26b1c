"""The commands: each parses its words, calls the rooms and prints; `onrecord.cli` puts them together."""
