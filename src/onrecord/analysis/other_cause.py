"""Does a sentence that follows the one of an event count the victims of something else?

*Police fired tear gas. Separately, a bus crash left nine dead*: the nine are not the tear gas's. A sentence that merely
goes on (*Eleven were killed, a doctor said*) has no cause, no place, no time and no teller of its own before its number.
"""

from __future__ import annotations

import re

from onrecord.article import Span

_SEPARATE = re.compile(
    r"\b(?:separate(?:ly)?|elsewhere|meanwhile|unrelated(?:ly)?|in other (?:news|developments|violence|incidents)"
    r"|(?:in|at|near|from) (?:another|a different|a second|a neighbou?ring|a nearby|other)\s)",
    re.IGNORECASE,
)
# What nobody did, however it is told.
_NATURE = re.compile(
    r"\b(?:floods?|flooding|floodwaters?|storms?|hurricanes?|cyclones?|typhoons?|tornado(?:e?s)?|landslides?|mudslides?"
    r"|avalanches?|(?:earth)?quakes?|tsunamis?|volcan\w+|droughts?|famines?|starvation|malnutrition|heat ?waves?|extreme heat"
    r"|heat ?strokes?|cold (?:snap|spell|wave)|lightning|wild ?fires?|bush ?fires?|cholera|ebola|malaria|measles|dengue|typhoid"
    r"|meningitis|polio|diphtheria|covid(?:-19)?|coronavirus|virus|flu|influenza|plague|pneumonia|tuberculosis|cancer|outbreaks?"
    r"|epidemics?|pandemics?|diseases?|illness(?:es)?|infections?|overdoses?|food poisoning)\b",
    re.IGNORECASE,
)
# What may be the act's own doing (*shot at the bus. The crash killed nine*), unless it is told as something new.
_MISHAP = re.compile(
    r"\b(?:an?|another|two|three|several)\s+(?:[\w’'-]+\s+){0,3}?(?:crash(?:es)?|collisions?|accidents?|pile-?ups?|derailments?|fires?"
    r"|blazes?|inferno|explosions?|blasts?|collapses?|shipwrecks?|stampedes?)\b"
    r"|\b(?:road|traffic|car|bus|train|plane|air|rail|mining|industrial)\s+(?:accidents?|crash(?:es)?|disasters?)\b",
    re.IGNORECASE,
)
# *Killed in a shootout*, *when a truck hit a bus*; not *in a hospital*.
_HARM = r"(?:killed|dead|die[ds]?|dying|deaths?|injured|wounded|hurt|perished|drowned|executed|murdered)"
_NEW_CAUSE = re.compile(
    rf"\b{_HARM}(?:\s+on\s+\w+)?\s+(?:in|when|while|during|after|as)\s+(?:an?|another|two|three|several|clashes|fighting)\s+"
    r"(?!(?:[\w’'-]+\s+){0,2}?(?:hospital|clinic|infirmary|ward|ambulance|coma|condition|hours?|minutes?|days?|few|bullets?|shells?|grenades?)\b)",
    re.IGNORECASE,
)
_DIED_OF = re.compile(
    r"\bdie[ds]? (?:of|from) (?!(?:[\w’'-]+ ){0,3}(?:wounds?|injur|burns?|blood|shrapnel|gunshot))"
)
# A new doer: *A truck killed nine*; a bullet is none.
_NEW_DOER = re.compile(
    r"(?:An?|Another)\s+(?!(?:[\w’'-]+\s+){0,2}?(?:bullets?|shells?|grenades?|rounds?|shots?|volley|salvo|rockets?|missiles?|hospital|doctor)\b)"
    r"(?:(?!(?:was|were|been|being|be|and)\b)[\w’'-]+\s+){1,8}?(?:killed|left|leaving|claimed|injured|wounded|hurt)\b"
)
_OTHER_TIME = re.compile(
    r"\b(?:(?:this|last|each|every|per) (?:year|month|century|decade)|a year|annually|so far|in recent (?:days|weeks|months|years)"
    r"|(?:over|in|during) the (?:past|last)|in (?:19|20)\d\d|since)\b",
    re.IGNORECASE,
)
# A teller who is named before what he tells; a pronoun goes on with the one before.
_TELLER = re.compile(
    r"(?<!\bhe)(?<!\bshe)(?<!\bthey)(?<!\bit)(?<!\bwho)\s+(?:said|says|say|told|reported|reports?|confirmed|announced|added|estimated|claimed that)\b"
    r"|\baccording to\b|\bput the (?:\w+ )?(?:toll|number|figure)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]utside|[Aa]cross)\s+(?:the\s+)?(?:[a-z]+\s+){0,4}?"
    r"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May\b|June|July|August|September|October|November|December)"
    r"(?P<name>[^\W\d_a-z][\w’'-]+)"
)


def has_other_cause(text: str, sentence: Span, first: Span, before: Span) -> bool:
    """Do the numbers of a sentence count victims of something else than the sentence before tells?

    Args:
        first: the first of them.
        before: the sentence of the event.
    """
    words = sentence.of(text)
    if any(cause.search(words) for cause in (_SEPARATE, _NATURE, _MISHAP, _NEW_CAUSE, _DIED_OF, _OTHER_TIME)):
        return True
    if _NEW_DOER.match(words):
        return True
    opening = text[sentence.start : first.start]
    told_before = before.of(text)
    return bool(_TELLER.search(opening)) or any(
        p["name"] not in told_before for p in _PLACE.finditer(opening)
    )
