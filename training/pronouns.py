"""Texts in which pronouns stand for repeated names, to learn from which earlier name a pronoun means.

Who is named twice in a text is called *he* or *she* the second time: the earlier names of that person are what the
pronoun means, those of other persons are what it does not mean (Kocijan et al. 2019, *WikiCREM*, who mask the
name). The texts are passages of two to five sentences, as those of GAP, and whole reports. The same seed makes
the same texts. `python -m training.pronouns` shows some.
"""

from __future__ import annotations

import argparse
import random
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from onrecord.analysis.mention_features import Said
from onrecord.article import Span
from training.persons import Gender, People, find_people, learn_genders, read_name
from training.pronoun_forms import Place, find_place
from training.pronoun_sources import Report, reports

PASSAGE_SENTENCES, PASSAGE_WORDS = (2, 5), (40, 120)
# Words of a whole report that are taken.
_REPORT_WORDS = 600
# A name gives way if the last one of the same person is so near.
_SENTENCES_BACK, _OTHERS_BETWEEN = 2, 3
# Passages in which each name may give way in a pass through a report; passes; and shares: of passages without a rival
# that are kept, of those in which one name gives way, of those in which whole names take the place of family names, of
# those that become one paragraph.
_USES = 2
_PASSES = 3
_KEPT_WITHOUT_RIVAL, _ONE_ALONE, _NAMED_WHOLE, _ONE_PARAGRAPH = 0.15, 0.6, 0.4, 0.7
# Share of the names of a whole report that give way.
_OF_REPORT = 0.4
# Reporters repeat a name where somebody else stands between, and write *he* where nobody does. As often as this a
# passage takes names with nobody between, where it has them, and of passages without such this share is kept, lest
# the nearest name seem to be the wrong one.
_LAST_NAMED, _KEPT_FAR = 0.8, 0.5

_BREAK = re.compile(r"(?P<word>[\w.]*)[.!?][\"”’')]*\s+(?=[\"“‘'(]*[A-Z])|\n+")
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr gen sen rep reps sens gov lt col sgt st jr sr no vs prof rev hon".split()
)
_ENDS_PROSE = re.compile(r"[.!?][\"”’')]*\s*$")
_GENDERED = re.compile(
    r"\b(?:he|his|him|himself|she|her|hers|herself|mr|mrs|ms|miss|sir|lord|lady|king|queen|prince|princess|m[ae]n|wom[ae]n|boys?"
    r"|girls?|fathers?|mothers?|sons?|daughters?|husband|wife|widow|brothers?|sisters?|\w+(?:wom[ae]n|m[ae]n))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Replaced:
    """A pronoun that was put in; numbers are those of mentions.

    Attributes:
        right: all earlier mentions of the same person.
        wrong: earlier mentions of persons who are certainly others.
        is_hard: does somebody of the same or of unknown gender stand nearer than the last right one, or in its sentence?
    """

    mention: int
    right: tuple[int, ...]
    wrong: tuple[int, ...]
    is_hard: bool


@dataclass(frozen=True)
class PronounText:
    """A text with pronouns put in.

    Attributes:
        mentions: names of persons, the pronouns put in, and what else the model took for a mention in the report:
            the last are there only to be counted, nothing is known of them. By their starts, the longer first.
        said: who speaks where.
    """

    id: str
    text: str
    mentions: tuple[Span, ...]
    replaced: tuple[Replaced, ...]
    said: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Edit:
    """Characters that give way to others."""

    start: int
    end: int
    by: str


@dataclass(frozen=True)
class _Named:
    """A name: its number in the report, whose it is, and how a pronoun could stand for it."""

    span: Span
    person: int
    place: Place | None
    sentence: int


@dataclass(frozen=True)
class _Read:
    """A report as passages are cut from it; `names` that are part of something else (*Li supporters*) are left out."""

    report: Report
    people: People
    sentences: tuple[Span, ...]
    names: tuple[_Named, ...]
    whole: dict[int, str] = field(default_factory=dict)

    @cached_property
    def rivals(self) -> dict[tuple[int, int], bool]:
        """For each two persons that are certainly two: could one pronoun mean either?"""
        g = self.people.genders
        count = range(len(g))
        return {
            (a, b): not (g[a] and g[b] and g[a] != g[b])
            for a in count
            for b in count
            if not self.people.may_be_one(a, b)
        }


def pronoun_texts(seed: int = 1, sources: Sequence[Report] | None = None) -> list[PronounText]:
    """All texts, from both corpora, or from the reports given."""
    taken = reports() if sources is None else sources
    genders = learn_genders((r.text, r.persons) for r in taken)
    found: list[PronounText] = []
    for report in taken:
        rng = random.Random(zlib.crc32(f"{seed}:{report.id}".encode()))
        read = _read(report, genders)
        made = [t for _ in range(_PASSES) for t in (*_passages(read, rng), *_whole_report(read, rng))]
        found += {t.text: t for t in made}.values()
    return found


def _read(report: Report, genders: dict[str, Gender]) -> _Read:
    people = find_people(report.text, report.persons, genders)
    sentences = tuple(sentences_of(report.text))
    names = []
    for span, person in zip(report.persons, people.of, strict=True):
        if _is_part(report.text, span):
            continue
        place = find_place(report.text, span) if person >= 0 else None
        sentence = next((n for n, s in enumerate(sentences) if s.holds(span)), -1)
        names.append(_Named(span, person, place, sentence))
    whole: dict[int, str] = {}
    for name in names:
        words = name.span.of(report.text)
        if name.person >= 0 and len(read_name(words).words) > 1 and not read_name(words).son:
            whole.setdefault(name.person, words)
    return _Read(report, people, sentences, tuple(names), whole)


def sentences_of(text: str) -> Iterator[Span]:
    r"""The sentences of paragraphs of prose; headings, lists and lines that break off are left out.

    >>> text = "Votes\n\nThe council met Mr. Li at noon. He left.\n"
    >>> [s.of(text) for s in sentences_of(text)]
    ['The council met Mr. Li at noon.', 'He left.']
    """
    for line in re.finditer(r"[^\n]+", text):
        if len(line[0].split()) < 6 or not _ENDS_PROSE.search(line[0]):
            continue
        start = line.start()
        for end in _BREAK.finditer(text, line.start(), line.end()):
            word = (end["word"] or "").lower()
            if word.rstrip(".") in _ABBREVIATIONS or re.fullmatch(r"(?:[a-z]\.)*[a-z]", word):
                continue
            yield Span(start, end.start() + len(end[0].rstrip()))
            start = end.end()
        if start < line.end():
            yield Span(start, start + len(text[start : line.end()].rstrip()))


def _is_part(text: str, name: Span) -> bool:
    """*the Li government*, *pro-Li*, *Li-led*: a name that does not stand for the person."""
    before, after = text[max(0, name.start - 8) : name.start], text[name.end : name.end + 20]
    if before[-1:].isalnum() or after[:1].isalnum() or before.endswith("-") or after.startswith("-"):
        return True
    return bool(re.search(r"\b(?:the|a|an)\s$", before, re.IGNORECASE)) and bool(re.match(r"\s[a-z]", after))


def _passages(read: _Read, rng: random.Random) -> Iterator[PronounText]:
    """Passages of a few sentences, which overlap; each name gives way in two of them at most."""
    uses: Counter[int] = Counter()
    first = 0
    while first < len(read.sentences):
        last = _last_sentence(read, first, rng)
        found = None
        if last is not None:
            inside = [n for n, name in enumerate(read.names) if first <= name.sentence <= last]
            open_ = [n for n in inside if uses[n] < _USES]
            chosen = _choose(read, inside, open_, rng)
            if chosen:
                id = f"{read.report.id}:{read.sentences[first].start}"
                region = Span(read.sentences[first].start, read.sentences[last].end)
                found = _make(read, id, region, inside, chosen, rng, is_passage=True)
        if found:
            uses.update(chosen)
            yield found
            first += rng.randint(1, 2)
        else:
            first += 1


def _last_sentence(read: _Read, first: int, rng: random.Random) -> int | None:
    """The last sentence of a passage that begins with a given one; None if there is no passage of a fitting length."""
    wanted = rng.randint(*PASSAGE_SENTENCES)
    fewest, most = PASSAGE_WORDS
    words, best = 0, None
    for last in range(first, min(first + PASSAGE_SENTENCES[1], len(read.sentences))):
        if (
            last > first
            and read.report.text[read.sentences[last - 1].end : read.sentences[last].start].strip()
        ):
            break  # something that is no prose stands between
        words += len(read.sentences[last].of(read.report.text).split())
        if words > most:
            break
        if last > first and words >= fewest:
            best = last
            if last - first + 1 >= wanted:
                break
    return best


def _choose(read: _Read, inside: Sequence[int], open_: Sequence[int], rng: random.Random) -> list[int]:
    """The names of a passage that give way."""
    able = {n: r for n in open_ if (r := _rivalry(read, inside, n)) is not None}
    with_rival = [n for n, r in able.items() if r]
    if not able or (not with_rival and rng.random() > _KEPT_WITHOUT_RIVAL):
        return []
    last_named = [n for n in with_rival if _is_last_named(read, inside, n)]
    others = [n for n in with_rival if n not in last_named]
    if with_rival and not last_named and rng.random() > _KEPT_FAR:
        return []
    pool = last_named or others if rng.random() < _LAST_NAMED else others or last_named
    pool = pool or list(able)
    if rng.random() < _ONE_ALONE:
        return [rng.choice(pool)]
    return _one_a_sentence(read, [n for n in pool if rng.random() < 0.7]) or [rng.choice(pool)]


def _is_last_named(read: _Read, inside: Sequence[int], number: int) -> bool:
    """Does nobody else's name stand between a name and the one before it of the same person?"""
    before = [read.names[n].person for n in inside if n < number and read.names[n].person >= 0]
    return bool(before) and before[-1] == read.names[number].person


def _one_a_sentence(read: _Read, numbers: Sequence[int]) -> list[int]:
    """Names in order; in each sentence of one person alone: *his daughter and his son* would tell nobody apart."""
    first: dict[int, int] = {}
    for n in sorted(numbers):
        first.setdefault(read.names[n].sentence, read.names[n].person)
    return [n for n in sorted(numbers) if first[read.names[n].sentence] == read.names[n].person]


def _rivalry(read: _Read, inside: Sequence[int], number: int) -> int | None:
    """2: a rival stands nearer than the last mention of the person, or in its sentence; 1: one is named before; 0: none.

    None if the name cannot give way here.
    """
    name = read.names[number]
    if name.place is None or name.sentence < 0:
        return None
    before = [read.names[n] for n in inside if n < number]
    same = [n for n in before if n.person == name.person]
    if not same:
        return None
    last = same[-1]
    between = {n.person for n in before if n.span.start > last.span.start and n.person != name.person}
    if name.sentence - last.sentence > _SENTENCES_BACK or len(between) > _OTHERS_BETWEEN:
        return None
    if name.place.case == "object" and last.sentence == name.sentence:
        return None  # might be *himself*
    rivals = [n for n in before if read.rivals.get((name.person, n.person), False)]
    if any(n.span.start > last.span.start or n.sentence == last.sentence for n in rivals):
        return 2
    return 1 if rivals else 0


def _whole_report(read: _Read, rng: random.Random) -> Iterator[PronounText]:
    """The report as it stands, up to some length, if at least three names give way."""
    words = 0
    last = -1
    for number, sentence in enumerate(read.sentences):
        words += len(sentence.of(read.report.text).split())
        if words > _REPORT_WORDS:
            break
        last = number
    if last < 0:
        return
    region = Span(0, read.sentences[last].end)
    inside = [n for n, name in enumerate(read.names) if name.span.end <= region.end]
    able = {n: _rivalry(read, inside, n) for n in inside}
    chosen = _one_a_sentence(read, [n for n, r in able.items() if r and rng.random() < _OF_REPORT])
    if len(chosen) >= 3 and (
        found := _make(read, read.report.id, region, inside, chosen, rng, is_passage=False)
    ):
        yield found


def _make(
    read: _Read,
    id: str,
    region: Span,
    inside: Sequence[int],
    chosen: Sequence[int],
    rng: random.Random,
    *,
    is_passage: bool,
) -> PronounText | None:
    """Put the pronouns in; None where a gender is not known and the text tells something of genders."""
    text = read.report.text
    edits: list[Edit] = []
    genders = _genders(read, region, inside, rng)
    for number in chosen:
        name = read.names[number]
        gender = genders.get(name.person)
        assert name.place
        if gender:
            edits.append(Edit(name.place.start, name.place.end, name.place.pronoun(gender)))
    kept = [n for n in chosen if read.names[n].person in genders]
    if not kept:
        return None
    if is_passage:
        if not _is_neutral(read, region, inside) and rng.random() < _NAMED_WHOLE:
            edits += _whole_names(read, inside, kept)
        if rng.random() < _ONE_PARAGRAPH:
            edits += [
                Edit(m.start(), m.end(), " ")
                for m in re.compile(r"\s*\n\s*").finditer(text, region.start, region.end)
            ]
    return _edited(read, id, region, inside, kept, edits)


def _is_neutral(read: _Read, region: Span, inside: Sequence[int]) -> bool:
    """Does nothing in a passage tell a gender: no pronoun, no word for a man or a woman, no first name?"""
    return not _GENDERED.search(region.of(read.report.text)) and all(
        len(read_name(read.names[n].span.of(read.report.text)).words) < 2 for n in inside
    )


def _genders(read: _Read, region: Span, inside: Sequence[int], rng: random.Random) -> dict[int, Gender]:
    """The gender of each person in a passage. Where nothing tells, chance does, for reports tell of more men."""
    persons = sorted({read.names[n].person for n in inside} - {-1})
    known = {p: g for p in persons if (g := read.people.genders[p])}
    if _is_neutral(read, region, inside) and len(set(known.values())) < 2:
        gender: Gender = rng.choice(("he", "she"))
        return dict.fromkeys(persons, gender)
    return known


def _whole_names(read: _Read, inside: Sequence[int], chosen: Sequence[int]) -> Iterator[Edit]:
    """Each person's first name in a passage becomes the whole one, as if the report began there."""
    seen: set[int] = set()
    for number in inside:
        name = read.names[number]
        if name.person in seen or number in chosen:
            continue
        seen.add(name.person)
        words = name.span.of(read.report.text)
        has_title = re.search(
            r"\b(?:Mr|Mrs|Ms|Miss)\.?\s+$", read.report.text[max(0, name.span.start - 8) : name.span.start]
        )
        if len(read_name(words).words) == 1 and name.person in read.whole and not has_title:
            yield Edit(name.span.start, name.span.end, read.whole[name.person])


def _edited(
    read: _Read, id: str, region: Span, inside: Sequence[int], chosen: Sequence[int], edits: Sequence[Edit]
) -> PronounText | None:
    """The text after the edits, with everything at its new place."""
    text, moved = apply_edits(read.report.text, region, edits)
    spans: dict[Span, int] = {}
    for number in inside:
        place = read.names[number].place
        old = Span(place.start, place.end) if number in chosen and place else read.names[number].span
        if new := moved.span(old):
            spans[new] = number
    known = list(spans)
    for other in read.report.mentions:
        new = moved.span(other)
        if new and not any(_cross_or_are_one(new, k) for k in known):
            spans.setdefault(new, -1)
    mentions = sorted(spans, key=lambda s: (s.start, -s.end))
    row = {spans[s]: r for r, s in enumerate(mentions) if spans[s] >= 0}
    replaced = []
    for number in chosen:
        name = read.names[number]
        before = [n for n in inside if n in row and row[n] < row[number]]
        right = [n for n in before if read.names[n].person == name.person]
        wrong = [n for n in before if (name.person, read.names[n].person) in read.rivals]
        if right:
            replaced.append(
                Replaced(
                    row[number],
                    tuple(row[n] for n in right),
                    tuple(row[n] for n in wrong),
                    _rivalry(read, inside, number) == 2,
                )
            )
    if not replaced:
        return None
    said = tuple(
        Said(content, moved.span(s.source) if s.source else None)
        for s in read.report.said
        if (content := tuple(c for part in s.content if (c := moved.clipped(part))))
    )
    return PronounText(id, text, tuple(mentions), tuple(replaced), said)


def _cross_or_are_one(a: Span, b: Span) -> bool:
    return a == b or (a.start < b.end and b.start < a.end and not a.holds(b) and not b.holds(a))


@dataclass(frozen=True)
class Moved:
    """Where the characters of a region are after edits."""

    region: Span
    edits: tuple[Edit, ...]

    def at(self, place: int, *, is_end: bool) -> int:
        """The new place of a border; within characters that gave way, that of the edit's nearer border."""
        shift = -self.region.start
        for edit in self.edits:
            if place >= edit.end:
                shift += len(edit.by) - (edit.end - edit.start)
            elif place > edit.start:
                return edit.start + shift + (len(edit.by) if is_end else 0)
        return place + shift

    def span(self, old: Span) -> Span | None:
        """The new place of a span; None if it is not in the region, or inside what gave way."""
        if not self.region.holds(old):
            return None
        if any(
            e.start <= old.start and old.end <= e.end and (e.start, e.end) != (old.start, old.end)
            for e in self.edits
        ):
            return None
        return Span(self.at(old.start, is_end=False), self.at(old.end, is_end=True))

    def clipped(self, old: Span) -> Span | None:
        """The part of a span that is in the region."""
        start, end = max(old.start, self.region.start), min(old.end, self.region.end)
        return self.span(Span(start, end)) if start < end else None


def apply_edits(text: str, region: Span, edits: Sequence[Edit]) -> tuple[str, Moved]:
    """A region of a text with edits that do not overlap.

    >>> new, moved = apply_edits("So. Li spoke. Li left.", Span(4, 22), [Edit(14, 16, "She")])
    >>> new, moved.span(Span(14, 16)), moved.span(Span(17, 21)).of(new)
    ('Li spoke. She left.', Span(start=10, end=13), 'left')
    """
    ordered = tuple(sorted(edits, key=lambda e: e.start))
    parts, at = [], region.start
    for edit in ordered:
        parts += [text[at : edit.start], edit.by]
        at = edit.end
    return "".join([*parts, text[at : region.end]]), Moved(region, ordered)


def main() -> None:
    """Show texts, each pronoun with what it means."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    texts = pronoun_texts(args.seed)
    made = [r for t in texts for r in t.replaced]
    print(f"{len(texts)} texts, {len(made)} pronouns, {sum(r.is_hard for r in made)} with a rival as near")
    forms = Counter(t.mentions[r.mention].of(t.text).lower() for t in texts for r in t.replaced)
    print(dict(forms))
    for t in random.Random(args.seed).sample(texts, min(args.show, len(texts))):
        marked = t.text
        for r in reversed(t.replaced):
            span = t.mentions[r.mention]
            meant = " = ".join(t.mentions[m].of(t.text) for m in r.right)
            others = {t.mentions[m].of(t.text) for m in r.wrong}
            marked = f"{marked[: span.end]} [{meant} / {', '.join(sorted(others))}]{marked[span.end :]}"
        print("\n" + t.id, marked[:1500], sep="\n")


if __name__ == "__main__":
    main()
