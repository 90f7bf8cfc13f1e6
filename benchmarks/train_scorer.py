"""Train the shipped field scorer (digest/score/field.json.gz) on dated judgements 0..10 of papers.

    python benchmarks/train_scorer.py ../shared/gold/relevance_silver.jsonl.gz

Split in time: trained on papers up to and including TRAIN_UNTIL, its curve set on CURVE_FROM..TRAIN_UNTIL by a model
that has not seen these, and measured on everything later, which neither training nor any choice below has seen.
The file holds words, their rarity and weights, no texts and no judgements.
"""

import base64
import gzip
import json
import sys
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import normalize

from digest.score.learned import WEIGHTS, field_scorer, grams
from digest.score.words import canonical

CURVE_FROM, TRAIN_UNTIL = "20260301", "20260331"
RELEVANT = 7
KEPT = 12_000  # grams of title and text together: 24,000 gain .001 AUC, 4,000 lose .003
RIDGE = 4.0
MIN_DOCUMENTS = {"title": 2, "text": 3}


def main(path: Path) -> None:
    rows = [json.loads(line) for line in gzip.decompress(path.read_bytes()).decode().splitlines()]
    days = np.array([row["day"] for row in rows])
    scores = np.array([float(row["score"]) for row in rows])
    words = {
        "title": [canonical(row["title"]) for row in rows],
        "text": [canonical(f"{row['title']}. {row['abstract']}") for row in rows],
    }
    earlier, train = days < CURVE_FROM, days <= TRAIN_UNTIL
    curve = train & ~earlier
    _, values = fit(words, scores, earlier)
    logistic = LogisticRegression(C=1e6).fit(values[curve, None], scores[curve] >= RELEVANT)
    model, _ = fit(words, scores, train)
    slope = float(logistic.coef_[0, 0])
    model |= {"slope": round(slope, 4), "middle": round(-float(logistic.intercept_[0]) / slope, 4)}
    model["about"] = (
        f"trained on {int(train.sum())} judged papers of {min(days[train])}..{max(days[train])}; "
        f"measured on {int((~train).sum())} later ones up to {max(days)}"
    )
    WEIGHTS.write_bytes(gzip.compress(json.dumps(model, ensure_ascii=True).encode(), mtime=0))
    report(words, scores, ~train, model["about"])


def fit(words: dict[str, list[str]], scores: np.ndarray, train: np.ndarray) -> tuple[dict[str, object], np.ndarray]:
    """Fit on all grams, keep those that move the result most, fit again on these alone."""
    vectorizers = {
        block: TfidfVectorizer(analyzer=grams, min_df=least, sublinear_tf=True).fit(
            [words[block][n] for n in np.flatnonzero(train)]
        )
        for block, least in MIN_DOCUMENTS.items()
    }
    every = {block: vectorizers[block].transform(words[block]) for block in vectorizers}
    joined = hstack(list(every.values())).tocsr()
    first = ridge(joined, scores, train)
    moves = np.abs(first.coef_) * np.sqrt(np.asarray(joined[train].multiply(joined[train]).mean(axis=0)).ravel())
    kept = np.sort(np.argsort(-moves, kind="stable")[:KEPT])
    width = every["title"].shape[1]
    columns = {"title": kept[kept < width], "text": kept[kept >= width] - width}
    few = [normalize(every[block][:, columns[block]]) for block in every]
    second = ridge(hstack(few).tocsr(), scores, train)
    model: dict[str, object] = {"intercept": round(float(second.intercept_), 4)}
    at = 0
    for block, chosen in columns.items():
        model[block] = packed(vectorizers[block], chosen, second.coef_[at : at + len(chosen)])
        at += len(chosen)
    return model, second.predict(hstack(few).tocsr())


def ridge(features: csr_matrix, scores: np.ndarray, train: np.ndarray) -> Ridge:
    return Ridge(alpha=RIDGE, solver="sparse_cg", tol=1e-6).fit(features[train], scores[train])


def packed(vectorizer: TfidfVectorizer, chosen: np.ndarray, weights: np.ndarray) -> dict[str, str]:
    unit = float(np.abs(weights).max()) / 127
    rarity = np.round(vectorizer.idf_[chosen] * 10).astype(np.uint8)
    return {
        "words": "\n".join(vectorizer.get_feature_names_out()[chosen]),
        "rarity": base64.b64encode(rarity.tobytes()).decode(),
        "weights": base64.b64encode(np.round(weights / unit).astype(np.int8).tobytes()).decode(),
        "unit": f"{unit:.6f}",
    }


def report(words: dict[str, list[str]], scores: np.ndarray, later: np.ndarray, about: object) -> None:
    scorer = field_scorer(WEIGHTS)
    at = np.flatnonzero(later)
    values = [scorer.value(words["title"][n], words["text"][n]) for n in at]
    relevant = scores[at] >= RELEVANT
    print(about)
    print(f"{WEIGHTS.name}: {WEIGHTS.stat().st_size:,} bytes, {KEPT} grams")
    auc = roc_auc_score(relevant, values)
    print(f"AUC of score >= {RELEVANT} on the later papers: {auc:.4f} ({relevant.sum()}/{len(at)})")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
