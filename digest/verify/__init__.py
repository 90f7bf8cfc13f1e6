"""Draft -> Claims with Verdicts.

claims holds each claim of an issue to its kind: verdicts one that quotes, computed one that counts, framing a thesis.
They ask `checks`, which compare by `alike` what `sentences` read with the help of `words`; imports run in that order.
"""
