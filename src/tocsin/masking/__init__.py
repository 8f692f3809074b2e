"""Names and private places that no output shows."""

from tocsin.masking.mask import UNMASK, Mask, unmasked

__all__ = ["UNMASK", "Mask", "unmasked"]
