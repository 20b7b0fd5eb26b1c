"""Any bytes as the beginning of a file: a form, and always the same one."""

from __future__ import annotations

from onrecord.reading.forms import HEAD_BYTES, Form, tell_form


def target(data: bytes) -> None:
    """Tell the form of the bytes, with a map of columns and without."""
    head = data[:HEAD_BYTES]
    for columns in (None, {"text": "a"}):
        form = tell_form(head, columns)
        assert isinstance(form, Form)
        assert tell_form(head, columns) is form
