"""The unit of a change: percentages that are said to be absolute, and bare points, are points of a rate."""

import re
from dataclasses import replace

from digest.quantity import Quantity
from digest.read.lexicon import SYSTEM_METRIC

_MOST_POINTS = 100  # a rate has no more; larger numbers of points are points of something else
_WHOLE = re.compile(  # the word belongs to the metric's name ("mean absolute error") and says nothing of the figure
    r"\babsolute[- ](?:percentage[- ])?(?:(?:trajectory |pose )?errors?(?! rate)"
    r"|deviations?|differences?|values?|positions?|path|pose|trajectory)\b",
    re.IGNORECASE,
)
_TERMS = re.compile(r"[^,;:\d]{0,60}\bin absolute terms\b", re.IGNORECASE)
_OPENING = re.compile(r"\bin absolute terms,?\s[^,;:\d]{0,60}$", re.IGNORECASE)
_RATE = re.compile(
    r"@|\b(?:rates?|ratio|accuracy|m?acc|precision|recall|sensitivity|specificity|F1|F-?scores?|F-?measure|(?:[GQU])?AUC|AUROC"
    r"|AUPRC|AUPR|MRR|m?AP|MAP|NDCG|HR|Hits?|EM|exact match|m?IoU|Dice|CTR|CVR|CTCVR|WER|CER|coverage|success"
    r"|share|proportion|percentage)\b",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"\b(?:GMV|GPM|RPM|ARPU|revenue|sales|profit|spend|income|orders|clicks|views|time|duration|sessions|users|impressions"
    r"|conversions|purchases|bookings|DAU|WAU|MAU|length|distance|size|number|count|perplexity|loss|RMSE|MAE|MSE|errors?)$",
    re.IGNORECASE,
)


def based(source: str, figure: Quantity) -> Quantity:
    """Give a figure the basis ("relative", "absolute") that the words around it tell of it, and not of the metric."""
    named = _WHOLE.search(source, max(0, figure.start - 50), figure.start) or _WHOLE.match(source, figure.end + 1)
    told = figure.unit in {"%", "points", "pp"} and not named
    if figure.basis == "absolute" and not told:
        return replace(figure, basis="", qualifier="" if figure.qualifier == "absolute" else figure.qualifier)
    if not figure.basis and (_TERMS.match(source, figure.end) or _OPENING.search(source[: figure.start])):
        return replace(figure, basis="absolute")
    return figure


def scaled(figure: Quantity, metric: str) -> Quantity | None:
    """Give a figure the unit of its change; None for points of what is no rate (a rating, a score of a game).

    "9% absolute" of a rate is 9 pp, and so are "9 points" of one.
    """
    if figure.unit == "points":
        return replace(figure, unit="pp") if _RATE.search(metric) and figure.value < _MOST_POINTS else None
    rate = _RATE.search(metric) or not (SYSTEM_METRIC.search(metric) or _AMOUNT.search(metric))
    return replace(figure, unit="pp") if figure.unit == "%" and figure.basis == "absolute" and rate else figure
