"""`digest eval`: the parts measured against gold."""
