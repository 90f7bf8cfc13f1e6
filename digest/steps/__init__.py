"""The steps of a run, a module each: every one loads from the store, calls its stage, and saves what it yields."""
