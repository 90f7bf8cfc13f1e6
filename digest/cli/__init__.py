"""Commands: words in, one call, results out; no logic."""
