"""Text -> a string with one letter a word: which words can be of a time expression, and as what.

`time_grammar.py` matches its patterns on that string instead of the text, so that they are short and take
linear time. What a word is depends on its neighbours where news has it in other senses too: *May* and
*March*, *fall*, *the Sun*, four digits that are no year.
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass

# One letter a class of words. What is in no class is OTHER, and no pattern goes across it.
_NAMES = """month weekday year dnum num number vague ordnum ordinal second day week weekend monthunit
    quarter half yearunit decade century period units season part today tonight overnight decadeyears
    centurynum holiday joined last past next coming this current previous following that same like early
    edge ago earlier before later after from the a in of to and until since fiscal time clock ampm zone every
    possessive around than more less now vagueword setword weekdays at on other first couple ending future""".split()
CLASSES = dict(zip(_NAMES, string.ascii_letters + string.digits + "αβγδεζηθικλμνξοπρστυφχψω", strict=False))
CLASSES |= {"hyphen": "-", "comma": ",", "dot": ".", "slash": "/", "quote": "'", "stop": "|"}
OTHER = "_"

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH_ABBREVIATIONS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_WEEKDAY_ABBREVIATIONS = {
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6
}  # fmt: skip
_NUMBERS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty""".split()
_TENS = {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_ORDINALS = "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_CENTURIES = {
    **{w: n for n, w in enumerate(_ORDINALS) if n > 9},
    "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17,
    "eighteenth": 18, "nineteenth": 19, "twentieth": 20,
}  # fmt: skip
_DECADE_WORDS = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70,
    "eighties": 80, "nineties": 90,
}  # fmt: skip
SEASONS = {"spring": 1, "summer": 2, "fall": 3, "autumn": 3, "winter": 4}

_PLAIN = {
    "tonight": "tonight", "overnight": "overnight", "last": "last", "past": "past", "next": "next", "coming": "coming",
    "upcoming": "coming", "this": "this", "current": "current", "previous": "previous", "prior": "previous",
    "preceding": "previous", "following": "following", "ensuing": "following", "that": "that", "same": "same",
    "comparable": "like", "corresponding": "like", "ago": "ago", "earlier": "earlier", "before": "before",
    "later": "later", "after": "after", "from": "from", "between": "from", "the": "the", "a": "a", "an": "a", "in": "in",
    "of": "of", "to": "to", "through": "to", "thru": "to", "and": "and", "or": "and", "until": "until", "till": "until",
    "since": "since", "fiscal": "fiscal", "financial": "fiscal", "time": "time", "every": "every", "each": "every",
    "than": "than", "now": "now", "at": "at", "on": "on", "other": "other", "period": "period", "half": "half",
    "quarter": "quarter", "weekend": "weekend", "second": "second", "recent": "vague", "couple": "couple", "latest": "current",
}  # fmt: skip
# What stands before the words of time and says how exactly they are meant, or which piece of them.
_EDGES = {
    "early": "early", "mid": "mid", "middle": "mid", "late": "late", "beginning": "early", "start": "early", "outset": "early", "end": "late", "close": "late",
    "midst": "mid", "midway": "mid",
}  # fmt: skip
_UNITS = {
    "day": "day",
    "week": "week",
    "month": "monthunit",
    "year": "yearunit",
    "decade": "decade",
    "century": "century",
}
_PLURALS = {
    "days": "day", "weeks": "week", "weekends": "weekend", "months": "month", "quarters": "quarter", "years": "year",
    "decades": "decade", "centuries": "century", "hours": "hour", "hour": "hour", "minutes": "hour", "minute": "hour",
    "seconds": "hour", "nights": "day", "yrs": "year", "fortnight": "week", "fortnights": "week", "generations": "century",
}  # fmt: skip
_PARTS = "morning afternoon evening night noon midday midnight dawn dusk lunchtime nightfall".split()
_VAGUE_COUNTS = "few several many some".split()
_VAGUE = "currently recently lately nowadays presently soon".split()
_SETS = "daily weekly monthly yearly annually annual quarterly nightly fortnightly biweekly".split()


def _lexicon() -> dict[str, tuple[str, object]]:
    words: dict[str, tuple[str, object]] = {w: (c, w) for w, c in _PLAIN.items()}
    words |= {w: ("month", n) for n, w in enumerate(_MONTHS, 1)}
    words |= {w: ("month", n) for n, w in enumerate(_MONTH_ABBREVIATIONS, 1)} | {"sept": ("month", 9)}
    words |= {w: ("weekday", n) for n, w in enumerate(_WEEKDAYS)}
    words |= {w: ("weekday", n) for w, n in _WEEKDAY_ABBREVIATIONS.items()}
    words |= {f"{w}s": ("weekdays", n) for n, w in enumerate(_WEEKDAYS)}
    words |= {w: ("number", n) for n, w in enumerate(_NUMBERS) if n} | {"dozen": ("number", 12)}
    words |= {w: ("number", n) for w, n in _TENS.items()}
    words |= {w: ("centurynum", n) for w, n in _CENTURIES.items()}
    words |= {w: ("ordinal", n) for n, w in enumerate(_ORDINALS) if 0 < n < 10 and n != 2}
    words |= {"second": ("second", 2), "first": ("first", 1), "final": ("last", -1)}
    words |= {w: ("decadeyears", n) for w, n in _DECADE_WORDS.items()}
    words |= {w: ("season", n) for w, n in SEASONS.items()}
    words |= {w: ("edge", mod) for w, mod in _EDGES.items()}
    words |= {w: (c, "month" if c == "monthunit" else w) for w, c in _UNITS.items()}
    words |= {w: ("units", unit) for w, unit in _PLURALS.items()}
    words |= {w: ("part", w) for w in _PARTS} | {w: ("vague", w) for w in _VAGUE_COUNTS}
    words |= {w: ("vagueword", w) for w in _VAGUE} | {w: ("setword", w) for w in _SETS}
    words |= {"yesterday": ("today", -1), "today": ("today", 0), "tomorrow": ("today", 1)}
    words |= dict.fromkeys(
        "about around nearly almost roughly approximately circa".split(), ("around", "about")
    )
    words |= {
        "over": ("more", "over"),
        "more": ("more", "more"),
        "less": ("less", "less"),
        "under": ("less", "under"),
    }
    words |= {w: ("ending", w) for w in "ended ending starting".split()}
    words |= {w: ("future", w) for w in "future present moment".split()}
    words |= {w: ("zone", w) for w in "est edt et pst pdt pt cst cdt mst gmt utc bst cet".split()}
    words |= {"pm": ("ampm", "pm"), "am": ("ampm", "am"), "a.m": ("ampm", "am"), "p.m": ("ampm", "pm")}
    words |= {
        ",": ("comma", None),
        ".": ("dot", None),
        "/": ("slash", None),
        "'": ("quote", None),
        "’": ("quote", None),
    }
    words |= {
        "‘": ("quote", None),
        "'s": ("possessive", None),
        "’s": ("possessive", None),
        "\n": ("stop", None),
    }
    return words | dict.fromkeys("-–—‑", ("hyphen", None)) | dict.fromkeys("!?;", ("stop", None))


_LEXICON = {w: (CLASSES[c], value) for w, (c, value) in _lexicon().items()}

# Feasts as news writes them; the value is their name in `resolution/calendar.py`.
_HOLIDAYS = {
    "christmas": "christmas", "christmas day": "christmas", "christmas eve": "christmas eve", "boxing day": "boxing day",
    "new year's day": "new year", "new year's eve": "new year's eve", "new year's": "new year", "thanksgiving": "thanksgiving",
    "thanksgiving day": "thanksgiving", "easter": "easter", "easter sunday": "easter", "easter monday": "easter monday",
    "good friday": "good friday", "ash wednesday": "ash wednesday", "palm sunday": "palm sunday",
    "pentecost": "pentecost", "whit monday": "whit monday", "halloween": "halloween",
    "valentine's day": "valentine's day", "st. patrick's day": "st patrick's day", "independence day": "independence day",
    "labor day": "labor day", "memorial day": "memorial day", "veterans day": "veterans day", "columbus day": "columbus day",
    "martin luther king day": "martin luther king day", "presidents day": "presidents day", "presidents' day": "presidents day",
    "bastille day": "bastille day", "may day": "may day", "black friday": "black friday", "cyber monday": "cyber monday",
    "all saints' day": "all saints' day", "ramadan": "ramadan", "passover": "passover", "yom kippur": "yom kippur",
    "hanukkah": "hanukkah", "diwali": "diwali", "lunar new year": "lunar new year", "eid al-fitr": "eid al-fitr",
    "eid al-adha": "eid al-adha", "rosh hashanah": "rosh hashanah",
}  # fmt: skip
# Days of the week that are names of something else.
_NO_WEEKDAYS = {
    ("black", "monday"), ("black", "tuesday"), ("black", "wednesday"), ("black", "thursday"), ("black", "saturday"), ("black", "sunday"),
    ("super", "tuesday"), ("super", "saturday"), ("bloody", "sunday"), ("bloody", "friday"), ("sheffield", "wednesday"), ("giving", "tuesday"),
    ("ruby", "tuesday"), ("holy", "thursday"), ("maundy", "thursday"), ("man", "friday"), ("shrove", "tuesday"), ("fat", "tuesday"),
}  # fmt: skip

_TOKEN = re.compile(
    r"[AaPp]\.[Mm]\b|\d+(?:[.,:]\d+)*[^\W\d_]*|['’]s\b|[^\W\d_](?:\w|(?<=[^\W\d_])&(?=\w))*|_+|\n|[^\w\s]"
)
_NUMERAL = re.compile(r"(\d+)(st|nd|rd|th|s|am|pm|Q|q|H|h)?\Z", re.ASCII)
_CLOCK = re.compile(r"(?:[01]?\d|2[0-4])[:.][0-5]\d(?::[0-5]\d)?(am|pm)?\Z", re.ASCII)
_DOTTED = re.compile(r"(\d\d?)\.(\d\d?)\.(\d{4})\Z", re.ASCII)
_QUARTER_CODE = re.compile(r"q([1-4])\Z|h([12])\Z", re.ASCII)
_DECIMAL = re.compile(r"\d+\.\d+\Z", re.ASCII)

# Words after which a month's name is a month's, whatever else it may mean.
_BEFORE_MONTHS = frozenset(
    """in of last next this past since until till by before after during from to through early late mid between
    every each about around and or for""".split()
)
# A minister of this name; *by May* is then no month.
_MAY_IS_A_NAME = re.compile(
    r"\b(?:Theresa|Brian|Elaine|James|Robert|Imelda) May\b|\b(?:Mrs?|Ms|Dr|Minister|Secretary|Senator|Judge)\.? May\b"
)
_NAMES_OF_PEOPLE = frozenset({"april", "june", "august", "may", "jan"})
_NO_YEAR_BEFORE = frozenset(
    """$ £ € ¥ # no nos number flight resolution route page pages room article section rule highway channel
    windows office model boeing airbus peugeot apartment suite box pin code gate unit lot us$ = + * interstate
    psalm verse chapter figure table line bus train dow nikkei ftse index level peaked""".split()
)
# Things that are counted in thousands without a comma.
_COUNTED = frozenset(
    """people troops soldiers miles mile meters metres feet foot points dollars kilometers kilometres km kg pounds
    shares jobs percent tons tonnes years days hours workers employees members euros homes votes seats delegates
    times women men children students police officers acres hectares barrels francs yen marks rubles rupees
    calories watts megawatts mph rpm bytes megabytes meter metre square cubic units copies pages million billion
    trillion deaths cases refugees civilians prisoners families passengers patients words °""".split()
)
_CARS = frozenset(
    """model ford toyota honda chevrolet chevy nissan bmw mercedes audi volkswagen volvo dodge jeep chrysler buick
    cadillac pontiac plymouth oldsmobile lexus mazda subaru hyundai kia jaguar porsche ferrari tesla fiat renault
    peugeot saab mitsubishi lincoln mercury gmc""".split()
)
_BEFORE_YEARS = frozenset(
    """in since until till by from of during before after through between early late mid circa to year fiscal
    about around than and the and or spring summer fall autumn winter""".split()
)
FIRST_PLAIN_YEAR, LAST_YEAR = 1900, 2099
_FIRST_YEAR = 1000


@dataclass(slots=True)
class Words:
    """The words of a text and what each can be.

    Attributes:
        lower: the words in lower case.
        codes: a letter of CLASSES a word, or OTHER.
        values: by place, for the words that are in a class.
        sentences: by place, the number of the sentence.
    """

    text: str
    starts: list[int]
    ends: list[int]
    lower: list[str]
    codes: str
    values: dict[int, object]
    sentences: list[int]

    def raw(self, i: int) -> str:
        """The word as printed; empty outside the text."""
        return self.text[self.starts[i] : self.ends[i]] if 0 <= i < len(self.starts) else ""

    def word(self, i: int) -> str:
        """The word in lower case; empty outside the text."""
        return self.lower[i] if 0 <= i < len(self.lower) else ""


def read_words(text: str) -> Words:
    """Cut a text into words and say what each can be in a time expression."""
    starts: list[int] = []
    ends: list[int] = []
    lower: list[str] = []
    for found in _TOKEN.finditer(text):
        start, end = found.span()
        starts.append(start)
        ends.append(end)
        lower.append(found[0].lower())
    words = Words(text, starts, ends, lower, "", {}, [])
    codes: list[str] = [OTHER] * len(lower)
    doubtful: list[int] = []
    doubt = _DOUBTFUL
    for i, word in enumerate(lower):
        if entry := _LEXICON.get(word):
            codes[i], words.values[i] = entry
            if entry[0] in doubt:
                doubtful.append(i)
        elif word[0].isdigit():
            _read_numeral(words, codes, i)
            if codes[i] in doubt:
                doubtful.append(i)
        elif len(word) == 2 and (found_code := _QUARTER_CODE.match(word)):
            codes[i] = CLASSES["quarter"] if found_code[1] else CLASSES["half"]
            words.values[i] = int(found_code[1] or found_code[2])
    _stop_sentences(words, codes)
    _merge_holidays(words, codes)
    _look_around(words, codes, doubtful)
    words.codes = "".join(codes)
    words.sentences = _number_sentences(words)
    return words


def _read_numeral(words: Words, codes: list[str], i: int) -> None:
    word = words.lower[i]
    if found := _NUMERAL.match(word):
        digits, ending = found[1], found[2]
        if len(digits) > 9:
            return
        number = int(digits)
        name: str | None = None
        if ending is None:
            is_year = len(digits) == 4 and _FIRST_YEAR <= number <= LAST_YEAR
            name = "year" if is_year else "dnum" if len(digits) <= 2 and 1 <= number <= 31 else "num"
        elif ending == "s":
            name = "decadeyears" if number % 10 == 0 and len(digits) in (2, 4) else None
        elif ending in ("am", "pm"):
            name = "clock" if 1 <= number <= 12 else None
        elif ending in ("q", "h"):
            name = {"q": "quarter", "h": "half"}[ending] if number <= 4 else None
        elif 1 <= number <= 31:
            name = "ordnum"
        if name:
            codes[i], words.values[i] = CLASSES[name], number
    elif _CLOCK.match(word):
        codes[i], words.values[i] = CLASSES["clock"], word
    elif dotted := _DOTTED.match(word):
        codes[i], words.values[i] = CLASSES["year"], tuple(int(n) for n in dotted.groups())
    elif _DECIMAL.match(word):
        codes[i], words.values[i] = CLASSES["num"], float(word)


def _stop_sentences(words: Words, codes: list[str]) -> None:
    """A full stop belongs to an expression behind an abbreviation alone (*Jan. 7*, *3 p.m. EST*)."""
    for i, code in enumerate(codes):
        if code == "." and not (i and words.lower[i - 1] in _DOTTED_WORDS):
            codes[i] = "|"


def _merge_holidays(words: Words, codes: list[str]) -> None:
    """Mark the words of a feast's name: the first as holiday, the others as joined to it."""
    for i, word in enumerate(words.lower):
        if word not in _HOLIDAY_FIRSTS or not words.raw(i)[0].isupper():
            continue
        for length in (6, 5, 4, 3, 2, 1):
            if i + length > len(words.lower):
                continue
            name = _HOLIDAY_TOKENS.get(tuple(words.lower[i : i + length]))
            if name:
                codes[i], words.values[i] = CLASSES["holiday"], name
                codes[i + 1 : i + length] = [CLASSES["joined"]] * (length - 1)
                break


def _split_name(name: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(name))


_HOLIDAY_TOKENS = {
    _split_name(form): name for n, name in _HOLIDAYS.items() for form in {n, n.replace("'", "’")}
}
_HOLIDAY_FIRSTS = frozenset(tokens[0] for tokens in _HOLIDAY_TOKENS)
_DOUBTFUL = frozenset(
    CLASSES[c] for c in ("month", "weekday", "season", "year", "today", "second", "decadeyears")
)


def _look_around(words: Words, codes: list[str], doubtful: list[int]) -> None:
    """Take back the class of words whose neighbours give them another sense."""
    names = {code: name for name, code in CLASSES.items()}
    may_is_a_name = _MAY_IS_A_NAME.search(words.text) is not None
    for i in doubtful:
        name = names.get(codes[i])
        keeps = True
        if name == "month":
            keeps = _is_month(words, codes, i, may_is_a_name)
        elif name == "weekday":
            keeps = _is_weekday(words, codes, i)
        elif name == "season":
            keeps = _is_season(words, codes, i)
        elif name == "year":
            keeps = isinstance(words.values[i], tuple) or _is_year(words, i)
        elif name == "today":
            before = words.raw(i - 1)
            keeps = words.raw(i)[0].islower() or not (
                before in ("USA", "Russia", "Africa", "Psychology") or before == "The"
            )
        elif name == "decadeyears":
            keeps = _is_decade(words, i)
        if not keeps:
            codes[i] = OTHER


def _code_at(codes: list[str], i: int) -> str:
    return codes[i] if 0 <= i < len(codes) else "|"


def _is_month(words: Words, codes: list[str], i: int, may_is_a_name: bool) -> bool:
    raw, word = words.raw(i), words.lower[i]
    if raw[0].islower():
        return False
    dotted = _code_at(codes, i + 1) == "."
    after = i + 2 if dotted or _code_at(codes, i + 1) == "," else i + 1
    number_after = _code_at(codes, after) in _NUMBERS_AFTER and not (
        _code_at(codes, i + 1) == "," and _code_at(codes, after) != CLASSES["year"]
    )
    number_before = _code_at(codes, i - 1) in _DAY_NUMBERS or (
        words.word(i - 1) == "of" and _code_at(codes, i - 2) == CLASSES["ordnum"]
    )
    if number_after or number_before:
        return True
    before = words.word(i - 1) if words.word(i - 1) not in (",", "-", "–", "/") else words.word(i - 2)
    after_month = before in _MONTH_WORDS and words.raw(i - 1) != "."
    if before in ("and", "or", "to", "through"):
        month_and_day = words.word(i - 2).isdigit() and words.word(i - 3) in _MONTH_WORDS
        after_month = words.word(i - 2) in _MONTH_WORDS or month_and_day
    if len(word) <= 4 and word not in ("may", "june", "july"):  # abbreviations
        return (dotted or word not in ("mar", "jan", "dec", "sep")) and (
            before in _BEFORE_MONTHS or after_month
        )
    if after_month:
        return True
    if word in ("may", "march"):
        return _is_may_or_march(words, i, before, may_is_a_name)
    if before in _BEFORE_MONTHS and before not in ("and", "or"):
        return True
    follower = words.raw(i + 1)
    is_named = word in _NAMES_OF_PEOPLE and follower[:1].isupper() and codes[i + 1] == OTHER
    return not is_named


def _is_may_or_march(words: Words, i: int, before: str, may_is_a_name: bool) -> bool:
    """The months that are verbs, names and marches as well."""
    if words.lower[i] == "may" and may_is_a_name:
        return before in _BEFORE_MAY
    if before in ("'s", "’s", "the"):  # *the firm's March sales*, and not *the March on the capital*
        return words.raw(i + 1).islower() and words.word(i + 1) not in (
            "on",
            "for",
            "against",
            "of",
            "be",
            "have",
        )
    return before in _BEFORE_MONTHS and before not in ("and", "or")


_BEFORE_MAY = frozenset("in last next this past late early mid since until during".split())
_DOTTED_WORDS = frozenset([*_MONTH_ABBREVIATIONS, *_WEEKDAY_ABBREVIATIONS, "sept", "p.m", "a.m"]) - {"may"}
_MONTH_WORDS = frozenset([*_MONTHS, *_MONTH_ABBREVIATIONS, "sept"])
_DAY_NUMBERS = frozenset(CLASSES[c] for c in ("dnum", "ordnum"))
_NUMBERS_AFTER = _DAY_NUMBERS | {CLASSES["year"]}


def _is_weekday(words: Words, codes: list[str], i: int) -> bool:
    raw, word = words.raw(i), words.lower[i]
    if raw[0].islower() or (words.word(i - 1), word) in _NO_WEEKDAYS:
        return False
    if word not in _WEEKDAY_ABBREVIATIONS:
        return True
    after = i + 1
    while _code_at(codes, after) in ".,":
        after += 1
    return after < i + 4 and (
        (_code_at(codes, after) == CLASSES["month"] and words.raw(after)[0].isupper() and after > i)
        or (_code_at(codes, after) in _DAY_NUMBERS and _code_at(codes, after + 1) == CLASSES["month"])
    )


def _is_season(words: Words, codes: list[str], i: int) -> bool:
    before = words.word(i - 1)
    if before in ("-", "–"):
        before = words.word(i - 2)
    if before in (
        "last",
        "next",
        "this",
        "past",
        "late",
        "early",
        "mid",
        "coming",
        "previous",
        "following",
        "every",
        "each",
    ):
        return True
    after = i + 2 if words.word(i + 1) in ("of", ",") else i + 1
    if _code_at(codes, after) == CLASSES["year"] or words.word(after) in ("last", "this", "next", "that"):
        return words.word(i + 1) != "of" or _code_at(codes, after) == CLASSES["year"]
    if words.raw(i) != words.lower[i]:
        return False
    leads = ("in", "by", "during", "until", "since", "of", "through", "over", "throughout", "before", "after")
    free = words.word(i + 1) != "of" and words.word(i + 1) != "-"
    if before == "the":
        return words.word(i - 2) in leads and free
    is_alone = words.lower[i] not in ("fall", "spring") or not words.word(i + 1)[:1].isalnum()
    return before in ("in", "since", "until", "by") and is_alone and free


def _is_year(words: Words, i: int) -> bool:
    """Are the four digits a year, and not a count, a sum, a number of something, a model?"""
    year = words.values[i]
    before, after = words.word(i - 1), words.word(i + 1)
    if before in _NO_YEAR_BEFORE or words.word(i - 2) in ("$", "£", "€"):
        return False
    if after in _COUNTED or after[:1].isdigit() or after == "%" or after in _CARS:
        return False
    if after in ("-", "–") and words.word(i + 2) in (
        "model",
        *_COUNTED,
        "foot",
        "year",
        "mile",
        "meter",
        "seat",
        "member",
    ):
        return False
    if (
        before == "-"
        and words.raw(i - 2)[:1].isalpha()
        and words.word(i - 2) not in _YEAR_HYPHENS
        and words.word(i - 2) not in _MONTH_WORDS
    ):
        return False
    if words.ends[i] < len(words.text) and words.text[words.ends[i]] == "_":
        return False
    if isinstance(year, int) and FIRST_PLAIN_YEAR <= year <= LAST_YEAR:
        return True
    follows = after[:1].isalpha() and after not in _MAY_FOLLOW_YEARS
    return before in _BEFORE_YEARS and before not in ("than", "the", "and", "or", "about") and not follows


_YEAR_HYPHENS = frozenset({"mid", "early", "late", "pre", "post", "january"})
_MAY_FOLLOW_YEARS = frozenset(
    "and or to until the when by in he she it they at with as but a after before on for was were that which who is from through".split()
)


def _is_decade(words: Words, i: int) -> bool:
    """*the 1990s* and *the '90s*, and not *a man in his 60s*, *temperatures in the 60s*."""
    value = words.values[i]
    if not isinstance(value, int):
        return False
    if value >= _FIRST_YEAR:
        return value <= LAST_YEAR and words.word(i - 1) not in ("$", "£", "€")
    before = words.word(i - 1)
    if words.lower[i][0].isdigit():
        return before in ("'", "’", "‘") and value <= 90
    if before in ("roaring", "swinging", "early", "late", "mid", "-"):
        return words.word(i - 2) not in _POSSESSIVES
    return before == "the"


_POSSESSIVES = frozenset("his her their my our your its".split())


def _number_sentences(words: Words) -> list[int]:
    """The number of the sentence that each word stands in: a full stop that ends an abbreviation ends none."""
    numbers: list[int] = []
    number = 0
    for i, word in enumerate(words.lower):
        numbers.append(number)
        if word in _STOPS and (word == "\n" or _ends_sentence(words, i)):
            number += 1
    return numbers


def _ends_sentence(words: Words, i: int) -> bool:
    end = words.ends[i]
    before = words.word(i - 1)
    if words.lower[i] == ".":
        is_short = len(before) == 1 and before.isalpha()
        if (
            is_short
            or before in _ABBREVIATIONS
            or (before in _MONTH_WORDS and len(before) <= 4 and words.word(i + 1).isdigit())
        ):
            return False
    return not words.text[end : end + 1].strip("”\"’')]")


_STOPS = frozenset(".!?\n")
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr gen sen rep gov st lt col sgt prof inc corp co ltd jr sr vs no".split()
)
