"""What the parts cost, each a ratio to a baseline of the same run: `python -m benchmarks` prints one table."""
