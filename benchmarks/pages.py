"""Speed of reading pages, against trafilatura alone: `make bench`, or `python benchmarks/pages.py [--json]`.

Both read the same news pages, held in memory as bytes, turn by turn in one process; what is compared is the
processor's time, since other programs take turns too. Read the ratios, not the seconds.

| row | from | to |
|---|---|---|
| onrecord | `read_report(bytes, origin)` | article: text, headline, byline, times, captions, furniture, language |
| trafilatura | `trafilatura.extract(bytes)`, as its documentation calls it | text |
| trafilatura, our options | `trafilatura.bare_extraction(bytes, ...)` with the options that onrecord gives it | text |

trafilatura decodes and parses the bytes itself in both of its rows. Modules and models are loaded before.
Pages: `../shared/data/pages` and `frame` where they are there, else one page made of an example, repeated.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import json
import logging
import statistics
import time
from collections.abc import Callable
from html import escape
from pathlib import Path

import trafilatura

from onrecord.errors import UnreadableReportError
from onrecord.reading.files import read_report
from onrecord.reading.html import EXTRACTOR_OPTIONS

ROOT = Path(__file__).resolve().parents[1]
SETS = [ROOT.parent / "shared" / "data" / part / "pages.jsonl.gz" for part in ("pages", "frame")]
ROWS: dict[str, Callable[[bytes, str], object]] = {
    "onrecord": lambda page, origin: _read(page, origin),
    "trafilatura": lambda page, origin: trafilatura.extract(page),
    "trafilatura, our options": lambda page, origin: trafilatura.bare_extraction(page, **EXTRACTOR_OPTIONS),
}


def pages() -> list[tuple[bytes, str]]:
    """The pages that are read, each with its address."""
    found = []
    for path in SETS:
        if path.exists():
            with gzip.open(path) as lines:
                rows = [json.loads(line) for line in lines]
            found += [(base64.b64decode(row["html_base64"]), row["url"]) for row in rows]
    if found:
        return found
    lines = (ROOT / "examples" / "harbour-strike.txt").read_text().split("\n\n")
    body = "".join(f"<p>{escape(line)}</p>\n" for line in lines[1:])
    page = f"<html><head><title>{escape(lines[0])}</title></head><body><article><h1>{escape(lines[0])}</h1>{body}</article></body></html>"
    return [(page.encode(), "https://echo.example/")] * 50


def _read(page: bytes, origin: str) -> object:
    try:
        return read_report(page, origin)
    except UnreadableReportError:
        return None  # one that has no article costs its time all the same


def compare(read: list[tuple[bytes, str]], rounds: int) -> dict[str, list[float]]:
    """Seconds of processor time of each row in each round; a round before the first is not counted."""
    seconds: dict[str, list[float]] = {name: [] for name in ROWS}
    for number in range(rounds + 1):
        for name, row in ROWS.items():
            began = time.process_time()
            for page, origin in read:
                row(page, origin)
            if number:
                seconds[name].append(time.process_time() - began)
    return seconds


def main() -> None:
    """Print pages a second and the ratio of each round: median, lowest and highest."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    read = pages()
    seconds = compare(read, max(1, args.rounds))
    figures = {}
    for name, times in seconds.items():
        ratios = [other / ours for ours, other in zip(seconds["onrecord"], times, strict=True)]
        figures[name] = {
            "pages_a_second": round(len(read) / statistics.median(times), 1),
            "onrecord_is_times_as_fast": round(statistics.median(ratios), 3),
            "lowest": round(min(ratios), 3),
            "highest": round(max(ratios), 3),
        }
    if args.json:
        print(json.dumps({"pages": len(read), "rounds": len(seconds["onrecord"]), "rows": figures}))
        return
    for name, row in figures.items():
        print(
            f"{name:25} {row['pages_a_second']:6.1f} pages/s   onrecord is {row['onrecord_is_times_as_fast']:.2f} times as fast ({row['lowest']:.2f} to {row['highest']:.2f})"
        )


if __name__ == "__main__":
    main()
