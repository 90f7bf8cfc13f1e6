"""The house rules that a machine can check: sizes, doors to foreign packages, no traces of a machine."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "digest"
LONGEST_MODULE = 400
LONGEST_FUNCTION = 50

DOORS = {
    "sqlalchemy": ("store",),
    "alembic": ("store",),
    "httpx": ("fetch",),
    "openai": ("llm",),
    "feedparser": ("collect",),
    "fastfeedparser": ("collect",),
    "arxiv": ("collect",),
    "jinja2": ("render", "llm"),
    "apscheduler": ("daemon.py",),
    "smtplib": ("deliver",),
    "starlette": ("web",),
}


def modules() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def test_no_module_is_longer_than_400_lines() -> None:
    sizes = {str(p.relative_to(ROOT)): len(p.read_text(encoding="utf-8").splitlines()) for p, _ in modules()}
    assert len(sizes) > 100
    assert {path: size for path, size in sizes.items() if size > LONGEST_MODULE} == {}


def test_no_function_is_longer_than_50_lines() -> None:
    long = {
        f"{path.relative_to(ROOT)}:{node.name}": node.end_lineno - node.lineno + 1
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    }
    assert long == {}


@pytest.mark.parametrize("package", DOORS)
def test_a_foreign_package_has_its_one_door(package: str) -> None:
    users = {path.relative_to(PACKAGE).parts[0] for path, tree in modules() if package in set(imported(tree))}
    assert users <= set(DOORS[package])


def test_every_module_says_why_it_exists() -> None:
    assert [str(path) for path, tree in modules() if not ast.get_docstring(tree)] == []


def test_no_path_of_a_machine_stands_in_the_repository() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if tracked.returncode:
        pytest.skip("not a git checkout")
    traces = re.compile(r"(?<![\w.])/(?:home|root|Users|work)/\w+")
    found = [
        name
        for name in tracked.stdout.splitlines()
        if Path(name).suffix in {".py", ".md", ".toml", ".html", ".ini", ".cfg", ".lock", ".yml", ""}
        and (ROOT / name).is_file()
        and traces.search((ROOT / name).read_text(encoding="utf-8", errors="replace"))
    ]
    assert found == []
