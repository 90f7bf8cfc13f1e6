"""What a model door is built from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

OPENAI = "https://api.openai.com/v1"  # the one server that is known to answer nobody without a key


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """US dollars for a million tokens. `assumed` says that nobody knows this model's price and a dear one was taken."""

    prompt: float
    completion: float
    assumed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSettings:
    """Where the model is and what it may cost.

    `timeout_s` bounds one question with all its retries and repairs; `attempts` the tries of one request, `wait_max_s`
    the pause between two of them and the Retry-After that is still waited for. Caps are US dollars; None is no cap.
    `prices` by model name go before those of genai-prices. `max_answer_bytes` bounds one HTTP answer.
    """

    base_url: str
    api_key: str = field(default="", repr=False)
    model_cheap: str
    model_best: str
    concurrency: int = 8
    timeout_s: float = 120.0
    budget_usd_per_run: float | None = None
    budget_usd_per_month: float | None = None
    prices: Mapping[str, Price] = field(default_factory=dict)
    attempts: int = 4
    wait_initial_s: float = 0.5
    wait_max_s: float = 30.0
    max_answer_bytes: int = 1_000_000
