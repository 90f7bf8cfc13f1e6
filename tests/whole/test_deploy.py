"""The files of deploy/ and docs/operations.md against the program."""

import configparser
import re

import pytest

from digest import errors
from digest.cli.main import COMMANDS, group
from tests.conftest import ROOT

DEPLOY = ROOT / "deploy"
UNITS = ("digest-daemon", "digest-serve")


def _unit(name: str) -> configparser.ConfigParser:
    unit = configparser.ConfigParser(interpolation=None, strict=True)
    unit.optionxform = str  # type: ignore[assignment,method-assign]  systemd's keys have capitals
    unit.read_string((DEPLOY / f"{name}.service").read_text("utf-8"))
    return unit


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_starts_a_command_that_exists_with_options_it_has(name: str) -> None:
    program, command, *words = _unit(name)["Service"]["ExecStart"].split()
    assert program.endswith("/digest")
    found = group.get_command(None, command)  # type: ignore[arg-type]  the group needs no context for it
    assert found is not None
    known = {option for parameter in found.params for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= known


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_is_not_started_again_where_that_cannot_help(name: str) -> None:
    codes = set(map(int, _unit(name)["Service"]["RestartPreventExitStatus"].split()))
    assert {errors.ConfigError.exit_code, errors.StoreError.exit_code} <= codes
    assert codes <= {errors.ConfigError.exit_code, errors.StoreError.exit_code, errors.LockedError.exit_code}


def test_each_line_of_the_crontab_has_five_fields_and_a_known_command() -> None:
    lines = [line for line in (DEPLOY / "crontab").read_text("utf-8").splitlines() if line[:1] in "*0123456789"]
    assert len(lines) == 3
    for line in lines:
        assert re.match(r"(?:[\d*/,-]+\s+){5}cd /srv/digest && ", line), line
        assert re.findall(r"venv/bin/digest (\w+)", line)[0] in COMMANDS
        assert not re.search(r"(?<!\\)%", line), "cron ends the line at a bare percent sign"


def test_the_image_holds_all_that_the_wheel_needs() -> None:
    text = (DEPLOY / "Dockerfile").read_text("utf-8")
    copied = {word for line in re.findall(r"^COPY (?!--from)(.+)$", text, re.MULTILINE) for word in line.split()[:-1]}
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    packed = re.findall(r'^"([\w.]+)" = "digest/packed/', project, re.MULTILINE)
    assert {"digest", "pyproject.toml", "README.md", "LICENSE", *packed} <= copied
    assert all((ROOT / name).exists() for name in copied)


def test_the_web_server_keeps_tokens_out_of_its_log() -> None:
    text = (DEPLOY / "nginx.conf").read_text("utf-8")
    assert text.count("{") == text.count("}")
    [secret] = re.findall(r"location ~ \^/\(([^)]+)\)/ \{([^}]+)\}", text)
    assert set(secret[0].split("|")) == {"u", "p", "confirm"}
    assert "access_log off;" in secret[1]


def test_every_exit_code_and_every_file_is_explained() -> None:
    text = (ROOT / "docs/operations.md").read_text("utf-8")
    told = set(map(int, re.findall(r"^\| (\d+) \|", text, re.MULTILINE)))
    classes = [
        each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, errors.DigestError)
    ]
    assert told == {0, *(each.exit_code for each in classes)}
    assert all(f"](../deploy/{path.name})" in text or f"deploy/{path.name} " in text for path in DEPLOY.iterdir())
