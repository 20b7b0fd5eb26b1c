"""The record for clients of language models, by the Model Context Protocol: the questions of the command line, read-only."""
