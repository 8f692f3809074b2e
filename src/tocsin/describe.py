"""Values in words, for tables, pages and feeds: nothing is said that no field says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from tocsin import shown
from tocsin.gazetteer.countries import country_name
from tocsin.masking import Mask
from tocsin.model import (
    Act,
    Actor,
    Claim,
    Count,
    Incident,
    Kind,
    Measure,
    Reading,
    Report,
    Statement,
    Text,
    Value,
    Victim,
    When,
    Where,
)
from tocsin.ontology import Ontology
from tocsin.terms import Relation, TimePrecision

_CONTEXT = 80  # characters of the sentence shown on each side of the words

# How a span that starts on a day is written; a narrower one shows its clock times.
_SHOWN_AS: dict[TimePrecision | None, str] = {
    None: "{day}",
    "day": "{day}",
    "weekend": "weekend of {day}",
    "week": "week of {day}",
    "month": "{day:.7}",
    "season": "season of {day}",
    "year": "{day:.4}",
}

# Verbs that say no more than the colon behind the speaker does.
_SAYINGS = ("", "said", "say", "says", "told", "tell", "tells", "spoke", "speaks", "added", "adds")
_DIGIT = re.compile(r"\d")
# What joins words to their saying: "that", a comma, "According to police, ...".
_JOINT = re.compile(r"^(?:[\s,;:–—-]+|that\s+(?=\w))+")
_HALF_DAY = re.compile(r"(\d ?[ap])(?:\.m)?$")  # a full stop taken for the sentence's
_MARKS = '“”"'
_QUOTED = re.compile(r"[“\"]([^“”\"]+)[”\"]")
_COMMA = re.compile(r",([”\"])$")

_HEDGES = {
    "alleged": "alleged ",
    "denied": "denied: ",
    "planned": "planned ",
    "hypothetical": "feared or possible ",
}
_LONGEST_TITLE = 300  # characters: a name of a page of letters is none
_NAMED = 2  # victims in a title; the page names all
_TELLING_NOTHING = ("victim", "victims", "person", "people", "him", "her", "them")

_AROUND = 20  # letters on each side by which the same words of two copies are known

_OUTGOING: dict[Relation, str] = {
    "set_off_by": "set off by:",
    "part_of": "part of:",
    "measure_against": "measure against:",
    "about": "about:",
    "counter_to": "counter to:",
    "same_series": "same series as:",
    "follows": "follows:",
}
_INCOMING: dict[Relation, str] = {
    "set_off_by": "set off:",
    "part_of": "has as a part:",
    "measure_against": "met with the measure:",
    "about": "spoken about in:",
    "counter_to": "countered by:",
    "same_series": "same series as:",
    "follows": "followed by:",
}


def headline(incident: Incident, ontology: Ontology) -> str:
    """Return the title with the day, or the night that the incident began in."""
    when = shown.when(incident)
    if when is None:
        return title(incident, ontology)
    day = f"night of {when.night_of}" if when.night_of else moment(when)
    return f"{title(incident, ontology)}, {day}"


def title(incident: Incident, ontology: Ontology) -> str:
    """Return what happened to whom and where, from the fields; the day is shown beside it.

    What is not asserted says so first, and by whom last: a headline carries its attribution.
    """
    where = shown.where(incident)
    kind = incident.slots.get("kind")
    hedge = _HEDGES.get(kind[0].shown.certainty, "") if kind else ""
    speakers = kind[0].shown.speakers if kind and hedge else ()
    if speakers and kind and kind[0].shown.certainty == "denied":
        hedge, speakers = f"denied by {speakers[0]}: ", ()
    label = ontology.label(incident.kind)
    words = hedge + label + (f" in {town(where)}" if where else "")
    names = list(_harmed(incident))
    more = ", …" if len(names) > _NAMED else ""
    harmed = f": {', '.join(names[:_NAMED])}{more}" if names else ""
    said = f", according to {speakers[0]}" if speakers else ""
    whole = words[:1].upper() + words[1:] + harmed + said
    return whole if len(whole) <= _LONGEST_TITLE else whole[:_LONGEST_TITLE] + "…"


def _harmed(incident: Incident) -> Iterable[str]:
    """Who was harmed: by name, else by words that tell something, each noun once."""
    victims = list(shown.victims(incident))
    named = [victim.name for victim in victims if victim.name]
    if named:
        return dict.fromkeys(named)
    told = {v.words.split()[-1].casefold(): v.words for v in reversed(victims) if v.words}
    return [words for words in reversed(told.values()) if words.casefold() not in _TELLING_NOTHING]


def place(where: Where) -> str:
    """Return a place as exact as it is stated."""
    parts = [where.name or where.words, where.city, where.admin1, where.country]
    return ", ".join(dict.fromkeys(part for part in parts if part))


def town(where: Where) -> str:
    """Return a place as a reader names it: the nearest words, then what tells it from namesakes.

    An area that only repeats the name of its town, as Nairobi City does, is left out.
    """
    city = where.city or ""
    parts = [where.name or where.words, city]
    if where.admin1 and not (city and city in where.admin1):
        parts.append(where.admin1)
    if where.country and (where.name or where.city or where.admin1):
        parts.append(country_name(where.country))
    return ", ".join(dict.fromkeys(part for part in parts if part))


def figure(count: Count) -> str:
    """Return a figure as it is printed: 12, 1,200+, 200–999, or its words."""
    if count.low is None:
        return count.words if count.high is None else f"up to {count.high:,}"
    if count.high is None:
        return f"{count.low:,}+"
    return f"{count.low:,}" if count.low == count.high else f"{count.low:,}–{count.high:,}"


def day(when: When) -> str | None:
    """Return the day a time begins on, no more exact than it is known; None while unresolved."""
    if not when.start:
        return None
    return _SHOWN_AS.get(when.precision, "{day}").format(day=when.start[:10])


def moment(when: When) -> str:
    """Return a time with its words; an unresolved one says so."""
    if when.start is None and when.end is None:
        return f"“{when.words}” (date not stated)"
    if when.start and when.precision in _SHOWN_AS:
        return _SHOWN_AS[when.precision].format(day=when.start[:10])
    start = when.start[:16].replace("T", " ") if when.start else "…"
    end = when.end[:16].replace("T", " ") if when.end else "…"
    end = end[11:] if end[:10] == start[:10] else end
    return start if when.precision == "minute" else f"{start} to {end}"


def unstated(found: When | Where) -> str:
    """Return how a time or place was come by, where no words state it for this incident."""
    return "" if found.basis == "stated" else f", {found.basis}"


def value(found: Value) -> str:
    """Return any value in words."""
    match found:
        case When():
            return moment(found) + unstated(found)
        case Where():
            precision = f" ({found.precision})" if found.precision else " (not found on the map)"
            return place(found) + precision + unstated(found)
        case Count():
            return _count(found)
        case Actor():
            position = f", {found.position}" if found.position else ""
            return (found.name or found.words) + position
        case Victim():
            return _victim(found)
        case Measure():
            return _measure(found)
        case Act():
            parts = (found.actor, found.what.replace("_", " "), found.target)
            at = f" ({moment(found.when)})" if found.when else ""
            return " · ".join(part for part in parts if part) + at
        case Statement():
            return _statement(found)
        case Kind():
            return found.name.replace("_", " ")
        case Text():
            return _text(found)


def who_says(reading: Reading) -> str:
    """Return who gives a value and how sure the wording is."""
    speakers = ", ".join(reading.speakers) or "the outlet"
    reports = f"{reading.reports} report{'s' if reading.reports != 1 else ''}"
    origins = f"at least {reading.origins} origin{'s' if reading.origins != 1 else ''}"
    return f"{reading.certainty}; says {speakers}; {reports}, {origins}"


def evidence_lines(
    claims: Iterable[Claim], reports: Mapping[str, Report], mask: Mask
) -> tuple[str, ...]:
    """Return the words behind claims, each once with all who print it: copies say it together."""
    told: dict[str, tuple[str, dict[str, str]]] = {}
    for claim in claims:
        report = reports.get(claim.evidence[0].report)
        words = evidence_words(claim, report, mask)
        outlet = report.outlet.name if report and report.outlet else ""
        _, outlets = told.setdefault(_near(words), (words, {}))
        outlets.setdefault(claim.evidence[0].report, outlet)
    return tuple(_told_by(outlets, words) for words, outlets in told.values())


def evidence_line(claim: Claim, report: Report | None, mask: Mask) -> str:
    """Return the words behind a claim inside their sentence, masked, with the outlet."""
    return evidence_lines([claim], {report.id: report} if report else {}, mask)[0]


def evidence_words(claim: Claim, report: Report | None, mask: Mask) -> str:
    """Return the words behind a claim inside their sentence, masked."""
    evidence = claim.evidence[0]
    quote = evidence.quote
    if report is not None and report.text_digest == evidence.text_digest:
        text = report.text
        start, end = mask.whole(text, evidence.start, evidence.end)
        low, high = mask.whole(text, max(0, start - _CONTEXT), min(len(text), end + _CONTEXT))
        before = mask.text(text[low:start]).split("\n")[-1]
        after = mask.text(text[end:high]).split("\n")[0]
        quote = f"…{before}»{text[start:end]}«{after}…"
    return mask.text(" ".join(quote.split()))


def _near(words: str) -> str:
    """The words with little around them: copies differ in what stands further off."""
    before, mark, rest = words.partition("»")
    inner, _, after = rest.partition("«")
    if not mark:
        return words.casefold()
    letters = ["".join(filter(str.isalnum, part.casefold())) for part in (before, inner, after)]
    return f"{letters[0][-_AROUND:]}»{letters[1]}«{letters[2][:_AROUND]}"


def _told_by(outlets: Mapping[str, str], words: str) -> str:
    names = ", ".join(dict.fromkeys(name for name in outlets.values() if name))
    many = f"in {len(outlets)} reports" if len(outlets) > 1 else ""
    lead = f"{names} ({many})" if names and many else names or many
    return f"{lead}: {words}" if lead else words


def source_line(report: Report) -> str:
    """Return outlet, title, date and address of a report."""
    outlet = report.outlet.name if report.outlet else "outlet not stated"
    published = report.published.value[:10] if report.published else "no date stated"
    title = report.title or " ".join(report.text.split()[:8]) + " …"
    return " · ".join(p for p in (report.id, outlet, published, title, report.url) if p)


def relation(name: Relation, *, outgoing: bool) -> str:
    """Return a link's relation in words, seen from one of its ends."""
    return _OUTGOING[name] if outgoing else _INCOMING[name]


def figure_in_words(count: Count, what: str = "") -> str:
    """Return a figure; one that the report gave as a word ("hundreds") keeps it beside it."""
    is_word = count.low != count.high and count.high is not None and not _DIGIT.search(count.words)
    parts = (figure(count), what, f"(“{count.words}”)" if is_word else "")
    return " ".join(part for part in parts if part)


def _count(found: Count) -> str:
    is_one = found.what == "shots" and found.low == found.high == 1
    return figure_in_words(found, "shot" if is_one else found.what)


def _statement(found: Statement) -> str:
    """Who said it, by which verb, and what: "police have not released: the names"."""
    if found.speaker is None:
        return said(found.words)
    speaker, cue = found.speaker.name or found.speaker.words, (found.cue or "").lower()
    if cue == "according to":
        return f"According to {speaker}: {said(found.words)}"
    verb = "" if cue in _SAYINGS else f" {cue}"
    return f"{speaker}{verb}: {said(found.words)}"


def said(words: str) -> str:
    """Return the words of a statement without what joined them to their sentence.

    Of a quotation that the report broke off only the quoted pieces stay.
    """
    bare = _HALF_DAY.sub(r"\1.m.", _JOINT.sub("", words).rstrip(" ,;:"))
    pieces = [match.group(1).strip(" ,") for match in _QUOTED.finditer(bare)]
    broken = len(pieces) > 1 and bare[0] in _MARKS and bare[-1] in _MARKS
    bare = f"“{' … '.join(pieces)}”" if broken else bare
    return _COMMA.sub(r"\1", bare)


def _text(found: Text) -> str:
    code = (found.code or "").replace("_", " ").replace("non ", "non-")
    if not code or code.casefold() == found.words.casefold():
        return found.words
    return f"{code} (“{found.words}”)"


def _victim(victim: Victim) -> str:
    armed = {"yes": "armed", "no": "unarmed", "disputed": "armed or not is disputed"}
    parts = [victim.name or victim.words]
    age = victim.age_group if victim.age is None else str(victim.age)
    parts += [age] if age and age not in parts[0].casefold() else []
    parts += [part for part in (victim.race, victim.part) if part]
    parts += [armed[victim.armed]] if victim.armed else []
    parts += [condition.state for condition in victim.conditions]
    return ", ".join(parts)


def _measure(measure: Measure) -> str:
    parts = [measure.what.replace("_", " ")]
    if measure.issuer:
        parts.append(f"by {measure.issuer.name or measure.issuer.words}")
    if measure.area:
        parts.append(f"in {measure.area}")
    if measure.effective:
        parts.append(f"from {moment(measure.effective)}")
    if measure.ends:
        parts.append(f"until {moment(measure.ends)}")
    if measure.binding is False:
        parts.append("advice, not binding")
    if measure.legal_basis:
        parts.append(measure.legal_basis)
    if measure.exceptions:
        parts.append(f"spared: {measure.exceptions}")
    parts += [part for part in (measure.state, measure.reason) if part]
    return ", ".join(parts)
