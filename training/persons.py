"""Person names of a text -> who bears which, and whether it is a man or a woman.

A name of one word (*Li*) is the one person whose full names have that word; where two have it, nobody's. Two full
names are one person's where one has all words of the other (*Ana Li*, *Ana María Li*).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import Literal

from onrecord.analysis.mention_features import TITLES
from onrecord.article import Span

Gender = Literal["he", "she"]

# What tells a man or a woman before a name.
TITLES_HE = frozenset(
    "mr sir lord king prince sheikh father congressman chairman spokesman pope imam".split()
)
TITLES_SHE = frozenset("mrs ms miss lady dame queen princess congresswoman chairwoman spokeswoman".split())
# First names that are borne by one gender nearly alone.
_HE = frozenset(
    """
    abdul abdullah abraham adam adel adrian ahmad ahmed alan albert alberto alejandro aleksandr alexander alexei alfred
    alfredo ali alvaro amir anatoly anders andreas andrei andrés andrew andrzej anthony antonio antónio anwar arthur arturo
    ashraf askar aung barack bashar ben benigno benjamin bernard bernie bill bob boris brad brendan brian bruce bruno carl
    carlos cesar charles chris christian christopher claudio colin craig cyril dan daniel david dennis diego dick dmitri
    dmitry dominic don donald doug douglas ed edgar eduardo edward edwin eli elias emmanuel emilio enrique eric erik ernesto
    evo fabio faisal fernando fidel francis francisco françois frank franz fred frederick fumio gary geert geoffrey george
    gerald gerardo gilberto giorgio giovanni giuseppe gordon graham greg gregory guido guillermo gustavo hamid hans harry
    hassan hector henry herbert hosni howard hugo hussein ian ibrahim igor ilham imran isaac ismail ivan jack jacob jacques
    jaime jair jake james jamal jan jared jason javier jean-claude jeff jeffrey jeremy jerry jesse jim jimmy joachim joe joel
    johan john johnny jonathan jong-un jorge josé jose joseph joshua josh juan jules julian julio justin kamal karl keith
    kenneth kevin khalid larry lars lawrence lee-hsien leo leonardo leonid lloyd louis luca luis luiz magnus
    mahinda mahmoud manuel marc marco marcos mario mark martin matt matteo matthew mauricio max michael michel miguel mike
    mikhail mohamed mohammad mohammed muammar muhammad mukhtar mustafa narendra nawaz neil nelson nicholas nick nicolas nicolás
    nigel nikita nikolai noah norman nursultan olaf oleg oliver omar oscar osama otto pablo paolo patrick paul pedro peter petro
    philip philippe phil pierre pietro qassem rafael raul raúl rajiv ralph ramón randy raymond recep ricardo richard rick
    robert roberto rodrigo roger roman ron ronald roy rudy rupert russell ryan salman salvador sam samuel scott sean
    sebastian sergei sergey sergio shavkat shinzo simon stefan stephen steve steven stuart tariq ted terry thomas tim timothy tom
    tomas tony umar uhuru vicente victor viktor vincent vladimir volodymyr walter warren wayne wilhelm william wolfgang xavier
    yoweri yuri yusuf zaki
    """.split()
)
_SHE = frozenset(
    """
    aisha alexandra alexandria alice alicia alison amanda amelia amy ana anastasia angela angelina anita ann anna
    anne annette annie antonia ayesha barbara beatriz benazir bettina betty beth bridget brigitte carla carly carmen carol
    caroline carolina catherine cecilia celia charlotte chelsea cheryl christina christine claire clara claudia concepción
    corazon cristina cynthia daniela debbie deborah delcy denise diana diane dilma dina dolores donna dora dorothy ekaterina
    elaine elena eleanor elisabeth elise eliza elizabeth ellen emily emma erika erna esther eva evelyn fatima federica fiona
    florence frances francesca gabriela gina giorgia gladys gloria grace greta gwen hannah harriet heather heidi helen helena
    hillary huma ilhan ingrid irene irina isabel isabella ivana ivanka jacinda jackie jane janet janice jeanne jennifer jessica
    jill joan joanna josephine joyce juana judith judy julia julie juliana kamala karen kate katherine kathleen kathryn kathy
    katie kathy kayleigh keiko kellyanne kirsten kirstjen kristen kristina kristalina laura lena leila leticia lidia lilian
    linda lisa loretta louise lucia lucy luisa lynn madeleine magdalena malala margaret margarita maria mariana marie marina
    marine marissa martha mary maureen melania melanie melissa meghan mercedes michelle mila miriam monica monique nadia nancy
    naomi natalia natalie natasha nicola nikki nina noor olga olivia oksana pamela patricia paula pauline penny petra
    phyllis priyanka rachel rebecca regina renata rigoberta roberta rosa rosalind rosie roza ruth sabrina sally samantha
    sandra sarah sara sharon sheikha sheila shirley silvia simone sofia sonia sophia sophie stacey stella stephanie
    susan susana suzanne svetlana sviatlana sylvia sylvie tamara tanya tatiana teresa theresa tina ursula valentina
    valerie vera veronica victoria viola violeta virginia wanda wendy yelena yulia yvonne zainab
    """.split()
)

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_BEFORE_NAME = re.compile(r"([^\W\d_]+)\.?\s+$")
_PARTICLES = frozenset(
    "al el bin ibn abu de da do dos del della der den di la le van von ter ten bint ben und y e".split()
)
_SONS = frozenset(("jr", "jnr", "sr", "snr", "ii", "iii", "iv"))
_PRONOUN = re.compile(r"\b(?:(he|his|him|himself)|(she|her|hers|herself))\b", re.IGNORECASE)
_SENTENCE_ENDS = re.compile(r"[.!?][”\"’']*\s+(?=[“\"‘']?[A-Z])|\n+")
# Words of two names that are so alike may be one, spelt in two ways.
_ALIKE = 0.8


@dataclass(frozen=True)
class Name:
    """The words of a name, lower case, without titles and without initials."""

    words: tuple[str, ...]
    son: str = ""

    @property
    def keys(self) -> frozenset[str]:
        """What the person may be called by alone; *al-Barr* is also *Barr*."""
        parts = {part for w in self.words for part in (w, *re.split("[-'’]", w))}
        return frozenset(p for p in parts if p not in _PARTICLES and len(p) > 1)


@dataclass(frozen=True)
class People:
    """Who the names of a text mean.

    Attributes:
        of: for each name, in the order given, the number of the person; -1 where it is not certain.
        names: for each person, the fullest name.
        genders: for each person, None where nothing tells.
    """

    of: tuple[int, ...]
    names: tuple[Name, ...]
    genders: tuple[Gender | None, ...]

    def may_be_one(self, a: int, b: int) -> bool:
        """Could two persons be one whom the text calls by two names (a kinsman, or another spelling)?"""
        if a == b:
            return True
        if self.genders[a] and self.genders[b] and self.genders[a] != self.genders[b]:
            return False
        return any(_are_alike(x, y) for x in self.names[a].keys for y in self.names[b].keys)


def read_name(name: str) -> Name:
    """The words of a name.

    >>> read_name("President Ana B. Li"), read_name("Omar al-Barr Jr.")
    (Name(words=('ana', 'li'), son=''), Name(words=('omar', 'al-barr'), son='jr'))
    """
    words = [re.sub(r"['’]s$", "", w.lower()) for w in _WORD.findall(name)]
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    son = next((w for w in words if w in _SONS), "")
    return Name(tuple(w for w in words if len(w) > 1 and w not in _SONS), son)


def find_people(text: str, spans: Sequence[Span], genders: dict[str, Gender] | None = None) -> People:
    """Tell who bears which name, and their gender as far as titles, first names and pronouns tell.

    Args:
        genders: of first names and whole names in small letters, beyond those that are known here.

    >>> text = "Ana Li met Tom Barr. Barr praised Mrs Li."
    >>> people = find_people(text, [Span(0, 6), Span(11, 19), Span(21, 25), Span(38, 40)])
    >>> people.of, people.genders
    ((0, 1, 1, 0), ('she', 'he'))
    """
    names = [read_name(span.of(text)) for span in spans]
    full = _merge(
        sorted({n for n in names if len(n.words) > 1}, key=lambda n: (-len(n.words), n.words, n.son))
    )
    by_key: dict[str, set[Name]] = defaultdict(set)
    for fullest in set(full.values()) - {None}:
        for other, one in full.items():
            if one == fullest:
                for key in other.keys:
                    by_key[key].add(fullest)
    fullest_of: list[Name | None] = []
    for name in names:
        if len(name.words) > 1:
            fullest_of.append(full[name])
        elif not name.words or name.son:
            fullest_of.append(None)
        elif not by_key.get(name.words[0]) and _is_first_name(name.words[0], genders or {}):
            # *Tom* may be whoever is called by a family name alone.
            fullest_of.append(None)
        else:
            bearers = set().union(*(by_key.get(key, set()) for key in name.keys or name.words))
            fullest_of.append(name if not bearers else bearers.pop() if len(bearers) == 1 else None)
    numbers = {n: i for i, n in enumerate(dict.fromkeys(n for n in fullest_of if n))}
    of = tuple(numbers[n] if n else -1 for n in fullest_of)
    votes = _pronoun_votes(text, spans, of)
    found = [
        _decide(
            name, [_title(text, s) for s, p in zip(spans, of, strict=True) if p == i], votes[i], genders or {}
        )
        for name, i in numbers.items()
    ]
    return People(of, tuple(numbers), tuple(found))


def learn_genders(texts: Iterable[tuple[str, Sequence[Span]]]) -> dict[str, Gender]:
    """Genders of whole names and of first names, from the pronouns that stand close behind them in many texts."""
    votes: dict[str, Counter[Gender]] = defaultdict(Counter)
    for text, spans in texts:
        people = find_people(text, spans)
        for person, counts in _pronoun_votes(text, spans, people.of).items():
            words = people.names[person].words
            if len(words) > 1:
                for key in (words[0], " ".join(words)):
                    # One text, one vote: it repeats itself.
                    votes[key].update({g: 1 for g, n in counts.items() if n >= 0.8 * counts.total()})
    found: dict[str, Gender] = {}
    for key, counts in votes.items():
        ((gender, most),) = counts.most_common(1) or [("he", 0)]
        if most >= (1 if " " in key else 2) and most >= 0.9 * counts.total():
            found[key] = gender
    return found


def _merge(names: list[Name]) -> dict[Name, Name | None]:
    """Each full name -> the fullest one of the same person; None where it could be of two. The longest come first."""
    found: dict[Name, Name | None] = {}
    for name in names:
        longer = {
            found[n]
            for n in found
            if n.son == name.son and set(name.words) < set(n.words) and found[n] is not None
        }
        found[name] = name if not longer else longer.pop() if len(longer) == 1 else None
    return found


def _is_first_name(word: str, genders: dict[str, Gender]) -> bool:
    return word in _HE or word in _SHE or word in genders


@cache
def _are_alike(a: str, b: str) -> bool:
    return a == b or (a[0] == b[0] and SequenceMatcher(None, a, b).ratio() >= _ALIKE)


def _title(text: str, span: Span) -> str:
    """The word before a name, or the first of it if it is a title."""
    inside = _WORD.findall(span.of(text))
    if len(inside) > 1 and inside[0].lower() in TITLES_HE | TITLES_SHE:
        return inside[0].lower()
    before = _BEFORE_NAME.search(text, max(0, span.start - 20), span.start)
    return before[1].lower() if before else ""


def _pronoun_votes(text: str, spans: Sequence[Span], of: Sequence[int]) -> dict[int, Counter[Gender]]:
    """The first pronoun behind a name, in its sentence or the next, nobody else being named around them."""
    votes: dict[int, Counter[Gender]] = defaultdict(Counter)
    for index, (span, person) in enumerate(zip(spans, of, strict=True)):
        if person < 0:
            continue
        ends = [m.start() for m in _SENTENCE_ENDS.finditer(text, span.end, span.end + 400)][:2]
        start = max(
            (m.end() for m in _SENTENCE_ENDS.finditer(text, max(0, span.start - 300), span.start)), default=0
        )
        stop = ends[-1] if len(ends) == 2 else min(len(text), span.end + 300)
        if any(start <= s.start < stop and of[i] != person for i, s in enumerate(spans) if i != index):
            continue
        if pronoun := _PRONOUN.search(text, span.end, stop):
            votes[person]["he" if pronoun[1] else "she"] += 1
    return votes


def _decide(
    name: Name, titles: Sequence[str], votes: Counter[Gender], genders: dict[str, Gender]
) -> Gender | None:
    """What titles, the first name and pronouns say together; None if they are at odds or silent."""
    told: set[Gender] = set()
    if TITLES_HE & set(titles):
        told.add("he")
    if TITLES_SHE & set(titles):
        told.add("she")
    if len(name.words) > 1:
        first = name.words[0]
        if first in _HE or first in _SHE:
            told.add("he" if first in _HE else "she")
        elif known := genders.get(" ".join(name.words)) or genders.get(first):
            told.add(known)
    ((voted, most),) = votes.most_common(1) or [(None, 0)]
    if voted and most >= 0.8 * votes.total() and most >= (3 if told else 2):
        # Some pronouns behind a name mean somebody who is not named: only many alike are a reason to doubt.
        told.add(voted)
    return told.pop() if len(told) == 1 else None
