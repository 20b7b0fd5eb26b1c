"""Capitals and countries that act: *Moscow said* is the government, *in Moscow* the town.

A name is the government where it does what only people do (says, warns, denies), where somebody does
it to it (*accused Moscow of*), deals with it (*talks with Tehran*), or where it has what a
government has (*Moscow's demands*). After a preposition of place it is the town or the land.
"""

from __future__ import annotations

import re

from onrecord.article import Span

_PLACE_BEFORE = re.compile(
    r"(?i)\b(?:in|at|near|from|to|into|outside|inside|around|across|over|through|throughout|toward|towards|of|via|within|beyond|off|for|visit|visited|visiting|leave|left|reach|reached)"
    r"(?: (?:the|central|downtown|northern|southern|eastern|western|north|south|east|west|suburban|nearby|neighbou?ring))*\s+$"
)
# *said*, *has again warned*, *will not accept*, *is expected to sign*.
_LEAD = (
    r"(?:(?:,? (?:and|or) (?:the )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?){0,2})"
    r"(?:,? (?:too|also|meanwhile|however|in turn|for its part),?)?"
    r"(?: (?:has|have|had|will|would|may|might|could|should|can|cannot|did|does|do|is|are|was|were|must|been|be|being|not|never|also|again|then|now|still|already|long|since|later|first|soon|only|even|just|\w+ly|to|expected|likely|reported|said|yet|once|repeatedly))*"
)
_STEMS = """accept|accus|acknowledg|admit|advis|affirm|agre|allege|alleg|announc|apologi[sz]|appeal|approv|argu|ask|assert
 |assur|back|balk|ban|bet|bristl|call|caution|cav|ced|challeng|cit|claim|commit|complain|conced|conclud|condemn|confirm|consider
 |contend|counter|criticis|criticiz|cut|decid|declar|declin|demand|den[iy]|denounc|deplor|describ|dismiss|disput|dispatch
 |endors|escalat|expel|express|extradit|fear|fund|grant|hail|hop|impos|insist|instruct|intend|intervene|invit|issu
 |lament|launch|lobb|maintain|mull|negotiat|object|offer|oppos|order|ow|persuad|plan|pledg|point|praise?|prefer
 |promis|propos|protest|provid|push|react|reaffirm|recall|recogni[sz]|refus|reiterat|reject|renounc|request|respond|retaliat|retort
 |revok|sanction|scrambl|seek|signal|signall|sign|stress|stat|suggest|summon|support|suspect|suspend|threaten|tr[iy]|underlin|unveil|urg
 |veto|view|voic|vow|want|warn|welcom|withdr[ae]w|worr[iy]|reckon|regard|resist|block|boycott|accede|sid|supply|suppl[iy]|arm"""
_VERB = (
    r" (?:said|says|say|saying|told|tells|tell|spoke|thinks?|thought|believes?|believed|knows?|knew|made|makes?|gave|gives?|took|takes?|"
    r"sent|sends?|saw|sees?|seeks?|sought|stood|stands?|held|holds?|kept|keeps?|broke|insists?|withdrew|ready|willing|determined|keen|eager|"
    r"reluctant|unwilling|prepared|adamant|angry|furious|optimistic|concerned|alarmed|trying|responsible|"
    rf"(?:{''.join(_STEMS.split())})(?:s|es|ies|ed|ied|ted|led|ing|ting|ling|e|)?)\b(?!-)"
)
_ACTS = re.compile(_LEAD + _VERB)
_OWNS = re.compile(
    r"^['’]s? (?:\w+ )?(?:government|stance|position|decision|demands?|claims?|refusal|response|policy|policies|offer|proposal|plans?|allies|ally|"
    r"ambassador|envoy|foreign|leaders?|leadership|intentions?|accusations?|denials?|assertions?|statements?|warnings?|threats?|"
    r"support|backing|interests?|ambitions?|message|concerns?|efforts?|view|goals?|aims?|request|call|diplomats?|strategy|behaviou?r)\b"
)
_BACKED = re.compile(
    r"^-(?:backed|led|based|sponsored|installed|allied|controlled|appointed|friendly|supported|imposed|brokered)\b"
)
_DONE_TO = re.compile(
    r"(?i)\b(?:accus(?:e|es|ed|ing)|urg(?:e|es|ed|ing)|told|tell|tells|telling|warn(?:s|ed|ing)?|press(?:es|ed|ing)?|pressur(?:e|es|ed|ing)|ask(?:s|ed|ing)?|"
    r"blam(?:e|es|ed|ing)|condemn(?:s|ed|ing)?|criticis(?:e|es|ed|ing)|criticiz(?:e|es|ed|ing)|thank(?:s|ed|ing)?|persuad(?:e|es|ed|ing)|"
    r"sanction(?:s|ed|ing)?|punish(?:es|ed|ing)?|anger(?:s|ed|ing)?|appeas(?:e|es|ed|ing)|reassur(?:e|es|ed|ing)|"
    r"(?:talks?|negotiations?|relations?|ties|deal|agreement|treaty|alliance|dispute|tensions?|cooperation|negotiat(?:e|ed|ing)|dialogue|contacts?|accord|feud|standoff|row) with|"
    r"(?:sanctions?|pressure|measures?|retaliation|complaint|accusations?|war) (?:on|against)|according to|"
    r"(?:backed|supported|condemned|imposed|announced|rejected|approved|accused|sponsored|recognised|recognized|proposed|demanded|armed|funded|denied|led) by|"
    r"between(?: (?:the )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)? and)?|"
    r"(?:help|support|backing|approval|permission|pressure|word|message|response|aid|signals?|recognition) (?:from|of))\s+(?:the\s+)?$"
)
# *between Moscow and St. Petersburg* is a journey; *tensions between Moscow and Kyiv* are not.
_BETWEEN = re.compile(r"(?i)\bbetween\b[^.]{0,40}$")
_DEALINGS = re.compile(
    r"(?i)\b(?:relations|talks|tensions?|ties|dispute|war|agreement|deal|treaty|dialogue|negotiations|rivalry|trust|rift|row|standoff|conflict|cooperation|alliance|ceasefire|truce|contacts|feud|accord|peace)\b[^.]{0,30}\bbetween\b"
)


def speaks_as_government(text: str, span: Span, *, after_place: bool = False) -> bool:
    """Does the name of a capital or country stand for its government here?

    Args:
        text: the report.
        span: the name, without *the* and *'s*.
        after_place: the name ends another (*Paris, France*): then it is the land.

    >>> speaks_as_government("On Monday Moscow said no.", Span(10, 16))
    True
    >>> speaks_as_government("A clerk in Moscow said no.", Span(11, 17))
    False
    """
    if after_place:
        return False
    before, after = text[max(0, span.start - 90) : span.start], text[span.end : span.end + 90]
    if _DONE_TO.search(before):
        return not _BETWEEN.search(before) or bool(_DEALINGS.search(before))
    if _BACKED.match(after):
        return not after.startswith("-based")
    if _PLACE_BEFORE.search(before):
        return False
    if _OWNS.match(after):
        return True
    return bool(_ACTS.match(after))
