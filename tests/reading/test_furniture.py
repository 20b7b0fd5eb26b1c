"""Furniture goes, sentences of the report stay."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reading.furniture import cut_tail, why_furniture


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Sign up now for unlimited access to our site", "sign-up prompt"),
        ("Subscribe to our weekly politics podcast here.", "sign-up prompt"),
        ("Want to hear more? Subscribe to our daily letter.", "sign-up prompt"),
        ("Already have an account? Log in", "sign-up prompt"),
        ("Enter your email address:", "sign-up prompt"),
        ("Get the day's best stories straight to your inbox.", "sign-up prompt"),
        ("Get the Harbour.example Newsletter", "sign-up prompt"),
        ("Install the Harbour News app for free", "sign-up prompt"),
        ("Thank you for subscribing to our newsletter.", "sign-up prompt"),
        ("You’re reading the Low Tide newsletter. Sign up to get it.", "sign-up prompt"),
        ("Not a subscriber to the Echo? Then start here.", "sign-up prompt"),
        ("Listen to Low Tide on Spotify and Apple Podcasts.", "sign-up prompt"),
        ("Read more", "read-more link"),
        ("READ MORE ON THE HARBOUR", "read-more link"),
        ("Click here for the app", "read-more link"),
        ("Related: Harbour strike enters third week", "related story"),
        ("Read more: Mayor says bridge will open", "related story"),
        ("[Related: What the strike means for you]", "related story"),
        ("Most read in World", "related story"),
        ("Recommended for you", "related story"),
        ("You may also like...", "related story"),
        ("People are also reading…", "related story"),
        ("SEE MORE: Ferry strike enters third week", "related story"),
        ("MORE HARBOUR STRIKE COVERAGE:", "related story"),
        ("More AP sailing: https://ap.example/sailing", "related story"),
        ("Follow AP’s full coverage of the strike at https://ap.example", "related story"),
        ("For more, read How to Sail a Small Boat.", "related story"),
        ("This piece originally appeared in the Varn Echo", "standards notice"),
        ("All products on this page are independently selected by our editors.", "standards notice"),
        ("The Echo is paid by readers and may earn an affiliate commission.", "standards notice"),
        ("Ira Holm writes about ships. Follow her on X @iraholm.", "about the author"),
        ("—Staff writer Ira Holm can be reached at ira@echo.example.", "about the author"),
        ("Reach the reporters at desk@echo.example", "about the author"),
        ("Follow Deputy Editor Ira Holm on Instagram at @iraholm.", "share prompt"),
        ("© 2021 Example Press. All rights reserved.", "standards notice"),
        ("Copyright 2021 Example Press.", "standards notice"),
        ("Our Standards: The Example Principles.", "standards notice"),
        ("Skip to main content", "navigation"),
        ("Tags: ferry, strike", "navigation"),
        ("Topics:", "navigation"),
        ("Read Next / Editor's Picks", "navigation"),
        ("Most Viewed", "navigation"),
        ("Loading...", "navigation"),
        ("Listen to this article", "listening prompt"),
        ("3 min read", "listening prompt"),
        ("Acquire Licensing Rights, opens new tab", "licence notice"),
        ("Purchase Licensing Rights", "licence notice"),
        ("Donate now", "donation prompt"),
        ("Advertisement · Scroll to continue", "advertisement"),
        ("Continue reading the main story", "read-more link"),
        ("Also Read | Mayor says bridge will open", "related story"),
        ("Click to share on X (Opens in new window)", "share prompt"),
        ("Leave a Comment", "comment prompt"),
        ("12 Comments", "comment prompt"),
        ("Share on Facebook", "share prompt"),
        ("Share this article", "share prompt"),
        ("ADVERTISEMENT", "advertisement"),
        ("Story continues below", "advertisement"),
        ("We use cookies to improve your visit", "cookie notice"),
        ("* * *", "separator"),
        ("___.", "separator"),
        ("font-family: Arial, sans-serif;", "code"),
        (".caption img {", "code"),
        ("}", "code"),
    ],
)
def test_furniture_is_named(line: str, why: str):
    assert why_furniture(line) == why


@pytest.mark.parametrize(
    "line",
    [
        "Sign up for the draft now, minister urges men abroad",
        "Sign in shop window sparks row",
        "Log on to fraud: how gangs work",
        "Subscribers fell by a tenth",
        "Subscribe, said the publisher, or lose the paper.",
        "Register of voters was tampered with, court told",
        "Related charges against the firm were dropped on Monday.",
        "Recommended fuel: premium unleaded",
        "Recommended dose was halved, regulator says",
        "Trending downwards since May, the rate hit a low.",
        "Most popular politician in the country resigns",
        "Copyright law must change, judge says",
        "Copyright infringement claims were dropped.",
        "Share prices fell on Monday.",
        "Get it into your email before Monday, said the union.",
        "Install the app or lose your pass, minister tells commuters",
        "You might like this tax, or you might not.",
        "More than ten stories: the tallest buildings of Varn",
        "Follow the money on the harbour deal",
        "For more than a year the harbour was shut.",
        "This story first appeared to him in a dream.",
        "This piece was first published on 2 May and has been updated.",
        "The products were chosen by lot.",
        "The firm may earn a profit next year.",
        "An agreement can be reached by Monday, the envoy said.",
        "They told her to follow him on foot.",
        "Contact the harbour police if you saw the ship.",
        "Share this burden, the pope told the rich",
        "Save on heating by insulating, families told",
        "Print to order: how books came back",
        "Don't miss this chance, envoy tells rebels",
        "Comment: the harbour deal is a bad one",
        "“Sign up now for the army,” he said.",
        "“Read more,” she said.",
        "“Subscribe to nothing.”",
        "Advertising revenue halved in a year",
        "Trump: no deal;",
        "The newsletter asks readers to sign up now.",
        "”",
    ],
)
def test_report_is_never_cut(line: str):
    assert why_furniture(line) is None


@pytest.mark.parametrize(
    ("line", "kept", "label"),
    [
        ("Troops arrived on Monday. read more", "Troops arrived on Monday.", "read more"),
        ("They came (by ship). Read More ", "They came (by ship).", "Read More"),
        ("Troops arrived on Monday. Go deeper →", "Troops arrived on Monday.", "Go deeper →"),
        ("“Children should read more”", "“Children should read more”", None),
        ("He wants them to read more", "He wants them to read more", None),
        ("read more", "read more", None),
    ],
)
def test_link_label_at_the_end_of_a_paragraph_goes(line: str, kept: str, label: str | None):
    assert cut_tail(line) == (kept, label)


@settings(max_examples=120, deadline=None)
@given(st.text(max_size=300))
def test_cut_tail_loses_only_the_label(line: str):
    kept, label = cut_tail(line)
    assert line.startswith(kept)
    assert label is None or line[len(kept) :].strip() == label


@pytest.mark.parametrize(
    "unit", ["A", " ", "a: ", "share ", "{", "___", "read more ", "Want a ", ". read more", "a-"]
)
def test_long_lines_take_no_time(unit: str):
    begin = time.process_time()
    for size in (255, 260, 100_000):
        line = (unit * size)[:size]
        why_furniture(line)
        cut_tail(line)
    assert time.process_time() - begin < 2


@pytest.mark.parametrize(
    "line",
    [
        "Listen to the mayor, says Reyes",
        "Loading of the ferries began on Monday",
        "Donate today, the mayor urges the town",
        "Topics of the talks were not named",
        "Skip to the harbour",
        "Purchase of licensing rights draws a fine",
        "Twitter.",
        "Facebook fined over the strike",
    ],
)
def test_reports_that_begin_like_furniture_stay(line: str):
    assert why_furniture(line) is None
