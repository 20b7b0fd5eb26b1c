"""Menus that stand above and below a report in text copied from a page (*Home*, *News*, *World*, *Sign in*).

A single short line may be a headline. A menu is told by several of them in a row, of which most are names that the
sections and services of news sites have, before the report's first sentence or behind its last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.reading.furniture import why_furniture

# What sections and services of news sites are called, whatever the site.
_NAMES = frozenset(
    "home|homepage|news|latest|latest news|breaking news|headlines|top stories|world|world news|us|u.s.|"
    "us news|uk|uk news|europe|asia|africa|americas|middle east|international|national|nation|local|"
    "local news|regional|politics|elections|business|economy|markets|money|finance|companies|technology|"
    "tech|science|health|climate|environment|weather|education|sport|sports|football|entertainment|"
    "culture|arts|lifestyle|life & style|style|fashion|food|travel|books|music|film|tv|tv & radio|radio|"
    "opinion|opinions|comment|editorial|editorials|letters|analysis|investigations|features|magazine|video|"
    "videos|photos|pictures|podcasts|podcast|audio|live|live tv|games|puzzles|crosswords|crossword|"
    "obituaries|crime|jobs|classifieds|property|cars|motoring|shop|store|events|archive|newsletters|"
    "newsletter|e-paper|epaper|sections|all sections|menu|main menu|search|more|log in|login|log out|"
    "sign in|sign up|sign out|register|my account|account|subscribe|donate|contact|contact us|about|"
    "about us|help|faq|advertise|advertise with us|careers|privacy|privacy policy|terms|terms of use|"
    "terms of service|terms & conditions|terms and conditions|cookie policy|cookies|accessibility|sitemap|"
    "site map|rss|share|follow us|close|skip to content".split("|")
)
# What newspapers, stations and agencies are called, as the first or last word of their names.
_OUTLET_WORDS = frozenset(
    """advertiser advocate agency broadcasting bulletin chronicle courier daily dispatch echo enquirer examiner express gazette
    globe guardian herald independent inquirer journal ledger mail mercury mirror monitor news observer online post press
    radio record recorder register reporter review sentinel standard star statesman sun telegraph television times today
    tribune weekly""".split()
)
_SMALL_IN_NAMES = ("of", "the", "and", "&", "de", "la", "le", "el")
_ADDRESS = re.compile(r"(?:www\.)?[\w-]{2,40}(?:\.[a-z]{2,10}){1,2}", re.IGNORECASE)
_MAX_NAME_WORDS = 3
# Lines in a row, and names among them, that make a menu; the names are also half of them.
_MIN_LINES, _MIN_NAMES = 3, 2
# Items of a menu on one line without marks between them.
_MIN_ITEMS = 4
# A headline has so many words; fewer above a menu are the name of the site.
_HEADLINE_WORDS = 4
# How far from its ends a text is looked at: the longest menus have some hundred lines.
_MAX_LINES = 150
_SENTENCE_WORDS = 12
_MARK = re.compile(r"(?:[•·▪◦‣*+–-]|#{1,6})\s{1,20}(?=\S)")
_BETWEEN = re.compile(r"\s*[|·•›»>]\s*|\s+/\s+")
# Home > Local > Council shuts the bridge: where a page stands on its site.
_TRAIL = re.compile(r"home\s?[>›»/|]\s?\S.{0,160}", re.IGNORECASE)
_ENDS = re.compile(r"[.!?:;,…”\"’)]\Z")


def find_menus(lines: Sequence[str]) -> frozenset[int]:
    """Which lines of a text are of a menu, or say where on a site the page stands.

    >>> sorted(find_menus(["Home", "News", "World", "Quay shut for a year", "The quay is shut, the mayor said."]))
    [0, 1, 2]
    >>> find_menus(["World", "The quay is shut, the mayor said."])
    frozenset()
    """
    bare = [_bare(line) for line in lines]
    top = next(
        (n for n, line in enumerate(bare[:_MAX_LINES]) if _is_sentence(line)), min(len(bare), _MAX_LINES)
    )
    last = next((n for n in range(len(bare) - 1, -1, -1) if _is_sentence(bare[n])), len(bare))
    found: set[int] = set()
    for begin, end in ((0, top), (max(last + 1, top, len(bare) - _MAX_LINES), len(bare))):
        found.update(n for n in range(begin, end) if _is_menu(bare[n]))
        for first, behind in _runs(bare, begin, end):
            found.update(_within(bare, first, behind))
    if found and 0 not in found and 1 in found and _is_site_name(bare, found):
        found.add(0)
    if 0 in found and (name := _name_below(bare, found)) is not None:
        found.add(name)
    if not found and top > 1 and _is_section(bare):
        found.add(0)
    return frozenset(found)


def _bare(line: str) -> str:
    marker = _MARK.match(line)
    return line[marker.end() if marker else 0 :].strip().strip("*_")


def _is_sentence(line: str) -> bool:
    """Is it of a report's body, not one of the short lines around it?"""
    words = line.count(" ") + 1
    return words > _SENTENCE_WORDS or (
        words > _MAX_NAME_WORDS and line.endswith((".", "!”", ".”", '."', "?”"))
    )


def _is_name(line: str) -> bool:
    return line.lower() in _NAMES


def _is_menu(line: str) -> bool:
    """Is a line a menu by itself, its items beside one another?"""
    if len(line) > 400:
        return False
    items = [item for item in _BETWEEN.split(line) if item]
    if len(items) >= _MIN_LINES and all(len(item.split()) <= _MAX_NAME_WORDS for item in items):
        return _are_names(items)
    if _TRAIL.fullmatch(line):
        return True
    return len(items) == 1 and _count_names(line.lower().split()) >= _MIN_ITEMS


def _count_names(words: Sequence[str]) -> int:
    """How many names a line is that holds nothing else, the longest taken first; 0 if it holds anything else."""
    at = count = 0
    while at < len(words):
        length = next(
            (n for n in range(_MAX_NAME_WORDS, 0, -1) if " ".join(words[at : at + n]) in _NAMES), None
        )
        if length is None:
            return 0
        at, count = at + length, count + 1
    return count


def _are_names(items: Sequence[str]) -> bool:
    names = sum(map(_is_name, items))
    return names >= _MIN_NAMES and 2 * names >= len(items)


def _runs(lines: Sequence[str], begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Stretches of short lines, first and end."""
    first = begin
    for n in range(begin, end + 1):
        if n == end or not _is_short(lines[n]):
            if n - first >= _MIN_LINES:
                yield first, n
            first = n + 1


def _is_short(line: str) -> bool:
    if _is_name(line):
        return True
    return (
        len(line.split()) <= _MAX_NAME_WORDS
        and not _ENDS.search(line)
        and (line[:1].isupper() or not line[:1].isalnum())
    ) or why_furniture(line) is not None


def _within(lines: Sequence[str], first: int, end: int) -> range:
    """The lines of a stretch from its first name to its last, if they are a menu: a headline may be as short."""
    names = [n for n in range(first, end) if _is_name(lines[n])]
    if not names or names[-1] + 1 - names[0] < _MIN_LINES:
        return range(0)
    menu = range(names[0], names[-1] + 1)
    return menu if _are_names([lines[n] for n in menu]) else range(0)


def _is_site_name(lines: Sequence[str], menu: set[int]) -> bool:
    """Is the line above a menu the name of the site, since the headline stands below?"""
    below = next((n for n in range(1, len(lines)) if n not in menu), len(lines))
    return len(lines[0].split()) <= _MAX_NAME_WORDS and below < len(lines) and _is_headline(lines[below])


def _name_below(lines: Sequence[str], menu: set[int]) -> int | None:
    """The line below a menu that is the name of the site, since the headline stands below it.

    A headline may be as short and have a deck below it, so that it must be called as news sites are.
    """
    below = next((n for n in range(1, len(lines)) if n not in menu), len(lines))
    if below + 1 >= len(lines) or not _is_outlet(lines[below]) or not _is_headline(lines[below + 1]):
        return None
    return below


def _is_outlet(line: str) -> bool:
    """Is it called as a news site is: capitalised words with one of those in it, or an address?"""
    words = line.split()
    if not 0 < len(words) <= _HEADLINE_WORDS or _ENDS.search(line):
        return False
    if _ADDRESS.fullmatch(line):
        return True
    is_named = all(word[0].isupper() or word in _SMALL_IN_NAMES for word in words)
    return (
        is_named and len(words) > 1 and any(word.lower() in _OUTLET_WORDS for word in (words[0], words[-1]))
    )


def _is_section(lines: Sequence[str]) -> bool:
    """Is the first line the section that stands above the headline?"""
    return _is_name(lines[0]) and _is_headline(lines[1])


def _is_headline(line: str) -> bool:
    return len(line.split()) >= _HEADLINE_WORDS and not line.endswith((".", ":", ";", ","))
