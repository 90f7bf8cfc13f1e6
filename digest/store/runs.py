"""Every execution with its steps, also those that failed or were killed."""

from datetime import datetime

from sqlalchemy import Connection, func, select, update

from digest.domain.run import Run, RunState, Step
from digest.store.schema import insert, values_of
from digest.store.tables import RUNS, STEPS

_KILLED = "ended without a word: killed, or the machine stopped"


def start(tx: Connection, key: str, command: str, now: datetime, *, alone: bool = True) -> Run | None:
    """Begin a run, or return None when one with this key runs or is done; a failed one may be tried again.

    `alone` says that the caller holds the lock, so that whatever is still marked as running was killed: it is
    marked as failed first.
    """
    if alone:
        recover(tx, now)
    taken = select(RUNS.c.id).where(RUNS.c.key == key, RUNS.c.state != "failed")
    if tx.execute(taken).first() is not None:
        return None
    values = {"key": key, "command": command, "state": "running", "started": now, "ended": None, "note": ""}
    run_id = tx.execute(insert(tx, RUNS).values(values).returning(RUNS.c.id)).scalar_one()
    return Run(id=run_id, key=key, command=command, state="running", started=now)


def recover(tx: Connection, now: datetime) -> int:
    """Mark the runs and steps that were killed as failed; return the number of runs.

    Only for the holder of the lock.
    """
    ended = {"state": "failed", "ended": now, "note": _KILLED}
    tx.execute(update(STEPS).where(STEPS.c.state == "running").values(ended))
    return tx.execute(update(RUNS).where(RUNS.c.state == "running").values(ended)).rowcount


def step(tx: Connection, step: Step) -> None:
    """Keep a step as it stands now, in place of what was kept of the same run, stage and subject."""
    values = {
        "run": step.run,
        "stage": step.stage,
        "subject": step.subject,
        "state": step.state,
        "started": step.started,
        "ended": step.ended,
        "note": step.note,
    }
    statement = insert(tx, STEPS).values(values)
    tx.execute(statement.on_conflict_do_update(index_elements=list(STEPS.primary_key), set_=values))


def finish(tx: Connection, run: int, state: RunState, now: datetime, note: str = "") -> None:
    """End a run."""
    tx.execute(update(RUNS).where(RUNS.c.id == run).values(state=state, ended=now, note=note))


def last(tx: Connection, command: str | None = None) -> Run | None:
    """Return the run that was started last, of all commands or of one."""
    query = select(RUNS).order_by(RUNS.c.id.desc()).limit(1)
    if command is not None:
        query = query.where(RUNS.c.command == command)
    row = tx.execute(query).one_or_none()
    return Run(**values_of(row)) if row else None


def listing(tx: Connection, limit: int = 50) -> list[Run]:
    """List the runs, the newest first."""
    query = select(RUNS).order_by(RUNS.c.id.desc()).limit(limit)
    return [Run(**values_of(row)) for row in tx.execute(query)]


def last_done(tx: Connection, command: str) -> datetime | None:
    """Return when the last run of a command began that was completed, None where none was."""
    done = select(RUNS).where(RUNS.c.command == command, RUNS.c.state == "done")
    row = tx.execute(done.order_by(RUNS.c.started.desc()).limit(1)).one_or_none()
    return Run(**values_of(row)).started if row else None


def first_made(tx: Connection, subject: str) -> datetime | None:
    """Return when a number ("recsys-weekly 2026-W25") was rendered for the first time, None where it never was."""
    rendered = select(func.min(STEPS.c.started)).where(STEPS.c.subject == subject, STEPS.c.stage == "render")
    first: datetime | None = tx.execute(rendered).scalar_one()
    return first


def steps(tx: Connection, run: int) -> list[Step]:
    """List the steps of a run in the order in which they began, then by stage and subject."""
    query = select(STEPS).where(STEPS.c.run == run).order_by(STEPS.c.started, STEPS.c.stage, STEPS.c.subject)
    return [Step(**values_of(row)) for row in tx.execute(query)]
