"""What a check of the record found, for people."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.record.checking.check import Checked


def in_lines(record: str, checked: Checked) -> Iterator[str]:
    """A line for each kind of fault with its first examples and the mend, then one that sums up."""
    for fault in checked.faults:
        more = " …" if fault.count > len(fault.examples) else ""
        times = "once" if fault.count == 1 else f"{fault.count} times"
        yield f"{fault.table}: {fault.words}, {times}: {'; '.join(fault.examples)}{more}"
        yield f"    {fault.mend}"
    for what in checked.unchecked:
        yield f"not looked at: {what}"
    of = _of(checked)
    count = sum(f.count for f in checked.faults)
    verdict = "sound" if not count else f"{count} faults" if count > 1 else "1 fault"
    yield f"{record}: {verdict}; {of} looked at in {checked.seconds:.1f} s"


def _of(checked: Checked) -> str:
    counted = (checked.reports, "report"), (checked.statements, "statement"), (checked.events, "event")
    reports, statements, events = (f"{n} {noun}{'' if n == 1 else 's'}" for n, noun in counted)
    return f"{reports}, {statements} and {events} as they are told"
