"""Whole answers as files, however long they are: written row by row, as the record gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Final

from starlette.responses import StreamingResponse

from onrecord.api import Record
from onrecord.web.questions import Question

_TYPES: Final = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
_LONGEST_NAME: Final = 80


def download(question: Question, record: Record, form: str) -> StreamingResponse:
    """An answer as a file.

    Args:
        record: as it is asked.
        form: csv or json.

    Raises:
        UsageError: for a question that cannot be meant; nothing has been sent then.
    """
    lines = question.as_csv(record) if form == "csv" else question.as_json(record)
    headers = {"content-disposition": f'attachment; filename="{file_name(question, form)}"'}
    return StreamingResponse(_begun(lines), media_type=_TYPES[form], headers=headers)


def file_name(question: Question, form: str) -> str:
    """What a file is called, after its question, in letters that any system takes.

    >>> from onrecord.web.questions import SaidQuestion
    >>> file_name(SaidQuestion(by="Ana Orpel", kind="demand"), "csv")
    'onrecord-said-by-ana-orpel-kind-demand.csv'
    """
    words = [question.name]
    for name, value in question.asked.items():
        words += [name, *(value if isinstance(value, list) else [str(value)])]
    plain = re.sub(r"[^a-z0-9]+", "-", " ".join(words).lower()).strip("-")
    return f"onrecord-{plain[:_LONGEST_NAME].rstrip('-')}.{form}"


def _begun(lines: Iterator[bytes]) -> Iterator[bytes]:
    """The lines, of which two are had at once: the second one, a row, says whether the question can be meant."""
    first = [line for _, line in zip(range(2), lines, strict=False)]
    return chain(first, lines)
