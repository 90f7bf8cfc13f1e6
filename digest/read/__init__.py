"""Item -> Item with more: article text, full text, facts."""
