"""Numbers of the dead, the injured and of crowds, where the text ties them to their words by its form.

*Killing nine*, *two people dead*, *31 were wounded*: the number stands right before or behind the word. A crowd's number
stands at the head of who protests. What the event head finds of numbers comes first; this fills what it leaves open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.analysis.counts import BOUND, SMALL, TENS, Count, read_count
from onrecord.article import Span

Casualty = Literal["dead", "injured"]

_ONES = "|".join(word for word, value in SMALL.items() if value)
_TENS = "|".join(TENS)
_BELOW_HUNDRED = rf"(?:(?:{_TENS})(?:[- ](?:{_ONES}))?|{_ONES})"
_SCALE = r"(?:dozen|score|hundred|thousand|million)"
# *Thousands*, *a handful*; *four hundred and fifty*, *twelve thousand five hundred*.
_NUMBER = (
    r"(?:(?:(?:tens|hundreds) of thousands|dozens|scores|hundreds|thousands|an? handful|an? (?:pair|couple)(?= of(?! (?:hundred|thousand)\b)))"
    rf"|(?:\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?|{_BELOW_HUNDRED}|half a|several|a few|a couple of(?= (?:hundred|thousand)\b)|a)"
    rf"(?:[- ](?:and a half|{_SCALE})(?: (?:and )?\d+| {_BELOW_HUNDRED} hundred\b"
    rf"| and {_BELOW_HUNDRED}\b(?! {_SCALE}\b))?)*)"
)
_YEAR = (
    r"(?:19|20)\d\d\b(?! (?:people|protesters|demonstrators|marchers|workers|men|women|soldiers|troops)\b)"
)
# *A man* is no number here, *a dozen* is.
_PHRASE = re.compile(
    rf"(?<![\w.,$€£-])(?<!\bno )(?<!\bnot )(?!{_YEAR})(?:{BOUND}\s+)?(?!an? (?!dozen|score|hundred|thousand|million|handful|pair|couple)|a few (?!dozen|hundred|thousand)|several (?!dozen|hundred|thousand))"
    rf"(?:(?<=between ){_NUMBER}\s+and\s+{_NUMBER}|{_NUMBER}(?:(?:\s+to\s+|\s*[-–]\s*|\s+or\s+|\s+and\s+(?=[\d,]+\s)){_NUMBER})?)(?:\s+or\s+(?:more|so)\b)?(?![\w%]|[.,]\d|\s+times\b)",
    re.IGNORECASE,
)
# *Three boys aged seven, nine and 12*: who, not how many.
_AGED = (
    r"\b(?:aged?(?: of| between| from)?|ages)"
    rf"(?:(?:,|\s+and|\s+to|\s+or)?\s+(?:\d+|{_BELOW_HUNDRED})\b(?!\s+(?:others?|more)\b))+"
)
_AGES = re.compile(_AGED, re.IGNORECASE)
_NUMBER_ALONE = re.compile(
    rf"(?:{BOUND}\s+)?(?:\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?|(?:{_TENS})(?:[- ](?:{_ONES}))?|{_ONES})(?:[- ](?:dozen|score|hundred|thousand|million))*"
    r"(?:\s+or\s+(?:more|so))?",
    re.IGNORECASE,
)
# Words that may stand between a number and what befell them: *people, one of them a child,*, *soldiers and a guard*.
_NO_WHO = rf"(?:\d+|{_ONES}|{_TENS}|left|leaving|but|or|in|on|at|after|while|when|as|by|wounded|injured|killed|hurt|dead|died|were|was|are|is|had|have|has)\b"
_WHO = (
    rf"(?:\s+(?!and\b|who\b|which\b|that\b|{_NO_WHO})[\w’'-]+){{0,5}}?"
    rf"(?:\s+and(?:\s+(?:{BOUND}\s+)?{_NUMBER})?(?:\s+(?!{_NO_WHO})[\w’'-]+){{1,4}}?)?"
    r"(?:\s+of\s+(?:them|whom|its|their|his|her|the)(?:\s+[\w’'-]+){0,3}?)?"
    rf"(?:,?\s{_AGED},?|,[^,;.:]{{1,50}},|\s\([^()]{{1,60}}\)|\s[–—-]\s[^–—;.]{{1,60}}\s[–—-](?=\s))?"
)
_BE = r"(?:\s+(?:were|was|are|is|had been|have been|has been|being|be|to have been|reportedly|reported|confirmed|later|also|\w+ly))*"
# *Two bombs killed seven* tells of seven: behind a verb that has an object stands whom it befell.
_NO_OBJECT = (
    rf"(?!\s+(?:(?:{BOUND}\s+)?{_NUMBER}|an?|the|his|her|their|its|him|them|another|people|civilians)\b)"
)
_DEAD_AFTER = re.compile(
    rf"{_WHO}{_BE}\s+(?:(?:killed|executed|murdered|massacred|gunned down|beheaded|shot dead){_NO_OBJECT}|dead|died|have died|had died|has died|perished|drowned|slain|lost their lives|suffocated|burned alive|(?:hacked|beaten|stabbed|burned|crushed|trampled) to death"
    r"|deaths|fatalities|bodies)\b",
    re.IGNORECASE,
)
_DEAD_BEFORE = re.compile(
    r"\b(?:kill(?:ed|ing|s)?|shot dead|shooting dead|gunned down|gunning down|murder(?:ed|ing|s)?|execut(?:ed|ing|es|ions? of)"
    r"|massacr(?:ed|ing|e of)|behead(?:ed|ing)|slaughter(?:ed|ing)|hack(?:ed|ing) to death|claim(?:ed|ing)(?: the lives of)?"
    r"|mow(?:ed|ing) down|pick(?:ed|ing) off|(?:deaths?|killings?|murders?|manslaughter|drowning|lives|bodies) of|death toll(?: \w+){0,4}? (?:to|at|of)|put(?:ting)? the (?:death )?toll at"
    r"|cost(?:ing)? the lives of)\s+(?:another\s+|a further\s+|the\s+|all\s+|its\s+|his\s+|their\s+)?$",
    re.IGNORECASE,
)
_HOSPITAL = r"(?:an?\s+|the\s+)?(?:[\w-]+\s+){0,3}?(?:hospitals?|clinics?|infirmary)"
_HURTS = r"(?:[\w-]+\s+){0,3}?(?:wounds?|injur(?:y|ies)|burns?|stitches|fractures?|concussions?|cuts|bruises|broken\s+\w+)"
_INJURED_AFTER = re.compile(
    rf"{_WHO}{_BE}\s+(?:(?:wounded|injured|hurt|maimed|grazed){_NO_OBJECT}|hospitali[sz]ed|injuries|in\s+hospital"
    rf"|(?:taken|rushed|sent|flown|airlifted|brought|carried|admitted|driven)\s+to\s+{_HOSPITAL}"
    rf"|(?:treated|operated\s+on|stitched\s+up)(?:\s+for|\s+in|\s+at)?\b"
    rf"|(?:suffer(?:ed|ing)?|sustain(?:ed|ing)?|receiv(?:ed|ing)|nurs(?:ed|ing)|with)\s+{_HURTS}"
    rf"|(?:need(?:ed|ing|s)?|requir(?:ed|ing|es))\s+(?:[\w-]+\s+){{0,2}}?(?:surgery|treatment|stitches|care|an\s+operation))\b",
    re.IGNORECASE,
)
_INJURED_BEFORE = re.compile(
    r"\b(?:wound(?:ed|ing|s)?|injur(?:ed|ing|es|ies to)|hurt(?:ing)?|maim(?:ed|ing)|graz(?:ed|ing)"
    r"|(?:gunshot|shrapnel|bullet|knife|stab|head|leg|flesh) wounds to)"
    r"\s+(?:another\s+|a further\s+|the\s+)?$",
    re.IGNORECASE,
)
# *Put four in hospital*, *sent another six to a clinic*.
_PUT_BEFORE = re.compile(
    r"\b(?:put(?:ting)?|left|leaving|leaves|sent|sending|land(?:ed|ing)|took|taking)\s+(?:another\s+|a further\s+)?$",
    re.IGNORECASE,
)
_TO_HOSPITAL = re.compile(rf"{_WHO}\s+(?:in|to|with)\s+(?:{_HOSPITAL}|{_HURTS})\b", re.IGNORECASE)
_AND_MORE = re.compile(
    rf"(?:\s+(?!of\b)[\w’'-]+){{1,4}}?\s+and\s+(?P<number>(?:{BOUND}\s+)?{_NUMBER}(?=\s+[a-z])(?! of\b))",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"(?:\s+(?:on|late on|early on)\s+\w+(?:\s+(?:night|morning|evening))?)?\s+(?:in|at|during|when|as|after|by)\b",
    re.IGNORECASE,
)
_LETHAL = re.compile(
    r"murders?|killing|assassination|execution|lynch(?:ed|ing)|kill(?:ed|s|ing)?|murder(?:ed|s|ing)?|execut(?:ed|es|ing)|assassinat(?:ed|es|ing)|behead(?:ed|s|ing)|hang(?:ed|s|ing)"
    r"|(?:shot|stabbed|gunned|hacked|beaten|struck|mown) (?:dead|down|to death)|shooting dead",
    re.IGNORECASE,
)
_ONE = re.compile(
    r"(?:an?|his|her|my) (?!.*\b(?:group|crowd|number|family|convoy|couple|pair|dozen|party|team)\b)",
    re.IGNORECASE,
)
_CROWD_OF = re.compile(
    r"(?:an?|the|his|her|their|another)\s+(?:[\w-]+\s+){0,2}?(?:crowd|throng|group|gathering|band|march|rally|column|procession"
    r"|mob|sea|assembly|contingent|union|total|caravan|picket)\s+of\s+(?:anything from\s+|anywhere from\s+)?",
    re.IGNORECASE,
)
_STRENGTH = re.compile(
    rf",\s+(?P<number>(?:{BOUND}\s+)?{_NUMBER})\s+(?:in number|strong|of (?:them|whom))\b", re.IGNORECASE
)
_TURNOUT = re.compile(
    r"\s+(?:of|by|involving|drawing|that drew|which drew|attended by|joined by)\s+(?:anything from\s+|anywhere from\s+)?(?=\S)",
    re.IGNORECASE,
)
# Behind the number of days, hours or money no crowd stands.
_MEASURE = re.compile(
    r"[- ](?:days?|hours?|weeks?|months?|years?|minutes?|nights?|miles?|kilomet\w+|km|per\s?cent|percent|dollars?|euros?|pounds?|points?)\b",
    re.IGNORECASE,
)
# The longest words before a number that bound it, and behind it that multiply it.
_BOUND_CHARS = 24
# How far before a number its word may begin, and how far behind it may end.
_REACH = 70


@dataclass(frozen=True, slots=True)
class Casualties:
    """How many are dead or injured.

    Attributes:
        told_behind: what they came to harm by follows (*31 were wounded in, when, after ...*).
    """

    kind: Casualty
    count: Count
    told_behind: bool = False


def find_casualties(text: str, sentence: Span) -> list[Casualties]:
    """The numbers of dead and injured that a sentence tells, in its order.

    >>> text = "A bomb killed nine guards and wounded 31 in Orvik."
    >>> [(c.kind, c.count.low) for c in find_casualties(text, Span(0, len(text)))]
    [('dead', 9), ('injured', 31)]
    """
    found: list[Casualties] = []
    read = sentence.start
    ages = [Span(*m.span()) for m in _AGES.finditer(text, sentence.start, sentence.end)]
    for number in _PHRASE.finditer(text, sentence.start, sentence.end):
        if number.start() < read or any(a.holds(Span(*number.span())) for a in ages):
            continue
        before = text[max(sentence.start, number.start() - _REACH) : number.start()]
        after = text[number.end() : min(sentence.end, number.end() + _REACH)]
        kind, end, told_before = _kind(before, after)
        count = read_count(text, Span(number.start(), number.end())) if kind else None
        if not kind or not count:
            continue
        if more := _and_more(text, count, after[:end], told_before=told_before):
            count, read = more, more.span.end
        found.append(Casualties(kind, count, bool(_BEHIND.match(after, end))))
    return found


def _and_more(text: str, count: Count, after: str, *, told_before: bool) -> Count | None:
    """*Thirty inmates and five warders*, *four men and a woman*: the sum, if both are of one clause.

    Args:
        after: from behind the number to the end of the word that says what befell them; to the end of its reach if that
            stands before the number.
    """
    more = _AND_MORE.match(after)
    start = count.span.end
    other = read_count(text, Span(start + more.start("number"), start + more.end("number"))) if more else None
    if not more or not other or told_before == bool(_kind("", after[more.end() :])[0]):
        return None  # *killing four and two others were hurt*
    high = count.high + other.high if count.high is not None and other.high is not None else None
    return Count(
        Span(count.span.start, other.span.end), count.low + other.low, high, count.about or other.about
    )


def _kind(before: str, after: str) -> tuple[Casualty | None, int, bool]:
    """What the words around a number say of it, where in `after` they end, and whether they stand before it."""
    if _INJURED_BEFORE.search(before):
        return "injured", len(after), True
    if _DEAD_BEFORE.search(before):
        return "dead", len(after), True
    injured, dead = _INJURED_AFTER.match(after), _DEAD_AFTER.match(after)
    if not injured and _PUT_BEFORE.search(before):
        injured = _TO_HOSPITAL.match(after)
    if injured and (not dead or injured.end() < dead.end()):
        return "injured", injured.end(), False
    return ("dead", dead.end(), False) if dead else (None, 0, False)


def whole_number(text: str, span: Span) -> Span:
    """A span with the whole of the number that it touches: *12* of *an estimated 12,000*; itself if there is none."""
    for number in _PHRASE.finditer(
        text, max(0, span.start - _BOUND_CHARS), min(len(text), span.end + _BOUND_CHARS)
    ):
        if number.start() < span.end and span.start < number.end():
            return Span(min(span.start, number.start()), max(span.end, number.end()))
    return span


def is_number(text: str, span: Span) -> bool:
    """Are words a number and nothing else? *Dozens* and *thousands* are nouns, and may be who marched.

    >>> is_number("at least 20", Span(0, 11)), is_number("20 marchers", Span(0, 11)), is_number("dozens", Span(0, 6))
    (True, False, False)
    """
    return _NUMBER_ALONE.fullmatch(text, span.start, span.end) is not None


def one_dead(text: str, trigger: Span, victims: Sequence[Span]) -> Count | None:
    """The one victim of a killing that is told without a number: *gunmen shot dead a judge*."""
    if len(victims) != 1 or not _LETHAL.fullmatch(trigger.of(text)) or not _ONE.match(victims[0].of(text)):
        return None
    return read_count(text, victims[0])


def head_count(text: str, phrase: Span) -> Count | None:
    """The number of a phrase: that it begins with (*some 250 mothers*), that its crowd is of (*a throng of 500*), or that
    stands behind it (*villagers, about 120 in number, ...*); None if there is none."""
    crowd = _CROWD_OF.match(text, phrase.start, phrase.end)
    number = _PHRASE.match(text, crowd.end() if crowd else phrase.start, phrase.end)
    if number is None and (strength := _STRENGTH.match(text, phrase.end, phrase.end + _REACH)):
        number = _PHRASE.match(text, strength.start("number"))
    return read_count(text, Span(number.start(), number.end())) if number else None


def turnout(text: str, trigger: Span) -> Count | None:
    """The number of people that the word of a protest is told with: *a strike of 1,380 caterers*, *a march by thousands*."""
    with_it = _TURNOUT.match(text, trigger.end, trigger.end + _REACH)
    number = _PHRASE.match(text, with_it.end()) if with_it else None
    if number is None or _MEASURE.match(text, number.end()):
        return None
    return read_count(text, Span(number.start(), number.end()))
