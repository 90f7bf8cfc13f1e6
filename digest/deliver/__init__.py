"""Bytes -> readers."""
