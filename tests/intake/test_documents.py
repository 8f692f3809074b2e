"""Excel, Word and PDF files, where the extra is installed."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.intake import made
from tocsin.intake import Options, read
from tocsin.model import Reject, Report

openpyxl = pytest.importorskip("openpyxl", reason="needs the extra `documents`")
docx = pytest.importorskip("docx", reason="needs the extra `documents`")
pypdf = pytest.importorskip("pypdf", reason="needs the extra `documents`")


def one(tmp_path: Path, content: bytes) -> Report | Reject:
    path = tmp_path / "input"
    path.write_bytes(content)
    (found,) = read([str(path)])
    return found


def test_rows_of_a_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Headline", "Date", "Story"])
    book.active.append(["Dockers block port", "2020-06-02", made.BODY])
    out = io.BytesIO()
    book.save(out)
    found = one(tmp_path, out.getvalue())
    assert isinstance(found, Report)
    assert found.title == "Dockers block port"
    assert found.published is not None


def test_columns_of_a_sheet_can_be_named_and_a_row_without_text_is_a_reject(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["Nr", "Note", "Day"], [1, made.BODY, "2020-06-02"], [2, None, None]):
        book.active.append(row)
    path = tmp_path / "input"
    book.save(path)
    options = Options(columns={"text": "Note", "published": "Day"})
    report, empty = read([str(path)], options=options)
    assert isinstance(report, Report)
    assert report.published is not None
    assert report.published.value == "2020-06-02"
    assert isinstance(empty, Reject)
    assert (empty.code, empty.where) == ("no-text", f"{path}#Sheet:3")
    (wrong,) = read([str(path)], options=Options(columns={"text": "Nope"}))
    assert isinstance(wrong, Reject)
    assert wrong.code == "no-column"


def test_half_a_sheet_is_a_reject(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["text"])
    out = io.BytesIO()
    book.save(out)
    found = one(tmp_path, out.getvalue()[: len(out.getvalue()) // 2])
    assert isinstance(found, Reject)
    assert found.code == "corrupt"


def test_paragraphs_of_a_document(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph(made.BODY)
    out = io.BytesIO()
    document.save(out)
    found = one(tmp_path, out.getvalue())
    assert isinstance(found, Report)
    assert found.text == made.BODY


def test_tables_of_a_document_are_read_where_they_stand(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph(made.BODY)
    table = document.add_table(rows=3, cols=2)
    for cell, words in zip(table._cells, ["Town", "Held", "Ellis", "2", made.SECOND], strict=False):
        cell.text = words
    table.cell(2, 0).merge(table.cell(2, 1)).add_table(1, 1).cell(0, 0).text = "Inside the cell."
    document.add_paragraph("The harbour was open again on Friday.")
    out = io.BytesIO()
    document.save(out)
    found = one(tmp_path, out.getvalue())
    assert isinstance(found, Report)
    assert found.text.split("\n\n") == [
        made.BODY,
        "Town\tHeld",
        "Ellis\t2",
        made.SECOND,
        "Inside the cell.",
        "The harbour was open again on Friday.",
    ]


def test_scan_without_text_and_broken_pdf_are_rejects(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(width=100, height=100)
    out = io.BytesIO()
    writer.write(out)
    scan, broken = one(tmp_path, out.getvalue()), one(tmp_path, b"%PDF-1.4\nnothing here")
    assert isinstance(scan, Reject)
    assert scan.code == "no-text"
    assert isinstance(broken, Reject)
    assert broken.code == "corrupt"
    assert not caplog.records
