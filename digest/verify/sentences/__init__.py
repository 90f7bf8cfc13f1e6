"""A text laid out for comparing: its sentences, and what in each belongs to which figure, clause and denial."""
