"""One quote with all its places, however each report cut it."""

from __future__ import annotations

from msgspec.structs import replace

from tests.linking.worlds import report
from tocsin.linking.quotes import Quote, masked, quotes
from tocsin.model import Account, Attribution, Claim, Evidence, Outlet, Report, Statement

WHOLE = "We will not leave the square until the mayor comes down and talks to us like people."


def told(
    name: str, text: str, speaker: str | None, day: str, position: str | None = None
) -> tuple[Account, Report]:
    """A report with one direct statement: all that stands between its quotation marks."""
    start, end = text.index("“"), text.rindex("”") + 1
    evidence = Evidence(report=name, text_digest="", start=start, end=end, quote=text[start:end])
    claim = Claim(
        id=f"c-{name}",
        slot="statement",
        value=Statement(words=text[start:end], form="direct"),
        evidence=(evidence,),
        attribution=Attribution(speaker=speaker, speaker_kind="organiser", position=position),
        reading_confidence=0.9,
        coder="test",
    )
    anchor = replace(evidence, quote="")
    account = Account(
        id=f"a-{name}", report=name, kind="statement", status="new", anchor=anchor,
        claims=(claim,), published=day,
    )  # fmt: skip
    return account, report(name, text, day)


def found(*tellings: tuple[Account, Report]) -> tuple[Quote, ...]:
    return quotes([a for a, _ in tellings], {r.id: r for _, r in tellings})


def test_cut_and_spliced_quotes_are_one_with_all_places() -> None:
    whole = told("r1", f"“{WHOLE}” Ana Ruiz said.", "Ana Ruiz", "2022-05-02", "march leader")
    cut = told("r2", "“We will not leave the square,” said Ruiz.", "Ruiz", "2022-05-01")
    spliced = told(
        "r3",
        "“We will not leave the square,” Ruiz said, “until the mayor comes down … like people.”",
        "Ana Ruiz",
        "2022-05-03",
    )
    (quote,) = found(whole, cut, spliced)
    assert (quote.text, quote.speaker, quote.position) == (WHOLE, "Ana Ruiz", "march leader")
    assert quote.date == "2022-05-01"
    assert [place.report for place in quote.places] == ["r2", "r1", "r3"]
    assert quote.places[2].pieces[0] == "We will not leave the square"


def test_one_slogan_of_two_people_is_two_quotes() -> None:
    text = "“No justice, no peace in this town,” {} said."
    pair = [told(n, text.format(n), n, "2022-05-01") for n in ("Ana Ruiz", "Omar Haddad")]
    assert [quote.speaker for quote in found(*pair)] == ["Ana Ruiz", "Omar Haddad"]


def test_two_things_one_person_said_are_two_quotes() -> None:
    one = told("r1", "“The gates stay shut for a week,” Ruiz said.", "Ruiz", "2022-05-01")
    other = told("r2", "“Nobody warned us of the fire,” Ruiz said.", "Ruiz", "2022-05-01")
    assert len(found(one, other)) == 2


def test_short_words_of_nobody_known_stay_apart() -> None:
    pair = [told(f"r{n}", "“We are angry,” a man said.", "man", "2022-05-01") for n in (1, 2)]
    assert len(found(*pair)) == 2


def test_what_the_document_lacks_is_marked() -> None:
    text = f"“{WHOLE}” she said, “and I will burn the gate.”"
    account, printed = told("r1", text, "Ana Ruiz", "2022-05-02")
    release = report("r9", f"Statement of the council. {WHOLE} Thank you.", "2022-05-01")
    release = replace(release, outlet=Outlet(id="o", name="Council", kind="official"))
    (quote,) = quotes([account], {"r1": printed, "r9": release})
    assert (quote.document, quote.lacking) == ("r9", ("and I will burn the gate.",))


def test_a_document_beside_the_incident_is_compared_where_it_holds_the_quote() -> None:
    text = f"“{WHOLE}” she said, “and I will burn the gate.”"
    account, printed = told("r1", text, "Ana Ruiz", "2022-05-02")
    issued = Outlet(id="o", name="Council", kind="official")
    release = replace(report("r9", f"Remarks. {WHOLE} Thank you.", "2022-05-01"), outlet=issued)
    other = replace(report("r8", "We will not leave you alone.", "2022-05-01"), outlet=issued)
    (quote,) = quotes([account], {"r1": printed}, {"r8": other, "r9": release})
    assert (quote.document, quote.lacking) == ("r9", ("and I will burn the gate.",))
    (alone,) = quotes([account], {"r1": printed}, {"r8": other})
    assert alone.document is None


def test_without_a_document_nothing_is_marked() -> None:
    (quote,) = found(told("r1", f"“{WHOLE}” Ruiz said.", "Ruiz", "2022-05-02"))
    assert (quote.document, quote.lacking) == (None, ())


def test_order_of_accounts_changes_nothing() -> None:
    tellings = [
        told("r1", f"“{WHOLE}” Ruiz said.", "Ruiz", "2022-05-02"),
        told("r2", "“We will not leave the square until the mayor comes,” Ruiz said.",
             "Ruiz", "2022-05-01"),
    ]  # fmt: skip
    assert found(*tellings) == found(*reversed(tellings))


def test_a_mask_reaches_every_word_of_a_quote() -> None:
    text = "“Omar ran to the gate and fell,” Ruiz said, “and Omar never got up.”"
    (quote,) = found(told("r1", text, "Ruiz", "2022-05-02"))
    assert "Omar" not in repr(masked(quote, lambda words: words.replace("Omar", "[minor]")))


def test_the_comma_before_who_says_it_is_no_part_of_a_quote() -> None:
    one = told("r1", "“We will stay in the square tonight,” Ruiz said.", "Ana Ruiz", "2022-05-02")
    (quote,) = found(one)
    assert quote.text == "We will stay in the square tonight"
