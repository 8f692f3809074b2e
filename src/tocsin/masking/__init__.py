"""Names and private places that no output shows."""

from tocsin.masking.mask import UNMASK, Mask, is_minor, unmasked

__all__ = ["UNMASK", "Mask", "is_minor", "unmasked"]
