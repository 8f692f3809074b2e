"""Small inputs of every format, made in memory from sentences of our own."""

from __future__ import annotations

import gzip
import io
import json
import zipfile

BODY = (
    "Dozens of dock workers blocked the gate of the port of Ellis on Tuesday after a guard shot "
    "at a van. The driver was taken to hospital, the harbour police said, and two people were held."
)
SECOND = (
    "A court in Marlow has refused to free four students who were arrested at a march in March. "
    "Their lawyer said that they had only carried a banner and that she would appeal on Friday."
)


def page(body: str = BODY, title: str = "Dockers block port", head: str = "") -> bytes:
    paragraphs = "".join(f"<p>{part}</p>" for part in (body, body.upper()[:1] + body[1:]))
    return (
        f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>{title}</title>{head}"
        f"</head><body><nav><a href='/'>Home</a></nav><article><h1>{title}</h1>{paragraphs}"
        "</article></body></html>"
    ).encode()


def line(**fields: str) -> bytes:
    return json.dumps(fields).encode() + b"\n"


def feed(items: int = 2) -> bytes:
    entries = "".join(
        f"<item><title>Item {n}</title><link>https://paper.example/{n}</link>"
        f"<description>{BODY}</description>"
        f"<pubDate>Tue, 02 Jun 2020 1{n}:00:00 GMT</pubDate></item>"
        for n in range(items)
    )
    return (
        "<?xml version='1.0'?><rss version='2.0'><channel><title>The Paper</title>"
        f"{entries}</channel></rss>"
    ).encode()


def alert(identifier: str = "a1", kind: str = "Alert", **changes: str) -> bytes:
    fields = {"status": "Actual", "scope": "Public", "references": "", **changes}
    references = f"<references>{fields['references']}</references>" if fields["references"] else ""
    return (
        '<?xml version="1.0"?><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">'
        f"<identifier>{identifier}</identifier><sender>police@town.example</sender>"
        f"<sent>2020-08-24T01:00:00-05:00</sent><status>{fields['status']}</status>"
        f"<msgType>{kind}</msgType><scope>{fields['scope']}</scope>{references}"
        "<info><language>en-US</language><event>Public safety</event>"
        "<senderName>Town Police</senderName><headline>Shops asked to close</headline>"
        "<description>Police ask shops that are open at night to think about closing, after calls "
        "about armed people.</description><area><areaDesc>Town centre</areaDesc></area>"
        "</info></alert>"
    ).encode()


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def warc_record(url: str, content: bytes, *, kind: str = "response", extra: str = "") -> bytes:
    http = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: "
        + str(len(content)).encode()
        + b"\r\n\r\n"
        + content
    )
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n"
        "WARC-Date: 2020-06-03T10:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:6a0e6e0a-1111-4444-8888-000000000000>\r\n"
        f"{extra}Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def warc(pages: int = 3, *, packed: bool = True) -> bytes:
    made = [
        warc_record(f"https://paper.example/{n}", page(title=f"Page {n}")) for n in range(pages)
    ]
    return b"".join(gzip.compress(record) if packed else record for record in made)


def mhtml() -> bytes:
    return (
        b"From: <Saved by a browser>\r\nSnapshot-Content-Location: https://paper.example/saved\r\n"
        b"Subject: Dockers\r\nDate: Wed, 3 Jun 2020 09:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="----B"\r\n\r\n'
        b"------B\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n"
        b"Content-Location: https://paper.example/saved\r\n\r\n" + page() + b"\r\n------B--\r\n"
    )
