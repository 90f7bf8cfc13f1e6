"""An editor's taste, learned at run time from what was rated, on top of what the rubric expects.

Two models share the work, because each errs elsewhere: a linear one on words, and one of nearness in a small space of
words that occur together. Where the extra `embed` is installed, a third learns from what the texts mean. The rubric's
own judgement is the prior: it counts for as much as both with a few liked items, and for a fifth of them with
hundreds. What was tried besides stands in docs/quality.md.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from digest.domain.score import Rating
from digest.score.words import canonical
from digest.vectors import available, vectors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.float64]

HALF_LIFE = 3_000
"""Later ratings that halve a rating's weight."""
HALF_LIFE_DAYS = 365.0
"""Days that halve it, where it is known when it was given."""
MOST = 6_000
"""Ratings that count; older ones are forgotten."""
_TITLE = 0.3
_WORDS, _WORDS_C, _SPACE_C = 1.5, 0.5, 1.0
_MEANING, _MEANING_C = 0.4, 1.0
_DIMENSIONS = 120
_MOST_FOR_SPACE = 6_000
_ALIKE = 0.5
_PRIOR, _PRIOR_FROM = 6.5, 4.0
_BACKGROUND, _MOST_BACKGROUND = 0.3, 1_000
_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What the ratings teach: canonical titles and texts, oldest first, whether each was liked, and its weight 0..1."""

    titles: tuple[str, ...]
    texts: tuple[str, ...]
    liked: tuple[bool, ...]
    weights: tuple[float, ...]

    @property
    def trust(self) -> float:
        """How far the taste may move a score, 0..1: half with 8 fresh ratings, nine tenths with 72."""
        return sum(self.weights) / (sum(self.weights) + 8.0)

    @property
    def share_of_prior(self) -> float:
        """What the rubric's judgement weighs where the model of nearness weighs 1: less the more items were liked."""
        liked = sum(weight for weight, liked in zip(self.weights, self.liked, strict=True) if liked)
        return _PRIOR / math.sqrt(liked + _PRIOR_FROM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taste:
    """How much an item is to the taste: mean 0, deviation 1 over the items.

    `alike` counts the ratings of items like it that say so: those up above the mean, those down below it, and none
    where the items like it were rated as all are.
    """

    value: float
    alike: int = 0


def lesson(ratings: Sequence[Rating], ages: Sequence[float] = ()) -> Lesson:
    """Prepare ratings, oldest first: the last word on an item counts, and what has no words teaches nothing.

    `ages` are the days since each was given, where that is known. A rating loses weight with both: half of it with
    HALF_LIFE_DAYS, half with HALF_LIFE later ones.
    """
    last = {rating.id: n for n, rating in enumerate(ratings)}
    kept = [
        (canonical(r.title), canonical(f"{r.title}. {r.text}"), r.rating > 0, 0.5 ** (age / HALF_LIFE_DAYS))
        for r, age in ((ratings[n], ages[n] if ages else 0.0) for n in sorted(last.values()))
    ]
    kept = [one for one in kept if one[1].strip()][-MOST:]
    return Lesson(
        titles=tuple(title for title, _, _, _ in kept),
        texts=tuple(text for _, text, _, _ in kept),
        liked=tuple(liked for _, _, liked, _ in kept),
        weights=tuple(one[3] * 0.5 ** ((len(kept) - 1 - n) / HALF_LIFE) for n, one in enumerate(kept)),
    )


def tasted(taught: Lesson, titles: Sequence[str], texts: Sequence[str], prior: Sequence[float]) -> list[Taste]:
    """Return for each item (canonical words) how much it is to the taste.

    `prior` is the rubric's judgement in any unit. Needs at least one rating.
    """
    import numpy as np  # noqa: PLC0415  numpy and scikit-learn load only where something was rated

    words = _words([*taught.titles, *titles], [*taught.texts, *texts])
    if words is None:
        return [Taste(value=0.0)] * len(texts)
    known, training = len(taught.liked), _training(taught, len(texts))
    near, up, down = _by_nearness(_space(words, known), known, taught.liked, training)
    said = _WORDS * _standard(_linear(words, known, training, _WORDS_C)) + _standard(near)
    if available():
        said += _MEANING * _standard(_linear(vectors([*taught.texts, *texts]), known, training, _MEANING_C))
    said += taught.share_of_prior * _standard(np.asarray(prior, dtype=float))
    usual = sum(taught.liked) / known
    rows = zip(_standard(said), up, down, strict=True)
    return [Taste(value=float(v), alike=_speaking(float(v), int(ups), int(downs), usual)) for v, ups, downs in rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Training:
    """The rows to learn from, whether each was liked, and what it weighs."""

    rows: list[int]
    liked: list[bool]
    weights: list[float]


def _training(taught: Lesson, items: int) -> _Training:
    """Choose what to learn from. Where all ratings agree, items stand in as weak examples of the contrary."""
    known = len(taught.liked)
    rows, liked, weights = list(range(known)), list(taught.liked), list(taught.weights)
    if len(set(liked)) == 1:
        others = range(known, known + items, -(-items // _MOST_BACKGROUND) or 1)
        rows += others
        weights += [_BACKGROUND] * len(others)
        liked += [not liked[0]] * len(others)
    return _Training(rows=rows, liked=liked, weights=weights)


def _words(titles: Sequence[str], texts: Sequence[str]) -> Any | None:  # noqa: ANN401  sparse matrices have no types
    """Weigh the words that occur in two items or more, titles' beside texts'; None where there are none."""
    from scipy.sparse import hstack  # noqa: PLC0415  as above
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415  as above

    blocks = []
    for share, part in ((1.0, texts), (_TITLE, titles)):
        try:
            blocks.append(share * TfidfVectorizer(analyzer=str.split, min_df=2, sublinear_tf=True).fit_transform(part))
        except ValueError:  # no word occurs twice: this part says nothing
            continue
    return hstack(blocks).tocsr() if blocks else None


def _space(words: Any, known: int) -> Any:  # noqa: ANN401  matrices without types
    """Project on the directions in which words occur together, found on the newest ratings and the first items."""
    from sklearn.decomposition import TruncatedSVD  # noqa: PLC0415  as above
    from sklearn.preprocessing import normalize  # noqa: PLC0415  as above

    half = _MOST_FOR_SPACE // 2
    sample = words[max(0, known - half) : known + half]
    dimensions = min(_DIMENSIONS, *(side - 1 for side in sample.shape))
    if dimensions < 1:
        return normalize(words.toarray())
    return normalize(TruncatedSVD(dimensions, random_state=0).fit(sample).transform(words))


def _linear(rows: Any, known: int, training: _Training, c: float) -> Vector:  # noqa: ANN401  matrices without types
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  as above

    model = LogisticRegression(C=c, class_weight="balanced", max_iter=1_000)
    model.fit(rows[training.rows], training.liked, sample_weight=training.weights)
    values: Vector = model.decision_function(rows[known:])
    return values


def _by_nearness(space: Any, known: int, liked: Sequence[bool], training: _Training) -> tuple[Vector, Vector, Vector]:  # noqa: ANN401  matrices without types
    """Return for each item how near it is to what was liked, and how many ratings up and down were of its like.

    A support vector machine of Gaussian kernel; it is evaluated here, some items at a time, because on unit vectors
    the kernel follows from the same cosines that tell which ratings are alike.
    """
    import numpy as np  # noqa: PLC0415  as above
    from sklearn.svm import SVC  # noqa: PLC0415  as above

    model = SVC(C=_SPACE_C, gamma=1.0, class_weight="balanced")
    model.fit(space[training.rows], training.liked, sample_weight=training.weights)
    ups = np.asarray(liked)
    parts = []
    for start in range(known, len(space), _AT_ONCE):
        items = space[start : start + _AT_ONCE]
        alike = items @ space[:known].T >= _ALIKE
        kernel = np.exp(2.0 * (items @ model.support_vectors_.T - 1.0))
        parts.append((kernel @ model.dual_coef_[0], alike[:, ups].sum(axis=1), alike[:, ~ups].sum(axis=1)))
    near, up, down = (np.concatenate(each) for each in zip(*parts, strict=True))
    return near, up, down


def _speaking(value: float, up: int, down: int, usual: float) -> int:
    """Count the ratings that speak for a value; `usual` is the share of all ratings that are up."""
    expected = usual * (up + down)
    if value > 0:
        return up if up >= expected else 0
    return down if up <= expected else 0


def _standard(values: Vector) -> Vector:
    spread = float(values.std())
    return (values - values.mean()) / spread if spread > 1e-12 else values * 0.0  # noqa: PLR2004  what rounding leaves
