"""Source -> Items."""
