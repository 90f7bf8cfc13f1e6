"""Executions: every run and its steps, also the failed ones."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

RunState = Literal["running", "done", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One stage of a run (collect, read, ... deliver) for one publication and period."""

    run: int
    stage: str
    subject: str
    state: RunState
    started: datetime
    ended: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One execution of the pipeline. `key` is unique for scheduled runs, so that an hour that comes twice runs once."""

    id: int
    key: str
    command: str
    state: RunState
    started: datetime
    ended: datetime | None = None
    note: str = ""
