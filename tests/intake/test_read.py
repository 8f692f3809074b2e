"""Reading: every format gives reports, every bad input a reject, and nothing else is lost."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import sys
from pathlib import Path

import pytest

from tests.intake import made
from tocsin import records
from tocsin.intake import Limits, Options, keep_original, read, read_original
from tocsin.intake.formats import HEAD
from tocsin.intake.warc import resume_points
from tocsin.model import Reject, Report


def read_all(
    *inputs: Path | str, options: Options | None = None
) -> tuple[list[Report], list[Reject]]:
    found = list(read([str(name) for name in inputs], options=options))
    return (
        [r for r in found if isinstance(r, Report)],
        [r for r in found if isinstance(r, Reject)],
    )


def read_bytes(
    tmp_path: Path, content: bytes, name: str = "input", options: Options | None = None
) -> tuple[list[Report], list[Reject]]:
    path = tmp_path / name
    path.write_bytes(content)
    return read_all(path, options=options)


FORMATS = {
    "text": (made.BODY.encode(), 1),
    "utf16": (made.BODY.encode("utf-16"), 1),
    "html": (made.page(), 1),
    "lines": (made.line(text=made.BODY) + made.line(body=made.SECOND), 2),
    "json object": (json.dumps({"title": "T", "text": made.BODY}, indent=1).encode(), 1),
    "json list": (json.dumps([{"text": made.BODY}, {"content": made.SECOND}]).encode(), 2),
    "json feed": (
        json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "title": "The Paper",
                "items": [
                    {"id": "1", "content_html": f"<p>{made.BODY}</p>", "url": "https://p.example/1"}
                ],
            }
        ).encode(),
        1,
    ),
    "csv": (
        f'headline,date,content\nOne,2020-06-02,"{made.BODY}"\nTwo,,"{made.SECOND}"\n'.encode(),
        2,
    ),
    "tsv": (f"title\turl\ttext\nOne\thttps://p.example/1\t{made.BODY}\n".encode(), 1),
    "rss": (made.feed(), 2),
    "cap": (made.alert(), 1),
    "warc": (made.warc(packed=False), 3),
    "warc gz": (made.warc(), 3),
    "mhtml": (made.mhtml(), 1),
    "zip": (made.zipped({"a/one.html": made.page(), "b.txt": made.SECOND.encode()}), 2),
    "zip in zip": (made.zipped({"inner.zip": made.zipped({"a.txt": made.BODY.encode()})}), 1),
    "wacz": (
        made.zipped(
            {
                "archive/data.warc.gz": made.warc(),
                "datapackage.json": b"{}",
                "indexes/index.cdx": b"x",
                "pages/pages.jsonl": b"{}",
            }
        ),
        3,
    ),
    "gzip": (gzip.compress(made.line(text=made.BODY)), 1),
}


@pytest.mark.parametrize(("content", "count"), FORMATS.values(), ids=FORMATS.keys())
def test_format_is_told_by_content(tmp_path: Path, content: bytes, count: int) -> None:
    reports, rejects = read_bytes(tmp_path, content)
    assert rejects == []
    assert len(reports) == count
    for report in reports:
        assert (
            "police said" in report.text
            or "lawyer said" in report.text
            or "Police ask" in report.text
        )
        assert report.lang == "en"
        assert records.read(records.write(report)) == report


BAD = {
    "empty": (b"", "empty"),
    "blank": (b" \n\n ", "empty"),
    "binary": (bytes(range(256)) * 20, "binary"),
    "invalid utf-8": ("Le café est fermé, a dit la police.".encode("latin-1"), "encoding"),
    "no text in line": (made.line(title="Only a title"), "no-text"),
    "no object": (b'{"text": 1\n', "not-json"),
    "german": (
        b"Tausende Menschen haben am Samstag in der Stadt gegen die Regierung demonstriert. "
        b"Die Polizei nahm mehrere Personen fest und sprach von einer ruhigen Lage.",
        "language",
    ),
    "page without body": (b"<html><head><title>x</title></head><body></body></html>", "no-body"),
    "truncated zip": (made.zipped({"a.txt": made.BODY.encode()})[:-40], "corrupt"),
    "table without text": (b"id,date,url\n1,2020-01-01,x\n2,2020-01-02,y\n", "no-columns"),
    "exercise": (made.alert(status="Exercise"), "cap-not-actual"),
    "private alert": (made.alert(scope="Private"), "cap-not-public"),
    "other record": (b'{"v":1,"type":"reject","stage":"x"}\n', "record"),
    "deep json": (b'{"a":' * 5000 + b"\n", "not-json"),
}


ITEMS = [{"id": str(number), "content_text": made.BODY} for number in range(3)]
JSON_FEED = {"version": "https://jsonfeed.org/version/1.1", "title": "The Paper", "items": ITEMS}


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("content", [JSON_FEED, ITEMS], ids=["feed", "list"])
@pytest.mark.parametrize("lost", [30, 3, 1])
def test_what_stands_before_the_cut_of_a_json_file_is_read(
    tmp_path: Path, content: object, indent: int | None, lost: int
) -> None:
    whole = json.dumps(content, indent=indent)
    reports, rejects = read_bytes(tmp_path, whole[:-lost].encode())
    assert len(reports) in (2, 3)
    assert [one.code for one in rejects] == ["truncated"]
    if content is JSON_FEED:
        assert reports[0].outlet is not None
        assert reports[0].outlet.name == "The Paper"


def test_what_stands_before_a_broken_item_of_a_json_file_is_read(tmp_path: Path) -> None:
    reports, rejects = read_bytes(tmp_path, json.dumps(ITEMS).replace('"id": "2"', "oh").encode())
    assert (len(reports), [one.code for one in rejects]) == (2, ["not-json"])


def test_one_name_is_one_input(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(made.BODY)
    for name in (str(tmp_path / "a.txt"), tmp_path / "a.txt", [tmp_path]):
        assert [type(found) for found in read(name)] == [Report]


@pytest.mark.parametrize(("content", "code"), BAD.values(), ids=BAD.keys())
def test_bad_input_is_a_reject_and_the_rest_goes_on(
    tmp_path: Path, content: bytes, code: str
) -> None:
    name = "bad.csv" if code == "no-columns" else "bad"
    (tmp_path / name).write_bytes(content)
    (tmp_path / "good.txt").write_text(made.BODY)
    reports, rejects = read_all(tmp_path)
    assert [r.code for r in rejects] == [code]
    assert rejects[0].stage == "read"
    assert rejects[0].where.startswith(str(tmp_path / name))
    assert rejects[0].message and rejects[0].advice
    assert len(reports) == 1


def test_missing_input_and_empty_folder_are_rejects(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    _, rejects = read_all(tmp_path / "nowhere", tmp_path / "folder")
    assert [r.code for r in rejects] == ["missing", "no-reports"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_unreadable_file_is_a_reject(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text(made.BODY)
    path.chmod(0)
    _, rejects = read_all(tmp_path)
    assert [r.code for r in rejects] == ["unreadable"]


def test_first_line_longer_than_what_is_looked_at_hides_no_record(tmp_path: Path) -> None:
    long = made.line(text="\n\n".join([made.BODY] * 100))
    assert len(long) > 2 * HEAD
    reports, rejects = read_bytes(tmp_path, long + made.line(text=made.SECOND))
    assert len(reports) == 2
    assert not rejects


def test_first_line_beyond_the_limit_hides_no_record(tmp_path: Path) -> None:
    content = made.line(text="x " * 2 * HEAD) + made.line(text=made.SECOND)
    options = Options(limits=Limits(line_bytes=2 * HEAD))
    reports, rejects = read_bytes(tmp_path, content, options=options)
    assert len(reports) == 1
    assert [(r.code, r.where.rsplit(":", 1)[1]) for r in rejects] == [("too-large", "1")]


def test_long_line_is_a_reject_and_its_neighbours_are_read(tmp_path: Path) -> None:
    content = made.line(text=made.BODY) + made.line(text="x" * 5000) + made.line(text=made.SECOND)
    options = Options(limits=Limits(line_bytes=2000))
    reports, rejects = read_bytes(tmp_path, content, options=options)
    assert len(reports) == 2
    assert [(r.code, r.where.rsplit(":", 1)[1]) for r in rejects] == [("too-large", "2")]


def test_title_stands_first_in_the_text(tmp_path: Path) -> None:
    reports, _ = read_bytes(tmp_path, made.line(title="Dockers block port", text=made.BODY))
    assert reports[0].text == f"Dockers block port\n\n{made.BODY}"
    assert reports[0].title == "Dockers block port"


def test_record_lines_pass_through(tmp_path: Path) -> None:
    reports, _ = read_bytes(tmp_path, made.line(text=made.BODY, outlet="The Paper"))
    again, rejects = read_bytes(tmp_path, records.write(reports[0]), name="again")
    assert again == reports
    assert rejects == []


def test_ragged_rows_lose_only_themselves(tmp_path: Path) -> None:
    rows = (
        f'id,title,text\n1,A,"{made.BODY}"\n2,B,"{made.SECOND}",extra,cells\n3,C\n'
        f'4,D,"{made.BODY}"\n'
    )
    reports, rejects = read_bytes(tmp_path, rows.encode())
    assert [r.title for r in reports] == ["A", "D"]
    assert [r.code for r in rejects] == ["row", "no-text"]


def test_columns_can_be_named(tmp_path: Path) -> None:
    rows = f'a;b;c\n1;"{made.BODY}";"2020-05-05"\n'.encode()
    options = Options(columns={"text": "b", "published": "c"})
    reports, _ = read_bytes(tmp_path, rows, name="x.csv", options=options)
    assert reports[0].published is not None
    assert reports[0].published.value == "2020-05-05"


def test_a_column_that_is_not_there_is_told(tmp_path: Path) -> None:
    content = f'headline,content\nOne,"{made.BODY}"\n'.encode()
    reports, rejects = read_bytes(
        tmp_path, content, "a.csv", options=Options(columns={"text": "Story"})
    )
    assert not reports
    assert [r.code for r in rejects] == ["no-column"]
    assert "'Story'; there are headline, content" in rejects[0].message


def test_last_word_of_a_column_tells_its_field(tmp_path: Path) -> None:
    content = f'Headline;Story text;Paper\nOne;"{made.BODY[:60]}";Ledger\n'.encode()
    reports, rejects = read_bytes(tmp_path, content, "a.csv")
    assert not rejects
    assert reports[0].text.startswith("One\n\n")
    assert reports[0].outlet is not None
    assert reports[0].outlet.name == "Ledger"


def test_truncated_gzip_gives_what_came_before(tmp_path: Path) -> None:
    chance = random.Random(1)
    rows = [made.line(id=str(n), text=f"{made.BODY} {chance.random()}") for n in range(3000)]
    reports, rejects = read_bytes(tmp_path, gzip.compress(b"".join(rows))[:-20_000])
    assert len(reports) > 1000
    assert "truncated" in {r.code for r in rejects}


def test_bomb_stops_at_the_limit(tmp_path: Path) -> None:
    bomb = gzip.compress(b"a" * 5_000_000)
    options = Options(limits=Limits(archive_bytes=1_000_000))
    reports, rejects = read_bytes(tmp_path, bomb, options=options)
    assert reports == []
    assert "bomb" in {r.code for r in rejects}


def test_nested_archives_stop_at_the_depth(tmp_path: Path) -> None:
    content = made.zipped({"a.txt": made.BODY.encode()})
    for _ in range(5):
        content = made.zipped({"inner.zip": content})
    reports, rejects = read_bytes(tmp_path, content)
    assert reports == []
    assert [r.code for r in rejects] == ["nested"]


def test_cut_feed_gives_its_whole_entries(tmp_path: Path) -> None:
    content = made.feed(4)
    reports, rejects = read_bytes(tmp_path, content[: int(len(content) * 0.6)])
    assert len(reports) >= 2
    assert rejects[-1].code == "truncated"


def test_wrong_charset_label_does_not_spoil_the_page(tmp_path: Path) -> None:
    content = made.page(body=f"The café “Gül” was searched. {made.BODY}")
    reports, _ = read_bytes(tmp_path, content.replace(b"charset='utf-8'", b"charset='latin-1'"))
    assert "café “Gül”" in reports[0].text


def test_latin_page_is_read_by_its_label(tmp_path: Path) -> None:
    content = made.page(body=f"The café was searched. {made.BODY}").decode().encode("latin-1")
    reports, _ = read_bytes(tmp_path, content.replace(b"charset='utf-8'", b"charset='latin-1'"))
    assert "café" in reports[0].text


def test_huge_page_is_rejected_without_reading_it_whole(tmp_path: Path) -> None:
    path = tmp_path / "huge.html"
    with path.open("wb") as out:
        out.write(made.page()[:-14])
        out.truncate(100 * 1024 * 1024)
    _, rejects = read_all(path)
    assert [r.code for r in rejects] in (["too-large"], ["binary"])


def test_thousands_of_tiny_files(tmp_path: Path) -> None:
    for number in range(1500):
        (tmp_path / f"{number}.txt").write_text(f"Report {number}. {made.BODY}")
    reports, rejects = read_all(tmp_path)
    assert (len(reports), rejects) == (1500, [])


def test_file_that_grows_while_it_is_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "growing.jsonl"
    path.write_bytes(made.line(text=made.BODY) * 2)
    found: list[Report | Reject] = []
    for record in read([str(path)]):
        if not found:
            with path.open("ab") as out:
                out.write(made.line(text=made.SECOND))
        found.append(record)
    assert "changed" in {r.code for r in found if isinstance(r, Reject)}
    assert sum(isinstance(r, Report) for r in found) >= 2


def test_update_of_an_alert_is_its_next_version_and_cancel_cuts_all(tmp_path: Path) -> None:
    first, _ = read_bytes(tmp_path, made.alert(), "1.xml")
    reference = "police@town.example,a1,2020-08-24T01:00:00-05:00"
    update, _ = read_bytes(tmp_path, made.alert("a2", "Update", references=reference), "2.xml")
    cancel, _ = read_bytes(tmp_path, made.alert("a3", "Cancel", references=reference), "3.xml")
    assert first[0].id == update[0].id == cancel[0].id
    assert first[0].cuts == ()
    assert [(c.start, c.end) for c in cancel[0].cuts] == [(0, len(cancel[0].text))]
    assert cancel[0].text_digest != first[0].text_digest


def test_revisit_of_another_address_is_followed(tmp_path: Path) -> None:
    digest = "WARC-Payload-Digest: sha1:AAAA\r\n"
    content = made.warc_record("https://paper.example/a", made.page(), extra=digest)
    content += made.warc_record("https://paper.example/b", b"", kind="revisit", extra=digest)
    content += made.warc_record("https://paper.example/c", b"", kind="revisit")
    reports, rejects = read_bytes(tmp_path, content)
    assert [r.url for r in reports] == ["https://paper.example/a", "https://paper.example/b"]
    assert reports[0].text == reports[1].text
    assert [r.code for r in rejects] == ["revisit"]


@pytest.mark.parametrize("packed", [True, False])
def test_archive_can_be_resumed(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(made.warc(5, packed=packed))
    reports, _ = read_all(path)
    rest, _ = read_all(path, options=Options(resume=resume_points(reports[:3])))
    assert [r.url for r in rest] == [r.url for r in reports[2:]]


def test_another_archive_of_the_same_name_is_read_from_its_start(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(made.warc(5))
    points = resume_points(read_all(path)[0][:3])
    path.write_bytes(gzip.compress(made.warc(6, packed=False)))
    assert len(read_all(path, options=Options(resume=points))[0]) == 6


def test_revisit_of_a_page_that_a_former_run_read_is_followed(tmp_path: Path) -> None:
    digest = "WARC-Payload-Digest: sha1:AAAA\r\n"
    path = tmp_path / "a.warc"
    content = made.warc_record("https://paper.example/a", made.page(), extra=digest)
    content += made.warc_record("https://paper.example/b", made.page(title="Second"))
    content += made.warc_record("https://paper.example/c", b"", kind="revisit", extra=digest)
    path.write_bytes(content)
    first, _ = read_all(path)
    rest, rejects = read_all(path, options=Options(resume=resume_points(first[:2])))
    assert [r.url for r in rest] == [r.url for r in first[1:]]
    assert not rejects
    assert rest[-1].text == first[0].text


def test_revisit_inside_a_wacz_is_followed(tmp_path: Path) -> None:
    digest = "WARC-Payload-Digest: sha1:AAAA\r\n"
    content = made.warc_record("https://paper.example/a", made.page(), extra=digest)
    content += made.warc_record("https://paper.example/b", b"", kind="revisit", extra=digest)
    members = {"datapackage.json": b"{}", "archive/data.warc.gz": gzip.compress(content)}
    reports, rejects = read_bytes(tmp_path, made.zipped(members))
    assert [r.url for r in reports] == ["https://paper.example/a", "https://paper.example/b"]
    assert not rejects


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(made.line(text=made.BODY))))
    reports, _ = read_all("-")
    assert reports[0].source == "stdin:1"


def test_originals_are_kept_once_by_digest(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(made.page())
    folder = tmp_path / "originals"
    for _ in range(2):
        (report,) = (
            r for r in read([str(path)], keep=keep_original(folder)) if isinstance(r, Report)
        )
    assert read_original(folder, report.raw_digest) == made.page()
    assert len([p for p in folder.rglob("*") if p.is_file()]) == 1


def test_the_original_of_a_saved_page_is_the_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "a.mhtml"
    path.write_bytes(made.mhtml())
    folder = tmp_path / "originals"
    (report,) = (r for r in read([str(path)], keep=keep_original(folder)) if isinstance(r, Report))
    assert read_original(folder, report.raw_digest) == made.mhtml()
    assert report.acquired is not None
    assert report.acquired.at == "2020-06-03T09:00:00+00:00"


def test_text_of_another_desk_is_told_by_its_dateline(tmp_path: Path) -> None:
    text = f"PORT ELLIS (Pacific Cable) - {made.BODY}"
    reports, _ = read_bytes(tmp_path, made.line(text=text, outlet="The Paper"))
    own, _ = read_bytes(tmp_path, made.line(text=text, outlet="Pacific Cable"))
    unnamed, _ = read_bytes(tmp_path, made.line(text=text))
    assert [r[0].agency for r in (reports, own, unnamed)] == ["Pacific Cable", None, None]
    assert unnamed[0].outlet is not None
    assert unnamed[0].outlet.name == "Pacific Cable"


def test_missing_packages_cost_only_the_file_that_needs_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4\n")
    (tmp_path / "b.txt").write_text(made.BODY)
    reports, rejects = read_all(tmp_path)
    assert len(reports) == 1
    assert [r.code for r in rejects] == ["extra"]
