"""Are amendments what they say, and do statements and events stand as these have it?"""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, select

from onrecord.contract import EventOut, StatementOut
from onrecord.record.amend import amended_reports
from onrecord.record.amending import amend, findings_of
from onrecord.record.amendments import fault_of, identified
from onrecord.record.carrying_out import Put, read_put
from onrecord.record.checking.faults import Faults, shown
from onrecord.record.schema import amendments, events, statements
from onrecord.record.stored_amendments import read_stored


def check_amendments(connection: Connection, faults: Faults) -> None:
    """Look at all amendments, and at what they are of."""
    unread: set[str] = set()
    for row in connection.execute(select(amendments).order_by(amendments.c.number)):
        if row.what not in ("wrong", "fix") or row.of not in ("statement", "event"):
            faults.add("words", "amendments", f"{row.id}: {shown(row.what)} of {shown(row.of)}")
            unread.add(row.report)
            continue
        try:
            stored = read_stored(row)
        except msgspec.DecodeError as error:
            faults.add("json", "amendments", f"{row.id}: {error}")
            unread.add(row.report)
            continue
        amendment = stored.amendment
        if reason := fault_of(amendment):
            faults.add("amendments", "amendments", f"{row.id}: {reason}")
        if identified(amendment).id != amendment.id:
            faults.add("amendments", "amendments", f"{row.id}: its content gives {identified(amendment).id}")
        if stored.row is not None and stored.row != f"{amendment.report}#{amendment.finding.id}":
            faults.add("amended", "amendments", f"{row.id}: of {stored.row}, not of {amendment.finding.id}")
    reports = amended_reports(connection)
    for report in reports:
        if report not in unread and (put := read_put(connection, report)) is not None:
            _check_put(report, put, faults)
    for table in (statements, events):
        query = select(table.c.id).where(table.c.wrong, table.c.article.not_in(reports))
        for id in connection.execute(query).scalars():
            faults.add("amended", f"{table.name}.wrong", f"{id}: no amendment says so")


def _check_put(report: str, put: Put, faults: Faults) -> None:
    """Do the rows of a report stand as its amendments have them?"""
    due = amend(put.found, [s.amendment for s in put.made], put.means)
    now = findings_of(put.now)
    findings: list[StatementOut | EventOut] = [*due.statements, *due.events]
    for finding in findings:
        table = "statements" if finding.id.startswith("s") else "events"
        if finding != now[finding.id]:
            faults.add("amended", table, f"{report}#{finding.id}: not what was found and amended")
        if (finding.id in due.wrong) != (finding.id in put.wrong):
            told = (
                "wrong, as no amendment says"
                if finding.id in put.wrong
                else "not wrong, as an amendment says"
            )
            faults.add("amended", f"{table}.wrong", f"{report}#{finding.id}: {told}")
    for stored in put.made:
        if (stored.amendment.id in due.placed) != (stored.row is not None):
            faults.add("amended", "amendments", f"{stored.amendment.id}: not of what is found in {report}")
