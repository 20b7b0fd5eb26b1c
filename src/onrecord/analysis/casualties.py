"""Numbers of the dead and the injured, where the text ties them to their words by its form.

*Killing nine*, *two people dead*, *31 were wounded*: the number, or the people that `people.py` counts, stands right
before or behind the word. What the event head finds of numbers comes first; this fills what it leaves open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.analysis.counts import BOUND, Count, read_count
from onrecord.analysis.number_phrases import (
    AGED,
    DIGITS_OR_WORD,
    NUMBER,
    ages_in,
    numbers_in,
)
from onrecord.analysis.people import add_up, counted_together, counts_animals, counts_nobody, people_in
from onrecord.analysis.tolls import Casualty, tolls_in
from onrecord.analysis.victims import victims_in
from onrecord.article import Span

# Words that may stand between a number and what befell them: *people, one of them a child,*, *soldiers and a guard*.
_NO_WHO = rf"(?:{DIGITS_OR_WORD}|left|leaving|but|or|in|on|at|after|while|when|as|by|wounded|injured|killed|hurt|dead|died|were|was|are|is|had|have|has|an?|the)\b"
_WHO = (
    rf"(?:\s+(?!and\b|who\b|which\b|that\b|{_NO_WHO})[\w’'-]+){{0,5}}?"
    rf"(?:\s+of\s+(?:the|its|their|an?)(?:\s+[\w’'-]+){{1,2}}?(?=\s+and\s))?(?:\s+and(?!\s+that\b)(?:\s+(?:{BOUND}\s+)?{NUMBER})?(?:\s+(?!{_NO_WHO})[\w’'-]+){{1,4}}?)?"
    r"(?:\s+of\s+(?:them|whom|(?:its|their|his|her|the|an?|two|both|three|four)(?:\s+[\w’'-]+){1,3}?))?"
    rf"(?:\s+(?:aboard|in|on|at|from|inside|near|outside)(?:\s+(?:an?|the|its|his|her|their))?(?:\s+(?!{_NO_WHO}|and\b|who\b|that\b)[\w’'-]+){{1,3}}?)?"
    rf"(?:,?\s{AGED},?|\sof\s(?:{DIGITS_OR_WORD})(?=\s)|,(?!\s(?:and|but|while|when|after|before|where)\b)[^,;.:]{{1,70}},|\s\([^()]{{1,60}}\)|\s[–—-]\s[^–—;.]{{1,60}}\s[–—-](?=\s)"
    # *A chief who tried to stop it lost an eye*.
    rf"|\s(?:who|whom|that)(?:\s+(?!{_NO_WHO})[\w’'-]+){{2,6}}?)?(?:,?\s(?:who|that))?"
)
_BE = r"(?:\s+(?:were|was|are|is|had been|have been|has been|have|has|had|lay|found|being|be|to have been|reportedly|reported|confirmed|later|also|still|now|all|both|left|\w+ly))*"
# *Two bombs killed seven* tells of seven: behind a verb that has an object stands whom it befell.
_NO_OBJECT = rf"(?!\s+(?:(?:{BOUND}\s+)?{NUMBER}|an?|the|his|her|their|its|him|them|another|people|civilians|no|nobody|none|anyone|anybody)\b)"
_DEAD_AFTER = re.compile(
    rf"{_WHO}{_BE}\s+(?:[a-z]+(?:ed|en)\s+(?:or|and)\s+)?(?:(?:killed|executed|murdered|massacred|(?:gunned|hacked|mown|mowed) down|beheaded|shot dead|lynched|hanged|strangled|smothered|garrotted|stoned to death|cut down){_NO_OBJECT}"
    r"|dead|die[ds]?|starved(?: to death)?(?=[,.;:]|\s(?:to|in|on|since|as|when)\b)|perish(?:ed)?|drown(?:ed)?|to drown|slain|lost their lives|suffocated|burned alive|fatally|put to death"
    r"|(?:run over|[a-z]+(?:ed|en)) and killed|(?:[a-z]+(?:ed|en)|burnt|shot) to death|deaths|fatalities|bodies|corpses|in the (?:morgue|mortuary))\b",
    re.IGNORECASE,
)
# Without a part of one of these words nothing below can match: they are found much faster.
_MAY_BE_DEAD = (
    "kill execut murder massacr down behead dead death die lynch hang strangl perish drown slain lost suffocat burned fatal"
    " bodies corpse morgue mortuary starv smother garrot"
).split()
_MAY_BE_INJURED = (
    "wound injur hurt maim graz slash unconscious hospital clinic infirm intensive coma bruis burn blind disfig crippl concuss"
    " bitten scald paraly split crack cut hit struck treat stitch operat fractur bro break los crush surgery care oxygen ambulance"
    " arrow bullet knife spear blade splinter"
).split()
_DEAD_BEFORE = re.compile(
    r"\b(?:kill(?:ed|ing|s)?|shot dead|shooting dead|gunned down|gunning down|murder(?:ed|ing|s)?|execut(?:ed|ing|es)"
    r"|massacr(?:ed|ing)|behead(?:ed|ing)|slaughter(?:ed|ing)|lynch(?:ed|ing)|strangl(?:ed|ing)|hack(?:ed|ing) to death"
    r"|drown(?:ed|ing)|cut(?:ting)? down"
    r"|(?:burn|beat|stabb?|club|clubb|ston|crush|batter|tortur|kick|trampl)(?:ed|en|t|ing)? to death|claim(?:ed|ing)(?: the lives of)?|mow(?:ed|ing) down|pick(?:ed|ing) off"
    r"|(?:deaths?|killings?|murders?|executions?|lynchings?|massacres?|slaughter|beheadings?|manslaughter|drowning|lives) of|(?<!and the )(?<!return the )(?<!returned the )(?<!over the )(?<!swapped the )(?<!exchanged the )bodies of"
    r"|(?:death toll|the dead|number (?:of (?:the )?dead|killed))(?: \w+){0,4}? (?:to|at|of|number(?:s|ed|ing))|put(?:ting)? the (?:death )?toll at"
    r"|(?:cost|claim|tak|took)(?:ed|en|ing|s)? the li(?:fe|ves) of)"
    r"\s+(?:another\s+|a further\s+|the\s+|all\s+|its\s+|his\s+|their\s+)?$",
    re.IGNORECASE,
)
# *Has cost 6,000 lives*.
_TAKING_LIVES = re.compile(
    r"\b(?:cost|costing|took|taken|taking)\s+(?:another\s+|a further\s+|some\s+)?$", re.IGNORECASE
)
_LIVES = re.compile(r"(?:\s+[\w’'-]+)?\s+lives\b", re.IGNORECASE)
# *Cost an officer his life*.
_COSTING = re.compile(r"\bcost(?:ing)?\s+$", re.IGNORECASE)
# *Nearly twice as many wounded*, *twice that number were hurt*.
_TIMES = re.compile(
    r"(?P<times>(?:(?:nearly|about|almost|roughly|some)\s+)?(?:twice|double|three\s+times)\s+(?:as\s+many|that\s+(?:number|many)))"
    r"(?:\s+(?:people|others|more|had|have|were|been))*\s+(?P<kind>dead|killed|wounded|injured|hurt|maimed)\b",
    re.IGNORECASE,
)
# *Killed five and wounded as many more*.
_AS_MANY = re.compile(
    r"\b(?P<act>killed|killing|wounded|wounding|injured|injuring|hurt|hurting)\s+(?P<times>as\s+many)\b(?!\s+as\b)",
    re.IGNORECASE,
)
_OWN_LIFE = re.compile(r"\s+(?:his|her|their|its)\s+li(?:fe|ves)\b", re.IGNORECASE)
# *Whom two muggers beat to death*: who did it; *killed or wounded 40*, *none of its 24 crew was hurt*: none can be told.
_DOER = re.compile(
    rf"\b(?:{DIGITS_OR_WORD})\s+(?:(?:members|people|men|women|soldiers|fighters|children|relatives)\s+)?of\s+(?:(?:its|the|their|his|her|those|these|some)\s+)?$|(?<!of )\bwhom(?:,[^,]{{1,30}},)?\s+$|\b(?:none|neither|no one|not one) of\s+(?:\w+\s+)?$|\bpart of an? [\w-]+ of\s+$|\b(?:killed|dead) or (?:wounded|injured|hurt)\s+$",
    re.IGNORECASE,
)
_HOSPITAL = r"(?:an?\s+|the\s+)?(?:[\w-]+\s+){0,3}?(?:hospitals?|clinics?|infirmary)"
_HURTS = r"(?:[\w-]+\s+){0,3}?(?:wounds?|injur(?:y|ies)|burns?|stitches|fractures?|concussions?|cuts|bruises|(?:split|cracked)\s+(?:scalps?|skulls?|lips?)|broken\s+(?!the\b|an?\b|its\b|his\b|their\b|up\b|off\b|out\b|down\b|into\b|through\b)\w+)"
_LIMB = (
    r"(?:eyes?|(?:eye)?sight|ears?|hearing|no(?:se|ses)|jaws?|teeth|tooth|skulls?|necks?|arms?|elbows?|wrists?|hands?|fingers?|thumbs?|ribs?|hips?|legs?"
    r"|knees?|ankles?|foot|feet|toes?|collarbones?)"
)
_A_LIMB = rf"(?:\s+(?!and\b|but\b)[\w’'-]+){{0,3}}?\s+{_LIMB}"
_BROKEN = re.compile(
    rf"\b(?P<act>break(?:ing|s)?|broken?|fractur(?:ed|ing))\s+(?:(?P<whose>his|her)(?:\s+[\w’'-]+){{0,2}}?\s+{_LIMB}\b"
    rf"|(?:the|an?|two|three|four|several)\s+(?:[\w’'-]+\s+){{0,4}}?{_LIMB}\s+of\s+(?P<who>an?(?:\s+[\w’'-]+){{1,3}}))"
)
_INJURED_AFTER = re.compile(
    rf"{_WHO}{_BE}\s+(?:(?:wounded|injured|hurt|maimed|grazed|slashed){_NO_OBJECT}|(?:beaten|knocked)\s+unconscious|hospitali[sz]ed|injuries|in\s+(?:hospital|intensive\s+care|a\s+coma)"
    rf"|(?:bruised|burnt|blinded|disfigured|crippled|concussed|bitten|scalded|paralysed|paralyzed)(?=[,.;:]|\s+(?:by|in|on|when|as|after|and|but|with|while)\b|$)"
    rf"|(?:cut|hit|struck)\s+by\s+(?:[\w-]+\s+){{0,3}}?(?:glass|bottles?|stones?|rocks?|bricks?|splinters|shrapnel|bullets?|pellets?|batons?|birdshot|buckshot)"
    rf"|(?:hit|struck|cut|slashed|wounded|stabbed)\s+(?:in|about|across|through)\s+the\s+(?:\w+\s+)?(?:{_LIMB}|face|back|stomach|thighs?|shoulders?|chest|head)"
    rf"|shot\s+(?:in|through)\s+the\s+(?:\w+\s+)?(?:{_LIMB}|thighs?|shoulders?)"
    rf"|(?:taken|rushed|sent|flown|airlifted|brought|carried|admitted|driven)\s+to\s+{_HOSPITAL}"
    rf"|(?:taken|rushed|sent|flown|airlifted|carried)\s+(?:[\w’'-]+\s+){{1,4}}?(?:for\s+treatment|by\s+ambulance|in\s+ambulances)"
    rf"|(?:being\s+)?(?:treated|operated\s+on|stitched(?:\s+up)?|under\s+treatment)(?:\s+for|\s+in|\s+at)?\b"
    rf"|(?:suffer(?:ed|ing)?|sustain(?:ed|ing)?|receiv(?:ed|ing)|nurs(?:ed|ing)|had|have|with)\s+{_HURTS}|with\s+an?\s+(?:\w+\s+)?(?:arrow|bullet|knife|spear|blade|splinter)s?\s+(?:in|through)"
    rf"|(?:los(?:t|ing)|broke|breaking|fractured|fracturing){_A_LIMB}(?!\s+of\s+(?!(?:an?|the|one|both)\s+(?:eye|ear)))|(?:had|have|having){_A_LIMB}\s+(?:broken|fractured|cut|crushed)"
    rf"|(?:need(?:ed|ing|s)?|requir(?:ed|ing|es))\s+(?:[\w-]+\s+){{0,2}}?(?:surgery|treatment|stitches|care|oxygen|an\s+operation))\b",
    re.IGNORECASE,
)
_INJURED_BEFORE = re.compile(
    r"\b(?:wound(?:ed|ing|s)?|injur(?:ed|ing|es|ies to)|hurt(?:ing)?|(?:maim|graz|blind|scald|disfigur|concuss|crippl)(?:ed|ing)"
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
# *Treated 58 people for bullet wounds*, *are treating a clerk for burns*.
_TREATING = re.compile(r"\btreat(?:ed|ing|s)?\s+(?:another\s+|a further\s+)?$", re.IGNORECASE)
_FOR_WOUNDS = re.compile(rf"{_WHO}\s+(?:for|with)\s+{_HURTS}\b", re.IGNORECASE)
# *Policemen in a hospital, all of them hurt in an attack*, *six gendarmes, two of them injured*: the last are two.
_ALL_OF_THEM = re.compile(
    r"(?:\s(?!and\b)[^\s,;:.]+){0,8}?,\s(?:all|both)\sof\s(?:them|whom\s(?:were|had\sbeen))\s(?P<kind>wounded|injured|hurt|killed)\b"
)
_TO_HOSPITAL = re.compile(rf"{_WHO}\s+(?:in|to|with)\s+(?:{_HOSPITAL}|{_HURTS})\b", re.IGNORECASE)
# *Thirty inmates and five warders*, *nine of its troops and fourteen rebels*, *five officers and a boy*.
_AND_MORE = re.compile(
    rf"(?:\s+(?!of\b)[\w’'-]+){{0,4}}?(?:\s+of\s+(?:the|an?|its|their|his|her)(?:\s+[\w’'-]+){{1,3}}?)?\s+and\s+"
    rf"(?P<who>(?P<number>(?:{BOUND}\s+)?{NUMBER}(?=\s+[a-z])(?! of\b(?! (?:the|its|their|his|her)\b)))"
    r"|(?:an?|his|her|its|their)(?:\s+[\w’'-]+){1,3}?(?=\s+(?:in|at|from|on|were|was|had|have|are|dead|killed|died|wounded|injured|hurt|aboard|inside)\b))",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"(?:\s+(?:on|late on|early on)\s+\w+(?:\s+(?:night|morning|evening))?)?\s+(?:in|at|during|when|as|after|by)\b",
    re.IGNORECASE,
)
_FOLLOWS = re.compile(r"[a-z]+ing\b", re.IGNORECASE)
_LETHAL = re.compile(
    r"murders?|killings?|assassinations?|executions?|lynchings?|massacre|slaughter|(?:kill|murder|lynch|behead|hang|assassinat|execut|strangl|massacr"
    r"|slaughter|electrocut|smother|garrott)(?:ed|e?s|ing)|cut down|drown(?:ed|ing)|slain|put(?:ting)? to death|[a-z]+ (?:dead|to death)|(?:gunned|mown|mowed) down",
    re.IGNORECASE,
)
_TO_DEATH = re.compile(
    r"(?:\s(?!(?:and|but|when|after|as|while|before|where)\b)[^\s,;:.]+){0,8}?\s(?:to death|dead|fatally)\b"
)
_HURTING = re.compile(
    r"(?:wound|injur|maim|wing|blind|disfigur|slash|ston|graz)(?:ed|es|s|ing)|hurt(?:ing|s)?|bit(?:ten|ing)?",
    re.IGNORECASE,
)
_SHOT = re.compile(
    r"sho(?:t|oting)|stabb(?:ed|ing)|knif(?:ed|ing)|hit(?:ting)?|struck|striking|beat(?:en|ing)?",
    re.IGNORECASE,
)
_IN_THE_LEG = re.compile(
    r"(?:\s[^\s,;:.]+){0,6}?\s(?:in|on|through)\s(?:the|his|her|their|both|one|an?)\s(?:\w+\s)?"
    r"(?:legs?|foot|feet|arms?|hands?|thighs?|knees?|chest|stomach|neck|face|eyes?|shoulders?|back|jaw|wrists?|ankles?|hips?)\b"
)
_BEATEN = re.compile(
    r"(?:beat(?:en|ing)?|club(?:bed|bing)|kick(?:ed|ing)|punch(?:ed|ing)|truncheon(?:ed|ing)|whip(?:ped|ping))"
)
# *Beat eight fishermen so badly that they needed surgery*.
_SO_BADLY = re.compile(
    r"(?:\s(?!and\b|but\b)[^\s,;:.]+){0,6}?\sso\s(?:badly|hard|severely)\s(?:that\b|they\b|he\b|she\b)"
)
# *The campaigner whom gunmen killed*.
_WHOM = re.compile(
    r"\b(?P<who>(?:an?|the)(?:\s+(?!(?:an?|the|and|of|to|in|on|at|for|over|by)\b)[\w’'-]+){1,3}),?\s+whom(?:,[^,;.]{1,30},)?(?:\s+(?!(?:and|but|was|were|had)\b)[\w’'-]+){1,4}\s+(?:had\s+|have\s+|has\s+)?$",
    re.IGNORECASE,
)
# How far before a number its word may begin, and how far behind it may end.
_REACH = 80


@dataclass(frozen=True, slots=True)
class Casualties:
    """How many are dead or injured.

    Attributes:
        words: the number with the words that say what befell them.
        told_behind: what they came to harm by follows (*31 were wounded in, when, after ...*).
        follows: it is what came of an act told before (*..., killing two*).
        is_toll: it sums up what is known by now, and stands for what was told before it (*raising the toll to 27*).
        own: it is of the event alone whose word stands in its words or behind them (*the third to die in the fighting*).
        takes_up: it does not say whom it counts (*the figure stood at eleven*).
    """

    kind: Casualty
    count: Count
    words: Span
    told_behind: bool = False
    follows: bool = False
    is_toll: bool = False
    takes_up: bool = False
    own: bool = False


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
    tolls = tolls_in(text, sentence)
    tolled = [toll.words for toll in tolls]
    read = sentence.start
    numbers = dict.fromkeys(numbers_in(text, sentence.start, sentence.end))
    ages = ages_in(text, sentence.start, sentence.end) if numbers else []
    groups = {count.span: count for count in counted_together(text, parties)}
    words = sentence.of(text)
    for one in victims_in(text, sentence, ages):
        # *His brother and a secretary* of which *his* was found.
        parts = [group for group in groups if group.meets(one.span)]
        if all(one.span.holds(part) for part in parts):
            for part in parts:
                del groups[part]
            groups[one.span] = one
    for number in sorted({**numbers, **groups}, key=lambda n: (n.start, -n.end)):
        if number.start < read or any(a.holds(number) for a in ages if number not in groups):
            continue
        if any(t.meets(number) for t in tolled) or counts_animals(text, number):
            continue
        before = text[max(sentence.start, number.start - _REACH) : number.start]
        after = text[number.end : min(sentence.end, number.end + _REACH)]
        kind, start, end = _kind(before, after)
        told_before = start < len(before)
        count = groups.get(number) or (read_count(text, number) if kind else None)
        if not kind or not count or count.high == 0 or _DOER.search(before):
            continue
        if number in groups:
            read = number.end
        elif more := _and_more(text, count, after[:end], told_before=told_before):
            count, read = more, more.span.end
        told_words = Span(
            number.start - len(before) + start, max(count.span.end, number.end + (0 if told_before else end))
        )
        found.append(
            Casualties(
                kind, count, told_words, bool(_BEHIND.match(after, end)), bool(_FOLLOWS.match(before, start))
            )
        )
    if "break" in words or "bro" in words or "fractur" in words:
        found.extend(_broken(text, sentence, found))
    if found and (" as many " in words or " that number " in words):
        found.extend(_multiples(text, sentence, found))
    found.extend(
        Casualties(toll.kind, toll.count, toll.words, is_toll=True, takes_up=toll.takes_up, own=toll.own)
        for toll in tolls
    )
    return found


def _broken(text: str, sentence: Span, found: Sequence[Casualties]) -> list[Casualties]:
    """*Broke the nose of a clerk*, *..., breaking his hip*: one is injured."""
    told = []
    for broken in _BROKEN.finditer(text, sentence.start, sentence.end):
        who = Span(*broken.span("whose" if broken["whose"] else "who"))
        if not any(who.meets(c.words) for c in found):
            follows = broken["act"].endswith("ing")
            told.append(Casualties("injured", Count(who, 1, 1), Span(*broken.span()), follows=follows))
    return told


def _multiples(text: str, sentence: Span, found: Sequence[Casualties]) -> list[Casualties]:
    """*Left 16 dead and nearly twice as many wounded*: so many times the number before it."""
    multiples = []
    for expression in (_TIMES, _AS_MANY):
        for times in expression.finditer(text, sentence.start, sentence.end):
            base = next((c.count for c in reversed(found) if c.count.span.end <= times.start("times")), None)
            if not base or not (base.low or base.high):
                continue
            words = times["times"].lower()
            factor = 3 if "three" in words else 2 if expression is _TIMES else 1
            span = Span(*times.span("times"))
            count = Count(
                span, factor * base.low, base.high and factor * base.high, about=base.about or factor > 1
            )
            told = times["kind" if expression is _TIMES else "act"].lower()
            kind: Casualty = "dead" if told in ("dead", "killed", "killing") else "injured"
            multiples.append(Casualties(kind, count, Span(*times.span())))
    return multiples


def _and_more(text: str, count: Count, after: str, *, told_before: bool) -> Count | None:
    """*Thirty inmates and five warders*, *four men and a woman*: the sum, if both are of one clause.

    Args:
        after: from behind the number to the end of the word that says what befell them; to the end of its reach if that
            stands before the number.
    """
    more = _AND_MORE.match(after)
    if not more:
        return None
    start = count.span.end
    part = "number" if more["number"] else "who"
    span = Span(start + more.start(part), start + more.end(part))
    if counts_nobody(text, Span(span.start, start + more.end() + _REACH)):
        return count  # *three guards and a dog*
    other = read_count(text, span) if more["number"] else people_in(text, span)
    if not other or told_before == bool(_kind("", after[more.end(part) :])[0]):
        return None  # *killing four and two others were hurt*
    return add_up((count, other), Span(count.span.start, other.span.end))


def _kind(before: str, after: str) -> tuple[Casualty | None, int, int]:
    """What the words around a number say of it, where in `before` they begin, at its end if none stand there, and where
    in `after` they end."""
    if told := _INJURED_BEFORE.search(before):
        return "injured", told.start(), len(after)
    if told := _DEAD_BEFORE.search(before):
        return "dead", told.start(), len(after)
    if " li" in after and _COSTING.search(before) and (own := _OWN_LIFE.match(after)):
        return "dead", len(before), own.end()
    if " lives" in after and _TAKING_LIVES.search(before) and (lives := _LIVES.match(after)):
        return "dead", len(before), lives.end()
    low = after.lower()
    dead = _DEAD_AFTER.match(after) if _any_in(_MAY_BE_DEAD, low) else None
    injured = _INJURED_AFTER.match(after) if _any_in(_MAY_BE_INJURED, low) else None
    if not injured and _PUT_BEFORE.search(before):
        injured = _TO_HOSPITAL.match(after)
    if not injured and _TREATING.search(before):
        injured = _FOR_WOUNDS.match(after)
    if not injured and not dead and " of " in low and (all_ := _ALL_OF_THEM.match(after)):
        return ("dead" if all_["kind"] == "killed" else "injured"), len(before), all_.end()
    if injured and (not dead or injured.end() < dead.end()):
        return "injured", len(before), injured.end()
    return ("dead", len(before), dead.end()) if dead else (None, len(before), 0)


def _any_in(parts: Sequence[str], words: str) -> bool:
    for part in parts:  # noqa: SIM110 - a generator is twice as slow
        if part in words:
            return True
    return False


def victims_of(text: str, trigger: Span, victims: Sequence[Span]) -> tuple[Casualty, Count] | None:
    """The victims of a killing or wounding that its own word tells: *hanged three men, beat a clerk to death, shot her in the
    foot*; None if one of them is not counted.

    Args:
        victims: to whom it was done.
    """
    act = trigger.of(text)
    if not victims and (whom := _WHOM.search(text, max(0, trigger.start - 2 * _REACH), trigger.start)):
        victims = [Span(*whom.span("who"))]
    if _LETHAL.fullmatch(act) or _TO_DEATH.match(text, trigger.end):
        kind: Casualty = "dead"
    elif (
        _HURTING.fullmatch(act)
        or (_SHOT.fullmatch(act) and _IN_THE_LEG.match(text, trigger.end))
        or (_BEATEN.fullmatch(act) and _SO_BADLY.match(text, trigger.end))
    ):
        kind = "injured"
    else:
        return None
    # *Shooting the robber dead*.
    victims = [Span(v.start, v.end - 5) if v.of(text).endswith(" dead") else v for v in victims]
    counts = [people_in(text, victim) for victim in victims]
    told = [c for c in counts if c]
    if not told or len(told) < len(counts):
        return None
    return kind, add_up(told, Span(min(v.start for v in victims), max(v.end for v in victims)))
