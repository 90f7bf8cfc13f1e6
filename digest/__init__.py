"""digest: what happened in AI and recommender systems, every figure led back to its source."""

__version__ = "0.1.0"
