"""Places by context. In the texts a name stands in brackets, and its answer in the list beside."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.article import Span
from onrecord.contract import place_out
from onrecord.resolution.gazetteer import KINDS, find_forms, fold, load_gazetteer
from onrecord.resolution.places import PlaceName, ResolvedPlaces, choose_places, resolve_places

# What is asked: country, and first-level region or name where the country does not tell.
PLACED = [
    # additions after a comma
    ("He was born in [Paris], [Texas], in 1950.", "USA:Texas USA:Texas"),
    ("A fire in [Birmingham], [Ala.], killed two.", "USA:Alabama USA:Alabama"),
    ("A fire in [Birmingham] killed two.", "GBR:England"),
    ("Police in [London], [Ontario], made an arrest.", "CAN:Ontario CAN:Ontario"),
    ("The fair in [Ontario], [California], on Monday was full.", "USA:California USA:California"),
    ("They met in [Albany], [New York], last week.", "USA:New York USA@region"),
    ("She moved from [Springfield], [Illinois], to [Springfield], [Mo.], in May.", "USA:Illinois USA:Illinois USA:Missouri USA:Missouri"),
    ("Floods hit [Hyderabad], [Pakistan], on Friday.", "PAK:Sindh PAK"),
    ("Floods hit [Hyderabad] on Friday.", "IND:Telangana"),
    ("The plant in [Cordoba], [Argentina], will shut.", "ARG:Cordoba ARG"),
    ("The plant in [Cordoba], [Spain], will shut.", "ESP:Andalusia ESP"),
    ("A court in [Moscow], [Idaho], heard the case.", "USA:Idaho USA:Idaho"),
    ("A court in [Athens], [Ga.], heard the case.", "USA:Georgia USA:Georgia"),
    ("A court in [Athens] ([Georgia]) heard the case.", "USA:Georgia USA:Georgia"),
    ("The opera in [Tbilisi], [Georgia], reopened.", "GEO GEO"),
    ("The zoo in [Atlanta], [Georgia], reopened.", "USA:Georgia USA:Georgia"),
    ("A storm passed over [Melbourne], [Fla.], at noon.", "USA:Florida USA:Florida"),
    ("A storm passed over [Melbourne] at noon.", "AUS:Victoria"),
    ("Farmers near [Cambridge], [Mass.], are worried.", "USA:Massachusetts USA:Massachusetts"),
    ("Farmers near [Vienna], [Va.], are worried.", "USA:Virginia USA:Virginia"),
    ("A mill in [Halifax], [Nova Scotia], burned.", "CAN:Nova Scotia CAN:Nova Scotia"),
    ("He came from [St. Petersburg], [Fla.], by train.", "USA:Florida USA:Florida"),
    ("He came from [St. Petersburg] by train.", "RUS"),
    ("In [Kinshasa], [Congo], prices rose.", "COD COD"),
    ("A crash near [Kansas City], [Kan.], closed the road.", "USA:Kansas USA:Kansas"),
    ("A crash near [Kansas City], [Missouri], closed the road.", "USA:Missouri USA:Missouri"),
    ("A quarrel in [Orange County], [Calif.], went to court.", "USA:California USA:California"),
    ("A quarrel in [Paris], [Lamar County], [Texas], went to court.", "USA:Texas USA:Texas USA:Texas"),
    ("Fighting in [Tripoli], [Lebanon], went on.", "LBN LBN"),
    ("Fighting in [Tripoli] went on.", "LBY"),
    ("A boat left [Valencia], [Venezuela], at dawn.", "VEN VEN"),
    ("A boat left [Valencia] at dawn.", "ESP"),
    ("A boat left [Victoria], [British Columbia], at dawn.", "CAN:British Columbia CAN:British Columbia"),
    ("A bridge fell in [Peru], [Indiana], on Monday.", "USA:Indiana USA:Indiana"),
    ("Fires broke out in [Mexico], [Missouri], and another in [Cuba], [Mo.], at night.", "USA:Missouri USA:Missouri USA:Missouri USA:Missouri"),
    ("Residents of [Norway], [Maine], and [Poland], [Maine], met.", "USA:Maine USA:Maine USA:Maine USA:Maine"),
    ("Envoys of [Georgia], [Alabama] and [Florida] met.", "USA:Georgia USA:Alabama USA:Florida"),
    ("Envoys of [Spain], [France] and [Italy] met.", "ESP FRA ITA"),
    # words beside the name
    ("Shells fell on the Ukrainian city of [Odesa].", "UKR"),
    ("Shells fell on the Texas city of [Odessa].", "USA:Texas"),
    ("He has a house in the French town of [Orange].", "FRA"),
    ("The Spanish city of [Merida] was hot.", "ESP"),
    ("The Mexican city of [Merida] was hot.", "MEX"),
    ("[Kazakhstan]'s [Almaty] was quiet.", "KAZ KAZ"),
    ("The [New York] governor spoke.", "USA@region"),
    ("Senator Ilse Maran of [New York] spoke.", "USA@region"),
    ("The mayor of [New York] spoke.", "USA@city"),
    ("He was born in [Havana]. In [Florida], [Miami] and [Tallahassee] voted; [Florida] counts.", "CUB USA USA USA USA"),
    # company
    ("[Georgia] and [Alabama] voted on Tuesday.", "USA:Georgia USA:Alabama"),
    ("[Georgia] and [Armenia] voted on Tuesday.", "GEO ARM"),
    ("In [Georgia], the roads to [Tbilisi] and [Batumi] were shut.", "GEO GEO GEO"),
    ("The buses run from [Dallas], [Texas], to [Tyler] and [Paris], and from [Longview] to [Greenville] and [Sulphur Springs].", "USA:Texas USA:Texas USA:Texas USA:Texas USA:Texas USA:Texas USA:Texas"),
    ("[Jordan] said that its border with [Syria] near [Daraa] stays shut.", "JOR SYR SYR"),
    ("Trains between [Manchester] and [Liverpool] were late.", "GBR GBR"),
    ("[Manchester] and [Concord] in [New Hampshire] expect snow.", "USA:New Hampshire USA:New Hampshire USA:New Hampshire"),
    ("[Toledo] and [Cleveland] are in [Ohio].", "USA:Ohio USA:Ohio USA:Ohio"),
    ("[Toledo] and [Madrid] are in [Spain].", "ESP ESP ESP"),
    ("He drove from [Naples] to [Rome].", "ITA ITA"),
    ("He drove from [Naples] to [Fort Myers] and [Tampa] in [Florida].", "USA:Florida USA:Florida USA:Florida USA:Florida"),
    ("[Hamilton] and [Toronto] share the lake.", "CAN:Ontario CAN:Ontario"),
    ("[Hamilton] and [Auckland] share the river.", "NZL NZL"),
    ("In [Spain], [France] and [Italy] the harvest failed.", "ESP FRA ITA"),
    ("[Texas], [Georgia] and [Florida] sued.", "USA:Texas USA:Georgia USA:Florida"),
    ("[Richmond] and [Norfolk] in [Virginia] were spared.", "USA:Virginia USA:Virginia USA:Virginia"),
    # older and other names
    ("The capital [Nur-Sultan] got its old name back.", "KAZ=Astana"),
    ("[Astana] was cold.", "KAZ=Astana"),
    ("He lived in [Kiev] and [Lvov].", "UKR=Kyiv UKR=Lviv"),
    ("She sailed from [Bombay] to [Rangoon].", "IND=Mumbai MMR=Yangon"),
    ("Monks marched in [Burma].", "MMR"),
    ("[Saigon] fell in 1975.", "VNM=Ho Chi Minh City"),
    ("[Peking] and [Canton] were shut to them.", "CHN=Beijing CHN=Guangzhou"),
    ("The siege of [Leningrad] was long.", "RUS=Saint Petersburg"),
    ("[Alma-Ata] was the capital then.", "KAZ=Almaty"),
    ("Refugees left [Kharkov].", "UKR=Kharkiv"),
    # forms of countries
    ("The [US] and the [UK] signed.", "USA GBR"),
    ("The [U.S.] and [Britain] signed.", "USA GBR"),
    ("The [United Arab Emirates] and the [UAE] are one.", "ARE ARE"),
    ("[Holland] and the [Netherlands] are one.", "NLD NLD"),
    ("The [Democratic Republic of the Congo] is large.", "COD"),
    ("[Ivory Coast] and [Cote d’Ivoire] are one.", "CIV CIV"),
    ("[North Korea] and [South Korea] talk.", "PRK KOR"),
    ("[Niger] is dry and [Nigeria] is not.", "NER NGA"),
    ("[Dominica] is an island.", "DMA"),
    ("The [Czech Republic] is now [Czechia].", "CZE CZE"),
    ("[Eswatini] was [Swaziland].", "SWZ SWZ"),
    ("Rain fell on [Mexico].", "MEX@country"),
    ("Rain fell on [Singapore].", "SGP@country"),
    # regions and sides
    ("They fled the [Voronezh region].", "RUS@region"),
    ("They fled [Voronezh].", "RUS@city"),
    ("They fled the [Voronezh] region.", "RUS@region"),
    ("They fled [Kandahar] province, [Afghanistan], for [Kandahar].", "AFG@region AFG AFG@city"),
    ("They fled [Washington] state.", "USA@region"),
    ("They fled the [Donetsk region] for [Dnipro].", "UKR@region UKR@city"),
    ("Bombs fell on [southern Iraq].", "IRQ"),
    ("A quake shook [Xinjiang] and [Tibet].", "CHN@region CHN@region"),
    ("A quake shook [Scotland] and [Wales].", "GBR@region GBR@region"),
    ("Snow closed roads in [Cornwall] and [Devon].", "GBR:England GBR:England"),
    ("[Crimea] and the [Donbas] are occupied.", "UKR@region UKR@area"),
    ("Aid reached [Gaza] and the [West Bank].", "PSE@region PSE@region"),
    # what is no GPE
    ("In [Baltimore] and [Maryland] he spoke of the [Middle East].", "USA USA -@area"),
    ("Oil crosses the [Strait of Hormuz] from the [Persian Gulf].", "-@sea -@sea"),
    ("They climbed [Mount Everest] and [Mt. Fuji].", "-@mountain JPN@mountain"),
    ("The [Middle East] and [Silicon Valley] differ.", "-@area USA@area"),
    ("[Europe] and [Africa] meet there.", "-@continent -@continent"),
    ("The [Danube] and the [Nile] are long.", "-@river -@river"),
]  # fmt: skip

UNKNOWN = [
    "He was seen in [Xqztville].",
    "A village called [Zlatnoye Polyanskoe] was named.",
    "He lives at [Rose Cottage].",
    "The [EU] and [NATO] met.",
]

GOVERNMENTS = [
    ("[Moscow] said it would answer.", "RUS"),
    ("[Washington] has warned against it.", "USA"),
    ("[Tehran] denies the charge.", "IRN"),
    ("[Beijing] will not accept it.", "CHN"),
    ("[Kyiv] and [Moscow] agreed to swap prisoners.", "UKR RUS"),
    ("The minister accused [Moscow] of lying.", "RUS"),
    ("They urged [Beijing] to act.", "CHN"),
    ("The talks with [Tehran] failed.", "IRN"),
    ("According to [Kyiv], the bridge stands.", "UKR"),
    ("[Moscow]'s demands are old.", "RUS"),
    ("The [Moscow]-backed party lost.", "RUS"),
    ("Tensions between [Washington] and [Beijing] rose.", "USA CHN"),
    ("Sanctions against [Russia] were agreed.", "RUS"),
    ("On Monday, [Paris] recalled its envoy.", "FRA"),
    ("[France] condemned the attack.", "FRA"),
    ("[London], too, is expected to sign.", "GBR"),
]
TOWNS = [
    "In [Moscow] said to be cold, it snowed.",
    "A clerk in [Moscow] said no.",
    "A man from [Washington] warned them.",
    "The roads between [Moscow] and [Tver] are shut.",
    "[Paris] is a city.",
    "The mayor of [London] said no.",
    "A doctor in [Lyon], [France], said no.",
    "The [Moscow]-based firm lost.",
    "[Chicago] said no.",
    "Trains reached [Kyiv] late.",
    "She visited [Tehran] and asked for a room.",
]


def read(marked: str) -> tuple[str, list[PlaceName]]:
    text, names = "", []
    for part in re.split(r"(\[[^\]]*\])", marked):
        if part.startswith("["):
            names.append(PlaceName(Span(len(text), len(text) + len(part) - 2)))
            part = part[1:-1]
        text += part
    return text, names


def resolve(marked: str, **context: str) -> ResolvedPlaces:
    text, names = read(marked)
    return resolve_places(text, names, **context)


@pytest.mark.parametrize(("marked", "answers"), PLACED, ids=[m[:60] for m, _ in PLACED])
def test_name_is_placed_by_context(marked: str, answers: str):
    choices = choose_places(*read(marked))
    expected = re.findall(r"(?:[A-Z]{3}|-)(?:[:@=].+?)?(?= (?:[A-Z]{3}|-)(?:[:@= ]|$)|$)", answers)
    assert len(expected) == len(choices)
    for answer, choice in zip(expected, choices, strict=True):
        assert choice is not None, answer
        entry = choice.entry
        country, sign, more = re.fullmatch(r"([A-Z]{3}|-)([:@=]?)(.*)", answer).groups()
        assert (entry.country or "-") == country
        found = {"": "", ":": entry.region, "@": entry.kind, "=": entry.name}[sign]
        assert fold(found or "") == fold(more)


@pytest.mark.parametrize("marked", UNKNOWN)
def test_unknown_stays_unknown(marked: str):
    found = resolve(marked)
    assert found.places == ()
    assert len(found.unknown) == marked.count("[")


@pytest.mark.parametrize(("marked", "countries"), GOVERNMENTS, ids=[m for m, _ in GOVERNMENTS])
def test_capital_that_acts_is_the_government(marked: str, countries: str):
    found = resolve(marked)
    assert [g.country for g in found.governments] == countries.split()
    assert found.places == ()


@pytest.mark.parametrize("marked", TOWNS)
def test_town_where_things_happen_is_the_town(marked: str):
    found = resolve(marked)
    assert found.governments == ()
    assert len([m for p in found.places for m in p.mentions]) == marked.count("[")


def test_people_and_adjectives_are_no_places():
    found = resolve("The [Kazakh] minister met [Russians] in [Almaty].")
    assert [p.country for p in found.peoples] == ["KAZ", "RUS"]
    assert [p.entry.name for p in found.places] == ["Almaty"]


def test_people_of_a_part_belong_to_its_country():
    found = resolve("The [Scottish] minister met [Texans]; [Africans] and [Kurds] were not asked.")
    assert [p.country for p in found.peoples] == ["GBR", "USA"]
    assert len(found.unknown) == 2
    choices = choose_places(*read("The [Scottish] minister met [Texans] and [Africans]."))
    assert [c.entry.name for c in choices if c] == ["Scotland", "Texas", "Africa"]


def test_hamlet_elsewhere_is_no_answer():
    # Of this name there are only small places; alone it says nothing, beside its region it does.
    assert resolve("He lives in [Kerrville Junction].").places == ()
    assert resolve("He lives in [Dime Box].").places == ()


def test_acronym_is_no_town_of_that_name():
    found = resolve("[Rouen], [Dieppe] and [Normandy] are in the [EU], and [NYC] is not.")
    assert [u.of("Rouen, Dieppe and Normandy are in the EU, and NYC is not.") for u in found.unknown] == [
        "EU"
    ]
    assert found.places[-1].entry.name == "New York City"


def test_faith_is_no_county():
    names = [PlaceName(Span(4, 13), "NORP"), PlaceName(Span(33, 41))]
    found = resolve_places("The Christian schools are far in Kentucky.", names)
    assert [p.entry.name for p in found.places] == ["Kentucky"]


def test_town_of_a_state_that_has_none_of_that_name_is_unknown():
    found = resolve("A fire in [Austin], [Vt.], killed two.")
    assert [p.entry.region for p in found.places] == ["Vermont"]
    assert len(found.unknown) == 1


def test_small_town_is_placed_in_the_company_of_its_region():
    found = resolve("Between [Austin] and [Giddings], [Texas], lies [Elgin], not far from [Bastrop].")
    assert [p.entry.region for p in found.places] == ["Texas"] * 5


def test_villages_of_one_neighbourhood_are_known_by_one_another():
    # A report of a local paper, which has no need to name its state.
    found = resolve(
        "Police in [Alexandria] and [Pineville] sought a man from [Cottonport], near [Marksville]."
    )
    assert [p.entry.region for p in found.places] == ["Louisiana"] * 4
    assert resolve("Police in [Alexandria] sought a man.").places[0].entry.country == "EGY"


NATIONAL = [
    ("She flew from [Houston] to [Cleveland], and spoke of [Iowa] in [Phoenix].", "Texas Ohio Iowa Arizona"),
    ("Buses from [Memphis], [Richmond] and [Birmingham] were late; in [Florida] they ran.", "Tennessee Virginia Alabama Florida"),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "regions"), NATIONAL, ids=[m for m, _ in NATIONAL])
def test_large_towns_of_a_national_report_have_no_small_neighbours(marked: str, regions: str):
    assert [c and c.entry.region for c in choose_places(*read(marked))] == regions.split()


def test_capital_abroad_is_itself_in_a_national_report():
    found = resolve("Voters in [Chicago], [Atlanta] and [Ohio] spoke of the attack on [Paris].")
    assert [p.entry.country for p in found.places] == ["USA", "USA", "USA", "FRA"]


def test_name_of_a_famous_town_is_the_village_in_a_narrow_neighbourhood():
    found = resolve("Deputies drove from [Norway] to [Paris], and from [Bethel] to [Rumford].")
    assert [p.entry.region for p in found.places] == ["Maine"] * 4


def test_many_names_are_resolved_together():
    towns = "Austin|Dallas|Waco|Tyler|Paris|Odessa|Temple|Houston|Lubbock|Amarillo|Laredo|Abilene".split("|")
    found = resolve(" ".join(f"[{t}] was hot, and so was the [{t} County] road." for t in towns * 12))
    assert {p.entry.region for p in found.places if p.entry.name in ("Paris", "Odessa", "Tyler")} == {"Texas"}


def test_bare_name_means_what_the_qualified_one_meant():
    found = resolve("A man from [Paris], [Texas], was found. He had left [Paris] on Friday.")
    assert [(p.entry.region, len(p.mentions)) for p in found.places] == [("Texas", 2), ("Texas", 1)]


def test_two_places_of_one_name_stay_apart_if_qualified():
    found = resolve("From [Portland], [Maine], he flew to [Portland], [Oregon].")
    assert [p.entry.region for p in found.places] == ["Maine", "Maine", "Oregon", "Oregon"]


def test_dateline_decides():
    assert resolve("Police in [Cambridge] found it.").places[0].entry.country == "GBR"
    found = resolve("Police in [Cambridge] found it, near [Somerville].", dateline="BOSTON, Mass.")
    assert [p.entry.region for p in found.places] == ["Massachusetts", "Massachusetts"]


def test_outlet_decides_between_even_readings():
    assert resolve("He was seen in [Newcastle].", outlet_country="AU").places[0].entry.country == "AUS"
    assert resolve("He was seen in [Newcastle].", outlet_country="GB").places[0].entry.country == "GBR"


def test_finders_kind_tips_the_scale():
    text = "The [Amazon] burned."
    bare, names = read(text)
    choice = choose_places(bare, [PlaceName(names[0].span, "LOC")])[0]
    assert choice is not None
    assert not choice.entry.is_gpe


def test_nothing_gives_nothing():
    assert resolve_places("", []) == ResolvedPlaces((), (), (), ())
    assert resolve_places("No place here.", [], "LONDON") == ResolvedPlaces((), (), (), ())


def test_place_as_output():
    place = place_out(resolve("He lives in [Almaty].").places[0])
    assert (place.id, place.name, place.geonames, place.country) == ("p1", "Almaty", 1526384, "KAZ")
    assert (place.lat, place.lon, place.region, place.mentions) == (43.25, 76.91, "Almaty", [(12, 18)])
    assert 0 < (place.confidence or 0) <= 1


def test_order_of_names_does_not_matter():
    for marked, _ in PLACED:
        text, names = read(marked)
        mixed = list(names)
        random.Random(1).shuffle(mixed)
        assert resolve_places(text, mixed) == resolve_places(text, names)


@given(st.text("AaLondonParisTexasUS,.()' éß\n-", max_size=80), st.data())
@settings(max_examples=60, deadline=None)
def test_every_name_gets_one_answer(text: str, data: st.DataObject):
    bounds = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).filter(lambda b: b[0] < b[1])
    spans = data.draw(st.lists(bounds, max_size=6, unique=True)) if text else []
    names = [PlaceName(Span(*b)) for b in spans]
    found = resolve_places(text, names)
    answers = [m for p in found.places for m in p.mentions]
    answers += [g.span for g in (*found.governments, *found.peoples)] + list(found.unknown)
    assert sorted((s.start, s.end) for s in answers) == sorted(spans)
    assert resolve_places(text, names) == found


@given(st.text(max_size=30))
@settings(max_examples=100, deadline=None)
def test_folding_twice_is_folding_once(name: str):
    once = fold(name)
    assert fold(once) in (once, fold(fold(once)))


@given(st.text(max_size=30))
@settings(max_examples=100, deadline=None)
def test_any_name_can_be_sought(name: str):
    records, flags = find_forms(load_gazetteer(), name)
    assert len(records) == len(flags)


def test_entries_are_sound():
    gazetteer = load_gazetteer()
    assert len(gazetteer) > 200_000
    for record in range(0, len(gazetteer), 997):
        entry = gazetteer.entry(record)
        assert entry.name
        assert entry.kind in KINDS
        assert -90 <= entry.lat <= 90
        assert -180 <= entry.lon <= 180
        assert entry.country is None or len(entry.country) == 3
        assert record in gazetteer.find(entry.name)[0]


def test_kind_says_what_is_a_gpe():
    gazetteer = load_gazetteer()
    entries = {
        n: gazetteer.entry(int(gazetteer.find(n)[0][0])) for n in ("Kazakhstan", "Black Sea", "Europe")
    }
    assert {n: e.is_gpe for n, e in entries.items()} == {
        "Kazakhstan": True,
        "Black Sea": False,
        "Europe": False,
    }


def test_a_town_that_is_not_known_in_the_state_behind_it_is_no_country() -> None:
    text, names = read("The talks in [Georgia], [Vermont], ended.")
    found = resolve_places(text, names)
    assert [p.entry.name for p in found.places] == ["Vermont"]
    assert [span.of(text) for span in found.unknown] == ["Georgia"]
