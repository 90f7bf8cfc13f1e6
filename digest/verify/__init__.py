"""Draft -> Claims with Verdicts."""
