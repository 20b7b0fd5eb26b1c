"""Newsletters whose structure is surely that of a list of stories, and mails that only look like it."""

from __future__ import annotations

import io
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.article import Article
from onrecord.errors import UnreadableReportError
from onrecord.reading.mail import read_mail
from onrecord.reading.options import ReadOptions

STORIES = [
    ("Mayor shuts the harbour", "Jana Holm ordered the harbour of Port Elm closed on Friday as a storm neared."),
    ("Union calls order late", "Ilse Maran, who leads the dockers, said that the order came three days late."),
    ("School roof unsafe, report finds", "The roof of the school of Lanton could fall, a report seen by the Courier says."),
]  # fmt: skip
INTRO = "Good morning. The storm is here, and this is what you need to know about it."
FOOT = "You received this email because you signed up for it.\n\nUnsubscribe ( https://elm.example/u )\n\nThe Elm Courier, 1 Pier Road\n"
PAGE_FOOT = "<p>The Elm Courier, 1 Pier Road, Port Elm</p><p>You received this email because you signed up for it. <a href='https://elm.example/u'>Unsubscribe</a></p>"
SUBJECT = "Your morning in Port Elm"


def mail(body: str, *, kind: str = "plain", headers: str = "", subject: str = SUBJECT) -> bytes:
    head = f"From: The Elm Courier <news@elm.example>\nSubject: {subject}\nDate: Fri, 7 Jan 2022 09:30:00 +0100\nMessage-ID: <7@elm.example>\n{headers}"
    return f"{head}Content-Type: text/{kind}; charset=utf-8\n\n{body}".encode()


def page(body: str, foot: str = PAGE_FOOT) -> str:
    return f"<html><body><p><a href='https://elm.example/v'>View in browser</a></p>{body}{foot}</body></html>"


def read(data: bytes, *, as_is: bool = False) -> list[Article]:
    found = list(read_mail(io.BytesIO(data), "a.eml", ReadOptions(as_is=as_is)))
    assert all(isinstance(one, Article) for one in found), found
    return [one for one in found if isinstance(one, Article)]


def link(n: int) -> str:
    return f"https://elm.example/{n}"


HEADING = "<h2>{head}</h2><p>{lead}</p><p><a href='{link}'>Read more</a></p>"
FORMS = {
    "heading and link": HEADING,
    "linked heading": "<h3><a href='{link}'>{head}</a></h3><p>{lead}</p>",
    "cells": "<table><tr><td><h2><a href='{link}'>{head}</a></h2></td></tr><tr><td>By Dee Fox</td></tr><tr><td>{lead}</td></tr><tr><td><a href='{link}?b'>Continue reading →</a></td></tr></table>",
    "link in the paragraph": "<h4>{head}</h4><p>{lead} <a href='{link}'>Read more</a></p>",
    "linked line": "<div><a href='{link}'>{head}</a></div><div>{lead}</div><div><a href='{link}'>Read the full story</a></div>",
    "bold line": "<p><strong>{head}</strong></p><p>{lead}</p><p><a href='{link}'>Read more</a></p><p><a href='s'>Share</a></p>",
}  # fmt: skip


def filled(form: str) -> str:
    return "".join(form.format(head=head, lead=lead, link=link(n)) for n, (head, lead) in enumerate(STORIES))


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_stories_of_a_page_are_articles(form: str):
    found = read(mail(page(filled(form)), kind="html"))

    assert [a.text for a in found] == [f"{head}\n\n{lead}" for head, lead in STORIES]
    assert [a.id for a in found] == ["7@elm.example#1", "7@elm.example#2", "7@elm.example#3"]
    assert [a.title for a in found] == [a.frame.headline for a in found] == [head for head, _ in STORIES]
    assert {(a.published, a.outlet, a.frame.published_how) for a in found} == {
        ("2022-01-07T09:30:00+01:00", "The Elm Courier", "mail header")
    }
    assert [a.origin for a in found] == [f"a.eml, story {n}" for n in (1, 2, 3)]


TEXT_FORMS = {
    "underlined": "{head}\n--------\n\n{lead}\n\nRead more: {link}\n\n",
    "double": "{head}\n========\n{lead}\n{link}\n\n",
    "boxed": "=======\n{head}\n=======\n\n{lead}\n\nFull story: {link}\n\n",
    "numbered": "{n}. {head}\n\n{lead}\n\n{link}\n\n",
    "in brackets": "[{n}] {head}\n\n{lead}\n\n<{link}>\n\n",
    "underlined and filed": "{head}\n~~~~~~~~\n\nPORT ELM, Jan. 7 (Elm Press) - {lead}\n\n",
    "numbered and filed": "{n}) {head}\n\nBy Dee Fox\n\n{lead}\n\n",
}


@pytest.mark.parametrize("form", TEXT_FORMS.values(), ids=TEXT_FORMS)
def test_stories_of_a_text_are_articles(form: str):
    body = "".join(form.format(n=n, head=head, lead=lead, link=link(n)) for n, (head, lead) in enumerate(STORIES, 1))  # fmt: skip
    found = read(mail(f"View in browser ( {link(0)} )\n\n{body}{FOOT}"))

    assert [a.title for a in found] == [head for head, _ in STORIES]
    for article, (head, lead) in zip(found, STORIES, strict=True):
        first, last = article.text.split("\n\n")
        assert first == head
        assert last.endswith(lead)
        assert "PORT ELM" not in form or article.frame.dateline.place


def test_what_the_mail_says_itself_is_an_article_before_its_stories():
    own, *stories = read(mail(page(f"<p>{INTRO}</p>{filled(HEADING)}<p>That is all for today, until Monday morning.</p>"), kind="html"))  # fmt: skip

    assert (own.id, own.title) == ("7@elm.example", SUBJECT)
    assert own.text == f"{SUBJECT}\n\n{INTRO}\n\nThat is all for today, until Monday morning."
    assert [a.text for a in stories] == [f"{head}\n\n{lead}" for head, lead in STORIES]


def test_furniture_goes_with_the_story_that_it_stands_in():
    advertised = "<div><div>Advertisement</div></div><p><a href='s'>Share</a> | <a href='t'>Tweet</a></p>"
    form = HEADING + advertised
    found = read(mail(page(filled(form)), kind="html"))

    assert [a.text for a in found] == [f"{head}\n\n{lead}" for head, lead in STORIES]
    assert found[0].furniture[0].text == "View in browser"
    assert found[0].furniture[0].before == 0
    assert "Share | Tweet" in [f.text for f in found[1].furniture]
    assert "The Elm Courier, 1 Pier Road, Port Elm" in [f.text for f in found[2].furniture]
    assert all(0 <= f.before <= len(a.text) for a in found for f in a.furniture)


def test_heading_above_stories_is_their_section():
    linked = [FORMS["linked heading"].format(head=h, lead=lead, link=link(n)) for n, (h, lead) in enumerate(STORIES)]  # fmt: skip
    body = f"<h2>The coast</h2>{linked[0]}{linked[1]}<h2>Schools</h2>{linked[2]}"
    found = read(mail(page(body), kind="html"))

    assert [(a.title, a.frame.section) for a in found] == [
        (STORIES[0][0], "The coast"),
        (STORIES[1][0], "The coast"),
        (STORIES[2][0], "Schools"),
    ]
    assert all("Schools" not in a.text and "The coast" not in a.text for a in found)


def test_list_of_contents_is_none_of_the_stories():
    contents = "In this issue:\n\n" + "".join(f"{n}. {head}\n" for n, (head, _) in enumerate(STORIES, 1))
    body = "".join(f"{n}. {head}\n\n{lead}\n\n{link(n)}\n\n" for n, (head, lead) in enumerate(STORIES, 1))
    found = read(mail(f"{contents}\n{body}{FOOT}"))

    assert [a.text for a in found] == [f"{head}\n\n{lead}" for head, lead in STORIES]


def test_second_paragraphs_stay_with_their_story():
    form = "<h2>{head}</h2><p>{lead}</p><p>More of it was known by noon on Friday, they said.</p><p><a href='{link}'>Read more</a></p>"
    found = read(mail(page(filled(form)), kind="html"))

    assert [a.text.count("\n\n") for a in found] == [2, 2, 2]


def test_two_stories_are_enough():
    two = "".join(HEADING.format(head=head, lead=lead, link=link(n)) for n, (head, lead) in enumerate(STORIES[:2]))  # fmt: skip

    assert [a.title for a in read(mail(page(two), kind="html"))] == [head for head, _ in STORIES[:2]]


def test_newsletter_without_an_id_has_that_of_its_text():
    data = mail(page(filled(HEADING)), kind="html").replace(b"Message-ID: <7@elm.example>\n", b"")
    ids = [a.id for a in read(data)]

    assert ids == [a.id for a in read(data)]
    assert ids[0].startswith("r-")
    assert {i.partition("#")[0] for i in ids} == {ids[0].partition("#")[0]}


def test_newsletter_that_is_handed_on_is_divided():
    head = "From: The Elm Courier <news@elm.example>\nDate: Fri, 7 Jan 2022 at 09:30\nSubject: The storm\nTo: Tom Li <tom@x.example>\n"
    body = "".join(f"{head_}\n--------\n\n{lead}\n\nRead more: {link(n)}\n\n" for n, (head_, lead) in enumerate(STORIES))  # fmt: skip
    data = mail(f"See this.\n\n---------- Forwarded message ---------\n{head}\n{body}{FOOT}", subject="Fwd: The storm")  # fmt: skip
    found = read(data)

    assert [a.title for a in found] == [head_ for head_, _ in STORIES]
    assert {a.published for a in found} == {"2022-01-07T09:30:00"}
    assert (found[0].furniture[0].why, found[0].furniture[0].before) == ("forwarder's note", 0)


def test_stories_lead_back_to_the_file():
    data = mail(page(filled(HEADING)), kind="html")

    assert [a.original.data if a.original else None for a in read(data)] == [data] * 3


def test_as_is_nothing_is_divided():
    assert len(read(mail(page(filled(HEADING)), kind="html"), as_is=True)) == 1


LONG = "The storm of 2021 was of the same kind, and nobody on the coast has forgotten what it did to the old pier of Port Elm. "
NO_LISTS = {
    "no way to leave": (page(filled(HEADING), foot="").replace("View in browser", ""), "html"),
    "one story": (page(HEADING.format(head=STORIES[0][0], lead=STORIES[0][1], link=link(1))), "html"),
    "one story and a prompt": (page(HEADING.format(head=STORIES[0][0], lead=STORIES[0][1], link=link(1)) + "<h2><a href='p'>Our podcast, every day</a></h2><p>Sign up now to get it in your inbox each morning.</p>"), "html"),
    "sections without links": (page("".join(f"<h2>{head}</h2><p>{lead}</p>" for head, lead in STORIES)), "html"),
    "a section among them without a link": (page(HEADING.format(head="Port in a storm", lead=LONG, link=link(7)) + "<h2>What it means for you</h2><p>" + LONG + "</p>" + filled(HEADING)), "html"),
    "one appeal": (page(filled("<h2>{head}</h2><p>{lead}</p><p><a href='https://elm.example/give'>Read more</a></p>")), "html"),
    "an essay around links": (page(f"<p>{LONG * 6}</p>" + filled(FORMS["linked line"])), "html"),
    "an essay between links": (page("".join(FORMS["linked line"].format(head=h, lead=t, link=link(n)) + f"<p>{LONG}</p>" for n, (h, t) in enumerate(STORIES))), "html"),
    "a report with links to others": (page(filled("<h2>{head}</h2><p>{lead}</p><p><a href='{link}'>Read: Bakers raise the price of bread</a></p>")), "html"),
    "links with remarks": (page(filled("<p><a href='{link}'>{head}</a></p><p>{lead}</p>")), "html"),
    "links within the mail": (page(filled(HEADING).replace("https://elm.example/", "#")), "html"),
    "sections of a text": ("".join(f"{head}\n--------\n\n{lead}\n\n" for head, lead in STORIES) + FOOT, "plain"),
    "numbered sections of a text": ("".join(f"{n}. {head}\n\n{lead}\n\n" for n, (head, lead) in enumerate(STORIES, 1)) + FOOT, "plain"),
    "numbers that do not count": ("".join(f"{n}. {head}\n\n{lead}\n\n{link(n)}\n\n" for n, (head, lead) in zip((4, 9, 2), STORIES, strict=True)) + FOOT, "plain"),
    "things to do": ("1. Budget draft\n\nPlease read it by Friday, and tell me what you think.\n\nhttps://x.example/1\n\n2. Staff meeting\n\nWe have to find a day in March for it, all agree.\n\nhttps://x.example/2\n", "plain"),
    "a list": (f"{LONG}\n\n1. Buy the milk\n2. Call the mayor\n3. Read the report\n\n{FOOT}", "plain"),
}  # fmt: skip


@pytest.mark.parametrize(("body", "kind"), NO_LISTS.values(), ids=NO_LISTS)
def test_what_is_not_surely_a_list_of_stories_stays_whole(body: str, kind: str):
    (article,) = read(mail(body, kind=kind))

    assert article.id == "7@elm.example"
    assert article.title == SUBJECT


@pytest.mark.parametrize(
    ("subject", "headers"), [("Re: Your morning", ""), (SUBJECT, "In-Reply-To: <6@x>\n")]
)
def test_answer_to_a_newsletter_stays_whole(subject: str, headers: str):
    data = mail(page(f"<p>Dear all, see what the Courier says of us.</p><blockquote>{filled(HEADING)}</blockquote>"), kind="html", subject=subject, headers=headers)  # fmt: skip

    assert len(read(data)) == 1


@pytest.mark.parametrize("headers", ["List-Unsubscribe: <https://elm.example/u>\n", "Precedence: bulk\n"])
def test_head_of_the_mail_says_that_it_is_sent_to_many(headers: str):
    body = page(filled(HEADING), foot="").replace("View in browser", "")

    assert len(read(mail(body, kind="html", headers=headers))) == 3


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("<h2><a href='{n}'>Storm on its way</a></h2><p>The harbour of Port Elm was shut on Friday, she said.</p>", "html"),
        ("<h1>a b</h1><h2>c d</h2><h3>e f</h3>", "html"),
        ("<div><b>Storm on its way</b></div><p>x</p><div><a href={n}>Read more</a></div>", "html"),
        ("{n}. Storm on its way\n\nThe harbour of Port Elm was shut on Friday, she said.\n\nhttps://e.example/{n}\n\n", "plain"),
        ("Storm\n----\n====\nhttps://e.example/{n}\n", "plain"),
    ],
    ids=["stories", "headings", "bold lines", "numbers", "rows"],
)  # fmt: skip
def test_endless_lists_take_no_long_time(body: str, kind: str):
    many = "".join(body.replace("{n}", str(n)) for n in range(1, 1_500))
    data = mail(page(many) if kind == "html" else many + FOOT, kind=kind)
    started = time.process_time()
    list(read_mail(io.BytesIO(data), "a", ReadOptions()))

    assert time.process_time() - started < 10


PIECES = st.sampled_from(
    ["<h2>Mayor shuts the harbour</h2>", "<h3><a href='https://e.example/1'>Union calls order late</a></h3>", "<p>The harbour of Port Elm was shut on Friday, she said.</p>",
     "<p><a href='https://e.example/2'>Read more</a></p>", "<p><a href='https://e.example/3'>Read more</a></p>", "<h1>World news</h1>", "<p><b>Roof of the school unsafe</b></p>",
     "<p>Advertisement</p>", "<hr>", "<li>x y</li>", "<p>By Dee Fox</p>", "<h2>", "</h2>", "<table><tr><td>", "</td></tr></table>", "<a href='#'>", "</a>"]
)  # fmt: skip
ROWS = st.sampled_from(
    ["Mayor shuts the harbour", "-----", "=====", "1. Mayor shuts the harbour", "2. Union calls order late", "The harbour of Port Elm was shut on Friday, she said.", "https://e.example/1", "Read more: https://e.example/2", "", "By Dee Fox", "-- ",
     "** Union calls order late"]
)  # fmt: skip


def check(data: bytes) -> None:
    found = list(read_mail(io.BytesIO(data), "a", ReadOptions()))
    assert found
    ids = [one.id for one in found if isinstance(one, Article)]
    assert len(set(ids)) == len(ids)
    for one in found:
        if isinstance(one, UnreadableReportError):
            assert found == [one]
            continue
        assert one.text.strip()
        assert all(0 <= f.before <= len(one.text) for f in one.furniture)
        if "#" in one.id:
            assert one.text.partition("\n\n")[0] == one.title
            assert len(one.text) > len(one.title or "")
    if len(found) > 1:
        # Nothing is lost that the undivided mail has, and nothing is there twice.
        sentence = "The harbour of Port Elm was shut on Friday, she said."
        assert sum(one.text.count(sentence) for one in found if isinstance(one, Article)) == data.decode().count(sentence)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=14))
def test_any_page_is_read_or_named(pieces: list[str]):
    check(mail(page("".join(pieces)), kind="html"))


@settings(max_examples=150, deadline=None)
@given(st.lists(ROWS, max_size=18))
def test_any_text_is_read_or_named(rows: list[str]):
    check(mail("\n".join(rows) + "\n\n" + FOOT))


def test_headlines_in_capitals_divide_a_text():
    body = "\n\n".join(f"{head.upper()}\n\n{lead}\n{link(n)}" for n, (head, lead) in enumerate(STORIES))

    assert [a.title for a in read(mail(f"{body}\n\n{FOOT}"))] == [head.upper() for head, _ in STORIES]


def test_headings_in_capitals_without_links_are_sections():
    body = "\n\n".join(f"{head.upper()}\n\n{lead}" for head, lead in STORIES)

    assert len(read(mail(f"{body}\n\n{FOOT}"))) == 1


def test_letters_in_a_mail_are_entries_of_it():
    letters = "\n\n".join(
        f"{head}\n\n{lead}\n\n{name}, Port Elm"
        for (head, lead), name in zip(STORIES, ("Ana Ruiz", "Tom Li", "Dee Fox"), strict=True)
    )
    (article,) = read(mail(f"{letters}\n\n{FOOT}", subject="Your letters"))

    entries = [(e.headline, e.span.of(article.text).splitlines()[-1]) for e in article.frame.entries]
    assert entries == [
        (STORIES[0][0], "Ana Ruiz, Port Elm"),
        (STORIES[1][0], "Tom Li, Port Elm"),
        (STORIES[2][0], "Dee Fox, Port Elm"),
    ]
