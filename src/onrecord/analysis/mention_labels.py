"""What a mention is called: its type and its form."""

from __future__ import annotations

from typing import Literal

MentionType = Literal["PER", "ORG", "GPE", "LOC", "NORP", "GROUP"]
MentionForm = Literal["name", "description", "pronoun"]
