"""The record from Python: the questions of the command line, with the same words, as typed rows and frames."""

from __future__ import annotations

from onrecord.api.answers import Compared, Report, StoryTold
from onrecord.api.record import Record
from onrecord.api.rows import Rows, heard_rows

__all__ = ["Compared", "Record", "Report", "Rows", "StoryTold", "heard_rows"]
