"""Datelines, bylines, sign-offs and captions: found where they are, and nowhere else."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.article import Dateline
from onrecord.reading.frame import (
    Caption,
    find_byline,
    find_caption,
    find_dateline,
    find_sign_off,
    read_byline,
)


@pytest.mark.parametrize(
    ("paragraph", "place", "date", "agency"),
    [
        ("LONDON, Jan.7 (Reuters) – The harbour is shut.", "LONDON", "Jan.7", "Reuters"),
        ("WASHINGTON (AP) — The harbour is shut.", "WASHINGTON", None, "AP"),
        ("RENO, Nev. (AP) — The harbour is shut.", "RENO, Nev.", None, "AP"),
        ("HULL, England, Sept. 26 (UPI) — The harbour is shut.", "HULL, England", "Sept. 26", "UPI"),
        ("Paris, 4 May 2021 (AFP) - The harbour is shut.", "Paris", "4 May 2021", "AFP"),
        ("New York (AFP) – The harbour is shut.", "New York", None, "AFP"),
        ("DUBAI, United Arab Emirates — The harbour is shut.", "DUBAI, United Arab Emirates", None, None),
        ("ST. LOUIS -- The harbour is shut.", "ST. LOUIS", None, None),
        ("KYIV/MOSCOW, March 2 (Reuters) - The harbour is shut.", "KYIV/MOSCOW", "March 2", "Reuters"),
        ("HULL ― The harbour is shut.", "HULL", None, None),
        ("Berlin (dpa) - The harbour is shut.", "Berlin", None, "dpa"),
        ("Hull/Varn (dpa/lno) – The harbour is shut.", "Hull/Varn", None, "dpa/lno"),
        ("NEW DELHI, Jan 7 (PTI): The harbour is shut.", "NEW DELHI", "Jan 7", "PTI"),
        ("HULL, England (AP) The harbour is shut.", "HULL, England", None, "AP"),
        ("(AP) — The harbour is shut.", None, None, "AP"),
        ("HULL, England (AP) _ The harbour is shut.", "HULL, England", None, "AP"),
        ("HULL, Jan 7 (Reuters)-The harbour is shut.", "HULL", "Jan 7", "Reuters"),
        ("HULL, January 7. /TASS/. The harbour is shut.", "HULL", "January 7", "TASS"),
        ("Hull. January 7. INTERFAX - The harbour is shut.", "Hull", "January 7", "INTERFAX"),
        ("PORT ELM, Jan 7: The harbour is shut.", "PORT ELM", "Jan 7", None),
        ("PORT ELM, ECHO.com - The harbour is shut.", "PORT ELM", None, "ECHO.com"),
    ],
)
def test_dateline_is_taken_apart(paragraph: str, place: str, date: str | None, agency: str | None):
    assert find_dateline(paragraph) == (Dateline(place, date, agency), paragraph.index("The harbour"))


@pytest.mark.parametrize(
    "paragraph",
    [
        "EXCLUSIVE – Mayor: harbour will shut",
        "BREAKING NEWS - Harbour shut",
        "China will stand by – says the envoy",
        "Paris – long a port – is shut.",
        "HE WAS CALLED OUT BY HIS FELLOW DOCTORS — He was heard in the Senate.",
        "The harbour (Hull) – is shut.",
        "Hull (Harbour) The gates are shut.",
        "Reyes (AP)-based in Hull",
        "MONDAY: The gates are shut.",
        "(Harbour) – The gates are shut.",
        "Reyes (AP) is among the reporters.",
        "UK-based firms are leaving.",
        "",
    ],
)
def test_other_dashes_make_no_dateline(paragraph: str):
    assert find_dateline(paragraph) is None


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ana Reyes", ("Ana Reyes",)),
        ("By Ana Reyes and Tom Li", ("Ana Reyes", "Tom Li")),
        ("By Ana Reyes, Tom Li, and Jo van der Berg", ("Ana Reyes", "Tom Li", "Jo van der Berg")),
        ("BY ANA REYES", ("ANA REYES",)),
        ("by J. P. O’Neil", ("J. P. O’Neil",)),
        ("By Ana Reyes, Political Editor", ("Ana Reyes",)),
        ("By Ana Reyes in Port Elm and Tom Li in Orpel, Vessara", ("Ana Reyes", "Tom Li")),
        ("By Ana Reyes for Elm Post", ("Ana Reyes",)),
        ("By Ana Reyes, Associated Press", ("Ana Reyes",)),
        ("By Ana Reyes | March 12, 2024", ("Ana Reyes",)),
        ("By AFP", ("AFP",)),
        ("By Staff Reporter", ()),
        ("By our own correspondent in Port Elm", ()),
    ],
)
def test_byline_names_its_authors(line: str, names: tuple[str, ...]):
    assert find_byline(line) == names


@pytest.mark.parametrize(
    "line",
    [
        "By Monday the harbour was shut.",
        "By Land and Sea",
        "By Monday in Hull",
        "By our reckoning the harbour is shut",
        "By Ana Reyes | Week 12",
        "From Paris With Love",
        "By the time he spoke",
        "By",
        "",
    ],
)
def test_other_lines_are_no_byline(line: str):
    assert find_byline(line) is None


def test_byline_says_where_and_when_and_for_whom_it_was_written():
    assert read_byline("By Ana Reyes in Port Elm").place == "Port Elm"
    assert read_byline("By our correspondent in Port Elm").place == "Port Elm"
    assert read_byline("By Ana Reyes in Hull and Tom Li in Lima").place is None
    assert read_byline("By Ana Reyes for Elm Post").place is None
    assert read_byline("By Ana Reyes | March 12, 2024").day.iso == "2024-03-12"
    assert read_byline("By Ana Reyes, Associated Press").agency == "Associated Press"


@pytest.mark.parametrize(
    ("line", "authors", "contributors", "editors"),
    [
        ("Report by Ana Reyes; Edited by Tom Li, Jo Kim and Al Day", ("Ana Reyes",), (), ("Tom Li", "Jo Kim", "Al Day")),
        ("(Reporting by Ana Reyes in Lima; Editing by Tom Li)", ("Ana Reyes",), (), ("Tom Li",)),
        ("(Reporting by Ana Reyes in Hull, England, and Jo Kim; Editing by Tom Li.)", ("Ana Reyes", "Jo Kim"), (), ("Tom Li",)),
        ("Additional reporting by Jo Kim, Al Day, and Bo Orr", (), ("Jo Kim", "Al Day", "Bo Orr"), ()),
        ("Jo Kim contributed to this report.", (), ("Jo Kim",), ()),
        ("Jo Kim in Hull and Al Day in Lima contributed.", (), ("Jo Kim", "Al Day"), ()),
        ("Associated Press writers Jo Kim in Hull and Al Day contributed to this report.", (), ("Jo Kim", "Al Day"), ()),
        ("Staff writer Jo Kim contributed reporting.", (), ("Jo Kim",), ()),
        ("The Echo staff writer Jo Kim contributed reporting from Lima.", (), ("Jo Kim",), ()),
        ("Reporting By Ana Reyes; Editing By Tom Li", ("Ana Reyes",), (), ("Tom Li",)),
        ("Editing by Tom Li & Lia Sand", (), (), ("Tom Li", "Lia Sand")),
        ("(Reporting by the Elm newsroom)", ("Elm newsroom",), (), ()),
        ("Reporting by Reuters staff; editing by Tom Li", ("Reuters staff",), (), ("Tom Li",)),
        ("Reporting by Ana Reyes - editing by Tom Li", ("Ana Reyes",), (), ("Tom Li",)),
        ("Writing by Ana Reyes; translated by Jo Kim", ("Ana Reyes",), ("Jo Kim",), ()),
        ("Hull contributed.", None, None, None),
        ("Writing by Ana Reyes Editing by Tom Li", None, None, None),
    ],
)  # fmt: skip
def test_sign_off_names_who_wrote_helped_and_edited(
    line: str,
    authors: tuple[str, ...] | None,
    contributors: tuple[str, ...] | None,
    editors: tuple[str, ...] | None,
):
    found = find_sign_off(line)
    assert (found and (found.authors, found.contributors, found.editors)) == (
        None if authors is None else (authors, contributors, editors)
    )


@pytest.mark.parametrize(
    "line",
    [
        "Reported by the state news agency, the attack killed two people.",
        "Written by Smith in 1990, the book was banned.",
        "Edited by her husband, the diary sold well.",
        "Reporting by the paper was praised.",
        "Reporting by Elm Post staff was praised.",
        "Compiled by hand, the list was short.",
        "The story was reported by Ana Reyes",
        "",
    ],
)
def test_sentences_are_no_sign_off(line: str):
    assert find_sign_off(line) is None


@pytest.mark.parametrize(
    ("paragraph", "caption"),
    [
        ("A crane stands in the harbour on May 2. REUTERS / Ana Reyes", Caption("A crane stands in the harbour on May 2.", "REUTERS / Ana Reyes")),
        ("A crane stands idle. (Ana Reyes/AFP/Getty Images)", Caption("A crane stands idle.", "(Ana Reyes/AFP/Getty Images)")),
        ("A crane stands idle. Photograph: Ana Reyes/Getty", Caption("A crane stands idle.", "Photograph: Ana Reyes/Getty")),
        ("Ana Reyes/Reuters.", Caption("", "Ana Reyes/Reuters.")),
        ("Handout via Getty Images", Caption("", "Handout via Getty Images")),
        ("A crane stands idle [Ana Reyes/Reuters]", Caption("A crane stands idle", "[Ana Reyes/Reuters]")),
        ("A crane stands idle. [File: Ana Reyes/AFP]", Caption("A crane stands idle.", "[File: Ana Reyes/AFP]")),
        ("A crane stands idle (Ana Reyes/AP)", Caption("A crane stands idle", "(Ana Reyes/AP)")),
        ("A crane stands idle / AFP", Caption("A crane stands idle", "AFP")),
        ("A crane stands idle. | Photo Credit: PTI", Caption("A crane stands idle.", "Photo Credit: PTI")),
        ("A crane stands idle. Ana Reyes for the Elm Post", Caption("A crane stands idle.", "Ana Reyes for the Elm Post")),
        ("Image source, Getty Images", Caption("", "Getty Images")),
        ("Image caption, A crane stands idle", Caption("A crane stands idle", "")),
        ("(Photo: Example Film)", Caption("", "(Photo: Example Film)")),
    ],
)  # fmt: skip
def test_caption_is_parted_from_its_credit(paragraph: str, caption: Caption):
    assert find_caption(paragraph) == caption


@pytest.mark.parametrize(
    "paragraph",
    [
        "Photos show troops at the border.",
        "The harbour is shut, the mayor said (Ana Reyes/AP)",
        "The mayor was ahead in May. Reyes for mayor",
        "The harbour is open / shut",
        "Image sources were not named",
        "Images of the blast spread quickly.",
        "AP – The president will resign on Monday.",
        "EPA – Rules on water stay, chief says",
        "Reuters/Ipsos polled 1,000 adults and found the mayor ahead.",
        "The pollsters asked many. A Reuters/Ipsos poll had the mayor ahead.",
        "“We shut the harbour,” he said. Photo: Ana Reyes",
        "The harbour is shut.",
        "",
    ],
)
def test_sentences_are_no_caption(paragraph: str):
    assert find_caption(paragraph) is None


@settings(max_examples=120, deadline=None)
@given(st.text(alphabet=st.sampled_from("ABab .,;:/()-–—“”1by\n"), max_size=200))
def test_any_line_is_taken(line: str):
    find_byline(line)
    find_sign_off(line)
    find_caption(line)
    found = find_dateline(line)
    assert found is None or 0 < found[1] <= len(line)


@pytest.mark.parametrize(
    "unit", ["A", "A ", "AB, ", "Ab and ", "A/", "By Ab ", "Report by Ab, ", ". ", "Photo: A", " "]
)
def test_long_lines_take_no_time(unit: str):
    begin = time.process_time()
    for size in (119, 499, 599, 100_000):
        line = (unit * size)[:size]
        for find in (find_dateline, find_byline, find_sign_off, find_caption):
            find(line)
    assert time.process_time() - begin < 2
