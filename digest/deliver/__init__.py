"""Bytes to readers: tokens, messages, the mail server, and what it answered."""
