"""What a number is going to ask of a model, before anything is asked: the loads that an estimate is made of."""

from dataclasses import dataclass

from digest.llm.budget import Load
from digest.llm.prompts import Prompt, load

_FRAMED_CHARS = 300  # of an item in requests about several: its title and one sentence
_SENTENCE_CHARS = 160
_TOLD_SENTENCES = 4  # of an item that are translated together: its lead, its notes, its reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """The size of a number: works to score and the mean length of a text, items told, threads, languages in all."""

    works: int
    text_chars: int
    told: int
    threads: int
    languages: int = 1


def loads(volume: Volume) -> tuple[Load, ...]:
    """Return what each step asks, in the order of the steps; an answer is reckoned at half of its limit."""
    per_thread = _FRAMED_CHARS * max(2, volume.told // max(1, volume.threads))
    translations = (volume.told + 2 * volume.threads) * (volume.languages - 1)
    rows = (
        ("score", "rate", volume.works, volume.text_chars),
        ("group threads", "regroup", min(1, volume.threads), _FRAMED_CHARS * volume.threads),
        ("write notes", "note", volume.told, volume.text_chars),
        ("name threads", "thread", volume.threads, per_thread),
        ("write overview", "overview", min(1, volume.threads), 2 * _FRAMED_CHARS * volume.threads),
        ("translate", "translate", translations, _SENTENCE_CHARS * _TOLD_SENTENCES),
    )
    return tuple(_load(step, load(name), calls, chars) for step, name, calls, chars in rows if calls)


def _load(step: str, prompt: Prompt, calls: int, chars: int) -> Load:
    own = len(prompt.system) + len(prompt.user)
    tokens = prompt.max_tokens // 2
    return Load(step=step, tier=prompt.tier, calls=calls, prompt_chars=own + chars, completion_tokens=tokens)
