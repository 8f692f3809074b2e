"""Pages: body, headline, and what the metadata states."""

from __future__ import annotations

import re

import pytest

from tests.intake import made
from tocsin.intake.page import page_body, read_page

LINKED = """<script type="application/ld+json">{"@context":"https://schema.org","@graph":[
{"@type":"WebSite","name":"x"},{"@type":"NewsArticle","headline":"Dockers block port",
"author":[{"@type":"Person","name":"Rosa Klein"},{"@type":"Person","name":"Tom Hale"}],
"publisher":{"@type":"Organization","name":"The Harbour Post"},
"datePublished":"2020-06-02T18:30:00+02:00","dateModified":"2020-06-03T08:00:00+02:00"}]}</script>"""
GRAPH = """<meta property="og:title" content="Dockers block port | The Harbour Post">
<meta property="og:site_name" content="The Harbour Post"><meta name="author" content="Rosa Klein">
<meta property="article:published_time" content="2020-06-02">"""


@pytest.mark.parametrize("quality", ["quality", "bulk"])
def test_linked_data_comes_first(quality: str) -> None:
    page = read_page(made.page(head=LINKED + GRAPH).decode(), quality=quality)
    assert page.title == "Dockers block port"
    assert page.byline == "Rosa Klein, Tom Hale"
    assert page.outlet == "The Harbour Post"
    assert page.published is not None
    assert (page.published.value, page.published.basis) == ("2020-06-02T18:30+02:00", "metadata")
    assert page.updated == "2020-06-03T08:00+02:00"


def test_open_graph_and_meta_tags() -> None:
    page = read_page(made.page(head=GRAPH).decode())
    assert (page.title, page.byline) == ("Dockers block port", "Rosa Klein")
    assert page.published is not None
    assert page.published.precision == "day"


def test_modification_is_not_publication() -> None:
    head = '<meta property="article:modified_time" content="2020-06-03T08:00:00Z">'
    page = read_page(made.page(head=head).decode())
    assert page.published is None
    assert page.updated == "2020-06-03T08:00+00:00"


@pytest.mark.parametrize("quality", ["quality", "bulk"])
def test_what_the_body_states_is_read_too(quality: str) -> None:
    stated = '<span itemprop="datePublished" content="2020-06-02">2 June</span>'
    html = made.page().decode().replace("<article>", f"<article>{stated}")
    page = read_page(re.sub("<title>.*?</title>", "", html), quality=quality)
    assert page.title == "Dockers block port"
    assert page.published is not None
    assert page.published.value == "2020-06-02"


def test_broken_linked_data_is_passed_over() -> None:
    head = '<script type="application/ld+json">{"@type": "NewsArticle", </script>' + GRAPH
    assert read_page(made.page(head=head).decode()).byline == "Rosa Klein"


def test_linked_data_with_stray_commas_and_line_breaks_is_read() -> None:
    written = LINKED.replace("block port", "block\nport").replace('"}]}', '",}, ]}')
    page = read_page(made.page(head=written).decode())
    assert (page.title, page.byline) == ("Dockers block port", "Rosa Klein, Tom Hale")


def test_day_shown_on_a_page_without_metadata_is_stated() -> None:
    shown = '<article><time datetime="2020-06-02">2 June</time>'
    page = read_page(made.page(head="").decode().replace("<article>", shown))
    assert page.published is not None
    assert (page.published.value, page.published.basis) == ("2020-06-02", "stated")


@pytest.mark.parametrize("quality", ["quality", "bulk"])
def test_body_is_the_article_without_its_furniture(quality: str) -> None:
    extra = (
        f"<p>{made.SECOND}</p><p><a href='/2'>Mayor opens new bridge over the river</a></p>"
        "<p>Read also: Strike enters its third week</p><p>Sign up for our newsletter.</p>"
    )
    html = made.page().decode().replace("</article>", f"{extra}</article>")
    body = page_body(html, quality=quality)
    assert "Dozens of dock workers" in body
    assert "A court in Marlow" in body
    assert ("Mayor opens" in body) == (quality == "bulk")
    assert "Read also" not in body
    assert "newsletter" not in body


@pytest.mark.parametrize("html", ["", "   ", "no markup", "<", "<html>", "<!-- -->"])
def test_hardly_a_page_is_survived(html: str) -> None:
    read_page(html)
    read_page(html, quality="bulk")


def test_page_nested_without_end_has_no_body() -> None:
    deep = f"<html><body>{'<div>' * 50_000}{made.BODY}{'</div>' * 50_000}"
    assert read_page(deep).body == ""
    assert read_page(deep, quality="bulk").body == ""
