from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.errors import UsageError
from onrecord.evaluation.times import calendar_days, evaluate_times


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("1998", "1998-01-01/1998-12-31"),
        ("1998-02", "1998-02-01/1998-02-28"),
        ("1998-02-13", "1998-02-13/1998-02-13"),
        ("1998-02-13T10:30", "1998-02-13/1998-02-13"),
        ("1998-02-13TNI", "1998-02-13/1998-02-13"),
        ("1998-W07", "1998-02-09/1998-02-15"),
        ("1998-W07-WE", "1998-02-14/1998-02-15"),
        ("1998-Q3", "1998-07-01/1998-09-30"),
        ("1998-H2", "1998-07-01/1998-12-31"),
        ("1998-SU", "1998-06-01/1998-08-31"),
        ("1998-WI", "1998-12-01/1999-02-28"),
        ("199", "1990-01-01/1999-12-31"),
        ("PAST_REF", None),
        ("P3Y", None),
        ("1998-XX", None),
        ("1998-QX", None),
        ("1998-02-30", None),
        ("19", None),
    ],
)
def test_values_of_the_calendar(value: str, days: str | None) -> None:
    found = calendar_days(value)
    assert (f"{found[0]}/{found[1]}" if found else None) == days


def test_times_are_scored(tmp_path: Path) -> None:
    text = "It burned on Thursday, last year and for three years."
    row = {
        "id": "a",
        "text": text,
        "published": "2022-01-12",
        "corpus": "one",
        "times": [
            {"span": [13, 21], "type": "DATE", "value": "2022-01-06"},
            {"span": [23, 32], "type": "DATE", "value": "2020"},
            {"span": [37, 52], "type": "DURATION", "value": "P3Y"},
        ],
    }
    corpus = tmp_path / "times.jsonl"
    corpus.write_text(json.dumps(row) + "\n" + json.dumps(row | {"corpus": "two"}) + "\n")

    figures = evaluate_times(corpus)

    assert figures["value"] == {"right": 50, "of": 4}
    assert figures["found"] == {"right": 100, "of": 4}
    assert figures["relaxed"]["f1"] == 100
    assert figures["strict"] == {"precision": 66.7, "recall": 66.7, "f1": 66.7}
    assert figures["value two"] == {"right": 50, "of": 2}


def test_a_line_without_labels_is_named(tmp_path: Path) -> None:
    corpus = tmp_path / "times.jsonl"
    corpus.write_text("{}\n")
    with pytest.raises(UsageError, match="line 1"):
        evaluate_times(corpus)
