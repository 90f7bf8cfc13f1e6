"""Whether an amount is another in a larger or smaller unit of the same kind."""

from dataclasses import replace

from digest.verify.alike.amounts import same_value
from digest.verify.sentences.figures import Figure

_SIZES = {"n": 1e-9, "μ": 1e-6, "m": 1e-3, "c": 1e-2, "": 1.0, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12}
_SCALES_OF = {  # the prefixes with which each unit is written, in the spelling of the lexicon
    "w": "w kw mw:M gw",
    "wh": "wh kwh gwh twh μwh",
    "hz": "hz khz mhz:M ghz",
    "m": "m km cm mm nm μm",
    "g": "g kg mg μg",
    "l": "l ml",
    "bps": "bps kbps mbps:M gbps tbps",
    "flops": "flops tflops",
}


def _sizes() -> dict[str, tuple[str, float]]:
    """Return for each spelling its base unit and its size in that."""
    found: dict[str, tuple[str, float]] = {}
    for base, spellings in _SCALES_OF.items():
        for spelling in spellings.split():
            name, _, prefix = spelling.partition(":")
            prefix = prefix or name.removesuffix(base)
            found[name] = (base, _SIZES[{"g": "G", "t": "T"}.get(prefix, prefix)])
    return found


_SIZE_OF = _sizes()


def converted(said: Figure, source: Figure) -> bool:
    """Whether an amount is the source's in a larger or smaller unit of the same kind: 12,144 MW as 12.1 GW."""
    mine, theirs = _SIZE_OF.get(said.scale), _SIZE_OF.get(source.scale)
    if not mine or not theirs or mine[0] != theirs[0] or said.scale == source.scale:
        return False
    truth = replace(source.quantity, value=source.quantity.value * theirs[1] / mine[1], high=None)
    return same_value(said.quantity, truth)
