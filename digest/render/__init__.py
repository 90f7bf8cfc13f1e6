"""Issue -> bytes."""
