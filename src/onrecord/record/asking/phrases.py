"""Turns of phrase of public life, and the word that says the same: *is on the table*, *lost their lives*, *pulled out of*."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from onrecord.article import Span

# What a turn of phrase says of the whole clause: that it may be, that it is not to be.
POSSIBLE: Final = "may"
RULED_OUT: Final = "not"
# Turns of phrase, and the word that says the same; none where it says nothing.
_PHRASES: Final = (
    (r"(?:is |are |was |were |remains? |still ){0,3}(?:on the table|an option|under (?:consideration|discussion|review)|(?:cannot|can[’']t|could not) be (?:ruled out|excluded))", POSSIBLE),
    (r"(?:is |are |was |were |has been |have been ){0,3}(?:off the table|out of the question|not an option|ruled out|not on the (?:table|agenda|cards))", RULED_OUT),
    (r"from the (?:very )?(?:start|beginning|outset)|all along|at all|in any way|of any kind", ""),
    (r"(?:at |by |before |towards? )?the (?:very )?(?:end|start|beginning|middle) of (?:the |this |next |last )?(?:year|month|week|decade|season|summer|winter|spring|autumn)", ""),
    (r"under ?way|in progress|in force|in place|take place|took place|taken place", ""),
    (r"(?:run|runs|ran|running|stand|stands|stood|standing)(?: again)? for (?=(?:a |an |the |re-?|another )?(?:\w+ )?(?:term|election|re-?election|office|president|governor|mayor|senate|senator|congress|parliament|seat|chancellor|leader|leadership|premier|prime|presidency|council|sheriff|assembly)\b)", "candidacy"),
    (r"seek(?:s|ing)? (?:re-?election|(?=(?:a|another) (?:\w+ )?(?:term|mandate)\b))|be (?:a|the) candidate for", "candidacy"),
    (r"(?:cut|cuts|cutting|axe|axed|axing|shed|shedding|eliminate\w*|eliminating) (?:(?:some|about|up to|nearly|around) )?(?:[\d,.]+ |\w+ )?(?:jobs|posts|positions)", "layoff"),
    (r"(?:jobs|posts|positions|workers|employees) (?:(?:will|would|are|is|to|were|was|have|had|has|be|been) ){0,4}(?:go|going|gone|cut|lost|axed|shed|eliminated|laid off|let go|disappear\w*|vanish\w*)", "layoff"),
    (r"lay(?:s|ing)? off|laid off|los(?:e|es|t|ing) (?:their|his|her) jobs?|cost(?:s|ing)? (?=(?:\w+ ){0,4}jobs?\b)|job (?:cuts|losses)", "layoff"),
    (r"(?:goes|go|going|went|gone)(?: very| quite)? well|(?:makes?|made|making) (?:good )?progress|on (?:track|course)", "succeed"),
    (r"break(?:s|ing)? down|broke(?:n)? down|fall(?:s|en|ing)? apart|fell apart|r[ua]n aground|ground to a halt", "fail"),
    (r"burn(?:s|ed|t|ing)? down|burn(?:ed|t)? to the ground|laid waste|in ruins", "destroy"),
    (r"pull(?:s|ed|ing)? (?:its |his |her |their |our )?(?:\w+ )?out(?: of)?", "withdraw"),
    (r"step(?:s|ped|ping)? down|stand(?:s|ing)? down|stood down|hand(?:s|ed)? in (?:his|her|my|their) resignation", "resign"),
    (r"remain(?:s|ed|ing)? in (?:his|her|their|my|the|its) ?(?:post|job)|remain(?:s|ed|ing)? in office|stay(?:s|ed|ing)? on as", "incumbent"),
    (r"turn(?:s|ed|ing)? down", "reject"),
    (r"(?:in|out of|with) (?:agreement|accord) with", "agree"),
    (r"go(?:es|ing)? ahead(?: with)?|went ahead(?: with)?|press(?:es|ed|ing)? ahead(?: with)?", "proceed"),
    (r"call(?:s|ed|ing)? off", "cancel"),
    (r"put(?:s|ting)? off", "postpone"),
    (r"do(?:es|ing)? away with|did away with|g[eo]t(?:s|ting)? rid of|phas(?:e|es|ed|ing) out", "abolish"),
    (r"cast(?:s|ing)? (?:a |an |the |their |his |her |my )?(?:ballots?|votes?)", "vote"),
    (r"los(?:e|es|t|ing) (?:their|his|her) li(?:fe|ves)|claim(?:s|ed|ing)? (?:the |\w+ )?lives", "die"),
    (r"(?:in|into) danger|at risk|a (?:risk|danger|threat|hazard)(?: to)?", "danger"),
    (r"behind bars|in (?:custody|prison|jail)", "jail"),
    (r"at large|on the run|set free|at liberty", "free"),
    (r"tak(?:e|es|ing) part|took part|taken part", "participate"),
    (r"in good health", "healthy"),
    (r"(?:goes|go|going|gone|went) up", "rise"),
    (r"(?:goes|go|going|gone|went|c[oa]m(?:e|ing)) down", "fall"),
    (r"in favou?r of", "support"),
    (r"in touch|in contact", "contact"),
    (r"under control", "controlled"),
    (r"out of control|beyond control", "uncontrolled"),
    (r"(?:goes|go|going|gone|went|carr(?:y|ies|ied)|wears?) on", "continue"),
    (r"resum(?:e|es|ed|ing) (?:work|operations?|production)|back in operation", "reopen"),
    (r"kn[eo]wn? (?=(?:\w+ ){1,3}(?:well|personally)\b)", "meet"),
)  # fmt: skip
_PHRASE: Final = re.compile(
    r"\b(?:" + "|".join(f"(?P<says{n}>{words})" for n, (words, _) in enumerate(_PHRASES)) + r")\b", re.I
)
_SAYS: Final = {f"says{n}": says for n, (_, says) in enumerate(_PHRASES)}


@lru_cache(maxsize=4096)
def phrases_in(text: str, span: Span) -> tuple[tuple[Span, str], ...]:
    """The turns of phrase in a part of a text: where each stands, and the word that says the same.

    >>> text = "A tax on bread is out of the question."
    >>> [(place.of(text), says) for place, says in phrases_in(text, Span(0, len(text)))]
    [('is out of the question', 'not')]
    """
    return tuple(
        (Span(found.start(), found.start() + len(found[0].rstrip())), _SAYS[found.lastgroup or ""])
        for found in _PHRASE.finditer(text, span.start, span.end)
    )
