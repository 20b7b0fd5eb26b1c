"""Words that turn a clause into its opposite: a list of our own, by the first form of each word.

A word of the list stands for another one with a sign: *reject* is *accept* with a minus, *unsafe* is *safe* with one. Two clauses
that are alike but for an odd number of minuses say the opposite of each other; *not refuse* and *accept* say the same.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from onrecord.resolution.stories.fingerprint import hashed, stemmed, weight_of

# Forms that `stemmed` does not bring together with the first one.
_FORMS: Final = {
    form: line.split()[0]
    for line in """
    be is are was were am been being|have has had having|do does did done doing|meet met|know knew known|sell sold|pay paid|say said
    think thought|take took taken taking|give gave given giving|go went gone|come came coming|make made making|see saw seen|find found
    tell told|leave left leaving|lose lost losing|win won winning|rise rose risen rising|fall fell fallen|grow grew grown|buy bought|bring brought
    build built|begin began begun beginning|break broke broken|choose chose chosen|speak spoke spoken|write wrote written|hold held
    keep kept|send sent|spend spent|lead led|feel felt|hear heard|fight fought|shoot shot|steal stole stolen|run ran running|drive drove
    driven|draw drew drawn|throw threw thrown|show showed shown|stand stood|understand understood|sink sank sunk|shrink shrank shrunk
    swear swore sworn|forgive forgave|forget forgot forgotten|get got gotten getting|hide hid hidden|catch caught|teach taught|deal dealt
    mean meant|seek sought|sit sat sitting|withdraw withdrew withdrawn|forbid forbade forbidden|strike struck|bear bore|eat ate eaten
    fly flew flown|freeze froze frozen|lie lied lying|die died dying dies|deny denied denies denying|lay laid|lend lent|rebuild rebuilt
    rely relied|ride rode ridden|ring rang|sing sang|sleep slept|split|wear wore worn|wake woke|bind bound|burn burnt|flee fled
    overthrow overthrew overthrown|undergo underwent|undertake undertook|arise arose|become became becoming|stop stopped stopping
    ban banned banning|cut cutting|let letting|put putting|set setting|quit quitting|plan planned planning|permit permitted
    man men|woman women|child children|person persons|use used using uses|raise raised raising raises|close closed closing closes
    """.replace("\n", "|").split("|")
    if line.strip()
    for form in line.split()
}  # fmt: skip
# The word that another stands for, and behind it those that are its opposite.
_OPPOSITES: Final = """
    accept: reject refuse rebuff|support: oppose|back: oppose|agree: disagree|approve: disapprove veto|allow: ban forbid prohibit disallow
    permit: ban forbid prohibit|innocent: guilty|legal: illegal|lawful: unlawful|true: false untrue|safe: unsafe dangerous|right: wrong
    good: bad|win: lose|alive: dead|love: hate|able: unable|possible: impossible|fair: unfair|honest: dishonest
    acceptable: unacceptable|necessary: unnecessary|correct: incorrect|willing: unwilling|aware: unaware|valid: invalid
    constitutional: unconstitutional|qualified: unqualified|fit: unfit|capable: incapable|appropriate: inappropriate
    responsible: irresponsible|trust: distrust mistrust|like: dislike|important: unimportant|just: unjust|armed: unarmed
    injured: uninjured unhurt|damaged: undamaged intact|confirm: deny|succeed: fail|stable: unstable|secure: insecure
    reliable: unreliable|popular: unpopular|affordable: unaffordable|sustainable: unsustainable|present: absent|friend: enemy
    loyal: disloyal|competent: incompetent|justified: unjustified|founded: unfounded|prepared: unprepared|likely: unlikely
    best: worst|married: unmarried|conscious: unconscious|effective: ineffective|satisfied: dissatisfied|strong: weak
    include: exclude|praise: condemn|endorse: oppose reject|favor: oppose|welcome: condemn oppose reject
"""
# Of these only one time is spoken of where both are: what rose in May may have fallen in June.
_TIMED_OPPOSITES: Final = """
    rise: fall decrease drop decline shrink sink|increase: fall decrease drop decline|raise: lower cut reduce
    improve: worsen deteriorate|gain: lose|more: less fewer|higher: lower|up: down|strengthen: weaken|most: least
"""


def base_of(key: str) -> str:
    """The stem by which a word is compared: *met* and *meets* have one.

    >>> [base_of(w) for w in ("met", "meets", "denied", "kill", "kiled")]
    ['meet', 'meet', 'deny', 'kil', 'kil']
    """
    stem = stemmed(_FORMS.get(key, key))
    # The key of *killed* has one l, as that of *travelled* (`wording.py`).
    return stem[:-1] if stem.endswith("ll") else stem


@lru_cache(maxsize=200_000)
def weigh_base(base: str) -> float:
    """How much a base tells, in bits.

    >>> weigh_base(base_of("well")) < weigh_base(base_of("dam"))
    True
    """
    weight = weight_of(hashed(base))
    if base.endswith("l"):
        # The base of *well* has one l.
        weight = min(weight, weight_of(hashed(base + "l")))
    return weight / 16


@lru_cache(maxsize=1)
def _signed() -> tuple[dict[str, tuple[str, ...]], frozenset[str], frozenset[str]]:
    """Negative stem -> the stems whose opposite it is; all positive stems; stems of which the time matters."""
    negative: dict[str, tuple[str, ...]] = {}
    positive: set[str] = set()
    timed: set[str] = set()
    for listed in (_OPPOSITES, _TIMED_OPPOSITES):
        for line in listed.replace("\n", "|").split("|"):
            if line.strip():
                head, _, rest = line.partition(":")
                of = base_of(head.strip())
                positive.add(of)
                for word in rest.split():
                    base = base_of(word)
                    negative[base] = (*negative.get(base, ()), of)
                    if listed is _TIMED_OPPOSITES:
                        timed.update((base, of))
    return negative, frozenset(positive), frozenset(timed)


def opposites_of(base: str) -> tuple[str, ...]:
    """The stems of which a stem is the opposite; none for most words.

    >>> opposites_of(base_of("rejected")), opposites_of(base_of("accepted"))
    (('accept', 'endors', 'welcom'), ())
    """
    return _signed()[0].get(base, ())


def has_opposite(base: str) -> bool:
    """Has a stem an opposite in the list, or is it one?"""
    negative, positive, _ = _signed()
    return base in negative or base in positive


def is_timed(base: str) -> bool:
    """Is it a stem whose opposite may be as true at another time (*rose*)?"""
    return base in _signed()[2]


# Past forms that do not end in *-ed*, for telling when a clause plays.
PAST_FORMS: Final = frozenset(
    "was were did had met knew sold paid said thought took gave went came made saw found told left lost won rose fell grew bought"
    " brought built began broke chose spoke wrote held kept sent spent led felt heard fought shot stole ran drove drew threw stood sank"
    " shrank swore forgot got hid caught dealt meant sought sat withdrew forbade struck ate flew froze lent rebuilt rode became fled".split()
)
