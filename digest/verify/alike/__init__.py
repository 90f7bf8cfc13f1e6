"""Whether what a sentence tells is what a source tells: amounts, words and comparisons, side by side."""
