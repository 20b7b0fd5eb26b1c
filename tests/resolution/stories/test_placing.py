"""Reports placed one by one, and the stories that they make."""

import random
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.article import Article, Span
from onrecord.resolution.stories.comparing import Comparing
from onrecord.resolution.stories.copies import Original, Pair, Passage, Story
from onrecord.resolution.stories.fingerprint import Fingerprint, fingerprint, shingles
from onrecord.resolution.stories.links import BITS, link_of, size
from onrecord.resolution.stories.placing import Stories, stories_of

DAY = "2031-05-0"


def told_from(pairs: Iterable[Pair], articles: Iterable[tuple[str, str | None]]) -> list[Story]:
    return stories_of(map(link_of, pairs), articles)


def pair(
    one: str,
    other: str,
    *,
    of: str | None = None,
    score: float = 0.9,
    at: tuple[int, int] = (0, 3000),
    there: tuple[int, int] | None = None,
    likeness: float = 0.8,
) -> Pair:
    """`of`: which of them is the original; `at`, `there`: what they have in common of `one` and of `other`."""
    here, far = Span(*at), Span(*(there or at))
    if one > other:
        one, other, here, far = other, one, far, here
    original: Original = "unknown" if of is None else "first" if of == one else "second"
    return Pair(one, other, "edited", score, (Passage(here, far, likeness),), original)


def untimed(ids: str) -> list[tuple[str, str | None]]:
    return [(id, None) for id in ids]


def groups(stories: list[Story]) -> set[frozenset[str]]:
    return {frozenset(s.articles) for s in stories}


def steps(story: Story) -> dict[str, str]:
    return {c.article: c.of for c in story.copies}


def test_a_brief_hangs_on_the_original_though_a_sister_lacks_the_dateline_too() -> None:
    pairs = [
        pair("wire", "sister", of="wire"),
        pair("wire", "brief", of="wire", at=(0, 300), likeness=0.9),
        pair("sister", "brief", of="sister", at=(0, 300), likeness=0.98),
    ]
    (story,) = told_from(pairs, [("wire", None), ("sister", None), ("brief", None)])

    assert steps(story) == {"sister": "wire", "brief": "wire"}


def test_a_report_without_copies_is_a_story_of_its_own() -> None:
    (story,) = told_from([], [("a", None)])
    assert (story.articles, story.copies, story.origins) == (("a",), (), 1)


def test_copies_hang_on_their_originals() -> None:
    pairs = [
        pair("w", "e", of="w", likeness=0.9),
        pair("w", "s", of="w", likeness=0.5),
        pair("e", "s", of="e", likeness=0.7),
    ]
    (story,) = told_from(pairs, untimed("esw"))
    assert story.articles[0] == "w"
    assert steps(story) == {"e": "w", "s": "e"}
    assert story.origins == 1
    assert all(c.directed for c in story.copies)


def test_the_earlier_one_is_the_original_where_nothing_else_tells() -> None:
    (story,) = told_from([pair("a", "b")], [("a", f"{DAY}3T12:00:00+02:00"), ("b", f"{DAY}3T10:30:00+01:00")])
    assert steps(story) == {"a": "b"}
    assert story.copies[0].directed


def test_one_day_does_not_tell_which_came_first() -> None:
    (story,) = told_from([pair("a", "b")], [("a", f"{DAY}3"), ("b", f"{DAY}3T10:30:00")])
    assert not story.copies[0].directed
    assert story.origins == 1


def test_two_originals_of_one_copy_are_two_origins() -> None:
    # Both parts lie in the same place: not a report made of two, but one that has two sources.
    (story,) = told_from([pair("a", "c", of="a"), pair("b", "c", of="b")], untimed("abc"))
    assert story.origins == 2


def test_originals_in_a_ring_still_make_a_tree() -> None:
    pairs = [pair("a", "b", of="a"), pair("b", "c", of="b"), pair("a", "c", of="c")]
    (story,) = told_from(pairs, untimed("abc"))
    assert len(story.copies) == 2


def test_a_report_made_of_two_stories_does_not_join_them() -> None:
    first = [pair(a, b) for a, b in ("ab", "ac", "bc")]
    second = [pair(a, b) for a, b in ("xy", "xz", "yz")]
    merged = [pair("m", id, of=id, at=(0, 3000)) for id in "abc"]
    merged += [pair("m", id, of=id, at=(3200, 5000), there=(0, 1800)) for id in "xyz"]
    told = told_from(first + second + merged, untimed("abcmxyz"))
    assert groups(told) == {frozenset("abcm"), frozenset("xyz")}


def test_neither_does_it_with_copies_of_its_own_and_a_small_part() -> None:
    dense = [pair(a, b) for group in ("abc", "xyz", "mn") for a in group for b in group if a < b]
    merged = [pair(m, id, of=id, at=(0, 9000)) for m in "mn" for id in "abc"]
    merged += [pair(m, id, of=id, at=(9000, 10000), there=(0, 1000)) for m in "mn" for id in "xyz"]
    told = told_from([p for p in dense if {p.first, p.second} != {"m", "n"}] + merged, untimed("abcmnxyz"))
    assert groups(told) == {frozenset("abcmn"), frozenset("xyz")}
    whole = pair("m", "n", of="m", at=(0, 10000))
    assert groups(told_from([*dense, whole, *merged], untimed("abcmnxyz"))) == groups(told)


def test_where_the_whole_is_the_original_its_parts_stay() -> None:
    full = [pair("o", "p", of="o", at=(0, 5000))]
    first = [pair(a, b) for a, b in ("ab", "xy")]
    parts = [pair("o", id, of="o", at=(0, 3000)) for id in "ab"]
    parts += [pair("o", id, of="o", at=(3200, 5000), there=(0, 1800)) for id in "xy"]
    assert groups(told_from(full + first + parts, untimed("abopxy"))) == {frozenset("abopxy")}


def test_copies_that_were_cut_apart_stay_with_their_original() -> None:
    pairs = [
        pair("o", "a", of="o", at=(0, 3000)),
        pair("o", "b", of="o", at=(3200, 5000), there=(0, 1800)),
    ]
    assert groups(told_from(pairs, untimed("oab"))) == {frozenset("oab")}


def test_a_chance_likeness_does_not_join_two_groups() -> None:
    dense = [pair(a, b) for group in ("abcde", "vwxyz") for a in group for b in group if a < b]
    told = told_from([*dense, pair("a", "v", score=0.6)], untimed("abcdevwxyz"))
    assert groups(told) == {frozenset("abcde"), frozenset("vwxyz")}


def test_a_standing_paragraph_does_not_join_two_groups() -> None:
    dense = [pair(a, b) for group in ("abc", "xyz") for a in group for b in group if a < b]
    standing = [pair(a, x, at=(2700, 3000)) for a in "abc" for x in "xyz"]
    told = told_from(dense + standing, untimed("abcxyz"))
    assert groups(told) == {frozenset("abc"), frozenset("xyz")}


def test_a_branch_that_is_like_one_report_alone_stays() -> None:
    dense = [pair(a, b) for a in "abcde" for b in "abcde" if a < b]
    branch = [pair("s", "t"), pair("a", "s", of="a", likeness=0.3), pair("a", "t", of="a", likeness=0.3)]
    assert groups(told_from(dense + branch, untimed("abcdest"))) == {frozenset("abcdest")}


@given(st.integers(0, 40_000), st.integers(1, 40_000), st.integers(1, 40_000))
def test_passages_beside_each_other_cover_other_blocks(start: int, first: int, second: int) -> None:
    spans = Span(start, start + first), Span(start + first, start + first + second)
    links = [link_of(Pair("a", "b", "edited", 1.0, (Passage(s, s, 1.0),))) for s in spans]
    assert all(0 < link.covers_first < 1 << BITS for link in links)
    if min(first, second) >= 512 and start + first + second < 20_000:
        assert not links[0].covers_first & links[1].covers_first
        assert abs(64 * size(links[0].covers_first) - first) <= 512


some_pairs = st.lists(
    st.tuples(
        st.integers(0, 11),
        st.integers(0, 11),
        st.sampled_from([0.5, 0.75, 0.9, 1.0]),
        st.sampled_from(["first", "second", "unknown"]),
        st.integers(0, 12),
        st.integers(1, 12),
    ),
    max_size=30,
)


@settings(deadline=None)
@given(
    some_pairs,
    st.lists(st.sampled_from([None, "2031-05-01", "2031-05-02T03:00"]), min_size=12, max_size=12),
    st.randoms(),
)
def test_stories_do_not_depend_on_the_order_of_pairs(
    drawn: list[tuple[int, int, float, Original, int, int]], days: list[str | None], rng: random.Random
) -> None:
    pairs: dict[tuple[str, str], Pair] = {}
    for a, b, score, original, start, length in drawn:
        one, other = f"r{min(a, b):02}", f"r{max(a, b):02}"
        if a != b:
            passage = Passage(Span(160 * start, 160 * (start + length)), Span(0, 160 * length), score)
            pairs[one, other] = Pair(one, other, "edited", score, (passage,), original)
    times = [(f"r{n:02}", day) for n, day in enumerate(days)]
    told = told_from(pairs.values(), times)
    mixed = list(pairs.values())
    rng.shuffle(mixed)
    rng.shuffle(times)
    assert told_from(mixed, times) == told
    assert sorted(id for s in told for id in s.articles) == [f"r{n:02}" for n in range(12)]
    for story in told:
        assert len(story.copies) + story.origins == len(story.articles)


def overlap(a: Fingerprint, b: Fingerprint) -> Pair | None:
    """Copies share a fifth of their runs of three words."""
    first, second = (a, b) if a.id < b.id else (b, a)
    one, other = (np.unique(shingles(f.words, 3)) for f in (first, second))
    score = len(np.intersect1d(one, other)) / max(1, min(len(one), len(other)))
    if score < 0.2:
        return None
    passage = Passage(Span(*first.spans[0].tolist()), Span(*second.spans[0].tolist()), score)
    return Pair(first.id, second.id, "edited", score, (passage,))


SENTENCES = [
    f"{who} of {where} said that {number} {what} would be {done} before the {when}."
    for who, where, number, what, done, when in (
        ("Mayor Lena Brack", "Orrel", 312, "families", "housed", "winter"),
        ("Engineer Odo Menk", "Upper Callow", 17, "sluices", "mended", "thaw"),
        ("Bishop Tarn", "Vessara", 40, "bells", "recast", "feast of Saint Ama"),
        ("Colonel Yared Pell", "Fort Dunmere", 2200, "conscripts", "sent home", "harvest"),
        ("Judge Ilse Quarrow", "Tessen", 9, "smugglers", "tried", "spring session"),
        ("Minister Bel Okonjo", "the treasury", 650, "villages", "wired", "election"),
    )
]
reports = st.lists(
    st.lists(st.sampled_from(SENTENCES), max_size=4).map(" ".join), min_size=1, max_size=12
).map(
    lambda texts: [Article(f"r{n:02}", text, published=f"2031-05-{n + 1:02}") for n, text in enumerate(texts)]
)


@settings(deadline=None)
@given(reports, st.randoms())
def test_the_order_of_arrival_does_not_matter(articles: list[Article], rng: random.Random) -> None:
    one, other = Stories(Comparing(compare=overlap)), Stories(Comparing(compare=overlap))
    pairs = [p for a in articles for p in one.place(a)]
    mixed = articles.copy()
    rng.shuffle(mixed)
    others = [p for a in mixed for p in other.place(a)]
    assert sorted(pairs, key=lambda p: (p.first, p.second)) == sorted(
        others, key=lambda p: (p.first, p.second)
    )
    assert one.stories() == other.stories() == told_from(pairs, [(a.id, a.published) for a in articles])


@settings(deadline=None)
@given(reports)
def test_asking_in_between_changes_nothing(articles: list[Article]) -> None:
    asked, unasked = Stories(Comparing(compare=overlap)), Stories(Comparing(compare=overlap))
    for article in articles:
        asked.place(article)
        assert article.id in asked.story_of(article.id).articles
        asked.stories()
        unasked.place(fingerprint(article))
    assert asked.stories() == unasked.stories()
    assert len(asked) == len(articles)


def test_a_report_placed_twice_is_one() -> None:
    stories, article = Stories(Comparing(compare=overlap)), Article("a", SENTENCES[0])
    stories.place(Article("b", SENTENCES[0]))
    assert stories.place(article) == stories.place(article)
    assert len(stories) == 2
    with pytest.raises(ValueError, match="id a was placed"):
        stories.place(replace(article, text=SENTENCES[1]))


def test_a_report_never_placed_has_no_story() -> None:
    with pytest.raises(KeyError):
        Stories(Comparing(compare=overlap)).story_of("a")
