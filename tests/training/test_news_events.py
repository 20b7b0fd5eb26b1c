"""Labels of events in real news: offsets alone, and what they point at."""

from __future__ import annotations

import json

import pytest

from onrecord.analysis.plover import MODES, STATUSES, TYPES
from onrecord.analysis.windows import MAX_WINDOW_PIECES
from training.corpora import SHARED
from training.news_events import LABELS, labelled

ROWS = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]


def is_span(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(type(v) is int for v in value)


def test_no_text_of_the_corpora_stands_in_the_labels() -> None:
    for row in ROWS:
        assert set(row) == {"id", "events", "unsure"}
        assert all(is_span(span) for span in row["unsure"])
        for event in row["events"]:
            assert set(event) == {"trigger", "type", "modes", "status", "actors", "recipients"}
            assert is_span(event["trigger"])
            assert all(is_span(span) for span in (*event["actors"], *event["recipients"]))


def test_types_modes_and_statuses_are_those_of_the_guide() -> None:
    for row in ROWS:
        for event in row["events"]:
            assert event["type"] in TYPES
            assert event["status"] in STATUSES
            assert set(event["modes"]) <= set(MODES[event["type"]])


@pytest.mark.skipif(not SHARED.exists(), reason="the corpora are not here: ../shared/data")
def test_spans_are_words_of_their_documents_and_the_parts_are_apart() -> None:
    parts = {part: list(labelled(part)) for part in ("train", "held")}
    for item in parts["train"] + parts["held"]:
        text = item.document.text
        for event in item.events:
            for start, end in (event.trigger, *event.actors, *event.recipients):
                assert text[start:end].strip() == text[start:end] != ""
    ids = {part: {item.document.id for item in items} for part, items in parts.items()}
    assert not ids["train"] & ids["held"]
    assert len(ids["train"]) + len(ids["held"]) == len(ROWS)


@pytest.mark.skipif(not SHARED.exists(), reason="the corpora are not here: ../shared/data")
def test_texts_that_are_learned_fit_a_window() -> None:
    pytest.importorskip("torch", reason="training needs PyTorch: make .venv/.train")
    from training.corpora import load_tokenizer
    from training.news_texts import news

    texts = news("train", load_tokenizer())

    assert max(len(text.pieces) for text in texts) <= MAX_WINDOW_PIECES
    assert sum(len(text.triggers) for text in texts) > 0.98 * sum(
        len(item.events) for item in labelled("train")
    )
