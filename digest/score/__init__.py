"""Items -> Scores."""
