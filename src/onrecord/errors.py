"""Errors that a user can meet. Each message names the thing, what is wrong with it and the mend."""

from __future__ import annotations


class OnrecordError(Exception):
    """Base of all errors that onrecord raises on purpose."""


class UnreadableReportError(OnrecordError):
    """A report cannot be read; the others can. Exit code 1."""


class UsageError(OnrecordError):
    """A command was given words that do not fit. Exit code 2."""


class RecordError(OnrecordError):
    """The record cannot be opened or written. Exit code 3."""


class ModelError(OnrecordError):
    """The shipped model is missing or damaged. Exit code 3."""
