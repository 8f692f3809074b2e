"""Load the default coder once a process, and code one report with it."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from tocsin import coding, gazetteer, ontology
from tocsin.coding import Coder
from tocsin.lang.parser import load_parser
from tocsin.model import Coded, Reject, Report
from tocsin.models.loader import load_tagger
from tocsin.models.reliability import load_reliability
from tocsin.settings import Settings


@cache
def load_coder(settings: Settings) -> Coder:
    """Load parser, gazetteer (compiled at first use), ontology and models."""
    extra = tuple(Path(name) for name in settings.gazetteer_files)
    return Coder(
        nlp=load_parser(settings.spacy_model),
        gazetteer=gazetteer.Gazetteer(gazetteer.ensure(settings.cache_folder, extra_csv=extra)),
        ontology=ontology.load(settings.kinds_file),
        tagger=load_tagger(),
        reliability=load_reliability(),
    )


def model_versions(settings: Settings) -> dict[str, str]:
    """Return what reads the text, with versions, for the manifest of a run."""
    return {
        "coder": coding.VERSION,
        "parser": f"{settings.spacy_model} {_installed(settings.spacy_model)}",
        "spacy": version("spacy"),
        "onnxruntime": version("onnxruntime"),
    }


def code_one(report: Report, coder: Coder) -> Coded:
    """Code one report alone."""
    return Coded(
        report=report.id,
        text_digest=report.text_digest,
        coder=coding.VERSION,
        accounts=coding.code(report, coder),
    )


def code_or_reject(report: Report, coder: Coder) -> Coded | Reject:
    """Code one report; a fault of ours costs this report, not the rest of a long run."""
    try:
        return code_one(report, coder)
    except Exception as fault:  # noqa: BLE001 - the one place where a fault becomes a record
        return Reject(
            stage="code",
            code="fault",
            message=f"Tocsin failed on this report: {type(fault).__name__}: {fault}.",
            advice="The others are not affected. Please report it, with the text if you may.",
            where=report.source or report.id,
        )


def _installed(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "from a folder"
