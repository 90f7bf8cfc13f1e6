"""What words stand for, in English and Chinese: concepts, opposites and classes, glosses, and names by their sound."""
