"""Items -> Works -> Stories -> Threads."""
