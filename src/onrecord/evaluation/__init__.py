"""Evaluation: the other rooms' output against labelled corpora. Imported by no other room."""
