import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.analysis.counts import Count
from onrecord.analysis.plover import CONTEXTS, MODES, STATUSES, TYPES, cameo_roots, usual_cameo_root
from onrecord.article import Span
from training.authored import MarkupError
from training.events import FOLDER, blocks, parse, parse_text, passages
from training.events_check import REGIONS, check_files, check_passage, describe, main

FILES = sorted(FOLDER.glob("*.txt"))
HEAD = "# europe; test"
TEXT = "[s|Officials] said [a|[c|Rovenia]'s army] had [e1|shelled] [b|a market] in [p|Tolm] on [d|Monday], killing [v|[n|at least 12] people]."
LINE = "e1 ASSAULT.heavy-weapons+military occurred actor=a to=b,v at=p on=d by=s dead=n:12+"
BLOCK = f"{HEAD}\n{TEXT.replace('[c|Rovenia]', 'Rovenia')}\n{LINE}"


def block(text: str, *lines: str) -> str:
    return "\n".join([HEAD, text, *lines])


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_passage_is_well_formed(path: Path) -> None:
    assert check_files([path]).faults == []


def test_no_text_stands_in_two_files() -> None:
    assert check_files(FILES).faults == []


def test_every_type_has_fifteen_triggers_and_every_status_and_region_is_met() -> None:
    triggers = {type_: set() for type_ in TYPES}
    statuses, regions = Counter(), Counter()
    for passage in passages():
        regions[passage.region] += 1
        for event in passage.events:
            triggers[event.type].add(passage.text[slice(*event.trigger)].lower())
            statuses[event.status] += 1
    assert {type_: len(found) for type_, found in triggers.items() if len(found) < 15} == {}
    assert set(statuses) == set(STATUSES)
    assert set(regions) == set(REGIONS)


def test_a_tenth_of_the_first_file_is_without_events() -> None:
    first = check_files([FOLDER / "events-a.txt"]).passages
    assert 0.05 < sum(not p.events for p in first) / len(first) < 0.15


def test_events_are_read_without_pytorch() -> None:
    code = "import sys, training.events, training.events_check; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=FOLDER.parents[1], check=False).returncode == 0


def test_parse_gives_the_bare_text_and_what_each_label_covers() -> None:
    passage = parse(BLOCK)
    assert passage.text == (
        "Officials said Rovenia's army had shelled a market in Tolm on Monday, killing at least 12 people."
    )
    (event,) = passage.events
    words = {
        "trigger": passage.text[slice(*event.trigger)],
        "actors": [passage.text[slice(*s)] for s in event.actors],
        "recipients": [passage.text[slice(*s)] for s in event.recipients],
        "places": [passage.text[slice(*s)] for s in event.places],
        "dates": [passage.text[slice(*s)] for s in event.dates],
        "told_by": passage.text[slice(*(event.told_by or (0, 0)))],
    }
    assert words == {
        "trigger": "shelled",
        "actors": ["Rovenia's army"],
        "recipients": ["a market", "at least 12 people"],
        "places": ["Tolm"],
        "dates": ["Monday"],
        "told_by": "Officials",
    }
    assert (event.type, event.modes, event.contexts) == ("ASSAULT", ("heavy-weapons",), ("military",))
    assert (event.status, event.cameo, event.mutual, event.same_as) == ("occurred", "19", False, None)
    assert (passage.region, passage.shows) == ("europe", ("test",))


@pytest.mark.parametrize(
    ("value", "count"),
    [
        pytest.param("12", (12, 12, False), id="exact"),
        pytest.param("12+", (12, None, False), id="at-least"),
        pytest.param("~12", (12, 12, True), id="about"),
        pytest.param("0..12", (0, 12, False), id="up-to"),
        pytest.param("10..12", (10, 12, False), id="between"),
    ],
)
def test_number_says_its_bounds(value: str, count: tuple[int, int | None, bool]) -> None:
    (event,) = parse(block("[e1|Killed] [n|12]", f"e1 ASSAULT occurred dead=n:{value}")).events
    assert event.dead == Count(Span(7, 9), *count)


def test_nothing_is_filled_in() -> None:
    (event,) = parse(block("[e1|Clashes] broke out.", "e1 ASSAULT occurred")).events
    assert (event.modes, event.contexts, event.actors, event.recipients) == ((), (), (), ())
    assert (event.places, event.dates, event.told_by) == ((), (), None)
    assert (event.dead, event.injured, event.crowd) == (None, None, None)


def test_one_span_plays_several_parts() -> None:
    passage = parse(block("[a|Ana] [e1|hit] [b|Bo], who [e2|hit] back.", "e1 ASSAULT.beat occurred actor=a to=b", "e2 ASSAULT.beat occurred actor=b to=a"))  # fmt: skip
    first, second = passage.events
    assert first.actors == second.recipients
    assert first.recipients == second.actors


def test_two_events_share_a_trigger() -> None:
    passage = parse(block("[b|He] was [e1|[e2|jailed]].", "e1 SANCTION.convict occurred to=b", "e2 COERCE.arrest occurred to=b"))  # fmt: skip
    assert passage.events[0].trigger == passage.events[1].trigger
    assert list(check_passage(passage)) == []


def test_line_below_line_is_a_paragraph() -> None:
    assert parse(f"{HEAD}\nOne\nTwo\nnone").text == "One\n\nTwo"


def test_id_is_made_from_the_text() -> None:
    one, two = parse(f"{HEAD}\nOne\nnone"), parse("# africa; x\nOne\nnone")
    assert one.id == two.id != parse(f"{HEAD}\nTwo\nnone").id


def test_told_cameo_code_stands_before_the_usual_root() -> None:
    (event,) = parse(block("A [e1|blockade].", "e1 COERCE.restrict ongoing cameo=191")).events
    assert event.cameo == "191"


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        pytest.param("Text\nnone", "the first line is not", id="no-head"),
        pytest.param(f"{HEAD}\nnone", "the passage has no text", id="no-text"),
        pytest.param(block("Text"), "either event lines or the line 'none'", id="no-lines"),
        pytest.param(block("[e1|Hit]", "none", "e1 ASSAULT occurred"), "either event lines or", id="none-and-events"),
        pytest.param(block("[e1|Hit]", "e1 ASSAULT occurred", "more text"), "text stands after", id="text-below"),
        pytest.param(block("[e1|Hit", "e1 ASSAULT occurred"), "mark e1 is not closed", id="open-mark"),
        pytest.param(block("Hit]", "none"), "stray ]", id="stray-bracket"),
        pytest.param(block("[a|x] [a|y]", "none"), "label a is marked twice", id="label-twice"),
        pytest.param(block("Hit", "e1 ASSAULT occurred"), "e1 marks nothing", id="no-trigger"),
        pytest.param(block("[e1|Hit]", "e1 ASSAULT occurred actor=a"), "e1: a marks nothing", id="no-span"),
        pytest.param(block("[e1|Hit]", "e1 ASSAULT"), "e1: no status", id="no-status"),
        pytest.param(block("[e1|Hit]", "e1 ASSAULT done"), "'done' cannot stand here", id="unknown-status"),
        pytest.param(block("[e1|Hit]", "e1 HIT occurred"), "no type is called HIT", id="unknown-type"),
        pytest.param(block("[e1|Hit]", "e1 HIT occurred cameo=18"), "no type is called HIT", id="type-with-code"),
        pytest.param(block("[e1|Hit]", "e1 ASSAULT occurred same=e9"), "there is no event e9", id="same-as-none"),
        pytest.param(block("[e1|Hit]", "e1 ASSAULT occurred", "e1 ASSAULT denied"), "e1: two lines", id="two-lines"),
        pytest.param(block("[e1|Hit] [n|12]", "e1 ASSAULT occurred dead=n"), "is not label:number", id="no-number"),
        pytest.param(block("[e1|Hit] [n|12]", "e1 ASSAULT occurred dead=n:9..2"), "ends before", id="backwards"),
        pytest.param(block("[e1|Hit] [a|A] [b|B]", "e1 ASSAULT occurred by=a,b"), "one statement", id="told-twice"),
    ],
)  # fmt: skip
def test_parser_names_what_it_cannot_read(body: str, fault: str) -> None:
    with pytest.raises(MarkupError) as refused:
        parse(body)
    assert fault in str(refused.value)


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        pytest.param(BLOCK.replace("europe", "atlantis"), "no region is called 'atlantis'", id="region"),
        pytest.param(f"{HEAD}\n{TEXT}\n{LINE}", "c: 'Rovenia' has no part in any event", id="unused"),
        pytest.param(BLOCK.replace("heavy-weapons", "visit"), "ASSAULT has no mode visit", id="mode"),
        pytest.param(BLOCK.replace("+military", "+war"), "no context is called war", id="context"),
        pytest.param(BLOCK.replace("+military", "+military+crime+legal+economic"), "4 contexts", id="contexts"),
        pytest.param(BLOCK + " cameo=04", "04 is no CAMEO code of ASSAULT", id="cameo"),
        pytest.param(BLOCK.replace("Rovenia's army]", "Rovenia's] army"), "ends in 's", id="possessive"),
        pytest.param(BLOCK.replace("[e1|shelled]", "[e1|shell]ed"), "'shell' cuts a word", id="cut-word"),
        pytest.param(BLOCK.replace("in [p|", "[p|in "), "the place 'in Tolm' is not a bare name", id="place"),
        pytest.param(BLOCK.replace("on [d|", "[d|on "), "begins with a preposition", id="date"),
        pytest.param(BLOCK.replace("n:12+", "n:13+"), "'at least 12' does not say 13", id="number"),
        pytest.param(BLOCK.replace(" market]", " market ]"), "begins or ends with a blank", id="blank"),
        pytest.param(block("[e1|Talks]", "e1 CONSULT planned"), "a planned CONSULT is AGREE", id="planned"),
        pytest.param(block("[e1|Talks]", "e1 CONSULT occurred mutual"), "mutual, but nobody acts", id="mutual"),
        pytest.param(block("[e1|Hit] [e2|met]", "e1 ASSAULT occurred"), "e2: the trigger has no line", id="no-line"),
        pytest.param(block("[e1|went on and on and on]", "e1 ASSAULT occurred"), "longer than 4 words", id="long"),
    ],
)  # fmt: skip
def test_check_names_the_fault(body: str, fault: str) -> None:
    assert any(fault in found for found in check_passage(parse(body)))


def test_second_telling_has_the_type_of_the_first() -> None:
    passage = parse(block("[e1|Raid]; the [e2|talks]", "e1 ASSAULT occurred", "e2 CONSULT occurred same=e1"))
    assert [f for f in check_passage(passage) if "said again" in f]


def test_check_names_file_and_line_and_a_text_told_twice(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"{BLOCK}\n\n{BLOCK}\n\n# europe\n[a|x\nnone\n", encoding="utf-8")
    assert check_files([path]).faults == [
        "a.txt:5: the text stands at a.txt:1 already",
        "a.txt:9: mark a is not closed",
    ]


def test_description_counts_by_type_and_status(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(BLOCK, encoding="utf-8")
    described = describe(check_files([path]).passages)
    assert "1 passages, 1 events, 0 passages without, 1 with one on somebody's word" in described
    assert "heavy-weapons 1" in described


def test_command_fails_on_a_fault_and_succeeds_without(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(BLOCK, encoding="utf-8")
    assert main([str(path)]) == 0
    path.write_text(BLOCK.replace("occurred", "done"), encoding="utf-8")
    assert main([str(path)]) == 1


def test_there_are_sixteen_types_and_all_have_a_root() -> None:
    assert len(TYPES) == 16
    assert len(CONTEXTS) == len(set(CONTEXTS)) == 37
    for type_, modes in MODES.items():
        assert all(usual_cameo_root(type_, [mode], []) in cameo_roots(type_) for mode in modes)


@given(st.text(alphabet="[]|abe12 \n#;.", max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_text_is_parsed_or_refused_by_name(marked: str) -> None:
    try:
        text, spans = parse_text(marked)
    except MarkupError:
        return
    assert all(0 <= start <= end <= len(text) for start, end in spans.values())


@given(
    st.text(alphabet="[]|abe12 \n", max_size=30),
    st.text(alphabet="ASUTL.+abe12=:,~ \n", max_size=40),
)
@settings(max_examples=150, deadline=None)
def test_any_block_is_parsed_or_refused_by_name(text: str, line: str) -> None:
    try:
        passage = parse(f"{HEAD}\n{text}\ne1 ASSAULT occurred {line}")
    except MarkupError:
        return
    list(check_passage(passage))


@given(st.text(alphabet="ab .“”,🙂\n", max_size=40), st.text(alphabet="ab .“”,\n", max_size=40))
@settings(max_examples=80, deadline=None)
def test_text_without_brackets_is_kept_as_it_is(before: str, after: str) -> None:
    text, spans = parse_text(f"{before}[a|x]{after}")
    assert text == f"{before}x{after}"
    assert spans == {"a": (len(before), len(before) + 1)}


@given(st.text(alphabet="#;ab \n", max_size=80))
@settings(max_examples=50, deadline=None)
def test_any_file_falls_into_blocks_with_their_lines(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("events") / "a.txt"
    path.write_text(text, encoding="utf-8")
    lines = text.split("\n")
    for number, found in blocks(path):
        assert found.split("\n")[0] == lines[number - 1].rstrip()
