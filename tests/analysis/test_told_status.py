"""Statuses that the words right at an act tell by their grammar."""

from __future__ import annotations

import pytest

from onrecord.analysis.told_status import told_status
from onrecord.article import Span


def status(marked: str) -> str | None:
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    return told_status(text, Span(0, len(text)), Span(start, end))


@pytest.mark.parametrize(
    "marked",
    [
        "Orvik stops just short of [suing] the dockers.",
        "The guards had not [harmed] them, an elder said.",
        "The ketch was to have [landed] rice at Orvik on Monday.",
        "The mayor was to have gone on [trial] on Monday.",
        "An inquiry into the aborted [raid] begins on Monday.",
        "The guild voted down a long-planned [boycott] on Friday.",
        "No relief flight has [landed] since Sunday.",
        "Orvik has [expelled] no Tarnian envoys so far.",
        "[Talks] with the dockers fell through on Tuesday.",
        "The rebels were an hour away from [storming] the mint when the bridge fell.",
    ],
)
def test_what_is_not_done(marked: str) -> None:
    assert status(marked) == "denied"


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("The mayor is weighing a night [curfew] in Orvik.", "hypothetical"),
        ("The guild is discussing the sale of [arms] to Tarn.", "hypothetical"),
        ("The mayor could have [jailed] them.", "hypothetical"),
        ("The envoys will come, provided that no cleric [insults] them.", "hypothetical"),
        ("They will march unless the mayor [drops] the plan.", "hypothetical"),
        ("Guns kept [shelling] the mint on Monday.", "ongoing"),
        ("The [walkout] by the dockers entered its third week.", "ongoing"),
        ("The envoys [talked] on into a third night.", "ongoing"),
        ("The porter who would later lead a [boycott] was born in Orvik.", "occurred"),
    ],
)
def test_what_is_weighed_or_lasts(marked: str, expected: str) -> None:
    assert status(marked) == expected


@pytest.mark.parametrize(
    "marked",
    [
        "They will march if the guards have not [left] by noon.",
        "The guild called off a [boycott] that it had kept up for years.",
        "The clerk [said] no judge would come.",
        "No band has claimed the [raid].",
        "The mayor is considering an [invitation] from Tarn.",
        "They will ask for help if the gang keeps [firing].",
        "They will march unless the mayor says why he [sacked] the clerk.",
        "A clerk asked if the guards [shot] the mayor.",
        "The mayor was about to [speak] on Monday.",
        "Police [arrested] nine dockers in Orvik.",
    ],
)
def test_what_is_left_as_it_is(marked: str) -> None:
    assert status(marked) is None
