"""Check the markup of the stories: `python -m training.chains_check [FILE...]`."""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from training.authored import MarkupError, blocks
from training.chains import FOLDER, Marked, parse

_PRONOUN = re.compile(
    r"(?:I|me|my|mine|myself|we|us|our|ours|ourselves|you|yours?|yourself|yourselves|he|him|his|himself|she|hers?|herself|it|its|itself"
    r"|they|them|theirs?|themselves|who|whom|whose|which|that|this|these|those|one|ones|each|both|neither|either|all|none|some|many|most"
    r"|several|few|others?|another|half|everyone|everybody|anyone|anybody|someone|somebody|nobody|no one|each other|one another|where|there|here)",
    re.IGNORECASE,
)
MIN_WORDS, MAX_WORDS = 120, 360


def check_story(slug: str, text: str, mentions: tuple[Marked, ...]) -> Iterator[str]:
    """The faults of one story, a line each."""
    words = len(text.split())
    if not MIN_WORDS <= words <= MAX_WORDS:
        yield f"{slug}: {words} words; write {MIN_WORDS} to {MAX_WORDS}"
    types: dict[int, set[str]] = defaultdict(set)
    for m in mentions:
        span = text[m.start : m.end]
        types[m.number].add(m.type)
        if not span.strip() or span != span.strip():
            yield f"{slug}: {span!r} is empty, or begins or ends with a blank"
        if m.form == "n" and re.match(
            r"(?:the|The|a|an|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|President|Minister)\s", span
        ):
            yield f"{slug}: the name {span!r} begins with an article or a title"
        if m.form == "n" and re.search(r"['’]s$", span):
            yield f"{slug}: the name {span!r} ends in 's"
        if m.form == "n" and not any(c.isupper() or c.isdigit() for c in span):
            yield f"{slug}: the name {span!r} has no capital"
        if (m.form == "p") != bool(_PRONOUN.fullmatch(span)):
            yield f"{slug}: {span!r} is marked {m.form}"
        if "\n" in span:
            yield f"{slug}: {span!r} crosses a line"
    for number, found in types.items():
        if len(found) > 1:
            yield f"{slug}: number {number} is {' and '.join(sorted(found))}"
    seen = Counter((m.start, m.end) for m in mentions)
    for (start, end), count in seen.items():
        if count > 1:
            yield f"{slug}: {text[start:end]!r} is marked {count} times"
    for word in re.finditer(r"\b(?:he|she|him|his|they|them|their|I|my|we|our|us)\b", text, re.IGNORECASE):
        if word[0] == "US" or (word.start(), word.end()) in seen:
            continue
        yield f"{slug}: {word[0]!r} at {word.start()} ({text[max(0, word.start() - 20) : word.end() + 20]!r}) is not marked"


def main() -> None:
    """Print all faults and the counts; exit code 1 if there are faults."""
    paths = [Path(p) for p in sys.argv[1:]] or sorted(FOLDER.glob("*.txt"))
    faults: list[str] = []
    slugs: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for path in paths:
        for slug, body in blocks(path):
            slugs[slug] += 1
            try:
                text, mentions = parse(body)
            except MarkupError as error:
                faults.append(f"{path.name}, {slug}: {error}")
                continue
            faults += [f"{path.name}, {fault}" for fault in check_story(slug, text, mentions)]
            counts.update(f"{m.type} {m.form}" for m in mentions)
            counts["words"] += len(text.split())
    faults += [f"{slug}: the slug stands {n} times" for slug, n in slugs.items() if n > 1]
    print("\n".join(faults))
    print(f"{len(slugs)} stories, {dict(sorted(counts.items()))}, {len(faults)} faults")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
