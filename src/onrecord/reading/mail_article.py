"""The lines of a message -> its article, or the articles of the stories in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.article import Article, Entry, Furniture
from onrecord.errors import UnreadableReportError
from onrecord.reading.assembly import Line, assemble, check_length
from onrecord.reading.blocks import Block
from onrecord.reading.letters import calls_itself_letters, divide_letters, set_signatures_apart
from onrecord.reading.mail_lines import (
    MailRoles,
    is_sentence,
    judge_mail_blocks,
    lines_of_mail,
    without_headline,
)
from onrecord.reading.mail_message import Sender, read_forwarded_sender
from onrecord.reading.mail_stories import Story, find_stories, underlined_rows, without_number
from onrecord.reading.mail_text import cut_mail_tail, find_forwarded
from onrecord.reading.news_xml import collapse_blanks
from onrecord.reading.text import paragraphs_in
from onrecord.reading.wire import put_headline_first, same_words, words_of

# Messages forwarded within forwarded messages; beyond is a trap.
MAX_FORWARDS = 10
# How senders mark a headline in the text that they make of a page.
_MARK = re.compile(r"^\*{2,3} (?=\S)", re.MULTILINE)


def articles_of_mail(blocks: Sequence[Block], sender: Sender, place: str) -> list[Article]:
    """The article of a message, or of the message that it hands on within its text; of a newsletter whose
    structure is surely that of a list of stories, the article of each, behind one with what the mail says itself.

    Args:
        blocks: the lines of its page, or the rows of its text.
        sender: what its head says.
        place: names it in errors and articles.

    Raises:
        UnreadableReportError: if it holds no words, or more than one report has.
    """
    furniture: list[Furniture] = []
    for _ in range(MAX_FORWARDS):
        found = find_forwarded([b.text for b in blocks], is_handed_on=sender.is_handed_on)
        note, handed_on = (blocks[: found.begin], blocks[found.body :]) if found else ((), ())
        if not found or _count_words(handed_on) <= _count_words(note):
            break
        if words := "\n".join(b.text for b in note).strip():
            furniture.append(Furniture(words, "forwarder's note", 0))
        sender, blocks = read_forwarded_sender(found.fields, sender), handed_on
    cut: list[tuple[str, str]] = []
    text = "\n".join(b.text for b in blocks)
    check_length(text, place)  # a subject alone is no report
    underlined: frozenset[str] = frozenset()
    if not any(b.tag for b in blocks):
        text, cut = cut_mail_tail(text)
        text = _MARK.sub("", text)
        underlined = underlined_rows(text)
        apart = set_signatures_apart(text, are_letters=calls_itself_letters(sender.subject))
        blocks = [Block(paragraph) for paragraph in paragraphs_in(apart)]
    judged = judge_mail_blocks(blocks, sender.outlet)
    article = _whole(blocks, judged, sender, place, furniture, cut)
    if not sender.is_answer:
        stories = find_stories(blocks, judged, underlined, is_bulk=sender.is_bulk)
        if stories and (divided := _divided(stories, blocks, judged, sender, article)):
            return _with_cut(divided, furniture, cut)
    return [article]


def _count_words(blocks: Sequence[Block]) -> int:
    return sum(len(b.text.split()) for b in blocks)


def _whole(
    blocks: Sequence[Block],
    judged: MailRoles,
    sender: Sender,
    place: str,
    furniture: Sequence[Furniture],
    cut: Sequence[tuple[str, str]],
) -> Article:
    """The article of all lines."""
    lines = without_headline(lines_of_mail(blocks, judged.roles), sender.subject)
    article = _assemble(lines, sender.subject, place, may_be_letters=True)
    if sender.subject and same_words(article.text, sender.subject):
        raise UnreadableReportError(
            f"{place}: there are no words in it beside its headline, links and notices. Read the page that it leads to."
        )
    (article,) = _with_cut([article], furniture, cut)
    article = _with_sender(_with_headline(article, sender.subject), sender)
    return replace(article, id=sender.id or article.id)


def _divided(
    stories: Sequence[Story], blocks: Sequence[Block], judged: MailRoles, sender: Sender, whole: Article
) -> list[Article]:
    """The articles of a newsletter: what the mail says itself, if it says anything, and its stories.

    Args:
        whole: the article of all lines.

    Returns:
        Nothing if a story has no words beside its headline.
    """
    place = whole.origin or ""
    in_story = {n for story in stories for n in range(story.begin, story.end)}
    rest = [n for n in range(len(blocks)) if n not in in_story]
    roles = _roles_of_rest(rest, stories, blocks, judged)
    says_something = any(roles[n] is None and is_sentence(blocks[n].text) for n in rest)
    above = [] if says_something else [n for n in rest if n < stories[-1].begin]
    below = [] if says_something else [n for n in rest if n >= stories[-1].end]
    articles: list[Article] = []
    try:
        if says_something:
            lines = lines_of_mail([blocks[n] for n in rest], [roles[n] for n in rest])
            own = _assemble(without_headline(lines, sender.subject), sender.subject, place)
            own = _with_sender(_with_headline(own, sender.subject), sender)
            articles.append(replace(own, id=whole.id))
        for number, story in enumerate(stories, 1):
            lines = _lines_of_story(story, blocks, judged)
            # What the mail has around its stories, if it says nothing in an article of its own.
            if story is stories[0]:
                lines = (
                    lines_of_mail([blocks[n] for n in above], [roles[n] or "notice" for n in above]) + lines
                )
            if story is stories[-1]:
                lines += lines_of_mail([blocks[n] for n in below], [roles[n] or "notice" for n in below])
            article = assemble(lines, f"{place}, story {number}")
            if same_words(article.text, story.headline):
                return []
            article = _with_sender(_with_headline(article, story.headline), sender)
            frame = replace(article.frame, section=story.section)
            articles.append(replace(article, id=f"{whole.id}#{number}", frame=frame))
    except UnreadableReportError:
        return []
    return articles


def _lines_of_story(story: Story, blocks: Sequence[Block], judged: MailRoles) -> list[Line]:
    below = slice(story.begin + 1, story.end)
    lines = lines_of_mail(blocks[below], judged.roles[below])
    return [Line(story.headline), *without_headline(lines, story.headline)]


def _roles_of_rest(
    rest: Sequence[int], stories: Sequence[Story], blocks: Sequence[Block], judged: MailRoles
) -> dict[int, str | None]:
    """What the lines outside the stories are for. Headings above stories and lists of their headlines say
    nothing of their own."""
    sections = {story.section for story in stories if story.section}
    last = max((n for n in rest if judged.roles[n] is None and is_sentence(blocks[n].text)), default=-1)
    headlines = {words_of(story.headline) for story in stories}
    roles: dict[int, str | None] = {}
    for n in rest:
        line = without_number(blocks[n].text)
        is_title = line in sections or words_of(line) in headlines
        is_behind = n > last and n >= stories[-1].end
        roles[n] = judged.roles[n] or ("related" if is_title else "notice" if is_behind else None)
    return roles


def _assemble(
    lines: Sequence[Line], headline: str | None, place: str, *, may_be_letters: bool = False
) -> Article:
    lines = [Line(headline), *lines] if headline else lines
    letters: Sequence[Entry] = ()
    if may_be_letters:
        lines, letters = divide_letters(
            lines, are_letters=calls_itself_letters(headline), has_headline=bool(headline)
        )
    return assemble(lines, place, letters)


def _with_cut(
    articles: Sequence[Article], furniture: Sequence[Furniture], cut: Sequence[tuple[str, str]]
) -> list[Article]:
    """Articles with what was cut off before the lines of the first and behind those of the last."""
    found = [*articles]
    found[0] = replace(found[0], furniture=(*furniture, *found[0].furniture))
    end = len(found[-1].text)
    tail = (Furniture(text, why, end) for text, why in cut)
    found[-1] = replace(found[-1], furniture=(*found[-1].furniture, *tail))
    return found


def _with_headline(article: Article, headline: str | None) -> Article:
    if not headline:
        return article
    if not same_words(collapse_blanks(article.text.partition("\n\n")[0]), headline):
        article = put_headline_first(article, headline)
    return replace(article, title=headline, frame=replace(article.frame, headline=headline))


def _with_sender(article: Article, sender: Sender) -> Article:
    """An article with what the head of its mail says of it."""
    sent = sender.published
    frame = replace(article.frame, published_how=sent.how if sent else article.frame.published_how)
    return replace(
        article,
        published=sent.iso if sent else article.published,
        outlet=sender.outlet or article.outlet,
        frame=frame,
    )
