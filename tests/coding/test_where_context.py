"""Names that many places share, in context: our own sentences."""

from __future__ import annotations

import pytest
from spacy.language import Language

from tests.coding.reading import reading_of
from tocsin.coding.where import find_places
from tocsin.gazetteer import Gazetteer

CASES = (
    ("Georgia", "Crowds gathered in Atlanta and Savannah, Georgia, after the vote.", "US.GA"),
    ("Georgia", "Police in Tbilisi, Georgia, fired water cannon outside parliament.", "GE"),
    ("Paris", "PARIS, Texas - Two men were held after a fight near Lamar County jail.", "US.TX"),
    ("Paris", "Unions marched through Paris and Marseille, France, on Thursday.", "FR"),
    ("Springfield", "Officers in Springfield, Ill., closed the street by the capitol.", "US.IL"),
    ("Springfield", "Marches were held in Boston, Worcester and Springfield, Mass.", "US.MA"),
    ("Springfield", "Protesters met police in Springfield, Ore., near Eugene.", "US.OR"),
    ("Washington", "WASHINGTON - Guards closed the park near the White House.", "US.DC"),
    ("Washington", "Rallies were held in Seattle, Tacoma and across Washington state.", "US.WA"),
    ("Jordan", "Tear gas was fired in Amman and Irbid, Jordan, as prices rose.", "JO"),
    ("Jordan", "In Jordan, Minn., the school near Shakopee was closed.", "US.MN"),
    ("Chad", "Soldiers shot at marchers in N'Djamena, Chad, on Thursday.", "TD"),
    ("Victoria", "Melbourne and Geelong saw the largest rallies in Victoria, Australia.", "AU.07"),
    ("Victoria", "Sit-ins were held in Vancouver and Victoria, British Columbia.", "CA.02"),
    ("Kingston", "Gunfire was heard in Kingston, Jamaica, near Tivoli Gardens.", "JM"),
    ("Kingston", "Students marched in Kingston, Ont., and in Ottawa.", "CA.08"),
    ("Athens", "A vigil was held in Athens, Georgia, near the university.", "US.GA"),
    ("Athens", "Police used tear gas in Athens and Thessaloniki, Greece.", "GR"),
    ("San Jose", "Police in San Jose, Calif., used rubber bullets at city hall.", "US.CA"),
    ("San Jose", "Teachers blocked roads in San Jose, Costa Rica.", "CR"),
    ("Birmingham", "A monument came down in Birmingham, Ala., after a long night.", "US.AL"),
    ("Birmingham", "Cars burned in Birmingham and Manchester, England.", "GB.ENG"),
    ("Lagos", "Soldiers opened fire in Lagos, Nigeria, at the Lekki toll gate.", "NG"),
    ("Bordeaux", "Crowds in Algiers met tear gas. Others marched in Bordeaux.", "FR"),
    ("Cali", "Roadblocks stood for weeks in Cali and Bogota, Colombia.", "CO"),
    ("Mandalay", "Security forces killed two in Mandalay, Myanmar.", "MM"),
    ("Portland", "Crowds returned to the courthouse in Portland, Ore.", "US.OR"),
    ("Portland", "Police in Portland, Maine, made no arrests.", "US.ME"),
    ("Columbus", "Windows were broken in Cleveland and Columbus, Ohio.", "US.OH"),
    ("Columbus", "A curfew began in Columbus, Georgia, near Fort Benning.", "US.GA"),
    ("Richmond", "A statue fell in Richmond, Virginia, on Tuesday.", "US.VA"),
    ("Richmond", "Oakland and Richmond, California, saw small marches.", "US.CA"),
    ("Alexandria", "Mosques in Cairo and Alexandria, Egypt, were packed.", "EG"),
    ("Alexandria", "A man was shot in Alexandria, La., police said.", "US.LA"),
    ("Cordoba", "Taxi drivers struck in Cordoba and Rosario, Argentina.", "AR"),
    ("Valencia", "Students clashed with guards in Valencia and Caracas, Venezuela.", "VE"),
    ("Hyderabad", "Doctors walked out in Hyderabad and Karachi, Pakistan.", "PK"),
    ("Hyderabad", "Farmers rallied in Hyderabad, Telangana, in southern India.", "IN"),
    ("Tripoli", "Rubbish burned in Tripoli and Beirut, Lebanon, overnight.", "LB"),
    ("Tripoli", "Militias fought in Tripoli and Misrata, Libya.", "LY"),
    ("Santiago", "The metro closed in Santiago, Chile, after fires.", "CL"),
    ("Merida", "Nurses marched in Merida and Maracaibo, Venezuela.", "VE"),
    ("Cambridge", "Harvard students sat in Cambridge, Mass.", "US.MA"),
    ("Cambridge", "Cyclists blocked a bridge in Cambridge, England.", "GB.ENG"),
    ("Newcastle", "Miners rallied in Newcastle and Sydney, New South Wales.", "AU.02"),
    ("Perth", "Thousands marched in Perth, Western Australia.", "AU.08"),
    ("Naples", "Rubbish collectors struck in Naples and Rome, Italy.", "IT"),
    ("Naples", "Police in Naples, Fla., gave no names.", "US.FL"),
    ("Moscow", "Students in Moscow, Idaho, held candles.", "US.ID"),
    ("Lebanon", "The mill in Lebanon, Pa., is closed.", "US.PA"),
    ("Kenosha", "KENOSHA, Wis. (AP) - Fires were set near the courthouse.", "US.WI"),
    ("Aurora", "Violinists were pushed back in Aurora, Colo.", "US.CO"),
    ("Rochester", "Tents stood at city hall in Rochester, N.Y.", "US.NY"),
    ("Juba", "Guards fired in the air in Juba, South Sudan.", "SS"),
    ("Goma", "Shots were fired in Goma, in eastern Congo.", "CD"),
)


@pytest.mark.parametrize(
    ("name", "text", "area"), CASES, ids=[f"{name}-{area}" for name, _, area in CASES]
)
def test_a_shared_name_means_the_place_that_fits(
    name: str, text: str, area: str, nlp: Language, gazetteer: Gazetteer
) -> None:
    places = find_places(reading_of(text, nlp), gazetteer)
    found = [m.where for m in places if m.where.words.casefold() == name.casefold()]
    assert found, [m.where.words for m in places]
    inside = gazetteer.area(area)
    assert inside is not None
    country, _, admin1 = area.partition(".")
    assert found[0].country == country
    assert not admin1 or found[0].admin1 == inside.name


@pytest.mark.parametrize(
    ("text", "part", "city", "precision"),
    [
        (
            "A man was shot in the West Garfield Park neighborhood, police in Chicago said.",
            "West Garfield Park",
            "Chicago",
            "neighbourhood",
        ),
        (
            "Boston police were called to the Hyde Park neighborhood on Friday.",
            "Hyde Park",
            "Boston",
            "neighbourhood",
        ),
        ("A man was shot in Oak Park, police in Chicago said.", "Oak Park", "Oak Park", "city"),
    ],
)
def test_what_is_called_a_neighbourhood_is_part_of_its_town(
    text: str, part: str, city: str, precision: str, nlp: Language, gazetteer: Gazetteer
) -> None:
    places = find_places(reading_of(text, nlp), gazetteer)
    found = next(m.where for m in places if m.where.words == part)
    assert (found.city, found.precision) == (city, precision)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("A gun killed 17-year-old Kyle Sheriff at a home near Acworth, Georgia.", "Kyle"),
        ("Police in Lagos and Abuja, Nigeria, fired at End SARS marchers.", "SARS"),
        ("A man was shot in the 400 block of Madison on Friday, Detroit police said.", "Madison"),
        ("At the corner of Baltimore and Main in Kansas City, Missouri, he fell.", "Baltimore"),
    ],
    ids=["after an age", "a small town of another country", "block", "corner"],
)
def test_what_is_hardly_a_town_is_none(
    text: str, word: str, nlp: Language, gazetteer: Gazetteer
) -> None:
    assert word not in {m.where.words for m in find_places(reading_of(text, nlp), gazetteer)}
