"""Batches of windows: what goes into the network, and in which company."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.analysis.names import NAME_TAGS
from onrecord.analysis.network import (
    BATCH_PIECES,
    CLS,
    SEP,
    Encoded,
    WindowInput,
    batch_windows,
    encode_batch,
)
from onrecord.analysis.pieces import Tokenizer, cut_pieces
from onrecord.analysis.windows import MAX_WINDOW_PIECES, Window, cut_windows


def window_of(size: int, start: int = 0) -> WindowInput:
    return WindowInput(0, Window(start, start + size, start, start + size))


SIZES = st.lists(st.integers(1, MAX_WINDOW_PIECES), max_size=60)


@settings(max_examples=100, deadline=None)
@given(SIZES)
def test_every_window_is_in_one_batch(sizes: list[int]) -> None:
    inputs = [window_of(size, start) for start, size in enumerate(sizes)]

    batched = [w for batch in batch_windows(inputs) for w in batch]

    assert sorted(batched, key=lambda w: w.window.start) == inputs


@settings(max_examples=100, deadline=None)
@given(SIZES)
def test_no_batch_is_larger_than_the_bound(sizes: list[int]) -> None:
    for batch in batch_windows([window_of(size) for size in sizes]):
        longest = max(w.window.end - w.window.start for w in batch) + 2
        assert longest * len(batch) <= BATCH_PIECES


def test_windows_of_like_length_go_together() -> None:
    sizes = [250, 10] * (BATCH_PIECES // 252 + 1)

    batches = batch_windows([window_of(size) for size in sizes])

    assert len({w.window.end for w in batches[0]}) == 1


def test_no_windows_give_no_batches() -> None:
    assert batch_windows([]) == []


class Recorder:
    """A network that keeps what it is given."""

    def encode(self, ids, features):
        self.given = ids, features
        return Encoded(*(np.ones((len(ids), size), dtype=np.float32) for size in (2, 5, NAME_TAGS, 3, 3, 4)))

    def link(self, *given):
        raise AssertionError

    def label(self, *given):
        raise AssertionError


def test_encode_batch_runs_each_window_alone_and_pads_the_scores(tokenizer: Tokenizer) -> None:
    texts = [cut_pieces(t, tokenizer) for t in ("one two three", "four")]
    network = Recorder()
    inputs = [WindowInput(i, w) for i, p in enumerate(texts) for w in cut_windows(p)]

    batch = encode_batch(network, texts, inputs)

    assert network.given[0].tolist() == [CLS, *texts[1].ids.tolist(), SEP]
    assert [h.shape for h in batch.hidden] == [(5, 2), (3, 2)]
    assert batch.cue_scores[:, :, 0].tolist() == [[1, 1, 1, 1, 1], [1, 1, 1, 0, 0]]
    assert batch.name_scores.shape == (2, 5, NAME_TAGS)


def test_encode_batch_gives_each_piece_its_features(tokenizer: Tokenizer) -> None:
    texts = [cut_pieces("Mills “CLOSE” now", tokenizer)]
    network = Recorder()

    encode_batch(network, texts, [WindowInput(0, w) for w in cut_windows(texts[0])])

    features = network.given[1][1:-1]
    assert features[:, 0].tolist() == texts[0].casing.tolist()
    assert features[:, 1].tolist() == texts[0].quotation.tolist()
    assert features[:, 2].tolist() == texts[0].position.tolist()


def test_a_batch_knows_the_line_of_each_piece(tokenizer: Tokenizer) -> None:
    texts = [cut_pieces("one two\n\nthree", tokenizer), cut_pieces("four", tokenizer)]
    inputs = [WindowInput(i, w) for i, p in enumerate(texts) for w in cut_windows(p)]

    lines = encode_batch(Recorder(), texts, inputs).line

    of_words = texts[0].line.tolist()
    assert lines.tolist() == [[-1, *of_words, -1], [-1, texts[1].line.tolist()[0], -1, -1, -1]]


def test_encode_batch_keeps_the_inputs_beside_their_rows(tokenizer: Tokenizer) -> None:
    texts = [cut_pieces(t, tokenizer) for t in ("one two", "three four")]
    inputs = [WindowInput(i, w) for i, p in enumerate(texts) for w in cut_windows(p)]

    assert encode_batch(Recorder(), texts, inputs).inputs == tuple(inputs)
