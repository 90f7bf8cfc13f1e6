"""The versions of the schema: which one a database has, which ones this program knows, and the way up."""

from enum import Enum
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from digest.packed import packed


class Standing(Enum):
    """How a database stands to this program."""

    BLANK = "blank"
    CURRENT = "current"
    OLDER = "older"
    NEWER = "newer"
    FOREIGN = "foreign"


def known(folder: Path | None = None) -> list[str]:
    """List the versions that this program knows, oldest first: the numbers at the start of the migrations' names."""
    return sorted(path.name.split("_")[0] for path in ((folder or packed("migrations")) / "versions").glob("[0-9]*.py"))


def version(tx: Connection) -> str:
    """Return the database's version, "" where it has none."""
    if not inspect(tx).has_table("alembic_version"):
        return ""
    return tx.execute(text("SELECT max(version_num) FROM alembic_version")).scalar() or ""


def standing(tx: Connection) -> Standing:
    """Say how a database stands to this program."""
    found = version(tx)
    if not found:
        return Standing.FOREIGN if inspect(tx).get_table_names() else Standing.BLANK
    versions = known()
    if found not in versions:
        return Standing.NEWER
    return Standing.CURRENT if found == versions[-1] else Standing.OLDER


def up(tx: Connection, to: str = "head") -> None:
    """Bring the schema up inside the caller's transaction, so that a crash leaves the version it had."""
    from alembic import command  # noqa: PLC0415  a third of a second that only a migration should cost
    from alembic.config import Config  # noqa: PLC0415  as above

    config = Config()
    config.set_main_option("script_location", str(packed("migrations")).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = tx
    command.upgrade(config, to)
