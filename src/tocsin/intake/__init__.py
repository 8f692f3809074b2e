"""Intake: any pile of news, as reports with their cuts shown, and rejects with a reason."""

from tocsin.intake.finish import finish
from tocsin.intake.options import Fetching, Limits, Options
from tocsin.intake.originals import keep_original, read_original
from tocsin.intake.read import read

__all__ = ["Fetching", "Limits", "Options", "finish", "keep_original", "read", "read_original"]
