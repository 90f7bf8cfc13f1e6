"""The plain methods that `digest rank` is measured against: words for picks, a regression for a taste."""

from collections.abc import Mapping, Sequence

from digest.errors import UsageError
from digest.score.words import canonical

_FIELD = (
    *("recommend", "ranking", "click through", "conversion", "advertis", "e commerce", "user behavior", "sequential"),
    *("collaborative filtering", "personaliz", "semantic id", "search"),
)
_ONLINE = ("online a b", "a b test", "online experiment", "deployed", "production", "industrial", "large scale", "gmv")


def by_words(rows: Sequence[Mapping[str, object]]) -> list[int]:
    """Rank papers by words for the field, words for online tests (twice) and cs.IR (twice); 1 is the best."""
    values = []
    for row in rows:
        text = canonical(f"{row['title']}. {row['text']}")
        found = sum(word in text for word in _FIELD) + 2 * sum(word in text for word in _ONLINE)
        values.append(found + 2 * ("cs.IR" in str(row.get("categories") or "")))
    return _places(values)


def by_regression(rows: Sequence[Mapping[str, object]], ratings: Sequence[Mapping[str, object]]) -> list[int]:
    """Rank rows by a logistic regression on the TF-IDF of words and pairs of words; 1 is the best.

    Raises UsageError for ratings that nothing can be learned from.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415  as heavy as all of the program
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  as above

    weigh = TfidfVectorizer(stop_words="english", sublinear_tf=True, min_df=2, ngram_range=(1, 2))
    model = LogisticRegression(class_weight="balanced", max_iter=1_000)
    try:
        model.fit(weigh.fit_transform([_text(row) for row in ratings]), [row["rating"] == 1 for row in ratings])
    except ValueError as error:  # all are alike, or no two share a word
        raise UsageError(f"too few ratings to learn from: {' '.join(str(error).split())}") from error
    return _places(model.decision_function(weigh.transform([_text(row) for row in rows])))


def _text(row: Mapping[str, object]) -> str:
    return f"{row['title']} {row['text']}"


def _places(values: Sequence[float]) -> list[int]:
    order = sorted(range(len(values)), key=lambda n: -values[n])
    places = {n: place for place, n in enumerate(order, start=1)}
    return [places[n] for n in range(len(values))]
