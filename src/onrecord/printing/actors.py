"""An actor on the terminal: who it is, where it appears, and why it is taken for that one."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console
from rich.text import Text

from onrecord.contract import CandidateOut
from onrecord.printing.lines import count, dotted, one_line, print_line
from onrecord.record.asking.actors import Described, InReport, Known, Part, Role, Why
from onrecord.record.asking.stories import Tellers, in_reports
from onrecord.record.corrections import say


def print_known(console: Console, known: Known) -> None:
    """Print what is known of somebody in a few lines."""
    codes = dotted(known.type, known.country, known.sector)
    line = Text(known.name, style="bold").append(f"  {codes}" if codes else "", style="cyan")
    print_line(console, line.append(f"  {known.id}", style="dim"))
    if known.names:
        print_line(console, Text(f"  also: {', '.join(known.names)}"))
    print_line(console, Text(f"  {_part(known.part)}, in {_reports(known)}"))


def print_actor(console: Console, actor: Described, names: Mapping[str, str]) -> None:
    """Print all that is known of somebody.

    Args:
        names: names of the actors of whom its corrections speak, by id.
    """
    print_known(console, actor)
    for role in actor.roles:
        print_line(console, Text(f"  {_role(role)}"))
    for correction in actor.corrections:
        print_line(console, Text(f"  corrected: {say(correction, dict(names))}", style="yellow"))
    for report in actor.in_reports:
        console.print()
        _print_report(console, report, names)


def _print_report(console: Console, report: InReport, names: Mapping[str, str]) -> None:
    where = dotted(report.published, report.outlet, report.headline, report.article)
    print_line(console, Text(where, style="bold"))
    print_line(console, Text(f"  {_part(report.part)}"))
    for why in report.why or ():
        _print_why(console, why, names)


def _print_why(console: Console, why: Why, names: Mapping[str, str]) -> None:
    also = f" ({', '.join(why.names)})" if why.names else ""
    print_line(console, Text(f"  as {why.name}{also}: {why.verdict}"))
    for correction in why.corrections:
        print_line(console, Text(f"    corrected: {say(correction, dict(names))}", style="yellow"))
    for candidate in why.considered or ():
        _print_candidate(console, candidate, taken=candidate.id == why.found)
    for place in why.evidence:
        line = Text(f"    {one_line(place.text)}  ").append(f"{place.start}-{place.end}", style="dim")
        print_line(console, line)


def _print_candidate(console: Console, candidate: CandidateOut, *, taken: bool) -> None:
    line = Text(f"    {candidate.score:5.2f}  {candidate.name}", style="bold" if taken else "")
    line.append(f"  {candidate.type}  {candidate.id}", style="dim")
    print_line(console, line.append("  (taken)" if taken else ""))
    for reason in candidate.reasons:
        print_line(console, Text(f"      {reason.weight:+.2f}  {reason.why}", style="dim"))


def _reports(known: Known) -> str:
    return in_reports(Tellers(known.reports, known.stories, known.origins))


def _part(part: Part) -> str:
    times = {"source": part.source, "subject": part.subject, "addressee": part.addressee}
    said = ", ".join(f"{name} {number}" for name, number in times.items())
    return f"{said}, {count(part.mentions, 'mention')}"


def _role(role: Role) -> str:
    of = f" of {role.of}" if role.of else ""
    if role.from_ and role.to:
        when = f"{role.from_} to {role.to}"
    elif role.from_:
        when = f"from {role.from_}"
    else:
        when = f"until {role.to}" if role.to else "days unknown"
    return f"{role.title}{of}, {when}"
