"""Words of public life by what they say: which say one thing, which the opposite, and which say more than another.

A list of our own. *Shut* is *close*, *reopen* its opposite; who *died* was *harmed*, but who was harmed need not have died; what
*burst* was not *safe*. A word may have several senses (*strike*), and shares one with another word or does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from onrecord.record.asking.opposites import base_of

# Sense, and -1 for its opposite.
Sense = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Senses:
    """What a word says, and what follows from it.

    Attributes:
        own: its senses; a denial of the word is one of these.
        implied: what is so as well where the word is said of something, and need not be denied with it.
    """

    own: frozenset[Sense]
    implied: frozenset[Sense]


NO_SENSES: Final = Senses(frozenset(), frozenset())

# A sense a line: its words; their opposites; words that imply it; words that imply its opposite. Of those with ~ one time is
# spoken of: what opened in May may have closed in June.
_STATES_AND_ACTS: Final = """
    ~close shut shutter closure shutdown mothball; open reopen
    ~end finish conclude terminate over; begin start continue resume launch ongoing
    ~complete ready finish finalize; unfinished incomplete
    ~leave withdraw exit quit depart retreat pullout withdrawal departure; stay remain
    ~resign quit resignation; stay remain incumbent
    ~keep retain maintain preserve save; scrap abolish abandon drop axe ditch cancel eliminate repeal
    ~cancel scrap axe abandon drop ditch; proceed
    ~postpone delay defer; proceed
    ~cut reduce reduction slash lower decrease trim curb; raise increase hike boost expand
    ~raise increase hike; cut reduce reduction slash lower decrease freeze
    ~rise increase climb grow growth surge soar jump; fall drop decline decrease shrink plunge slump dwindle
    ~buy purchase acquire acquisition
    ~sell sale privatize privatization privatise
    pay payment remunerate; unpaid; bribe
    receive accept take get obtain pocket
    give grant provide donate supply deliver hand donation
    fund finance bankroll subsidize funding
    spend cost pay price worth expenditure
    ~build construct erect construction; demolish dismantle raze
    destroy demolish raze wreck burn flatten gut destruction; intact undamaged unscathed
    damage; intact undamaged unscathed; destroy wreck burn flatten demolish
    harm injure hurt wound casualty; unharmed unhurt uninjured unscathed; kill die dead death maim fatality murder assassinate
    die dead death perish fatality; alive survive; kill murder assassinate execute
    kill slay; ; murder assassinate execute massacre
    shoot fire gunfire
    attack assault strike raid bombard shell storm offensive; ; bomb invade
    bomb bombard airstrike bombing
    invade invasion
    peaceful; violent; ; riot
    fight battle combat clash
    ~arrest detain capture seize apprehend; free release
    ~free release liberate; jail imprison detain captive hostage
    ~jail imprison imprisonment incarcerate
    torture; ; waterboard electrocute
    mistreat abuse; ; torture beat
    charge indict prosecute
    convict conviction guilty; acquit exonerate innocent clear
    innocent; guilty convict culpable
    legal lawful legitimate; illegal unlawful illegitimate illicit; ; criminal
    valid; invalid void
    accept agree welcome endorse approve embrace; reject refuse rebuff oppose condemn veto spurn
    support back favor endorse endorsement; oppose opposition reject against
    allow permit authorize approve let; ban forbid prohibit bar outlaw block
    ban forbid prohibit outlaw bar prohibition; legalize allow permit
    ~lift suspend; impose tighten
    ~impose introduce; lift scrap waive
    ~sign ratify signature
    veto; sign
    ~obey observe respect honor comply abide uphold adhere; violate breach break flout defy ignore
    talk negotiate negotiation dialogue dialog discussion discuss; ; bargain
    contact; ; meet talk negotiate negotiation correspond
    meet meeting
    ally partner; foe enemy adversary rival
    deal agreement accord pact treaty
    truce ceasefire armistice
    peace; war; ceasefire truce armistice
    inform tell notify brief alert apprise
    know aware knowledge; unaware ignorant oblivious; inform notify tell warn brief alert
    lie mislead deceive; truthful
    true correct accurate truthful; false untrue wrong incorrect inaccurate; ; fabricate fake hoax invent bogus
    genuine authentic real; fake forged bogus fabricated
    ~hide conceal suppress; disclose reveal publish release
    ~publish release disclose reveal; withhold conceal suppress
    trust confidence faith; distrust mistrust
    safe harmless secure; unsafe dangerous hazardous perilous danger risk threat risky; ; burst collapse leak fail explode toxic poison poisonous contaminate radioactive deadly
    clean pure drinkable potable; contaminate pollute dirty foul tainted undrinkable
    ~healthy well; sick ill ailing unwell unhealthy; ; cancer pneumonia
    fit able capable competent qualified; unfit unable incapable incompetent unqualified
    ~stable calm quiet; unstable volatile turbulent
    strong robust healthy sound; weak fragile frail
    solvent; insolvent bankrupt; ; bankruptcy insolvency
    balance; deficit shortfall
    profit profitable; loss unprofitable
    enough ample plenty sufficient abundant adequate; shortage insufficient scarce scarcity inadequate lacking; ; empty exhausted
    full; empty depleted; packed crowded
    succeed success successful progress; fail failure collapse founder stall deadlock stalemate
    win victory triumph; lose defeat loss
    alone; together; unaided; accomplice helper conspirator
    possible feasible; impossible unfeasible
    necessary need essential require; unnecessary needless
    help aid assistance assist relief; ; rescue bailout
    rescue save bailout
    change alter amend revise modify reform; unchanged
    admit concede acknowledge confess; deny
    cause trigger provoke
    blame responsible fault; blameless
    ~hire recruit employ; fire dismiss sack layoff
    ~fire dismiss sack oust; incumbent
    ~appoint nominate name; dismiss sack oust remove
    ~deploy dispatch send deployment; withdraw recall
    ~return; exile
    ~deport expel deportation
    visit trip
    attend; skip boycott absent
    participate join attend; boycott withdraw abstain
    vote ballot turnout voter
    candidacy
    ~elect; unseat
    devalue devaluation
    ~nationalize nationalization expropriate; privatize
    merge merger
    steal theft; ; rob embezzle loot
    drunk intoxicated; sober
    apologize apology
    regret remorse
    leak; watertight
    repair fix mend restore; broken
    controlled contained; uncontrolled
    fair; unfair rigged; ; fraud fraudulent
    rig fraud falsify
    united unity; divided split
    popular; unpopular hated
    cheap affordable; expensive unaffordable costly
    rich wealthy; poor
    early; late
    restrain restraint; escalate
    protect defend safeguard
    investigate probe inquiry investigation
    ~extend prolong extension; shorten
    hostile hostility; friendly
    independent; dependent
    neutral; biased partisan
    voluntary; forced coerced
    secret; public
    present; absent
"""
# Persons and things: their words; none; words that are a kind of it.
_THINGS: Final = """
    job post position; ; workplace
    worker employee staff workforce personnel
    layoff redundancy
    house home dwelling
    building; ; house home school hospital factory
    civilian; ; villager resident farmer child woman passenger shopkeeper pensioner bystander schoolchild
    people person anybody anyone; ; civilian villager resident farmer child woman passenger worker soldier student inhabitant citizen man protester demonstrator marcher miner
    inhabitant resident villager
    soldier troop army military trooper force
    fighter rebel insurgent militant guerrilla
    police officer policeman cop
    protester demonstrator marcher
    protest demonstration march rally
    money fund cash; ; crown dollar euro pound bribe
    hospital; ; clinic
    plant factory works
    lawmaker legislator parliamentarian
    parliament legislature
    court tribunal
    law bill legislation statute
    salary wage pay
    car vehicle
    ship vessel boat
    plane aircraft airplane jet
    pupil schoolchild
    prison jail
    prisoner inmate detainee
    refugee migrant
    election poll
    voter electorate
    weapon arms
    firm company corporation
    disease illness
    medicine drug
    border frontier
    street road
    farmer grower
    physician doctor
    victim casualty
    document paper file
    murder killing homicide
    penalty sanction
    war invasion
    quake earthquake tremor
    blaze fire
    blast explosion
    flood flooding
    violence unrest riot
    poverty hardship
    tax levy duty
"""
# What says hardly more than that something is done or is so, and what only strengthens.
EMPTY: Final = frozenset(
    base_of(w)
    for w in (
        "be have do make take hold carry put lead result bring show see go come remain stay get become mean cause act full complete total"
        " twice once again repeatedly entire whole absolute great serious single ever well fully completely totally entirely whole part way kind sort matter fact case"
        " plan plans intention intend planning wish group company firm government"
    ).split()
)  # fmt: skip
# Senses that nobody has alone: where there are talks, those who speak of them are one side.
RECIPROCAL: Final = frozenset(("talk", "contact", "meet", "deal"))
# What anybody does for themselves, and of one thing at a time: the speaker's office.
PERSONAL: Final = frozenset(("resign", "candidacy"))
# What has come to its opposite has come to an end: talks that went well may have failed since, and not the other way round.
ENDING: Final = frozenset(("succeed",))
# Of these a possibility of the opposite is the opposite: what could burst is not safe.
EXCLUDING: Final = frozenset(("safe",))


@dataclass(frozen=True, slots=True)
class _Listed:
    """The list by the base of each word; of its senses those of acts and states, those of a time, those with opposites."""

    senses: dict[str, Senses]
    acts: frozenset[str]
    passing: frozenset[str]
    turning: frozenset[str]


@lru_cache(maxsize=1)
def _listed() -> _Listed:
    own: dict[str, set[Sense]] = {}
    implied: dict[str, set[Sense]] = {}
    acts: set[str] = set()
    passing: set[str] = set()
    for listed in (_STATES_AND_ACTS, _THINGS):
        for line in filter(None, map(str.strip, listed.splitlines())):
            fields = [part.split() for part in line.split(";")]
            fields += [[]] * (4 - len(fields))
            timed = fields[0][0].startswith("~")
            fields[0][0] = fields[0][0].removeprefix("~")
            sense = fields[0][0]
            if timed:
                passing.add(sense)
            if listed is _STATES_AND_ACTS:
                acts.add(sense)
            for (words, sign), into in zip(
                ((fields[0], 1), (fields[1], -1), (fields[2], 1), (fields[3], -1)),
                (own, own, implied, implied),
                strict=True,
            ):
                for base in {base_of(form) for word in words for form in _forms_of(word)}:
                    into.setdefault(base, set()).add((sense, sign))
    senses = {
        base: Senses(frozenset(own.get(base, ())), frozenset(implied.get(base, ())))
        for base in own.keys() | implied.keys()
    }
    negative = {s for into in (own, implied) for found in into.values() for s, sign in found if sign < 0}
    return _Listed(senses, frozenset(acts), frozenset(passing), frozenset(negative))


def _forms_of(word: str) -> tuple[str, ...]:
    """Forms of a regular verb; `base_of` leaves more of *delivered* than of *deliver*."""
    stem = word.removesuffix("e")
    return word, f"{word}s", f"{stem}ed", f"{stem}ing"


@lru_cache(maxsize=50_000)
def senses_of(base: str) -> Senses:
    """What a word says, by its base; nothing of most words.

    >>> sorted(senses_of(base_of("reopened")).own)
    [('close', -1)]
    >>> ("harm", 1) in senses_of(base_of("died")).implied
    True
    """
    listed = _listed().senses
    return listed.get(base) or listed.get(root_of(base), NO_SENSES)


def is_act(sense: str) -> bool:
    """Is it of what is done or is so, rather than of whom or what?"""
    return sense in _listed().acts


def has_opposites(sense: str) -> bool:
    """Are there words that say the opposite of a sense?"""
    return sense in _listed().turning


def is_passing(sense: str) -> bool:
    """Is its opposite as true at another time (*opened, closed*)?"""
    return sense in _listed().passing


# Endings by which a noun is made of a verb, as `stemmed` leaves them.
_OF_NOUNS: Final = ("izat", "at", "ment", "al", "ur", "anc", "enc", "ion")
_LEAST_ROOT: Final = 4


@lru_cache(maxsize=50_000)
def root_of(base: str) -> str:
    """The base of the verb that a noun is made of; of other words a stump, good for comparing alone.

    >>> root_of(base_of("devaluation")) == root_of(base_of("devalued"))
    True
    """
    for ending in _OF_NOUNS:
        if base.endswith(ending) and len(base) - len(ending) >= _LEAST_ROOT:
            return base[: -len(ending)] + ("iz" if ending == "izat" else "")
    return base
