"""What is dear is asked seldom, what is cheap often, and nobody waits for an answer that another has."""

from __future__ import annotations

import threading
import time

from onrecord.web.lately import Lately


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_an_answer_is_kept_the_longer_the_longer_it_took() -> None:
    clock = Clock()
    lately = Lately(clock, clock)
    asked: list[float] = []

    def ask() -> int:
        asked.append(clock.now)
        clock.now += 0.1
        return len(asked)

    assert lately.told("all", ask).answer == 1
    clock.now += 4.9
    assert lately.told("all", ask).answer == 1
    clock.now += 5.2
    assert lately.told("all", ask).answer == 2
    assert lately.told("other", lambda: "else").answer == "else"


def test_what_is_cheap_is_asked_each_time() -> None:
    lately = Lately()
    assert [lately.told("all", iter([1]).__next__).answer, lately.told("all", iter([2]).__next__).answer] == [
        1,
        2,
    ]


def test_nothing_is_kept_for_longer_than_a_minute() -> None:
    clock = Clock()
    lately = Lately(clock, clock)

    def ask() -> float:
        clock.now += 30
        return clock.now

    first = lately.told("all", ask).answer
    clock.now += 121
    assert lately.told("all", ask).answer > first


def test_what_fails_is_asked_again() -> None:
    lately = Lately()

    def fail() -> int:
        raise ValueError

    for _ in range(2):
        try:
            lately.told("all", fail)
        except ValueError:
            continue
        raise AssertionError
    assert lately.told("all", lambda: 1).answer == 1


def test_while_it_is_asked_anew_the_last_answer_is_told() -> None:
    clock = Clock()
    lately = Lately(clock, clock)
    begun, go_on, done = threading.Event(), threading.Event(), threading.Event()

    def first() -> str:
        clock.now += 0.1
        return "old"

    def slow() -> str:
        begun.set()
        go_on.wait(10)
        clock.now += 0.1
        done.set()
        return "new"

    assert lately.told("all", first).answer == "old"
    clock.now += 6
    assert lately.told("all", slow).answer == "old"
    assert begun.wait(10)
    assert lately.told("all", lambda: "never").answer == "old"
    go_on.set()
    assert done.wait(10)
    for _ in range(1_000):
        if lately.told("all", lambda: "never").answer == "new":
            break
        time.sleep(0.01)
    else:
        raise AssertionError
