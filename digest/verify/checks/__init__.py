"""What a sentence is asked: each check compares it with its sources and answers with a Fault, or None.

A new one is a function (said, sources) -> Fault | None in a module of its own and a line in `verdicts`; the order
there is the order in which faults are named. bounds, measures, overstating and setting hold parts of such checks.
"""
