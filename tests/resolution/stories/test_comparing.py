from onrecord.article import Article
from onrecord.resolution.stories.comparing import Comparing
from onrecord.resolution.stories.fingerprint import fingerprint
from tests.resolution.stories.invented import RETOLD, SPUN, WIRE


def test_several_processes_find_what_one_finds() -> None:
    report = fingerprint(Article("report", WIRE))
    others = [
        fingerprint(Article(f"other-{n}", text))
        for n, text in enumerate((WIRE, SPUN, "Nothing else.", RETOLD, WIRE[: len(WIRE) // 2]))
    ]
    with Comparing(2) as two:
        found = two.pairs(report, others)
        assert found == Comparing().pairs(report, others)
        assert two.pairs(report, others[:1]) == found[:1]
        assert two.pairs(report, []) == []
    assert found[0] is not None
    assert found[0].kind == "verbatim"
    assert found[2] is None
