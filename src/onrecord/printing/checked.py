"""What a check of the record found, for people."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.printing.lines import count
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
    faults = sum(f.count for f in checked.faults)
    verdict = count(faults, "fault") if faults else "sound"
    yield f"{record}: {verdict}; {of} looked at in {checked.seconds:.1f} s"


def _of(checked: Checked) -> str:
    reports, statements = count(checked.reports, "report"), count(checked.statements, "statement")
    return f"{reports}, {statements} and {count(checked.events, 'event')} as they are told"
