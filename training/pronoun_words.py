"""Words that tell where in its clause a mention stands, and of which gender somebody is; for `training.pronoun_choice`."""

from __future__ import annotations

from onrecord.analysis.pronoun_features import Kind


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PAST = _words(
    """said told went made took came gave got saw knew thought felt found held kept led left lost met paid put ran sat sent set spoke
    stood won wrote became began brought built bought chose drew drove fell fought flew grew heard hit rose sold shook shot spent
    swore taught threw understood withdrew broke cut beat forgot hid laid lay let meant read rode sang sank sought slept stuck
    struck swept wore says goes makes takes comes gives gets sees knows thinks feels finds wins writes becomes begins tells asks"""
)
_AUXILIARIES = _words(
    "is was are were be been being am has had have will would could can may might shall should did does do must"
)
_NOT_THIRD_PERSON = _words(
    """as across towards less plus besides perhaps always sometimes afterwards upwards news his its this us versus vs thus times
    years yes alas series species means arts sports politics"""
)
_TITLES = _words(
    """mr mrs ms miss dr sir dame lord lady king queen prince princess sheikh president vice prime minister premier chancellor
    secretary senator sen congressman congresswoman rep representative governor gov mayor general gen colonel col lt sgt
    captain capt admiral judge justice professor prof pope bishop archbishop cardinal rev father ambassador chairman
    chairwoman former foreign defence defense finance interior the"""
)
KINDS: dict[str, Kind] = {
    word: kind
    for kind, words in (
        (Kind.STOP, ". ! ?"),
        (Kind.COMMA, ","),
        (Kind.OPENING, "“ \" ‘ ( ["),
        (Kind.POSSESSIVE, "' ’"),
        (Kind.RELATIVE, "who whom whose which"),
        (
            Kind.SUBORDINATOR,
            "that because when while if as after before since although though until unless whereas where how why once whether than so",
        ),
        (Kind.CONJUNCTION, "and or but nor"),
        (Kind.OF, "of"),
        (Kind.TO, "to"),
        (
            Kind.PREPOSITION,
            "with by for from in on at about against behind around toward towards without between under over beside near alongside"
            " like unlike upon beyond including into through during among within despite via per off onto",
        ),
        (Kind.AUXILIARY, " ".join(_AUXILIARIES)),
        (Kind.TITLE, " ".join(_TITLES)),
        (Kind.DETERMINER, "a an this these those his her its their our my your"),
        (Kind.ADVERB, "also then later now never still often always soon just even only ever already again thus not"),
        (Kind.VERB, " ".join(_PAST)),
    )
    for word in words.split()
}  # fmt: skip
# Finite verbs beside auxiliaries and those in *-ed*.
FINITE = _PAST | _AUXILIARIES
# For men, and for women.
GENDERS = (
    _words(
        """mr sir lord king prince sheikh father son brother husband man boy uncle grandfather chairman spokesman congressman
        businessman policeman nephew gentleman widower pope priest imam monk bishop duke earl count baron emperor boyfriend
        stepfather stepson grandson groom dad daddy guy lad nobleman cardinal friar knight baronet viscount patriarch fireman
        archbishop cowboy wizard salesman statesman sportsman footballer sultan emir tsar bachelor"""
    )
    - {"footballer", "bachelor", "count"},
    _words(
        """mrs ms miss lady queen princess mother daughter sister wife woman girl aunt grandmother chairwoman spokeswoman
        congresswoman businesswoman policewoman niece widow actress nun duchess countess baroness empress girlfriend stepmother
        stepdaughter granddaughter bride hostess heroine goddess mistress dame mom mum mama ballerina waitress heiress maid
        housewife midwife governess priestess witch madame soprano stewardess matriarch abbess concubine tsarina"""
    ),
)


def is_verb(word: str) -> bool:
    """By its ending, a past form."""
    return (len(word) > 3 and word.endswith("ed") and not word.endswith("eed")) or word == "ed"


def is_third_person(word: str) -> bool:
    """By its ending, *says*; a plural in *-s* cannot be told from it, and seldom stands right behind a person."""
    return (
        len(word) > 3
        and word.endswith("s")
        and not word.endswith(("ss", "us", "is"))
        and word not in _NOT_THIRD_PERSON
    )
