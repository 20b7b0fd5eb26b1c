"""Names -> actors: which names of a report mean the same one, and what the report tells of each."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.article import Span
from onrecord.resolution.names import (
    NameMention,
    first_name_gender,
    is_acronym,
    is_organisation_name,
    is_place_name,
)
from onrecord.resolution.words import (
    COMPANY_ENDINGS,
    FAMILY_FIRST,
    FEMALE_TITLES,
    MALE_TITLES,
    MASTHEADS,
    SAME_NAME,
    THING_WORDS,
)

# A full name is the report's main one if it stands so many times as often as its namesakes'.
_DOMINANCE = 2
# The same where another namesake stands in the paragraph.
_DOMINANCE_OUTSIDE = 3
# So much nearer, in characters, the last mention of one namesake must be for a bare name to mean it.
_FAR_CHARS = 1000
# A list of so many of one surname is a register: its bare name tells nothing.
_MAX_NAMESAKES = 12


@dataclass(slots=True, eq=False)
class Actor:
    """Someone whom the report names.

    Attributes:
        id: `a1`, `a2` ... in the order of first mention.
        name: the fullest name that the report prints, or the commonest of several full ones.
        type: `person` or `organisation`, None where the report does not tell.
        mentions: where the names stand.
        gender: `f` or `m` where a title, a first name or a pronoun tells.
        titles: the titles that it bears before its name.
        is_place: a country, state or city, which may act but is no *he*.
        labels: how often the network took its name for a person's, a body's or a place's.
    """

    id: str
    name: str
    type: str | None
    aliases: list[str] = field(default_factory=list)
    mentions: list[Span] = field(default_factory=list)
    gender: str | None = None
    titles: set[str] = field(default_factory=set)
    is_place: bool = False
    labels: Counter[str] = field(default_factory=Counter)

    @property
    def is_body(self) -> bool:
        """Is it known to be an organisation?"""
        return self.type == "organisation"


class Placed:
    """Names in the order of the text, each with its actor."""

    def __init__(self, entries: list[tuple[Span, Actor]]) -> None:
        self.entries = entries
        self._starts = [span.start for span, _ in entries]

    def within(self, span: Span) -> list[tuple[Span, Actor]]:
        """The names that stand wholly in a span."""
        found = self.entries[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]
        return [(s, a) for s, a in found if s.end <= span.end]

    def last_before(self, at: int) -> tuple[Span, Actor] | None:
        """The last name that ends at or before an offset."""
        i = bisect_left(self._starts, at) - 1
        return self.entries[i] if i >= 0 and self.entries[i][0].end <= at else None


@dataclass(frozen=True, slots=True)
class Gathered:
    """The actors in the order of first mention, and their names in the order of the text."""

    actors: list[Actor]
    places: Placed


def gather(text: str, mentions: Sequence[NameMention], sources: Sequence[Span]) -> Gathered:
    """Group the names of a report into actors.

    Args:
        text: the report.
        mentions: its names, in its order.
        sources: the sources of its statements; what stands alone as one may be a person.
    """
    named = _with_full_names([(m, _canonical(m.name)) for m in mentions if m.label or not _is_thing(m.name)])
    forms = Counter(name for _, name in named)
    groups = _group(text, named, forms)
    actors: dict[str, Actor] = {}
    entries: list[tuple[Span, Actor]] = []
    by_surname = _last_full_by_form(groups)
    for mention, name in named:
        root = by_surname.choose(text, mention, name)
        if root is None:
            continue
        actor = actors.get(root)
        if actor is None:
            actor = actors[root] = Actor(f"a{len(actors) + 1}", groups.title_of(root), None)
            actor.is_place = is_place_name(actor.name)
        printed = mention.span.of(text)
        alias = name if printed.isupper() and not name.isupper() else " ".join(printed.split())
        if alias != actor.name and alias not in actor.aliases:
            actor.aliases.append(alias)
        actor.mentions.append(mention.span)
        actor.titles.update(mention.title)
        if mention.label:
            actor.labels[mention.label] += 1
        entries.append((mention.span, actor))
    for actor in actors.values():
        _tell_type_by_labels(actor)
    _tell_types(text, entries, sources)
    return Gathered(list(actors.values()), Placed(entries))


def _with_full_names(named: list[tuple[NameMention, str]]) -> list[tuple[NameMention, str]]:
    """A person's bare name that is a place's too goes by the last full name before it, else by the first behind, so
    that the place of the name is somebody else."""
    full: dict[str, str] = {}
    for mention, name in reversed(named):
        if mention.label == "PER" and len(words := _core(name)) > 1:
            full[words[-1]] = name
    found = []
    for mention, name in named:
        if mention.label == "PER" and len(words := _core(name)) > 1:
            full[words[-1]] = name
        is_bare = mention.label == "PER" and is_place_name(name)
        found.append((mention, full.get(name, name) if is_bare else name))
    return found


def _canonical(name: str) -> str:
    if name.isupper() and len(name) > 4 and is_place_name(name):  # a dateline's capitals
        return name.title()
    first, _, rest = name.partition(" ")
    if rest and first in ("U.N.", "UN"):
        return f"United Nations {rest}"
    return SAME_NAME.get(name, name)


def _is_thing(name: str) -> bool:
    """*Clean Air Act*, *Election Day*: a name, but nobody's."""
    words = name.lower().split()
    if is_place_name(name):
        return False
    return words[-1] in THING_WORDS and not (words[-1] == "bill" and len(words) == 1)


class _Groups:
    """Forms of names joined into groups; a group goes by one of its forms."""

    def __init__(self, forms: Counter[str]) -> None:
        self.forms = forms
        # A short form that fits several groups, and those.
        self.several: dict[str, list[str]] = {}
        self._parent = {form: form for form in forms}
        self._by_root: dict[str, list[str]] | None = None

    def root(self, form: str) -> str:
        while self._parent[form] != form:
            self._parent[form] = self._parent[self._parent[form]]
            form = self._parent[form]
        return form

    def join(self, short: str, full: str) -> None:
        """Let one form, with all that have joined it, go by another."""
        a, b = self.root(short), self.root(full)
        if a != b:
            self._parent[a] = b

    def title_of(self, root: str) -> str:
        """The name of a group: its commonest full form, the longer of two that are alike."""
        members = self.members(root)
        if is_organisation_name(root) or is_place_name(root):
            return root
        full = [m for m in members if 2 <= len(m.split()) <= 4] or members
        # *Hold Ana Orpel*: what begins with a first name is a name for sure.
        known = [m for m in full if first_name_gender(m)] or full
        best = max(known, key=lambda m: (self.forms[m], len(m)))
        return best if self.forms[best] > 1 else max(known, key=lambda m: (m == root, self.forms[m], len(m)))

    def members(self, root: str) -> list[str]:
        """All forms of a group; the groups must be complete by now."""
        if self._by_root is None:
            self._by_root = defaultdict(list)
            for form in self.forms:
                self._by_root[self.root(form)].append(form)
        return self._by_root[root]

    def full_count(self, root: str) -> int:
        """How often a group's names of several words stand in the report."""
        return sum(self.forms[m] for m in self.members(root) if len(m.split()) > 1)


class _Surnames:
    """Which of several namesakes a bare name means, from where it stands."""

    def __init__(self, groups: _Groups, several: dict[str, list[str]]) -> None:
        self._groups = groups
        self._several = several
        self._last_at: dict[str, int] = {}

    def choose(self, text: str, mention: NameMention, name: str) -> str | None:
        """The group of a mention; None where two would do."""
        if name not in self._several:
            root = self._groups.root(name)
            if len(name.split()) > 1:
                self._last_at[root] = mention.span.end
            return root
        chosen = self._among(text, mention, name)
        if chosen:
            self._last_at[chosen] = mention.span.end
        return chosen

    def _among(self, text: str, mention: NameMention, name: str) -> str | None:
        roots = self._several[name]
        if not roots:
            return None
        gender = _title_gender(mention.title)
        if gender:
            told = {r: first_name_gender(self._groups.title_of(r)) for r in roots}
            # *Mr. Orpel* is the one known for a man before one of whom nothing is known.
            roots = [r for r in roots if told[r] == gender] or [r for r in roots if told[r] is None] or roots
        if len(roots) == 1:
            return roots[0]
        counts = {r: self._groups.full_count(r) for r in roots}
        first, second = sorted(roots, key=lambda r: -counts[r])[:2]
        paragraph = text.rfind("\n", 0, mention.span.start)
        here = [r for r in roots if self._last_at.get(r, -1) > paragraph]
        if len(here) == 1 and counts[first] < _DOMINANCE_OUTSIDE * counts[here[0]]:
            return here[0]
        if counts[first] >= _DOMINANCE * counts[second]:
            return first
        seen = sorted((r for r in roots if r in self._last_at), key=lambda r: -self._last_at[r])
        if not seen:
            # A headline's surname is whom the report goes on to name first.
            ahead = [(at, r) for r in roots if (at := self._first_at(text, r, mention.span.end)) >= 0]
            return min(ahead)[1] if ahead else None
        far = len(seen) == 1 or self._last_at[seen[0]] - self._last_at[seen[1]] > _FAR_CHARS
        return seen[0] if far else None

    def _first_at(self, text: str, root: str, start: int) -> int:
        full = [m for m in self._groups.members(root) if len(m.split()) > 1]
        found = [at for m in full if (at := text.find(m, start)) >= 0]
        return min(found, default=-1)


def _group(text: str, named: list[tuple[NameMention, str]], forms: Counter[str]) -> _Groups:
    groups = _Groups(forms)
    by_ends: dict[tuple[str, str], list[str]] = defaultdict(list)
    by_first: dict[str, list[str]] = defaultdict(list)
    by_family: dict[str, list[str]] = defaultdict(list)
    suffixes: dict[str, list[str]] = defaultdict(list)
    initials: dict[str, list[str]] = defaultdict(list)
    for form in forms:
        words = _core(form)
        body = is_organisation_name(form)
        for k in range(1, len(words)):
            # One word of a body's or a place's name is not short for it.
            if k > 1 or not (body or is_place_name(form)):
                suffixes[" ".join(words[-k:])].append(form)
        if len(words) > 1:
            if body:
                letters = "".join(w[0] for w in words if w[0].isupper())
                if len(letters) > 2:
                    initials[letters].append(form)
                if all(w.lower().rstrip(".") in COMPANY_ENDINGS for w in words[1:]):
                    suffixes[words[0]].append(form)
                if words[-1].lower() in MASTHEADS:
                    suffixes[words[-1]].append(form)
            elif not is_place_name(form):
                by_ends[words[0], words[-1]].append(form)
                if first_name_gender(form):
                    by_first[words[0]].append(form)
                elif words[0].lower() in FAMILY_FIRST:
                    by_family[words[0]].append(form)
    _join_middle_names(groups, by_ends)
    genders: dict[str, str | None] = {}
    for mention, name in named:
        told = _title_gender(mention.title)
        if told:
            # Both *Mr.* and *Mrs.* go by it: then the title of each mention decides.
            genders[name] = told if genders.get(name, told) == told else None
    for form in sorted(forms, key=lambda f: (-len(f.split()), f)):
        if is_place_name(form) or is_acronym(form):
            fits = initials.get(form.replace(".", ""), [])
        else:
            fits = [f for f in suffixes.get(" ".join(_core(form)), []) if f != form]
            if not fits and len(form.split()) == 1:
                fits = [f for f in by_first.get(form, []) or by_family.get(form, []) if f != form]
        # *Mr. Orpel* is not *Ana Orpel*.
        titled = genders.get(form)
        fits = [f for f in fits if titled is None or first_name_gender(f) in (titled, None)]
        roots = list(dict.fromkeys(groups.root(f) for f in fits))
        # *Orpel* for *Crooked Orpel* and *Ana Orpel*: the fuller name of one is no namesake.
        if len(roots) == 1 and roots[0] != groups.root(form):
            groups.join(form, roots[0])
        elif len(roots) > 1:
            groups.several[form] = roots if len(roots) <= _MAX_NAMESAKES else []
    _join_acronyms(text, named, groups)
    return groups


def _core(form: str) -> list[str]:
    """The words of a name without *Jr.*."""
    words = form.split()
    return words[:-1] if len(words) > 2 and words[-1].rstrip(".") in ("Jr", "Sr", "II", "III") else words


def _join_middle_names(groups: _Groups, by_ends: dict[tuple[str, str], list[str]]) -> None:
    """*Mary J. Orpel* is *Mary Orpel*; two middle names that differ are two persons."""
    for forms in by_ends.values():
        middles = {tuple(_core(f)[1:-1]) for f in forms}
        spoken = {m for m in middles if m}
        if len(forms) > 1 and len({m[0][0] for m in spoken}) <= 1:
            full = max(forms, key=len)
            for form in forms:
                groups.join(form, full)


def _join_acronyms(text: str, named: list[tuple[NameMention, str]], groups: _Groups) -> None:
    """*Orpel Security Treaty Organization (OSTO)*: the acronym names the same actor."""
    for mention, name in named:
        follows = re.match(r"\s?\(([A-Z][A-Za-z&]{1,9})\)", text[mention.span.end : mention.span.end + 14])
        if follows and follows[1] in groups.forms and follows[1] != name:
            letters = "".join(w[0] for w in name.split() if w[0].isupper())
            if letters[0] == follows[1][0]:
                groups.join(follows[1], name)


def _last_full_by_form(groups: _Groups) -> _Surnames:
    several = {
        form: list(dict.fromkeys(groups.root(r) for r in roots)) for form, roots in groups.several.items()
    }
    return _Surnames(groups, several)


def _title_gender(title: Sequence[str]) -> str | None:
    if set(title) & FEMALE_TITLES:
        return "f"
    return "m" if set(title) & MALE_TITLES else None


def _tell_type_by_labels(actor: Actor) -> None:
    """What most of its names were taken for; a title is a person's whatever the network says."""
    if not actor.labels:
        return
    label = max(actor.labels, key=lambda name: (actor.labels[name], name))
    if actor.titles and not is_acronym(actor.name):
        label = "PER"
    actor.is_place = label in ("LOC", "FAC")
    actor.type = {"PER": "person", "ORG": "organisation"}.get(label)


def _tell_types(text: str, entries: list[tuple[Span, Actor]], sources: Sequence[Span]) -> None:
    """Say of each actor whether it is a person or a body, where the report tells."""
    alone = {s.start for s in sources}
    for span, actor in entries:
        if actor.type is None and not actor.labels:
            actor.type = _type_by_name(actor)
        after = text[span.end : span.end + 8]
        aside = re.search(
            r"\b(?:in|on|at|of|from|for|near|the)\s$", text[max(0, span.start - 8) : span.start]
        )
        if (
            actor.type is None
            and not actor.is_place
            and not aside
            and re.match(r", \d{2},| \(\d{2}\)|, who\b", after)
        ):
            actor.type = "person"
    for span, actor in entries:
        if actor.type is None and span.start in alone and not actor.is_place:
            words = actor.name.split()
            the = text[max(0, span.start - 4) : span.start].lower() == "the "
            short = any(len(a.split()) == 1 and a == words[-1] for a in actor.aliases)
            if 2 <= len(words) <= 4 and short and not the:
                actor.type = "person"
            elif len(words) == 1 and (gender := first_name_gender(actor.name)) and not the:
                actor.type, actor.gender = "person", gender
    for _, actor in entries:
        if actor.gender is None and actor.type == "person":
            actor.gender = _title_gender(tuple(actor.titles))
            if actor.gender is None and len(actor.name.split()) > 1:
                actor.gender = first_name_gender(actor.name)


def _type_by_name(actor: Actor) -> str | None:
    if actor.is_place:
        return None
    if actor.titles and not is_acronym(actor.name):
        return "person"
    if is_organisation_name(actor.name):
        return "organisation"
    words = actor.name.split()
    if any(w.lower() in THING_WORDS for w in words):
        return None
    if 2 <= len(words) <= 4 and first_name_gender(actor.name):
        return "person"
    return None
