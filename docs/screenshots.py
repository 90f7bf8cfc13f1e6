"""Make the pictures of README and documentation: `python docs/screenshots.py` writes docs/screenshots/*.png.

It publishes the sample week into a temporary folder, opens its pages in Debian's chromium, and stores each picture
in at most 300 KB. Another folder of pages can be given: `python docs/screenshots.py sample/public`.
"""

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
FOLDER = HERE / "screenshots"
MOST_BYTES = 300_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """A page and how it is looked at; width and height in CSS pixels."""

    name: str
    page: str
    width: int = 1000
    height: int = 1100
    dark: bool = False


SHOTS = (
    Shot(name="issue", page="recsys-weekly/2026-W25/en/index.html"),
    Shot(name="issue-zh", page="recsys-weekly/2026-W25/zh/index.html"),
    Shot(name="daily", page="ai-tech-daily/2026-06-16/en/index.html"),
    Shot(name="daily-dark-phone", page="ai-tech-daily/2026-06-16/en/index.html", width=500, height=1000, dark=True),
    Shot(name="mail", page="ai-weekly/2026-W25/en/mail.html", width=700, height=900),
    Shot(name="evidence", page="recsys-weekly/2026-W25/en/evidence.html"),
    Shot(name="results", page="results/index.html", height=800),
    Shot(name="archive", page="index.html", height=900),
)


def main(pages: Path | None) -> int:
    """Take all pictures; 1 when one is too large, 2 when chromium is missing."""
    chromium = shutil.which("chromium")
    if chromium is None:
        print("chromium is not in the PATH; install Debian's package chromium", file=sys.stderr)
        return 2
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        site = pages or published(Path(scratch))
        sizes = {shot.name: taken(chromium, site, shot) for shot in SHOTS}
    for name, size in sizes.items():
        print(f"{name}.png {size:,} bytes")
    return 1 if max(sizes.values()) > MOST_BYTES else 0


def published(folder: Path) -> Path:
    """Publish the sample week below a folder and return that of its pages."""
    command = [sys.executable, "-m", "digest", "run", "--week", "2026-W25", "--sample"]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  our own command
    return folder / "sample" / "public"


def taken(chromium: str, site: Path, shot: Shot) -> int:
    """Take one picture and return its size in bytes."""
    target = FOLDER / f"{shot.name}.png"
    with tempfile.TemporaryDirectory() as profile:
        words = [
            chromium,
            "--headless",
            "--no-sandbox",  # it opens nothing but the pages that were just made
            "--disable-gpu",
            "--hide-scrollbars",
            "--force-device-scale-factor=1",
            f"--blink-settings=preferredColorScheme={0 if shot.dark else 1}",
            f"--user-data-dir={profile}",
            f"--window-size={shot.width},{shot.height}",
            f"--screenshot={target}",
            (site / shot.page).resolve().as_uri(),
        ]
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603  as above
    return target.stat().st_size


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
