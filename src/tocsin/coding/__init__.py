"""Reads the incidents out of one report."""

from tocsin.coding.coder import VERSION, Coder, code

__all__ = ["VERSION", "Coder", "code"]
