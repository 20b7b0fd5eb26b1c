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
    r"\b(?:aged?(?: of| between| from)?|ages|(?<=\bman |\bboy )of|(?<=\bwoman |\bchild )of|(?<=\bgirl )of)"
    rf"(?:(?:,|\s+and|\s+to|\s+or)?\s+(?:\d+|{_BELOW_HUNDRED})\b(?!\s+(?:others?|more)\b))+"
)
_AGES = re.compile(_AGED, re.IGNORECASE)
_NUMBER_ALONE = re.compile(
    rf"(?:{BOUND}\s+)?(?:\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?|(?:{_TENS})(?:[- ](?:{_ONES}))?|{_ONES})(?:[- ](?:dozen|score|hundred|thousand|million))*"
    r"(?:\s+or\s+(?:more|so))?",
    re.IGNORECASE,
)
# Words that may stand between a number and what befell them: *people, one of them a child,*, *soldiers and a guard*.
_NO_WHO = rf"(?:\d+|{_ONES}|{_TENS}|left|leaving|but|or|in|on|at|after|while|when|as|by|wounded|injured|killed|hurt|dead|died|were|was|are|is|had|have|has|an?|the)\b"
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
    rf"{_WHO}{_BE}\s+(?:(?:killed|executed|murdered|massacred|(?:gunned|hacked|mown|mowed) down|beheaded|shot dead|lynched|hanged|strangled){_NO_OBJECT}"
    r"|dead|die[ds]?|have died|had died|has died|perish(?:ed)?|drowned|slain|lost their lives|suffocated|burned alive|fatally|put to death"
    r"|[a-z]+(?:ed|en|t) to death|deaths|fatalities|bodies)\b",
    re.IGNORECASE,
)
_DEAD_BEFORE = re.compile(
    r"\b(?:kill(?:ed|ing|s)?|shot dead|shooting dead|gunned down|gunning down|murder(?:ed|ing|s)?|execut(?:ed|ing|es)"
    r"|massacr(?:ed|ing)|behead(?:ed|ing)|slaughter(?:ed|ing)|lynch(?:ed|ing)|strangl(?:ed|ing)|hack(?:ed|ing) to death"
    r"|claim(?:ed|ing)(?: the lives of)?|mow(?:ed|ing) down|pick(?:ed|ing) off"
    r"|(?:deaths?|killings?|murders?|executions?|lynchings?|massacres?|slaughter|beheadings?|manslaughter|drowning|lives|bodies) of"
    r"|(?:death toll|the dead|number (?:of (?:the )?dead|killed))(?: \w+){0,4}? (?:to|at|of|number(?:s|ed|ing))|put(?:ting)? the (?:death )?toll at"
    r"|(?:tak|bring|lift|rais)(?:ing|es|e) (?:its|the) (?:death )?toll to|cost(?:ing)? the lives of)"
    r"\s+(?:another\s+|a further\s+|the\s+|all\s+|its\s+|his\s+|their\s+)?$",
    re.IGNORECASE,
)
# *Has cost 6,000 lives*.
_TAKING_LIVES = re.compile(
    r"\b(?:cost|costing|took|taken|taking)\s+(?:another\s+|a further\s+|some\s+)?$", re.IGNORECASE
)
_LIVES = re.compile(r"(?:\s+[\w’'-]+)?\s+lives\b", re.IGNORECASE)
_HOSPITAL = r"(?:an?\s+|the\s+)?(?:[\w-]+\s+){0,3}?(?:hospitals?|clinics?|infirmary)"
_HURTS = r"(?:[\w-]+\s+){0,3}?(?:wounds?|injur(?:y|ies)|burns?|stitches|fractures?|concussions?|cuts|bruises|broken\s+(?!the\b|an?\b|its\b|his\b|their\b|up\b|off\b|out\b|down\b|into\b|through\b)\w+)"
_LIMB = (
    r"(?:eyes?|(?:eye)?sight|ears?|hearing|no(?:se|ses)|jaws?|teeth|tooth|skulls?|necks?|arms?|elbows?|wrists?|hands?|fingers?|thumbs?|ribs?|hips?|legs?"
    r"|knees?|ankles?|foot|feet|toes?|collarbones?)"
)
_A_LIMB = rf"(?:\s+(?!and\b|but\b)[\w’'-]+){{0,3}}?\s+{_LIMB}"
_INJURED_AFTER = re.compile(
    rf"{_WHO}{_BE}\s+(?:(?:wounded|injured|hurt|maimed|grazed){_NO_OBJECT}|hospitali[sz]ed|injuries|in\s+(?:hospital|intensive\s+care|a\s+coma)"
    rf"|(?:bruised|burnt|blinded|disfigured|crippled|concussed|bitten|scalded)(?=[,.;:]|\s+(?:by|in|on|when|as|after|and|but|with|while)\b|$)"
    rf"|(?:cut|hit|struck)\s+by\s+(?:[\w-]+\s+){{0,3}}?(?:glass|bottles?|stones?|rocks?|bricks?|splinters|shrapnel|bullets?|pellets?|batons?)"
    rf"|(?:taken|rushed|sent|flown|airlifted|brought|carried|admitted|driven)\s+to\s+{_HOSPITAL}"
    rf"|(?:taken|rushed|sent|flown|airlifted|carried)\s+(?:[\w’'-]+\s+){{1,4}}?(?:for\s+treatment|by\s+ambulance|in\s+ambulances)"
    rf"|(?:treated|operated\s+on|stitched(?:\s+up)?|under\s+treatment)(?:\s+for|\s+in|\s+at)?\b"
    rf"|(?:suffer(?:ed|ing)?|sustain(?:ed|ing)?|receiv(?:ed|ing)|nurs(?:ed|ing)|had|have|with)\s+{_HURTS}"
    rf"|(?:los(?:t|ing)|broke|breaking|fractured|fracturing){_A_LIMB}|(?:had|have|having){_A_LIMB}\s+(?:broken|fractured|cut|crushed)"
    rf"|(?:need(?:ed|ing|s)?|requir(?:ed|ing|es))\s+(?:[\w-]+\s+){{0,2}}?(?:surgery|treatment|stitches|care|oxygen|an\s+operation))\b",
    re.IGNORECASE,
)
_INJURED_BEFORE = re.compile(
    r"\b(?:wound(?:ed|ing|s)?|injur(?:ed|ing|es|ies to)|hurt(?:ing)?|maim(?:ed|ing)|graz(?:ed|ing)"
    r"|(?:gunshot|shrapnel|bullet|knife|stab|head|leg|flesh) wounds to|stitch(?:ed|ing) up"
    r"|(?:the (?:wounded|injured)|number (?:of (?:the )?(?:wounded|injured)|wounded|injured))(?:,? [\w’'-]+){0,9}? (?:to|at|number(?:s|ed|ing))"
    rf"|(?:los|br[eo]a?k|fractur|crack)(?:ing|e|ed)?{_A_LIMB} of)"
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
_FOLLOWS = re.compile(r"[a-z]+ing\b", re.IGNORECASE)
_LETHAL = re.compile(
    r"murders?|killings?|assassinations?|executions?|lynchings?|massacre|slaughter|(?:kill|murder|lynch|behead|hang|assassinat|execut|strangl|massacr"
    r"|slaughter|electrocut)(?:ed|e?s|ing)|drowned|slain|put(?:ting)? to death|[a-z]+ (?:dead|to death)|(?:gunned|mown|mowed) down",
    re.IGNORECASE,
)
_TO_DEATH = re.compile(
    r"(?:\s(?!(?:and|but|when|after|as|while|before|where)\b)[^\s,;:.]+){0,8}?\s(?:to death|dead|fatally)\b"
)
_HURTING = re.compile(
    r"(?:wound|injur|maim|wing|blind|disfigur)(?:ed|es|s|ing)|hurt(?:ing|s)?|bit(?:ten|ing)?", re.IGNORECASE
)
_SHOT = re.compile(
    r"sho(?:t|oting)|stabb(?:ed|ing)|knif(?:ed|ing)|hit(?:ting)?|struck|striking|beat(?:en|ing)?",
    re.IGNORECASE,
)
_IN_THE_LEG = re.compile(
    r"(?:\s[^\s,;:.]+){0,6}?\s(?:in|on|through)\s(?:the|his|her|their|both|one|an?)\s(?:\w+\s)?"
    r"(?:legs?|foot|feet|arms?|hands?|thighs?|knees?|chest|stomach|neck|face|eyes?|shoulders?|back|jaw|wrists?|ankles?|hips?)\b"
)
# The noun at the head is no plural and names no group.
_ONE_PERSON = re.compile(
    r"(?:he|him|she|her|his"
    r"|(?:(?i:an?|another|his|her|my|its|their|the) (?!(?:[\w’'-]+ ){0,3}?(?:groups?|crowd|number|family|convoy|couple|pair|dozen|party|team"
    r"|band|gang|patrol|people|police|children|men|women|troops?|army|injured|wounded|dead|rest|public|crew|staff|media|bus|car|building)\b))"
    r"(?:[\w’'-]+ )*?[\w’'-]*[^\Ws](?<!men)(?<!people)(?<!children)(?: (?:of|in|from|at|on|with|who|driving|aged)\b.*)?"
    r"|(?:[A-ZÀ-Þ][\w’'.-]* )+[A-ZÀ-Þ][\w’'-]*)"
)
_SIDE_BY_SIDE = re.compile(r",? and |, ")
_CROWD_OF = re.compile(
    r"(?:an?|the|his|her|their|another)\s+(?:[\w-]+\s+){0,2}?(?:crowd|throng|group|gathering|band|march|rally|column|procession"
    r"|mob|sea|assembly|contingent|union|total|caravan|picket)\s+of\s+(?:anything from\s+|anywhere from\s+)?",
    re.IGNORECASE,
)
_STRENGTH = re.compile(
    rf",\s+(?P<number>(?:{BOUND}\s+)?{_NUMBER})\s+(?:in number|strong|in all|altogether|of (?:them|whom)|by\s+(?:[\w’'-]+\s+){{1,2}}?count)\b",
    re.IGNORECASE,
)
# *Three opposition parties*: the noun at the head of the phrase.
_NO_PEOPLE = re.compile(
    r"(?:(?!(?:of|in|from|at|who|for)\b)[\w’',-]+\s+)+?(?:\w*parties|unions|federations|confederations|associations|groups|organi[sz]ations|movements|states"
    r"|countries|nations|governments|firms|companies|\w+makers|banks|broadcasters|newspapers|papers|towns|cities|villages|districts|provinces|schools"
    r"|universities|boats|ships|trawlers|vessels|tractors|lorries|trucks|taxis|buses|cars|tombs|shops)\b(?!['’])",
    re.IGNORECASE,
)
# Before the number at the head of a phrase.
_ALL = re.compile(r"(?:all(?: of)?|the|all the|its|their|these|those|another|a further)\s+", re.IGNORECASE)
_TO = r"(?:\s+(?:is|was|were|are|had|has|have|been|it|they|organisers|police|expected|hoped|hopes?|meant|likely|said|say|would|could|may|might|will|to))*"
_TURNOUT = re.compile(
    rf"(?:\s+(?!and\b|but\b|or\b|after\b|by\b)[\w’'-]+){{0,5}}?(?:,?\s+(?:that|which|whom))?{_TO}"
    r"\s+(?:drew|draws?|drawing|brought|attracted|attracting|attended by|joined by|numbered|numbering|involving|of|by)"
    r"\s+(?:anything from\s+|anywhere from\s+)?(?=\S)",
    re.IGNORECASE,
)
# *Brought 6,000 people to a rally*, *the 3,000 at Monday's vigil*.
_AT_IT = re.compile(
    r"(?:\s+(?:people|men|women|supporters|protesters|demonstrators|followers|members|villagers|workers|students))?"
    r"\s+(?:at|to|for|in|into|on|joined|attended)\s+(?:(?:an?|the|this|that|its|their|[\w-]+day(?: \w+)?['’]s)\s+)?(?:[\w-]+\s+){0,2}?",
    re.IGNORECASE,
)
# *Put the crowd that rallied in Orvik at 5,000*.
_PUT_AT = re.compile(r"\bputs?(?:ting)?\s+(?:[\w’'-]+\s+){1,9}?at\s+$", re.IGNORECASE)
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
        words: the number with the words that say what befell them.
        told_behind: what they came to harm by follows (*31 were wounded in, when, after ...*).
        follows: it is what came of an act told before (*..., killing two*).
    """

    kind: Casualty
    count: Count
    words: Span
    told_behind: bool = False
    follows: bool = False


def find_casualties(text: str, sentence: Span, parties: Sequence[Span] = ()) -> list[Casualties]:
    """The numbers of dead and injured that a sentence tells, in its order.

    Args:
        parties: whom something was done to in the sentence; one without a number counts as one (*a judge*), those side
            by side are counted together (*a judge and two guards*).

    >>> text = "A bomb killed nine guards and wounded 31 in Orvik."
    >>> [(c.kind, c.count.low) for c in find_casualties(text, Span(0, len(text)))]
    [('dead', 9), ('injured', 31)]
    """
    found: list[Casualties] = []
    read = sentence.start
    ages = [Span(*m.span()) for m in _AGES.finditer(text, sentence.start, sentence.end)]
    numbers = {Span(*m.span()): None for m in _PHRASE.finditer(text, sentence.start, sentence.end)}
    groups = {count.span: count for count in _counted_together(text, parties)}
    for number in sorted({**numbers, **groups}, key=lambda n: (n.start, -n.end)):
        if number.start < read or any(a.holds(number) for a in ages):
            continue
        before = text[max(sentence.start, number.start - _REACH) : number.start]
        after = text[number.end : min(sentence.end, number.end + _REACH)]
        kind, start, end = _kind(before, after)
        told_before = start < len(before)
        count = groups.get(number) or (read_count(text, number) if kind else None)
        if not kind or not count:
            continue
        if number in groups:
            read = number.end
        elif more := _and_more(text, count, after[:end], told_before=told_before):
            count, read = more, more.span.end
        words = Span(
            number.start - len(before) + start, max(count.span.end, number.end + (0 if told_before else end))
        )
        found.append(
            Casualties(
                kind, count, words, bool(_BEHIND.match(after, end)), bool(_FOLLOWS.match(before, start))
            )
        )
    return found


def _counted_together(text: str, parties: Sequence[Span]) -> list[Count]:
    """How many those parties are that are one person or stand side by side; none where one of them is not counted."""
    groups: list[list[Span]] = []
    for party in sorted(set(parties)):
        if groups and _SIDE_BY_SIDE.fullmatch(text, groups[-1][-1].end, party.start):
            groups[-1].append(party)
        elif not groups or party.start >= groups[-1][-1].end:
            groups.append([party])
    counted = []
    for group in groups:
        # *Boycotted the vote, two guards were shot* is no list.
        is_list = len(group) > 1 and text[group[-2].end : group[-1].start] == " and "
        for members in (group,) if is_list else ([party] for party in group):
            counts = [_people(text, member) for member in members]
            told = [c for c in counts if c]
            if len(told) == len(members) and (len(told) > 1 or _is_one(text, members[0])):
                counted.append(_sum(told, Span(members[0].start, members[-1].end)))
    return counted


def _people(text: str, party: Span) -> Count | None:
    """How many a party is, if its words tell."""
    return Count(party, 1, 1) if _is_one(text, party) else head_count(text, party)


def _is_one(text: str, party: Span) -> bool:
    """Is a phrase without a number one person: *a judge*, *her driver*, *the caretaker*, *Ana Ruiz*, *him*?"""
    return bool(_ONE_PERSON.fullmatch(text, party.start, party.end)) and not _PHRASE.search(
        text, party.start, party.end
    )


def _sum(counts: Sequence[Count], span: Span) -> Count:
    """The counts of several, told by a span, as one."""
    highs = [c.high for c in counts if c.high is not None]
    high = sum(highs) if len(highs) == len(counts) else None
    return Count(span, sum(c.low for c in counts), high, any(c.about for c in counts))


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
    return _sum((count, other), Span(count.span.start, other.span.end))


def _kind(before: str, after: str) -> tuple[Casualty | None, int, int]:
    """What the words around a number say of it, where in `before` they begin, at its end if none stand there, and where
    in `after` they end."""
    if told := _INJURED_BEFORE.search(before):
        return "injured", told.start(), len(after)
    if told := _DEAD_BEFORE.search(before):
        return "dead", told.start(), len(after)
    if _TAKING_LIVES.search(before) and (lives := _LIVES.match(after)):
        return "dead", len(before), lives.end()
    injured, dead = _INJURED_AFTER.match(after), _DEAD_AFTER.match(after)
    put = _PUT_BEFORE.search(before)
    if not injured and put:
        injured = _TO_HOSPITAL.match(after)
    if injured and (not dead or injured.end() < dead.end()):
        return "injured", len(before), injured.end()
    return ("dead", len(before), dead.end()) if dead else (None, len(before), 0)


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


def victims_of(text: str, trigger: Span, victims: Sequence[Span]) -> tuple[Casualty, Count] | None:
    """The victims of a killing or wounding that its own word tells: *hanged three men, beat a clerk to death, shot her in the
    foot*; None if one of them is not counted.

    Args:
        victims: to whom it was done.
    """
    act = trigger.of(text)
    if _LETHAL.fullmatch(act) or _TO_DEATH.match(text, trigger.end):
        kind: Casualty = "dead"
    elif _HURTING.fullmatch(act) or (_SHOT.fullmatch(act) and _IN_THE_LEG.match(text, trigger.end)):
        kind = "injured"
    else:
        return None
    counts = [_people(text, victim) for victim in victims]
    told = [c for c in counts if c]
    if not told or len(told) < len(counts):
        return None
    return kind, _sum(told, Span(min(v.start for v in victims), max(v.end for v in victims)))


def head_count(text: str, phrase: Span) -> Count | None:
    """The number of a phrase: that it begins with (*some 250 mothers*), that its crowd is of (*a throng of 500*), or that
    stands behind it (*villagers, about 120 in number, ...*); None if there is none."""
    before = _CROWD_OF.match(text, phrase.start, phrase.end) or _ALL.match(text, phrase.start, phrase.end)
    number = _PHRASE.match(text, before.end() if before else phrase.start, phrase.end)
    if number is None and (strength := _STRENGTH.match(text, phrase.end, phrase.end + _REACH)):
        number = _PHRASE.match(text, strength.start("number"))
    return read_count(text, Span(number.start(), number.end())) if number else None


def marchers(text: str, phrase: Span) -> Count | None:
    """The number of a phrase, unless it counts bodies or things and not people (*three unions, some 40 boats*)."""
    return None if _NO_PEOPLE.match(text, phrase.start, phrase.end) else head_count(text, phrase)


def crowd_of(text: str, phrase: Span) -> Count | None:
    """The number of those who are called a crowd: *a mob of 300*."""
    return head_count(text, phrase) if _CROWD_OF.match(text, phrase.start, phrase.end) else None


def turnout(text: str, trigger: Span, sentence: Span) -> Count | None:
    """The number of people that the word of a protest is told with: *a strike of 1,380 caterers, a rally that drew 6,000,
    brought 6,000 to a rally, put the crowd that rallied at 6,000*."""
    end = min(sentence.end, trigger.end + _REACH)
    if with_it := _TURNOUT.match(text, trigger.end, end):
        number = _PHRASE.match(text, with_it.end(), end)
        if number and not _MEASURE.match(text, number.end()):
            return read_count(text, Span(*number.span()))
    for number in _PHRASE.finditer(text, max(sentence.start, trigger.start - _REACH), end):
        told = (
            _AT_IT.fullmatch(text, number.end(), trigger.start)
            if number.end() < trigger.start
            else number.start() >= trigger.end and _PUT_AT.search(text, sentence.start, number.start())
        )
        if told and not _MEASURE.match(text, number.end()):
            return read_count(text, Span(*number.span()))
    return None
