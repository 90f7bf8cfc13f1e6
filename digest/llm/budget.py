"""Money: what a call may cost at most, what is left, and what is given up first when it gets short."""

import ipaddress
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from urllib.parse import urlsplit

from digest.llm.prompts import Tier
from digest.llm.settings import ModelSettings, Price
from digest.text import is_chinese

# Dearer than any widely used chat model of 2026: for a model whose price nobody states.
DEAR = Price(prompt=15.0, completion=75.0, assumed=True)
FREE = Price(prompt=0.0, completion=0.0)
_MILLION = 1_000_000
_MESSAGE_TOKENS = 16  # roles and separators of one request, generously


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What a step is expected to ask: `calls` requests of `prompt_chars` and `completion_tokens` each."""

    step: str
    tier: Tier
    calls: int
    prompt_chars: int
    completion_tokens: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StepCost:
    """The estimate for one step: calls, tokens of all of them, US dollars."""

    step: str
    model: str
    calls: int
    prompt_tokens: int
    completion_tokens: int
    usd: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How far a run is cut back to stay below its cap.

    `text_chars`: how much of a full text a request holds; `share`: the part of the items, best first, that a model is
    asked about; `tier` overrides the prompts' own; `local` says that no model is asked at all. `given_up` names it for
    the issue.
    """

    text_chars: int = 12_000
    share: float = 1.0
    tier: Tier | None = None
    local: bool = False
    given_up: str = ""


# The declared order of degradation: fewer full texts, smaller batches, the cheap tier, the local engine.
DEGRADATION: tuple[Plan, ...] = (
    Plan(),
    Plan(text_chars=2_000, given_up="full texts"),
    Plan(text_chars=2_000, share=0.5, given_up="full texts, the lower half of the items"),
    Plan(
        text_chars=2_000, share=0.5, tier="cheap", given_up="full texts, the lower half of the items, the better model"
    ),
    Plan(share=0.0, local=True, given_up="the model"),
)


class Budget:
    """The money of one run: reserved before each call, settled after it. Both caps are hard.

    A reservation is an upper bound of the call's price, so that no call in flight can pass a cap.
    """

    def __init__(self, *, run: float | None, month: float | None, month_spent: float) -> None:
        caps = [cap for cap in (run, None if month is None else month - month_spent) if cap is not None]
        self._cap = min(caps) if caps else None
        self._held = 0.0
        self.spent = 0.0

    @property
    def left(self) -> float | None:
        """US dollars that may still be reserved, None without a cap."""
        return None if self._cap is None else max(0.0, self._cap - self.spent - self._held)

    def reserve(self, usd: float) -> bool:
        """Hold an amount, or return False when a cap would be passed."""
        if self._cap is not None and usd > 0 and self.spent + self._held + usd > self._cap:
            return False
        self._held += usd
        return True

    def settle(self, reserved: float, actual: float) -> None:
        """Give a reservation back and record what was paid."""
        self._held -= reserved
        self.spent += actual


def tokens(text: str) -> int:
    """Estimate the tokens of a text: four Latin or 1.4 Chinese characters each, which needs no download."""
    return ceil(len(text) / (1.4 if is_chinese(text[:4_000]) else 4.0))


def at_most(texts: Sequence[str], completion_tokens: int, price: Price) -> float:
    """Return the most a call can cost in US dollars: a token of byte-pair coding covers at least one byte."""
    prompt = sum(len(text.encode()) for text in texts) + _MESSAGE_TOKENS * len(texts)
    return usd(prompt, completion_tokens, price)


def usd(prompt_tokens: int, completion_tokens: int, price: Price) -> float:
    """Return the US dollars of a number of tokens."""
    return (prompt_tokens * price.prompt + completion_tokens * price.completion) / _MILLION


def price_of(model: str, settings: ModelSettings) -> Price:
    """Return a model's price: configured, else known to genai-prices, else free on a private host, else a dear one."""
    if model in settings.prices:
        return settings.prices[model]
    if _private(settings.base_url):
        return FREE
    return _listed(model) or DEAR


def estimate(loads: Sequence[Load], settings: ModelSettings, plan: Plan | None = None) -> tuple[StepCost, ...]:
    """Return what each step is going to cost under a plan, in the order given; cached answers count in full."""
    plan = plan or DEGRADATION[0]
    return () if plan.local else tuple(_step(load, settings, plan) for load in loads)


def choose(loads: Sequence[Load], settings: ModelSettings, cap: float | None, least: Plan | None = None) -> Plan:
    """Return the first plan of the declared order whose estimate stays below the cap; `least` ends the order early."""
    last = least if least in DEGRADATION else DEGRADATION[-1]
    for plan in DEGRADATION:
        if plan == last or cap is None or sum(step.usd for step in estimate(loads, settings, plan)) <= cap:
            return plan
    raise AssertionError("the last plan is one of them")  # pragma: no cover


def model_for(tier: Tier, settings: ModelSettings) -> str:
    """Return the model's name for a tier; a tier without one falls to the other."""
    first, second = settings.model_cheap, settings.model_best
    return (first or second) if tier == "cheap" else (second or first)


def _step(load: Load, settings: ModelSettings, plan: Plan) -> StepCost:
    model = model_for(plan.tier or load.tier, settings)
    calls = ceil(load.calls * plan.share)
    prompt = calls * ceil(min(load.prompt_chars, plan.text_chars) / 4)
    completion = calls * load.completion_tokens
    return StepCost(
        step=load.step,
        model=model,
        calls=calls,
        prompt_tokens=prompt,
        completion_tokens=completion,
        usd=usd(prompt, completion, price_of(model, settings)),
    )


def _private(base_url: str) -> bool:
    host = urlsplit(base_url).hostname or ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost"
    return address.is_private or address.is_loopback


@lru_cache(maxsize=64)
def _listed(model: str) -> Price | None:
    from genai_prices import Usage, calc_price  # noqa: PLC0415  its table takes long to load

    try:
        sums: Mapping[str, float] = {
            side: float(calc_price(Usage(**{f"{side}_tokens": _MILLION}), model_ref=model).total_price)
            for side in ("input", "output")
        }
    except LookupError:
        return None
    return Price(prompt=sums["input"], completion=sums["output"])
