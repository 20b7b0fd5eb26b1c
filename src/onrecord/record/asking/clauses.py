"""What somebody said -> its clauses, each with the words that count, its sign, and how firmly and of which time it speaks.

No grammar is parsed: sentences are cut at marks and at words that begin clauses, and a clause of which it is not plain that the
speaker asserts it (a condition, a question, a wish, what somebody else thinks, half a negation) is left out. So much is missed;
what is left can be laid beside another clause.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from onrecord.article import Span
from onrecord.record.asking.opposites import PAST_FORMS, base_of, weigh_base
from onrecord.record.asking.senses import senses_of
from onrecord.resolution.stories.wording import Word, words_of

# none: as a fact; will: of what is to come; can, must: able or bound to; may: as possible; demand: what others are to do.
Force = Literal["none", "will", "can", "must", "may", "demand"]
# A mark that lies in the cue: it has no place in the content.
IN_CUE: Final = Span(0, 0)
# What the speaker says of themselves.
SPEAKER: Final = "@speaker"
# How much a name counts that is known, in bits.
_NAME_WEIGHT: Final = 7.0


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody, or a place, of known identity: code points of the text, and who or which."""

    span: Span
    id: str


@dataclass(frozen=True, slots=True)
class Told:
    """A time that the text tells: code points, first and last day (ISO, both included)."""

    span: Span
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Saying:
    """One statement to be laid beside others.

    Attributes:
        text: the content; all spans refer to it.
        day: ISO day on which it was said, or its report published.
        speaker: who said it; a name in `named` with this id is the speaker.
        named: who and what is named, pronouns of known meaning among them.
        negated: the text says that they did not say, think or support it.
        indirect: in the reporter's words, who moves the tense back.
    """

    text: str
    day: str | None = None
    speaker: str = SPEAKER
    cue: str = ""
    kind: str = "assertion"
    attitude: str = "speech"
    negated: bool = False
    indirect: bool = False
    named: Sequence[Named] = ()
    times: Sequence[Told] = ()


@dataclass(frozen=True, slots=True)
class Token:
    """A word that counts.

    Attributes:
        base: what it is compared by: a stem, `@` and an id, `#` and a number.
        weight: how rare it is in news, in bits.
        head: does it stand before the verb, as far as that can be told?
    """

    span: Span
    base: str
    weight: float
    role: Literal["word", "name", "number", "time"]
    head: bool


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of a saying.

    Attributes:
        tokens: the words that count, in their order; negations, auxiliaries and small words are none.
        negations: what turns it: code points of *not*, *never*, *no*; of a denying lead (*it is not true that*) its words.
        focus: for each negation the base that it stands before; None where it turns the whole clause.
        tenses: of which times it may speak: past, present, perfect.
        finite: is there a verb, as far as that can be told; `surely`: an auxiliary or a past form that is nothing else.
        some: is it of some or many alone, who may do this while others do that?
        limits: the words beside it that tell under which condition, or up to when, it holds.
    """

    span: Span
    tokens: tuple[Token, ...]
    negations: tuple[Span, ...]
    focus: tuple[str | None, ...]
    never: bool
    force: Force
    tenses: frozenset[str]
    some: bool
    finite: bool
    surely: bool
    times: tuple[Told, ...] = field(default=())
    limits: tuple[str, ...] = ()


_AUXILIARIES: Final = frozenset(
    "is are was were be been being am has have had having do does did may might can could must shall should will would ought 'd 's".split()
)
_SMALL: Final = _AUXILIARIES | frozenset(
    "the a an this that these those of to in on at by for from with as and or but so it its there here i me my we us our ours you your he him his"
    " she her they them their who whom which what any some all every each both either than then too also very really just even now"
    " about into over out up off again ever only quite rather such more most much many own same other up down well yes oh ok okay"
    " going got get us let mr mrs ms dr sen rep gov gen one ones today currently still already simply certainly definitely absolutely"
    " indeed actually anything anybody anyone".split()
) - {"up", "down", "more"}  # fmt: skip
_HEDGES: Final = frozenset(
    "may might perhaps maybe possibly probably likely unlikely seem seems seemed appear appears appeared apparently allegedly reportedly"
    " supposedly almost nearly hardly barely scarcely rarely seldom usually sometimes often generally mostly partly wish wishes hope hopes"
    " hoped suppose imagine guess doubt doubts unclear uncertain suspect whether if unless until till otherwise provided assuming"
    " else lest wonder unsure consider considers considering considered possibility chance try tries tried trying ask asked asking"
    " claim claims claimed pretend pretends pretended think thinks thought believes believed say says said tells told insists insisted"
    " want wants wanted would-be call calls called calling describe describes described deem deems deemed dub dubbed brand branded labeled critics"
    " opponents".split()
)  # fmt: skip
_POSSIBLY: Final = frozenset("could may might".split())
_UNSURE_MODALS: Final = frozenset(("could", "ought"))
_IRONY = re.compile(r"^\W*(?:oh,?\s+(?:yes|sure|right|please|of course)|sure|yeah,?\s+right|right,? because)\b|\bas if\b|/s\b", re.I)  # fmt: skip
# Half a negation, or none at all.
_PARTLY = re.compile(
    r"\bno(?:t|n[’']t)?\s+(?:only|just|merely|simply|all|every\w*|always|necessarily|really|sure|certain|enough|much|many|fully|entirely|"
    r"completely|totally|wholly|quite|exactly|particularly|especially|very|yet|so|that|because|to mention|least|a single|longer|doubt|"
    r"matter|wonder|more|fewer|less|one else|better|worse|as|too|even|unlike|alone|until|till|before|but)\b|\byet\b|\bso far\b|"
    r"\bany\s?(?:more|longer)\b|\bwhy not\b|\bif not\b|\bor not\b|\bhelp but\b|n[’']t wait\b|\bcannot wait\b|n[’']t\s+(?:only|just|all|yet|even|"
    r"really|necessarily|always|enough|sure|so)\b|\bstill\b|\bnothing (?:but|more|less|will stop|can stop|would stop)\b|\bnever been (?:more|less|so)\b",
    re.I,
)
_MANY = frozenset("some many most several few half majority others people".split())
# The negation that leads a clause, turning all of it.
_NOT_TRUE = re.compile(
    r"\b(?:it|that)(?:\s+is|\s+was|[’']s)\s+(?:(?:not|simply not|just not)\s+true|n[’']t\s+true|untrue|false|a lie|wrong|not the case)\s+(?:that|to say that)\s+|"
    r"\bit\s+(?:isn|wasn)[’']t\s+(?:true|the case)\s+that\s+|\b(?:I|we)\s+(?:do\s+not|don[’']t|did\s+not|didn[’']t|never)\s+(?:think|believe|thought|said|say)\s+(?:that\s+)?|"
    r"\b(?:I|we)\s+(?:deny|denied|reject)\s+(?:(?:any|all|the)\s+)?(?:claims?\s+|allegations?\s+|suggestions?\s+)?that\s+",
    re.I,
)  # fmt: skip
# Leads that leave what follows as it is.
_TRUE_LEAD = re.compile(
    r"\b(?:it|that)(?:\s+is|[’']s)\s+(?:true|clear|a fact|certain|obvious)\s+that\s+|"
    r"\b(?:I|we)\s+(?:think|believe|know|say|can say|must say|am sure|am convinced|are sure|can confirm|confirm|repeat|insist|maintain)\s+(?:that\s+)?(?=(?:the|I|we|he|she|they|it|there|our|my|[A-Z])\b)|"
    r"\bthe (?:fact|truth) is,?\s+(?:that\s+)?",
    re.I,
)  # fmt: skip
_CLAIMS = re.compile(r"^\W*(?:(?:any|all|the|recent|media|press|such)\s+)*(?:claims?|allegations?|reports?|suggestions?|accusations?|rumou?rs?|charges|assertions?|speculation)\s+that\s+", re.I)  # fmt: skip
DENYING_CUE: Final = re.compile(r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|refut(?:es?|ed|ing)|rebut(?:s|ted)?)\b", re.I)  # fmt: skip
# What follows is what one will not do; of *refused to disavow* the cue has the verb, and there is no clause.
REFUSING_CUE: Final = re.compile(
    r"\b(?:refus(?:e|es|ed|ing|al)|declin(?:e|es|ed|ing)|(?P<out>rul(?:e|es|ed|ing) out))(?P<to>\s+to)?"
    r"(?:\s+(?:(?:on|late|early|last|this|again|also|yesterday|today)\s*)*(?:\w+day)?)?\s*$",
    re.I,
)  # fmt: skip
# Where the cue has such a verb and more, it is not plain what is refused.
_REFUSING = re.compile(r"\b(?:refus(?:e|es|ed|ing|al)|declin(?:e|es|ed|ing))\b", re.I)
_UNSURE_CUE = re.compile(
    r"\b(?:hop(?:e|es|ed|ing)|fear(?:s|ed)?|wish(?:es|ed)?|wonder(?:s|ed)?|ask(?:s|ed|ing)?|question(?:s|ed|ing)?|doubt(?:s|ed)?|jok(?:e|es|ed|ing)|"
    r"suggest(?:s|ed|ing)?|hint(?:s|ed)?|guess(?:es|ed)?|suspect(?:s|ed)?|unsure|uncertain|know(?:s)? whether|consider(?:s|ed|ing)?|mock(?:s|ed|ing)?|"
    r"imagin\w+|pretend\w*|considering|not sure|ironically|sarcastically)\b",
    re.I,
)  # fmt: skip
_NEGATIONS: Final = frozenset("not no never none nobody nothing neither nor nowhere".split())
_NEGATORS: Final = frozenset("refuse refuses refused refusing decline declines declined declining fail fails failed failing unable".split())  # fmt: skip
_BEGINS_CLAUSE: Final = frozenset(
    "because although though while whereas but which who whose whom where when after before since once why how what as yet that".split()
)
# What is said besides behind a comma: *soldiers, some 300 of them*.
_APPENDED: Final = frozenset("some most many all including among especially particularly such".split())
_PRONOUNS: Final = frozenset("he she they him them it this that these those you himself herself itself themselves".split())  # fmt: skip
_WITH_IS: Final = frozenset("he she it that there here who what this where how".split())
_SUBJECTS: Final = frozenset("i we he she they".split())
_FIRST: Final = frozenset("i we me us".split())
_BEFORE_NOUN: Final = frozenset(
    "the a an of to in on at by for from with into about over under her his its their our my your this that these those no any some 's".split()
)
_BEFORE_OBJECT: Final = frozenset("the a an no any our its his her their my to all every that".split())
# Present forms that are hardly ever nouns.
_PLAIN_VERBS: Final = frozenset(
    "remain stay continue oppose reject accept agree know own belong keep refuse deny".split()
)
_EXPLETIVE = frozenset("possible impossible true false clear necessary unnecessary legal illegal safe unsafe unacceptable acceptable time".split())  # fmt: skip
_PLANNING: Final = frozenset("going plan plans planning intend intends intending intention intentions pledge pledges vow vows promise promises".split())  # fmt: skip
_MONTHS: Final = frozenset("jan feb mar apr may jun jul aug sep oct nov dec".split())
_TIME_WORDS: Final = _MONTHS | frozenset(
    "mon tue wed thu fri saturday sunday sat sun today yesterday tomorrow tonight spring summer autumn winter week month year decade morning evening"
    " night afternoon noon midnight recently last next ago later earlier previously now".split()
)  # fmt: skip
_YEAR = re.compile(r"#(?:1[89]|20)\d\d")
_CUT = re.compile(r"[;:—–(]|\s-+\s")
# What begins so says under which condition, or up to when, the rest holds: *will not talk as long as they hold hostages*.
_LIMITS: Final = frozenset("before after once when while without except".split())


def clauses_of(saying: Saying) -> list[Clause]:
    """The clauses of which it is plain that the speaker asserts, wants or plans them."""
    if saying.kind == "question" or _UNSURE_CUE.search(saying.cue) or saying.attitude == "perception":
        return []
    text = saying.text
    words = words_of(text)
    stance = _stance(saying, words)
    if stance is not None or saying.negated:
        return [stance] if stance else []
    found: list[Clause] = []
    for start, end in _sentences(text, words):
        behind = text[words[end - 1].span.end : words[end].span.start if end < len(words) else len(text)]
        sentence = text[words[start].span.start : words[end - 1].span.end]
        if "?" in behind or _IRONY.search(sentence) or any(w.key in _CONDITIONS for w in words[start:end]):
            continue
        parts = _parts(saying, words, start, end)
        limits = tuple(
            w.key
            for first, last, _, dependent in parts
            if dependent and _is_limit([w.key for w in words[first:last]])
            for w in words[first:last]
        )
        for first, last, lead, dependent in parts:
            clause = None if dependent else _clause(saying, words[first:last], lead)
            if clause is not None:
                found.append(replace(clause, limits=limits))
    return found


def _stance(saying: Saying, words: Sequence[Word]) -> Clause | None:
    """The clause that cue and content make where the content is what somebody is for or against (*opposes* *the bill*)."""
    cue = words_of(saying.cue)
    base = next((b for w in cue if (b := base_of(w.key)) in _STANCES), None)
    if (
        base is None
        or not words
        or len(words) > _LONGEST_STANCE
        or words[0].key in ("to", "that", "what", "how")
    ):
        return None
    if any(
        w.key in _AUXILIARIES or w.role == "negation" or w.key in _HEDGES or w.key in _CONDITIONS
        for w in words
    ):
        return None
    if any(w.key in _HEDGES or w.key in _UNSURE_MODALS for w in cue):
        return None
    # *His opposition, then support*: both.
    if (
        len(
            {
                sign
                for w in cue
                for sense, sign in senses_of(base_of(w.key)).own
                if sense in ("support", "accept")
            }
        )
        > 1
    ):
        return None
    clause = _clause(saying, words, ())
    keys = [w.key for w in cue]
    force = _force(saying, cue)
    if clause is None or force is None:
        return None
    negations = (IN_CUE,) * (1 if saying.negated or any(w.role == "negation" for w in cue) else 0)
    verb = Token(IN_CUE, base, weigh_base(base), "word", False)
    speaker = Token(IN_CUE, SPEAKER, 0.0, "name", True)
    tokens = (speaker, verb, *(replace(t, head=False) for t in clause.tokens))
    return replace(
        clause,
        tokens=tokens,
        negations=negations,
        focus=(base,) * len(negations),
        force=force,
        tenses=_tenses(saying, keys) | {"present", "perfect"},
        some=False,
        finite=True,
        surely=True,
    )


_STANCES: Final = frozenset(
    base_of(w)
    for w in "support oppose back endorse favor reject accept approve disapprove condemn praise welcome".split()
)
_LONGEST_STANCE: Final = 14
_CONDITIONS: Final = frozenset("if unless whether otherwise provided assuming lest suppose imagine wish till".split())  # fmt: skip


def _sentences(text: str, words: Sequence[Word]) -> list[tuple[int, int]]:
    """Sentences as places of words: first, and behind the last. Behind a gap a capital begins one."""
    if not words:
        return []
    starts = [
        n
        for n, w in enumerate(words)
        if n == 0 or w.begins or (w.after_gap and text[w.span.start].isupper() and w.key not in _FIRST)
    ]
    return list(zip(starts, [*starts[1:], len(words)], strict=True))


def _parts(
    saying: Saying, words: Sequence[Word], start: int, end: int
) -> list[tuple[int, int, tuple[Span, ...], bool]]:
    """A sentence in parts: first word, behind the last, what leads it (negations of the whole), whether it depends on another."""
    text = saying.text
    offset = words[start].span.start
    lead: tuple[Span, ...] = ()
    if start == 0 and DENYING_CUE.search(saying.cue) and saying.indirect:
        # What is denied: *that*, *claims that*, a gerund; of a refusal there is no clause.
        claims = _CLAIMS.match(text)
        if claims:
            start = _word_at(words, start, end, claims.end())
        elif words[0].key == "that":
            start += 1
        elif not words[0].key.endswith("ing") and words[0].key not in ("any", "all"):
            return []
        lead = (IN_CUE,)
        offset = words[start].span.start if start < end else offset
    elif start == 0 and saying.indirect and _REFUSING.search(saying.cue) and not _is_refused(saying, words):
        return []
    elif start == 0 and saying.indirect and _is_refused(saying, words):
        lead = (IN_CUE,)
    else:
        while start < end and words[start].key in ("that", "and", "but", "so", "well", "look", "yes"):
            start += 1
        if start < end:
            offset = words[start].span.start
            stop = words[end - 1].span.end
            if denied := _NOT_TRUE.match(text, offset, stop):
                lead, start = (Span(*denied.span()),), _word_at(words, start, end, denied.end())
            elif led := _TRUE_LEAD.match(text, offset, stop):
                start = _word_at(words, start, end, led.end())
    if start >= end:
        return []
    cuts: list[tuple[int, bool]] = [(start, words[start].key in _BEGINS_CLAUSE)]
    for n in range(start + 1, end):
        between = text[words[n - 1].span.end : words[n].span.start]
        key = words[n].key
        if _CUT.search(between):
            cuts.append((n, key in _BEGINS_CLAUSE))
        elif key in _APPENDED and "," in between:
            cuts.append((n, True))
        elif (
            key in _BEGINS_CLAUSE
            and not (key == "as" and words[n - 1].key in ("as", "such", "run", "well"))
            and not (key == "yet" and "," not in between)
        ):
            # *That* as *this one* stands before *is*; as a conjunction it leads a part that hangs on the one before it.
            cuts.append((n, key not in ("but", "yet")))
        elif key in ("and", "or", "so") and ("," in between or _goes_on(words, n + 1, end)):
            cuts.append((n, False))
        elif "," in between and cuts[-1][1]:
            # The end of a clause in commas: *which had not surrendered, was shelled*.
            cuts.append((n, False))
    found = []
    for (first, dependent), (last, _) in zip(cuts, [*cuts[1:], (end, False)], strict=True):
        # *The village, which had not surrendered, was shelled*: what stands around a clause in commas is none of its own.
        found.append((first, last, lead if first == start else (), dependent))
    return found


def _is_limit(keys: Sequence[str]) -> bool:
    return keys[0] in _LIMITS or keys[:2] == ["as", "long"]


def _is_refused(saying: Saying, words: Sequence[Word]) -> bool:
    """Is the content what the cue refuses to do, or rules out?"""
    cue = REFUSING_CUE.search(saying.cue)
    if cue is None:
        return False
    return (
        cue["to"] is not None or words[0].key == "to" or (cue["out"] is not None and words[0].key != "that")
    )


def _goes_on(words: Sequence[Word], at: int, end: int) -> bool:
    """Does a new clause begin there: somebody and a verb, or a verb of its own?"""
    return at < end and (
        words[at].key in _AUXILIARIES
        or words[at].key in _NEGATIONS
        or words[at].key in ("i", "we", "he", "she", "they", "it", "there", "you")
        or (at + 2 < end and any(w.key in _AUXILIARIES for w in words[at + 1 : at + 3]))
    )


def _word_at(words: Sequence[Word], start: int, end: int, offset: int) -> int:
    while start < end and words[start].span.start < offset:
        start += 1
    return start


def _clause(saying: Saying, words: Sequence[Word], lead: tuple[Span, ...]) -> Clause | None:
    """One clause; None where it is not plain what it asserts."""
    words = [
        w for n, w in enumerate(words) if not (n == 0 and w.key in ("and", "but", "so", "or", "yet", "that"))
    ]
    if len(words) < 2:
        return None
    span = Span(words[0].span.start, words[-1].span.end)
    inside = span.of(saying.text)
    keys = _keys_of(words)
    hedges = {
        k
        for n, (k, w) in enumerate(zip(keys, words, strict=True))
        if (k in _HEDGES or k in _UNSURE_MODALS) and w.role != "name" and not _is_no_hedge(keys, n)
    }
    if _PARTLY.search(inside) or hedges - _POSSIBLY:
        return None
    refused = IN_CUE in lead and REFUSING_CUE.search(saying.cue) is not None
    # *Denied any contact*, *ruled out a cut*: a noun stands for the verb.
    nominal = IN_CUE in lead and keys[0] != "to" and not keys[0].endswith("ing") and not _has_verb(keys)
    negations: list[Span] = list(lead)
    focus: list[str | None] = [None] * len(lead)
    tokens: list[Token] = []
    named = {n.span.start: n for n in saying.named}
    covered = span.start
    verb, finite = _verb_at(keys)
    surely = any(k in _AUXILIARIES or k in PAST_FORMS for k in keys) or keys[0] in _SUBJECTS
    if nominal or refused:
        verb, finite = 0, True
    for n, word in enumerate(words):
        if word.span.start < covered:
            continue
        who = _named_at(named, saying, word)
        if who is not None:
            base = SPEAKER if who.id == saying.speaker else "@" + who.id
            # *Its*, *his*: whose it is, is not compared.
            if word.key not in ("his", "their", "its", "our", "my"):
                tokens.append(Token(who.span, base, _NAME_WEIGHT, "name", n < verb))
            covered = max(covered, who.span.end)
        elif word.role == "negation" or word.key in _NEGATIONS:
            if word.key == "not" and not _denies_verb(saying.text, words, n):
                return None
            negations.append(word.span)
            if word.key == "nothing":
                # *Knew nothing of it*, *nothing was found*.
                focus.append(_near(words, n))
            else:
                focus.append(_next(words, n))
        elif word.key in _NEGATORS and n + 1 < len(words) and words[n + 1].key == "to":
            negations.append(word.span)
            focus.append(_next(words, n + 1))
        elif word.key == "against" and n and (keys[n - 1] in _AUXILIARIES or base_of(keys[n - 1]) == "vot"):
            tokens.append(Token(word.span, base_of("oppose"), 3.0, "word", False))
        elif word.key == "favor" and n and keys[n - 1] == "in":
            tokens.append(Token(word.span, base_of("support"), 3.0, "word", False))
        elif word.key in _FIRST:
            if not saying.indirect:
                tokens.append(Token(word.span, SPEAKER, 0.0, "name", n < verb))
        elif word.key in _PRONOUNS:
            if _is_pointing(words, n):
                # Who that is, is not known.
                return None
        elif (token := _token(saying.text, word, n < verb)) is not None:
            tokens.append(token)
    force = _force(saying, words)
    if hedges:
        force = "may" if force == "none" else None
    elif refused and force == "none":
        force = "will"
    if force is None:
        return None
    # Of what one plans or denies to have done, one is the doer.
    is_doer = keys[0] == "to" or keys[0].endswith("ing") or refused or nominal
    if is_doer and (lead or saying.attitude == "intention"):
        tokens.insert(0, Token(Span(span.start, span.start), SPEAKER, 0.0, "name", True))
    some = any(k in _MANY or w.role == "number" for k, w in zip(keys[:verb], words, strict=False))
    times = tuple(t for t in saying.times if span.start <= t.span.start < span.end)
    return Clause(
        span, tuple(tokens), tuple(negations), tuple(focus), "never" in keys, force, _tenses(saying, keys), some, finite, surely, times
    )  # fmt: skip


def _is_no_hedge(keys: Sequence[str], n: int) -> bool:
    """Is it somebody who *was told*, rather than what somebody told; what is called off, rather than called something?"""
    if keys[n].startswith("call"):
        return keys[n + 1 : n + 2] == ["off"]
    return keys[n] == "told" and bool({"was", "were", "been", "being"} & set(keys[max(0, n - 3) : n]))


def _has_verb(keys: Sequence[str]) -> bool:
    return any(k in _AUXILIARIES or k in PAST_FORMS for k in keys)


def _denies_verb(text: str, words: Sequence[Word], n: int) -> bool:
    """Does *not* deny the verb, rather than set something against something else (*Orpel, not Dask*)?"""
    if n == 0:
        return len(words) > 1 and words[1].key == "to"
    if "," in text[words[n - 1].span.end : words[n].span.start]:
        return False
    return (
        words[n + 1 : n + 2] == []
        or any(w.key in _AUXILIARIES for w in words[:n])
        or words[n + 1].key == "to"
    )


def _keys_of(words: Sequence[Word]) -> list[str]:
    """The keys of some words; *'s* behind anything but a pronoun says whose, and is no *is*."""
    keys = [w.key for w in words]
    return [
        "his" if key == "'s" and (n == 0 or keys[n - 1] not in _WITH_IS) else key
        for n, key in enumerate(keys)
    ]


def _verb_at(keys: Sequence[str]) -> tuple[int, bool]:
    """Where the verb begins, as far as that can be told, and whether it can."""
    for n, key in enumerate(keys):
        if key in _AUXILIARIES or key in ("not", "never") or (n and key in PAST_FORMS):
            return n, True
        # *A fortune estimated at 2 million* is no clause.
        if n and key.endswith("ed") and keys[n + 1 : n + 2] != ["at"] and not _is_beside_noun(keys, n):
            return n, True
    for n, key in enumerate(keys[1:-1], 1):
        if _is_present(keys, n) or (
            key in _PLAIN_VERBS and keys[n - 1] not in _BEFORE_NOUN and keys[n - 1] not in _AUXILIARIES
        ):
            return n, True
    if keys[0] in _SUBJECTS:
        return 1, True
    return min(2, len(keys)), False


def _is_present(keys: Sequence[str], n: int) -> bool:
    """Is it a verb with its object behind it (*the bank needs no help*)?"""
    following = keys[n + 1 : n + 2]
    return (
        n > 0
        and keys[n].endswith("s")
        and not keys[n].endswith("ss")
        and bool(following)
        and (following[0] in _BEFORE_OBJECT or following[0][0] == "#")
        and keys[n - 1] not in _BEFORE_NOUN
    )


def _is_beside_noun(keys: Sequence[str], n: int) -> bool:
    """Does a word in *-ed* go with a noun (*of highly classified material*), so that it is no verb?"""
    while n and keys[n - 1].endswith("ly"):
        n -= 1
    return n == 0 or keys[n - 1] in _BEFORE_NOUN


def _named_at(named: dict[int, Named], saying: Saying, word: Word) -> Named | None:
    found = named.get(word.span.start)
    if found is None and word.key not in _SMALL:
        # *Mr. Orpel*: a name may begin before its word.
        found = next((n for n in named.values() if n.span.start < word.span.start < n.span.end), None)
    return found


def _is_pointing(words: Sequence[Word], n: int) -> bool:
    """Is a pronoun somebody or something, rather than a word beside a noun (*that bridge*) or of no meaning (*it is possible*)?"""
    key = words[n].key
    following = [w.key for w in words[n + 1 : n + 5]]
    if key in ("this", "that", "these", "those"):
        return not following or following[0] in _AUXILIARIES or following[0] in _NEGATIONS
    if key == "it" and following and following[0] in _AUXILIARIES:
        return not (_EXPLETIVE & set(following))
    return True


def _token(text: str, word: Word, head: bool) -> Token | None:
    key = word.key
    if key in _MONTHS and word.role == "name":
        return Token(word.span, key, 3.0, "time", head)
    if word.role == "number":
        # *2,000* is no year.
        is_year = _YEAR.fullmatch(key) and word.span.of(text).isdigit()
        is_time = "#" in key[1:] or is_year or key.endswith("th")
        return Token(word.span, key, 4.0, "time" if is_time else "number", head)
    if key in _SMALL or not key[0].isalpha():
        return None
    base = base_of(key)
    if key in _TIME_WORDS or base in _TIME_WORDS:
        return Token(word.span, base, 2.0, "time", head)
    role: Literal["word", "name"] = "name" if word.role == "name" else "word"
    return Token(word.span, base, weigh_base(base), role, head)


def _next(words: Sequence[Word], at: int) -> str | None:
    """The base of the first word behind a place that counts."""
    for word in words[at + 1 :]:
        if word.key not in _SMALL and word.key not in _NEGATIONS and word.key not in _PRONOUNS:
            return base_of(word.key)
    return ""


def _near(words: Sequence[Word], at: int) -> str | None:
    """The verb beside *nothing*: before it where it is the object."""
    for word in reversed(words[:at]):
        if word.key in _AUXILIARIES:
            break
        if word.key not in _SMALL:
            return base_of(word.key)
    return _next(words, at)


def _force(saying: Saying, words: Sequence[Word]) -> Force | None:
    """How firmly it is said; None where two ways are mixed."""
    modals: set[Force] = set()
    for n, word in enumerate(words):
        if word.role == "name":
            continue
        if word.key in ("will", "would", "shall"):
            modals.add("will")
        elif word.key == "can":
            modals.add("can")
        elif word.key in ("must", "should") or (
            word.key in ("need", "needs", "has", "have", "had")
            and n + 1 < len(words)
            and words[n + 1].key == "to"
        ):
            modals.add("must")
        elif (word.key in _PLANNING and words[n + 1 : n + 2] and words[n + 1].key == "to") or (
            word.key in ("intention", "intentions") and words[n + 1 : n + 2] and words[n + 1].key == "of"
        ):
            modals.add("will")
        elif word.key in ("is", "are") and [w.key for w in words[n + 1 : n + 3]] not in ([], ["to"]) and words[n + 1].key == "to" and words[n + 2].key not in ("be", "blame"):  # fmt: skip
            # *The plant is to close*.
            modals.add("will")
    if words[0].key == "to" or (words[0].key in ("not", "never") and len(words) > 1 and words[1].key == "to"):
        modals.add("demand" if saying.kind == "demand" else "will")
    elif saying.kind == "demand" and not modals:
        modals.add("demand")
    if len(modals) > 1:
        return None
    return modals.pop() if modals else "none"


def _tenses(saying: Saying, keys: Sequence[str]) -> frozenset[str]:
    found = set()
    if {"was", "were", "did", "had"} & set(keys):
        found.add("past")
    elif {"has", "have", "'s"} & set(keys):
        found.add("perfect")
    elif {"is", "are", "am", "do", "does"} & set(keys):
        found.add("present")
    elif any(k.endswith("ed") or k in PAST_FORMS for k in keys):
        found.add("past")
    elif any(_is_present(keys, n) for n in range(len(keys))):
        found.add("present")
    if "perfect" in found or "never" in keys:
        found.update(("past", "present", "perfect") if "perfect" in found else ("perfect",))
    if saying.indirect and "past" in found:
        # *He said it was closed* is *it is closed*.
        found.update(("present", "perfect"))
    return frozenset(found or ("past", "present", "perfect"))
