"""Lines that surround a report and are not it: sign-up prompts, related links, notices, comments.

Rules by what a line asks of its reader, not by whose page it is from. Each pattern must take the
whole line, so that a sentence of the report that merely mentions a newsletter stays; and it must ask
for more than a first word, since headlines begin with *Related*, *Copyright* or *Most popular* too.
Furniture left in costs little, a sentence of the report cut out costs a statement.
"""

from __future__ import annotations

import re

# Why, the pattern, and whether the line addresses the reader: what does cannot also report that
# somebody says something (*Sign up for the draft, minister urges*).
_WHOLE_LINE: tuple[tuple[str, str, bool], ...] = (
    (
        "sign-up prompt",
        r"(?:please )?sign ?up(?: (?:now|here|today|free|for|to|with|and)\b.{0,90})?"
        r"|(?:please )?(?:sign|log) ?(?:in|on)(?: (?:now|here|(?:or|and) (?:register|sign up|subscribe)|to (?:your|continue|read|comment|save|post|view)|with)\b.{0,60})?"
        r"|register (?:now|here|today|for (?:free|updates|alerts))\b.{0,80}"
        r"|(?:please )?subscribe(?: (?:now|here|today|to|for|and|if)\b.{0,90})?"
        r"|join (?:our|the) (?:newsletter|mailing list|channel)\b.{0,60}"
        r"|get (?:our|the) (?:[\w.'’-]+ ){0,3}(?:newsletter|app|briefing)\b.{0,60}|already (?:a subscriber|have an account)\b.{0,40}"
        r"|(?:start|begin) your (?:free )?(?:trial|subscription)\b.{0,40}|enter your e-?mail(?: address)?.{0,20}"
        r"|(?:want|would like|like) [^.?]{3,90}\? (?:subscribe|sign up)\b.{0,90}"
        r"|get [^.?!]{3,120}\b(?:in|to) your (?:inbox|e-?mail)\b.{0,90}|(?:install|download|get) (?:the|our) (?:[\w.'’-]+ ){0,3}app(?: (?:now|today|here|for free))?"
        r"|thank(?:s| you) for (?:subscribing|signing up)\b.{0,160}|(?:you['’]re|you are) reading [^.?!]{3,80}\bnewsletter\b.{0,120}"
        r"|not (?:yet )?a subscriber(?: to [^?]{2,40})?\?.{0,120}"
        r"|(?:listen|subscribe|follow)(?: (?:and|or) subscribe)? (?:to |us )?(?:[\w'’-]+ ){0,5}(?:on|via) (?:spotify|(?:apple|google) podcasts|itunes|stitcher)\b.{0,90}",
        True,
    ),
    ("read-more link", r"(?:read|see|find out|learn) more(?: here| about .{1,60}| on .{1,60})?|(?:continue|keep) reading(?: (?:the )?(?:main )?(?:story|article))?|more details soon|(?:click|tap) here\b.{0,60}", True),
    (
        "related story",
        r"(?:related|read next|see also|also read|read also|read more|don['’]t miss|more on this(?: story)?|recommended|trending|most read) ?[:|] ?(?=.*\w).{0,160}"
        r"|(?:related|read next|see also|also read|read also|don['’]t miss|more on this(?: story)?|recommended|trending) ?:?"
        r"|(?:related|recommended|trending|most popular|most read)(?: (?:stories|articles|posts?|content|topics|links|coverage|reading|videos?|news|now|today|this week|for you|in [\w ]{2,30}))(?: ?:.{0,120})?"
        r"|(?:see more|required reading|(?:further|related) reading|in case you missed it|icymi) ?: ?(?=.*\w).{0,160}"
        r"|more (?:[\w.'’-]+ ){1,4}(?:coverage|stories|headlines) ?:|more ap [\w ,-]{2,40}: ?https?://.*"
        r"|(?:follow|find|see) (?:all |more |the )?(?:of )?(?:ap|afp|reuters|our)(?:['’]s)? (?:[\w-]+ ){0,2}coverage\b.{0,120}"
        r"|for more,? (?:see|read|visit|go to|check out|click)\b.{0,120}"
        r"|people (?:are|were) also reading|most (?:read|popular)|you (?:may|might) (?:also )?(?:like|be interested in)|you (?:may|might) also like\b.{0,120}|also on \w[\w ]{0,25}:",
        False,
    ),
    ("standards notice", r"our standards ?:.{0,80}|(?:©|ⓒ|\(c\)|copyright (?:©|ⓒ|\(c\)|\d{4}|by\b)).{0,120}|copyright\b.{0,40}\b(?:19|20)\d\d\b.{0,40}|all rights reserved\.?.{0,80}|this (?:article|story|material) (?:may not be|was originally) (?:published|reproduced|produced)\b.{0,120}"
        r"|this (?:article|story|piece|post|column|essay|content) (?:was |has been )?(?:first|originally) (?:been )?(?:published|appeared|posted)\b(?!.*\b(?:updated|corrected)\b)(?: (?:on|in|at|by|with)\b.{0,160})?"
        r"|[^.]{0,60}\bproducts? [^.]{0,60}\b(?:independently |carefully |hand[- ]?)(?:selected|chosen|picked)\b.{0,200}"
        r"|[^.]{0,100}\bmay (?:earn|receive|get|collect) (?:an? |some )?(?:affiliate |small )?(?:commissions?|payments?)\b.{0,140}", False),
    ("comment prompt", r"(?:leave|add|post|write) (?:a|your) (?:comment|reply)\b.{0,60}|(?:view |show |\d+ )?comments?(?: \(\d+\))?|join the (?:conversation|discussion)\b.{0,40}|be the first to comment\b.{0,20}", True),
    ("share prompt", r"click to (?:share|email|print|tweet)\b.{0,60}|(?!.*\.\Z)(?:facebook|twitter|whatsapp|telegram|linkedin|pinterest|reddit|e-?mail|instagram|threads)(?:[ ,|·•/]+(?:facebook|twitter|x|whatsapp|telegram|linkedin|pinterest|reddit|e-?mail|instagram|threads)){0,8}|share|tweet|print|e-?mail|copy link|(?:share|tweet|print|e-?mail|save) this(?: (?:article|story|page|post|link|with .{1,40}|on .{1,40}))?|(?:share|tweet)(?: this)? (?:on|via|to) (?:twitter|facebook|x|instagram|telegram|whatsapp|linkedin|reddit|e-?mail|social media|your story)\b.{0,40}|follow (?:[\w.'’-]+ ){1,6}on (?:twitter|facebook|x|instagram|telegram|google news)\b.{0,60}|.{0,60}\blike (?:our|the|this) page ?:?", True),
    (
        "about the author",
        r".{0,160}\bfollow (?:him|her|them|me) (?:(?:on|at) (?:@\w|(?:twitter|facebook|x|instagram|threads|bluesky|linkedin)\b)|@\w).{0,80}"
        r"|.{2,100}\b(?:can|may) be (?:reached|contacted) (?:at|by|via|on) [\w.+-]{1,60}@.{0,140}"
        r"|(?:reach|contact|e-?mail|follow) the (?:reporters?|authors?|writers?) (?:at|on|by|via)\b.{0,140}",
        False,
    ),
    (
        "navigation",
        r"(?:skip|jump|go|return|back) to (?:the )?(?:main |primary )?(?:content|navigation|menu|top|homepage|search|article)|open (?:main )?(?:menu|navigation)"
        r"|(?:tags?|topics?|filed under|categories|related topics) ?: ?.{0,160}|(?:related )?topics"
        r"|(?:most (?:viewed|shared|commented|watched)|editor['’]?s['’]? picks?|top stories|latest (?:news|stories|headlines)|up next|read next)(?: ?[/|·•] ?(?:editor['’]?s['’]? picks?|most (?:read|viewed)|read next))?"
        r"|loading(?: (?:comments|more))?|(?:please )?enable javascript\b.{0,80}|end of list",
        False,
    ),
    ("listening prompt", r"listen(?: to this (?:article|story|report)(?: ?[·•|(-]? ?\d{1,2}(?::\d\d)? ?(?:min(?:ute)?s?)?\)?)?|(?: ?[·•|(-]? ?\d{1,2}(?::\d\d)? ?(?:min(?:ute)?s?)?\)?))|\d{1,2}[ -]?min(?:ute)?s? (?:read|listen|watch)|(?:estimated )?(?:reading|read) time ?:? ?\d{1,2} min(?:ute)?s?", False),
    ("licence notice", r"(?:acquire|purchase|buy|get|obtain) (?:licensing|licensed|reprint|republishing) rights(?:,? ?\(?opens (?:in )?(?:a )?new (?:tab|window)\)?)?|(?:reuse|republish) this (?:content|article|story)|\(?opens in (?:a )?new (?:tab|window)\)?", False),
    ("donation prompt", r"(?:please )?(?:donate|give|contribute)(?: (?:now|today|here|to (?:us|support)\b.{0,60}))|support (?:us|our (?:work|journalism)|independent journalism)\b.{0,80}", True),
    ("advertisement", r"(?:advertisement|ad|story|article)s? ?[·•|-] ?(?:scroll|swipe|continues?|story continues)\b.{0,40}|scroll to continue|advertis(?:e|ement|ing)|sponsored(?: content| by .{1,40})?|story continues below.{0,30}|article continues (?:below|after).{0,40}|promoted", False),
    ("cookie notice", r"(?:we|this (?:web)?site) uses? cookies\b.{0,200}|(?:accept|manage) (?:all )?cookies", True),
)  # fmt: skip
_RULES = tuple(
    (why, re.compile(rf"\W*(?:{pattern})\W*", re.IGNORECASE), is_prompt)
    for why, pattern, is_prompt in _WHOLE_LINE
)
_REPORTS_SPEECH = re.compile(
    r"\b(?:says?|said|told|tells|warn(?:s|ed)|urge[sd]?|according to|claim(?:s|ed)|call(?:s|ed))\b",
    re.IGNORECASE,
)
# Style sheets and scripts that a scraper took for text: a rule's head, one property, a lone brace.
_CODE = re.compile(
    r"[{}()\];,]*[{}][{}()\];,]*|[.#@][\w.#:, >-]{1,80}\{|[a-z]+(?:-[a-z]+)*:\s?[^;\s][^;]{0,60};|</?\w[^<>]{0,80}>"
)
_QUOTES = "\"'“”‘’«»„"
# A link's label that a scraper left at the end of a paragraph: behind a full stop, without one.
_TAIL = re.compile(
    r"(?<=[.!?”\")])[ \t\xa0]{1,8}((?:(?:read|see|learn) more|(?:continue|keep) reading|go deeper|(?:read the )?full story|read on)(?:\s?[→»>…])?)\Z",
    re.IGNORECASE,
)


def why_furniture(line: str) -> str | None:
    """Why a line is furniture; None if it is part of the report.

    >>> why_furniture("Sign up now for our newsletter")
    'sign-up prompt'
    >>> why_furniture("Sign up for the draft now, minister urges men abroad")
    """
    line = line.strip()
    if not line or len(line) > 260:
        return None
    # What stands in quotation marks is somebody's words, whatever it asks for.
    if line[0] in _QUOTES:
        return None
    if not any(c.isalnum() for c in line) and not any(c in _QUOTES for c in line):
        return "code" if _CODE.fullmatch(line) else "separator"
    if _CODE.fullmatch(line):
        return "code"
    for why, rule, is_prompt in _RULES:
        if rule.fullmatch(line) and not (is_prompt and _REPORTS_SPEECH.search(line)):
            return why
    return None


def cut_tail(line: str) -> tuple[str, str | None]:
    """A paragraph without a link label at its end, and that label."""
    end = line.rstrip()
    found = _TAIL.search(end, max(0, len(end) - 30))
    return (end[: found.start()], found[1]) if found else (line, None)
