"""An editor's taste, learned at run time from what was rated, on top of what the rubric expects.

Two linear models share the work, because each errs elsewhere: one on words (title and text), one on a small space of
words that occur together, which helps when few items are rated. The rubric's own judgement is the prior: it counts
for much with few liked items and keeps a small share with many.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from digest.domain.score import Rating
from digest.score.words import canonical

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.float64]

HALF_LIFE = 3_000
"""Later ratings that halve a rating's weight."""
MOST = 6_000
"""Ratings that count; older ones are forgotten."""
_PRIOR_ALWAYS, _PRIOR_EARLY, _EARLY = 0.5, 0.8, 30.0
_TITLE = 0.5
_DIMENSIONS = 60
_MOST_FOR_SPACE = 4_000
_WORDS_C, _SPACE_C = 0.3, 1.0
_BACKGROUND = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What the ratings teach: canonical titles and texts, oldest first, and whether each was liked."""

    titles: tuple[str, ...]
    texts: tuple[str, ...]
    liked: tuple[bool, ...]

    @property
    def trust(self) -> float:
        """How far the taste may move a score, 0..1: half with 8 ratings, nine tenths with 72."""
        return len(self.liked) / (len(self.liked) + 8.0)


def lesson(ratings: Sequence[Rating]) -> Lesson:
    """Prepare ratings, oldest first: the last word on an item counts, and what has no words teaches nothing."""
    last = {rating.id: rating for rating in ratings}
    order = {rating.id: n for n, rating in enumerate(ratings)}
    kept = [
        (canonical(r.title), canonical(f"{r.title}. {r.text}"), r.rating > 0)
        for r in sorted(last.values(), key=lambda r: order[r.id])
    ]
    kept = [one for one in kept if one[1].strip()][-MOST:]
    return Lesson(
        titles=tuple(title for title, _, _ in kept),
        texts=tuple(text for _, text, _ in kept),
        liked=tuple(liked for _, _, liked in kept),
    )


def tasted(taught: Lesson, titles: Sequence[str], texts: Sequence[str], prior: Sequence[float]) -> list[float]:
    """Return for each item (canonical words) how much it is to the taste: mean 0, deviation 1 over the items.

    `prior` is the rubric's judgement in any unit. Needs at least one rating.
    """
    import numpy as np  # noqa: PLC0415  numpy and scikit-learn load only where something was rated

    counts = _features([*taught.titles, *titles], [*taught.texts, *texts])
    if counts is None:
        return [0.0] * len(texts)
    known = len(taught.liked)
    rows, labels, weights = _training(taught, len(texts))
    said = np.zeros(len(texts))
    views = ((_weighed(counts, sublinear=False), _WORDS_C), (_space(counts, known), _SPACE_C))
    for features, strength in views:
        said += _standard(_fitted(features, rows, labels, weights, strength)[known:])
    share = _PRIOR_ALWAYS + _PRIOR_EARLY * _EARLY / (_EARLY + sum(taught.liked))
    return [float(v) for v in _standard(said + share * _standard(np.asarray(prior, dtype=float)))]


def _features(titles: Sequence[str], texts: Sequence[str]) -> Any | None:  # noqa: ANN401  sparse matrices have no types
    """Count the words that occur in two items or more, titles' beside texts'; None where there are none."""
    from sklearn.feature_extraction.text import CountVectorizer  # noqa: PLC0415  as above

    counts = []
    for words in (texts, titles):
        try:
            counts.append(CountVectorizer(analyzer=str.split, min_df=2).fit_transform(words))
        except ValueError:  # no word occurs twice: this part says nothing
            counts.append(None)
    return None if all(part is None for part in counts) else counts


def _weighed(counts: Any, *, sublinear: bool) -> Any:  # noqa: ANN401  sparse matrices have no types
    from scipy.sparse import hstack  # noqa: PLC0415  as above
    from sklearn.feature_extraction.text import TfidfTransformer  # noqa: PLC0415  as above

    blocks = [
        share * TfidfTransformer(sublinear_tf=sublinear).fit_transform(block)
        for share, block in zip((1.0, _TITLE), counts, strict=True)
        if block is not None
    ]
    return hstack(blocks).tocsr()


def _space(counts: Any, known: int) -> Any:  # noqa: ANN401  matrices without types
    """Project on the directions in which words occur together, found on the newest ratings and the first items."""
    from sklearn.decomposition import TruncatedSVD  # noqa: PLC0415  as above
    from sklearn.preprocessing import normalize  # noqa: PLC0415  as above

    words = _weighed(counts, sublinear=True)
    half = _MOST_FOR_SPACE // 2
    sample = words[max(0, known - half) : known + half]
    dimensions = min(_DIMENSIONS, *(side - 1 for side in sample.shape))
    if dimensions < 1:
        return words
    return normalize(TruncatedSVD(dimensions, random_state=0).fit(sample).transform(words))


def _training(taught: Lesson, items: int) -> tuple[list[int], list[bool], list[float]]:
    """Choose the rows to learn from. Where all ratings agree, the items stand in as weak examples of the contrary."""
    known = len(taught.liked)
    rows, labels = list(range(known)), list(taught.liked)
    weights = [0.5 ** ((known - 1 - n) / HALF_LIFE) for n in range(known)]
    if len(set(labels)) == 1:
        rows += range(known, known + items)
        weights += [_BACKGROUND] * items
        labels += [not labels[0]] * items
    return rows, labels, weights


def _fitted(features: Any, rows: list[int], labels: list[bool], weights: list[float], strength: float) -> Vector:  # noqa: ANN401  matrices without types
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  as above

    model = LogisticRegression(C=strength, class_weight="balanced", max_iter=1_000)
    model.fit(features[rows], labels, sample_weight=weights)
    values: Vector = model.decision_function(features)
    return values


def _standard(values: Vector) -> Vector:
    spread = float(values.std())
    return (values - values.mean()) / spread if spread > 0 else values * 0.0
