"""An agency's report with events made by hand, and copies of it: one verbatim, one cut, one with another number of dead."""

from __future__ import annotations

from typing import Any

from tests.record.made import make_actor
from tests.record.made_events import MAYOR, Maker, Report

SHELLED = (
    "Rebels shelled the crowded market of Brunn on Monday, killing {dead} people who had come to buy bread."
)
ARRESTED = (
    "Police arrested Mayor Ana Orpel in her office on Monday after she had called the shelling a crime."
)
DENIED = (
    "The army said that its soldiers had never shot at anybody who was leaving the town by the northern road."
)
BUILT = "The market was built in 1931 by miners who had lost their work, and was last repaired in the summer of 1978."
FLED = "Some 300 families fled over the bridge at Karst during the night, wrote the engineer Taslan Orrel in a letter."


def make_report(
    id: str,
    *,
    published: str | None,
    outlet: str,
    dead: int = 12,
    sentences: tuple[str, ...] = (SHELLED, ARRESTED, DENIED, FLED, BUILT),
    arrested: str = "Ana Orpel",
    **arrest: Any,
) -> Report:
    """A report of some sentences, with its events: a shelling, an arrest, and a shooting that the army denies.

    Args:
        dead: how many the shelling killed.
        arrested: the name on record of whom the police arrested.
        arrest: fields of the arrest.
    """
    said = [sentence.format(dead=dead) for sentence in sentences]
    m = Maker(id, "\n\n".join(said), published=published, outlet=outlet)
    m.actors = [MAYOR, make_actor("a2", arrested, country="KAZ", sector="GOV")]
    for words, sentence in zip(said, sentences, strict=True):
        if sentence is SHELLED:
            m.happen(
                "shelled",
                words,
                actors=[("Rebels", None, "   REB")],
                recipients=[("the crowded market of Brunn", None)],
                date=("Monday", "2024-03-04", "2024-03-04"),
                dead=(str(dead), dead, dead),
                type="ASSAULT",
                modes=["heavy-weapons"],
                cameo="194",
                confidence=0.93,
            )
        elif sentence is ARRESTED:
            of = "a1" if arrested == MAYOR.name else "a2"
            fields: dict[str, Any] = {"type": "COERCE", "modes": ["arrest"], "cameo": "173"}
            m.happen(
                "arrested",
                words,
                actors=[("Police", None, "   COP")],
                recipients=[("Mayor Ana Orpel", of)],
                **(fields | arrest),
            )
        elif sentence is DENIED:
            army = m.state("The army", "said", "its soldiers had never shot at anybody", code="   MIL")
            fields = {"type": "ASSAULT", "modes": ["firearms"], "cameo": "193", "status": "denied"}
            m.happen("shot", words, actors=[("its soldiers", None)], reported_by=army, **fields)
    return m.made()


def make_wire() -> Report:
    """The report that the others copy."""
    return make_report("wire", published="2024-03-04T08:00:00Z", outlet="Karst Press")


def make_post() -> Report:
    """A copy that is cut."""
    cut = (SHELLED, ARRESTED, BUILT)
    return make_report("post", published="2024-03-05T08:00:00Z", outlet="Morning Post", sentences=cut)


def make_echo() -> Report:
    """A copy in which the number of dead differs."""
    return make_report("echo", published="2024-03-06T08:00:00Z", outlet="Lake Valley Echo", dead=21)


def make_star() -> Report:
    """Another report of the shelling, written by somebody else; two of its sentences are nearly those of the agency."""
    m = Maker(
        "star",
        "Lene Hofer was counting coins behind her scales when the first shell fell into the cabbages.\n\n"
        "“I ran,” she says, “and I have not stopped running since.”\n\n"
        "Rebels shelled the market on Monday. Nobody in the street remembers a warning, or a siren.",
        published="2024-03-05T10:00:00Z",
        outlet="Orlan Star",
    )
    m.happen(
        "shelled",
        "Rebels shelled the market on Monday.",
        actors=[("Rebels", None, "   REB")],
        recipients=[("the market", None)],
        date=("Monday", "2024-03-04", "2024-03-04"),
        type="ASSAULT",
        modes=["heavy-weapons"],
        cameo="194",
    )
    return m.made()


def make_copies() -> list[Report]:
    """All four; three of them are one story."""
    return [make_wire(), make_post(), make_echo(), make_star()]
