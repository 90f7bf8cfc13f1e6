"""Threads -> draft Issue."""
