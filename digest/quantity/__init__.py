"""Numbers in running text, with sign, unit, scale and qualifier, in English and Chinese.

grammar says what counts as a number, values what it means, qualifiers what bounds it, latex what is read through.
A new unit is a spelling in values.toml and in the grammar; a test holds the two together.
"""

from digest.quantity.latex import mask
from digest.quantity.model import Quantity
from digest.quantity.reading import quantities

__all__ = ["Quantity", "mask", "quantities"]
