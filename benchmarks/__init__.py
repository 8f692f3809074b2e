"""Figures that the documentation quotes: each is printed again by a command here."""
