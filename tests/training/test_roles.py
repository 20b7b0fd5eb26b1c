"""The classifier of lines: lists that are made up in reports to train it, and what is measured."""

from __future__ import annotations

import random

import numpy as np
import pytest

from onrecord.reading.blocks import Block
from onrecord.reading.line_features import line_features
from onrecord.reading.roles import ROLES

torch = pytest.importorskip("torch")

from training.roles import Page, measure_cut, with_list  # noqa: E402 - needs torch

SENTENCE = "The council of the town counted the votes on Sunday night, the mayor said."


def make_page(texts: list[str], taken: list[bool]) -> Page:
    lines = [Block(text, "p", 0.0, frozenset({"article"}), ("story", "body")) for text in texts]
    count = len(lines)
    return Page(
        "frame/https://echo.example/votes",
        "echo.example",
        lines,
        taken,
        line_features(lines, taken),
        torch.full((count,), ROLES.index("menu")),
        torch.zeros(count, dtype=torch.long),
        torch.ones(count, dtype=torch.bool),
    )


REPORT = make_page(
    ["Home", *(f"{SENTENCE} {n}" for n in range(4)), "Contact"], [False, True, True, True, True, False]
)
MENU = make_page([f"Town {n}" for n in range(20)], [False] * 20)


@pytest.mark.parametrize("seed", range(20))
def test_a_made_up_list_is_text_within_the_report(seed: int):
    page = with_list(REPORT, MENU, random.Random(seed))

    assert page is not None
    added = [at for at, line in enumerate(page.lines) if line not in REPORT.lines]
    assert added == list(range(added[0], added[-1] + 1))
    assert added[0] >= 2
    assert added[-1] < len(page.lines) - 2
    assert {ROLES[role] for role in page.roles[added]} == {"text"}
    assert not page.scored[added].any()
    assert [line for at, line in enumerate(page.lines) if at not in added] == REPORT.lines
    assert len(page.features.sizes) == len(page.lines) == len(page.taken) == len(page.is_text)


def test_no_list_is_made_of_long_lines_or_in_a_page_without_report():
    assert with_list(REPORT, make_page([SENTENCE + SENTENCE] * 20, [True] * 20), random.Random(1)) is None
    assert with_list(MENU, MENU, random.Random(1)) is None


def test_what_is_cut_is_measured_by_rules_and_networks_on_lines_with_words(
    capsys: pytest.CaptureFixture[str],
):
    page = make_page(["Sign up now", "Home", SENTENCE, "Weather", "***"], [True, False, True, True, True])
    page.roles[2] = ROLES.index("text")
    likely = np.zeros((5, len(ROLES)))
    likely[:, ROLES.index("menu")] = [0.1, 0.9, 0.1, 0.1, 0.1]

    measure_cut([page], [likely])

    first, second, *_ = capsys.readouterr().out.splitlines()
    assert first.endswith("from 0.75, of all lines: precision 1.000, recall 0.667, 3 of 4 lines")
    assert second.endswith("from 0.75, of given ones: precision 1.000, recall 0.500, 2 of 3 lines")
