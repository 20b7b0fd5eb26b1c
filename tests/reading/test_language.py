"""Which language: English is never taken for another, others are told apart from it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reading.language import language_name, tell_language

FOREIGN = {
    "de": "Die Stadt hat am Montag mitgeteilt, dass die Brücke über den Fluss bis zum Frühjahr gesperrt bleibt. Der Bürgermeister sagte, das Geld dafür sei vorhanden.",
    "fr": "La ville a annoncé lundi que le pont sur le fleuve resterait fermé jusqu'au printemps. Le maire a déclaré que l'argent nécessaire était disponible.",
    "es": "El ayuntamiento anunció el lunes que el puente sobre el río permanecerá cerrado hasta la primavera. La alcaldesa dijo que hay dinero para las obras.",
    "nl": "De gemeente heeft maandag meegedeeld dat de brug over de rivier tot het voorjaar gesloten blijft. Volgens de burgemeester is er genoeg geld voor de werken.",
    "ru": "Власти города сообщили в понедельник, что мост через реку будет закрыт до весны. Мэр сказал, что деньги на ремонт уже есть.",
    "zh": "市政府周一宣布，河上的大桥将关闭至春季进行维修。市长表示，所需资金已经到位，工程将于下个月开始，居民可以乘坐渡轮过河。当地商户对此表示担忧，他们认为顾客会减少，收入会下降。",
    "ar": "أعلنت المدينة يوم الاثنين أن الجسر فوق النهر سيبقى مغلقا حتى الربيع لإجراء الإصلاحات. وقال رئيس البلدية إن الأموال اللازمة متوفرة وإن العمل سيبدأ قريبا.",
}


@pytest.mark.parametrize("code", FOREIGN)
def test_foreign_text_is_told_apart(code: str):
    assert tell_language(FOREIGN[code]) == code


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The mayor said on Monday that the bridge over the river would stay closed until spring, and that the city would pay for it.", id="prose"),
        pytest.param("Nurlan Abishev, Aigerim Suleimenova and Daniyar Zhaksybekov of the Qaraghandy oblast maslikhat said that they would not vote with Amanat.", id="many foreign names"),
        pytest.param("“Die Brücke bleibt zu,” said the mayor of Köln, and the word in the town was that he meant it. The Stadtrat will vote when it meets.", id="a foreign quotation"),
        pytest.param("Ortega 3, Lindqvist 2. Okafor 4, Ruiz 1. Haddad 6, Petrov 0. Novak 2, Silva 2. Kimura 5, Duarte 3. Weiss 1, Moreau 1. Tanaka 2, Oyelaran 4.", id="a table of results"),
    ],
)  # fmt: skip
def test_english_is_not_taken_for_foreign(text: str):
    assert tell_language(text) == "en"


def test_foreign_words_common_in_english_do_not_make_it_english():
    assert tell_language("Hij was in de stad en is nu in het huis. " * 8) == "nl"


@pytest.mark.parametrize("text", ["", "Brücke gesperrt", "1 2 3 " * 500], ids=["empty", "short", "numbers"])
def test_too_little_to_tell_is_unknown(text: str):
    assert tell_language(text) is None


@pytest.mark.parametrize(("code", "name"), [("de", "German"), ("kk", "Kazakh"), ("xx", "xx")])
def test_language_has_a_name_or_its_code(code: str, name: str):
    assert language_name(code) == name


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=400))
def test_any_text_has_a_language_or_none(text: str):
    code = tell_language(text * 3)
    assert code is None or (code.isalpha() and code.islower())
