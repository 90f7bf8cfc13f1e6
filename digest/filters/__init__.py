"""The engine's parts as filters: rows in, rows out, in the same order, without a database."""
