"""Where a person's name may give way to a pronoun, and which form it then has.

The place tells: before a finite verb the name is a subject (*he*, *she*), before *'s* and a noun it is possessive
(*his*, *her*), behind a preposition or a verb that takes persons it is an object (*him*, *her*). Where the words
around leave a doubt, as with an apposition, a list or *Li supporters*, there is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from onrecord.article import Span
from training.persons import Gender

Case = Literal["subject", "object", "possessive"]

PRONOUNS: dict[tuple[Gender, Case], str] = {
    ("he", "subject"): "he",
    ("he", "object"): "him",
    ("he", "possessive"): "his",
    ("she", "subject"): "she",
    ("she", "object"): "her",
    ("she", "possessive"): "her",
}

# Titles that go with the name; before any other word of that kind the name stays.
_TITLE = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Sir|Lord|Lady|President|Prime Minister|Premier|Chancellor|Senator|Sen|Congressman"
    r"|Congresswoman|Rep|Gov|Governor|Mayor|Gen|General|Col|Judge|Justice|Prof|Professor|Archbishop|Bishop|Cardinal"
    r"|Pope|King|Queen|Prince|Princess|Secretary)\.? )+$"
)
# Behind these a clause begins.
_OPENS_CLAUSE = frozenset(
    """
    that and but or if when while because whether where how why what although though until unless whereas once so yet nor
    after before since as than whom which
    """.split()
)
# With these a sentence begins whose first part is no name.
_OPENS_SENTENCE = frozenset(
    """
    in on at during after before since for from last this under earlier as when while if with according by until throughout
    despite although though regarding among following back asked unlike like
    """.split()
)
_SAYS = frozenset(
    """
    said says say believe believes believed think thinks thought claimed claims claim insisted insists argued argues argue
    hope hopes hoped know knows knew feel feels felt suggest suggests suggested suspect suspected fear feared fears noted notes
    reported reports alleged alleges mean means meant wish wished guess
    """.split()
)
_PREPOSITIONS = frozenset(
    """
    to for with by from about against on behind after before around toward towards without between under over beside besides near
    alongside like unlike upon beyond including at
    """.split()
)
# *of*, behind the words that take it where a pronoun may follow.
_TAKES_OF = frozenset(
    """
    accused ahead front because instead out critical supportive afraid think thought thinks proud capable rid speak spoke spoken
    fond wary ashamed sure suspicious tired aware dismissive support favor favour defense defence pursuit hold control
    """.split()
)
_TAKES_PERSON = frozenset(
    """
    told tell tells telling asked ask asks asking accused accuse accuses accusing criticised criticized criticise criticize
    criticising criticizing praised praise praises praising met meet meets meeting arrested arrest detained detain attacked attack
    attacks attacking blamed blame blames blaming backed back backs backing supported support supports supporting endorsed
    endorse endorses endorsing defeated defeat defeating beat beating beats challenged challenge challenges challenging
    thanked thank thanks thanking invited invite urged urge urges urging warned warn warning called call calling defended
    defend defends defending replaced replace replacing succeeded joined join joining helped help helping helps
    followed killed kill shot freed free released elected elect appointed appoint named nominated nominate fired hired
    sued sue suing charged convicted pressed press questioned question see saw seen seeing want wants wanted let
    made make makes making gave give gives giving put pushed forced force allowed allow allows showed shown show hit
    mocked mocking slammed slamming blasted condemned compared compare described describe describes describing oppose opposed
    opposes opposing trust trusts trusted trusting find found love loves loved hate hates hated like likes liked
    """.split()
)
_AUXILIARIES = frozenset(
    """
    is was has had will would could can may might should did does must isn't wasn't hasn't hadn't won't wouldn't couldn't can't
    shouldn't didn't doesn't isn’t wasn’t hasn’t hadn’t won’t wouldn’t couldn’t can’t shouldn’t didn’t doesn’t
    """.split()
)
_PAST = frozenset(
    """
    said told went made took came gave got saw knew thought felt found held kept led left lost met paid put ran sat sent set spoke
    stood won wrote became began brought built bought chose drew drove fell fought flew grew heard hit rose sold shook shot spent
    swore taught threw understood withdrew broke cut beat forgot hid laid lay let meant read rode sang sank sought slept stuck struck
    swept wore wound sued overcame oversaw undertook underwent stepped slammed quit split spread bid cast hurt shed
    """.split()
)
# Between a subject and its verb.
_ADVERBS = frozenset(
    "also then later now never still often always once soon just even only ever already again thus".split()
)
_NOT_VERBS_IN_S = frozenset(
    """
    as across towards less plus besides perhaps always sometimes afterwards upwards news sales supporters
    his its this us versus vs thus times years fans aides allies critics voters backers donors
    """.split()
)
_NOT_VERBS_IN_ED = frozenset("red indeed hundred need speed instead naked sacred hatred united".split())
# What may stand behind a name that is an object.
_BEHIND_OBJECT = frozenset(
    """
    to for with by from about against on in at of over after before because while when if that as but during since until
    without through into out up down off again back too also more not than how what whether why where last this next
    yesterday today earlier later now personally directly publicly repeatedly
    """.split()
)
# What may stand behind a comma that follows an object; *Li, the mayor* is an apposition.
_BEHIND_COMMA = frozenset(
    "but and while as after he she it they we you i in on with although though because if when saying".split()
)
# What behind *'s* tells that it is a verb, or that the owned thing is not named.
_NOT_OWNED = frozenset(
    """
    been not going a an the in on at to of and or but that is was has had will would with for from by as own's got done just
    getting doing being trying he she it they who which what when where here there never always really very so too
    """.split()
)

_BEFORE_OWNER = (
    _OPENS_CLAUSE | _PREPOSITIONS | _SAYS | _TAKES_PERSON | _AUXILIARIES
    | frozenset("in into during through despite be been are were within not upon among amid".split())
)  # fmt: skip
_DETERMINERS = frozenset("the a an this that his her their its by".split())

_NEXT = re.compile(r"\s+([^\W_][\w'’-]*)")
_LAST = re.compile(r"([^\W_][\w'’.-]*)\s+$")
# A blank before the *s* is how some corpora are put together.
_POSSESSIVE = re.compile(r"['’] ?s\b|(?<=s)['’](?=\s)")
_SENTENCE_START = re.compile(r"(?:^|\n|[.!?…][”\"’')]*\s+|:\s+[“\"‘]|[“\"])[“\"‘'(]*$|^$")
_AFTER_QUOTE = re.compile(r"[,?!] ?(?:”|\"|''|’)\s+$")
_OPENING_QUOTE = re.compile(r"(?:^|\s)[“\"‘]$")


@dataclass(frozen=True)
class Place:
    """A name that may give way: the characters that go (title and *'s* too), and the case of the pronoun."""

    start: int
    end: int
    case: Case
    begins_sentence: bool

    def pronoun(self, gender: Gender) -> str:
        """The pronoun that stands there in place of the name."""
        word = PRONOUNS[gender, self.case]
        return word.capitalize() if self.begins_sentence else word


def find_place(text: str, name: Span) -> Place | None:
    """How a pronoun could stand in place of a name; None where it could not, or that is in doubt.

    >>> text = "Ana Li left. Mr Li said so."
    >>> place = find_place(text, Span(16, 18))
    >>> place.start, place.end, place.case, place.pronoun("he")
    (13, 18, 'subject', 'He')
    >>> find_place("Critics of the Li government left.", Span(15, 17)) is None
    True
    """
    start = name.start
    if title := _TITLE.search(text, max(0, start - 40), start):
        start = title.start()
    before = text[max(0, start - 60) : start]
    begins = start == 0 or bool(_SENTENCE_START.search(before))
    last, last_but_one = _last_words(before)
    if owner := _POSSESSIVE.match(text, name.end):
        if _may_own(text, owner.end()) and (begins or _may_precede(before, last, last_but_one)):
            return Place(start, owner.end(), "possessive", begins)
        return None
    following = _NEXT.match(text, name.end)
    word = following[1] if following else ""
    if _is_finite(text, word, following.end() if following else name.end):
        if begins or _opens_clause(before, last, last_but_one):
            return Place(start, name.end, "subject", begins)
        return None
    # *Sanders’* may own something that is left out.
    is_owner = text[name.end - 1 : name.end] == "s" and text[name.end : name.end + 1] in ("'", "’")
    if is_owner or begins:
        return None
    if _takes_object(before, last, last_but_one) and _may_follow_object(text, name.end, word):
        return Place(start, name.end, "object", False)
    return None


def _last_words(before: str) -> tuple[str, str]:
    """The word before a place, in small letters, and the one before that; empty where a mark stands between."""
    last = _LAST.search(before)
    if not last:
        return "", ""
    other = _LAST.search(before[: last.start()])
    # A word with a capital inside a sentence is a name.
    word = last[1].lower() if last[1].lower() in _OPENS_CLAUSE | _PREPOSITIONS else last[1]
    return word, other[1] if other else ""


def _is_finite(text: str, word: str, end: int) -> bool:
    """Does a finite verb stand here, behind an adverb or two at most?"""
    for _ in range(2):
        if word in _ADVERBS or (word.endswith("ly") and word.islower() and len(word) > 4):
            following = _NEXT.match(text, end)
            word, end = (following[1], following.end()) if following else ("", end)
    if not word.islower():
        return False
    if word in _AUXILIARIES or word in _PAST:
        return True
    if word.endswith("ed"):
        return word not in _NOT_VERBS_IN_ED and len(word) > 4
    return (
        word.endswith("s")
        and not word.endswith(("ss", "'s", "’s"))
        and word not in _NOT_VERBS_IN_S
        and len(word) > 3
    )


def _opens_clause(before: str, last: str, last_but_one: str) -> bool:
    """May a subject follow?"""
    if _OPENING_QUOTE.search(before) or _AFTER_QUOTE.search(before):
        return True
    if not last:
        return _is_after_opening(before) or before.endswith(("; ", "— ", " – "))
    if last in ("and", "or", "nor", "but"):
        # *Wang and Li said* is a list.
        return (bool(last_but_one) and last_but_one[0].islower()) or bool(
            re.search(r",\s+(?:and|but)\s+$", before)
        )
    if last in _OPENS_CLAUSE:
        return True
    return last in _SAYS or last == "told"


def _is_after_opening(before: str) -> bool:
    """*In May, Li said*; not *Wang, Li said*, where the comma may join names or close an apposition."""
    comma = re.search(r"([^\W_][\w'’-]*),[”\"]?\s+$", before)
    if not comma:
        return False
    opening = re.search(
        r"(?:^|[.!?\n][”\"]?\s*)([A-Z][a-z]+)\s[^,.]*$", before[: comma.start() + len(comma[1])]
    )
    return (
        comma[1][0].islower() or comma[1].isdigit() or bool(opening and opening[1].lower() in _OPENS_SENTENCE)
    )


def _takes_object(before: str, last: str, last_but_one: str) -> bool:
    if last == "of":
        return last_but_one.lower() in _TAKES_OF
    if last == "like" and last_but_one.lower() in (
        "people",
        "politicians",
        "candidates",
        "someone",
        "leaders",
        "those",
    ):
        return False
    return last in _PREPOSITIONS or last in _TAKES_PERSON


def _may_follow_object(text: str, end: int, word: str) -> bool:
    """Can what stands behind a name follow an object, so that the name is neither part of a longer one nor explained?"""
    if word:
        return word in _BEHIND_OBJECT
    if comma := re.match(r",\s+([^\W_][\w'’-]*)", text[end : end + 40]):
        return comma[1] in _BEHIND_COMMA
    return bool(re.match(r"[.;?!](?:\s|[”\"’]|$)|,?[”\"’]", text[end : end + 3]))


def _may_precede(before: str, last: str, last_but_one: str) -> bool:
    """May a possessive pronoun stand behind these words?"""
    if not last:
        return (
            bool(re.search(r"[,;:—–][”\"]?\s+$", before)) and not re.search(r"[A-Z][\w'’-]*,\s+$", before)
        ) or bool(_OPENING_QUOTE.search(before))
    if last in ("and", "or"):
        return bool(last_but_one) and last_but_one[0].islower()
    if last == "of":
        return True
    # *decried Li's plan*; not *the jailed Li's plan*.
    if last.islower() and last.endswith(("ed", "ing")) and last_but_one.lower() not in _DETERMINERS:
        return True
    return last in _BEFORE_OWNER


def _may_own(text: str, end: int) -> bool:
    """Is the thing named that belongs to somebody?"""
    owned = _NEXT.match(text, end)
    return bool(owned and owned[1].lower() not in _NOT_OWNED and not owned[1].endswith("ing"))
