from pathlib import Path

import pytest

from digest.config import keys, load
from digest.errors import ConfigError
from digest.packed import packed

PUBLICATION = '[[publication]]\nslug = "p"\ntitle = "P"\ncadence = "weekly"\n'


def written(folder: Path, text: str) -> Path:
    path = folder / "digest.toml"
    path.write_text(text, encoding="utf-8")
    return path


def refusal(folder: Path, text: str, **environment: str) -> str:
    with pytest.raises(ConfigError) as caught:
        load(written(folder, text), environment)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_the_packaged_configuration_is_complete_and_works() -> None:
    config = load(packed("config.toml"), {})
    assert [p.slug for p in config.publications] == ["ai-tech-daily", "ai-weekly", "recsys-weekly"]
    assert config.publication("recsys-weekly").title("zh") == "推荐周报"
    assert config.sources


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[digset]\n", "unknown table 'digset'; perhaps you meant 'digest'"),
        ('[digest]\noutptu = "x"\n', "unknown key 'outptu'; perhaps you meant 'output'"),
        ("[fetch]\nqqq = 1\n", "known are concurrency"),
        ('[fetch]\nconcurrency = "many"\n', "concurrency: 'many' is not a whole number"),
        ("[fetch]\nconcurrency = true\n", "True is not a whole number"),
        ('[digest]\nengine = "opnai"\n', "perhaps you meant 'openai'"),
        ('[digest]\ntimezone = "Europe/Berlim"\n', "no such zone"),
        ("[digest\n", "not valid TOML"),
        ("digest = 3\n", "must be a table"),
        ('[[source]]\nslug = "a"\n', "kind is missing"),
        ('[[source]]\nkind = "arxv"\nslug = "a"\n', "a: kind 'arxv' is unknown; perhaps you meant 'arxiv'"),
        ('[[source]]\nkind = "gopher"\nslug = "a"\n', "there are arxiv, feed, github-trending, hf-papers, podcast, x"),
        ('[[source]]\nkind = "feed"\nslug = "a"\nurll = "x"\n', "perhaps you meant 'url'"),
        (PUBLICATION + "weights = {novlty = 2}\n", "weights: unknown criterion 'novlty'; perhaps you meant 'novelty'"),
        ('[[source]]\nkind = "feed"\nslug = "a"\n[[source]]\nkind = "feed"\nslug = "a"\n', "a stands twice"),
        (PUBLICATION + PUBLICATION, "stands twice"),
        ('[[publication]]\nslug = "p"\ntitle = "P"\n', "cadence is missing"),
        ('[[publication]]\nslug = "p"\ncadence = "weekly"\n', "title is missing"),
        (PUBLICATION + "threads = [1]\n", "threads: [1] is not a list"),
        (PUBLICATION.replace('"p"', '"../p"'), "must hold letters"),
        ('[[hook]]\nkind = "webhook"\n', "url is missing"),
        ("[fetch]\nconcurrency = 0\n", "concurrency: 0 is out of range; write 1 or more"),
        ("[fetch]\nper_host = -1\n", "per_host: -1 is out of range"),
        ("[arxiv]\ndelay_s = -0.5\n", "delay_s: -0.5 is out of range; write 0 or more"),
        ("[fetch]\ntimeout_s = inf\n", "timeout_s: inf is out of range"),
        ("[llm]\nbudget_usd_per_run = nan\n", "budget_usd_per_run: nan is out of range"),
        ('[digest]\noutput = "a\\u0000b"\n', "output: holds a NUL character"),
        ("publication = 3\n", "write each below a line [[publication]]"),
        ("source = [3]\n", "write each below a line [[source]]"),
    ],
)
def test_a_wrong_key_or_value_is_one_line_with_the_remedy(tmp_path: Path, text: str, said: str) -> None:
    assert said in refusal(tmp_path, text)


def test_a_file_that_is_not_there_names_init(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="digest init"):
        load(tmp_path / "none.toml", {})


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="UTF-8"):
        load(path, {})


def test_the_environment_overrides_plain_keys(tmp_path: Path) -> None:
    environment = {
        "DIGEST_FETCH_CONCURRENCY": "3",
        "DIGEST_ARXIV_DELAY_S": "1",
        "DIGEST_FETCH_ALLOW_PRIVATE_HOSTS": "127.0.0.1, localhost",
        "DIGEST_MAIL_FROM": "a@example.org",
        "DIGEST_DIGEST_ENGINE": "local",
    }
    config = load(written(tmp_path, ""), environment)
    assert config.fetch.concurrency == 3
    assert config.arxiv.delay_s == 1.0
    assert config.fetch.allow_private_hosts == ("127.0.0.1", "localhost")
    assert config.mail.sender == "a@example.org"
    assert config.digest.engine == "local"


def test_a_wrong_variable_is_named(tmp_path: Path) -> None:
    assert "DIGEST_FETCH_CONCURRENCY" in refusal(tmp_path, "", DIGEST_FETCH_CONCURRENCY="many")


def test_a_publication_known_to_the_package_takes_from_there_what_it_leaves_out(tmp_path: Path) -> None:
    text = '[[publication]]\nslug = "recsys-weekly"\ntitle = "My Weekly"\nmax_items = 7\n'
    publication = load(written(tmp_path, text), {}).publications[0]
    assert publication.title("en") == "My Weekly"
    assert publication.title("zh") == "推荐周报"
    assert publication.max_items == 7
    assert publication.topics


def test_a_publication_of_ones_own(tmp_path: Path) -> None:
    config = load(written(tmp_path, PUBLICATION + 'weights = {novelty = 2}\nkinds = ["post"]\n'), {})
    assert config.publication("p").weights == {"novelty": 2.0}
    with pytest.raises(ConfigError, match=r"perhaps you meant|add a"):
        config.publication("pp")


def test_every_key_is_listed_for_the_documentation() -> None:
    assert "from" in keys()["mail"]
    assert "title" in keys()["publication"]
    assert "accounts" in keys()["source"]


@pytest.mark.shared
def test_the_worlds_configuration_loads_unchanged(shared: Path, tmp_path: Path) -> None:
    import importlib.util  # noqa: PLC0415

    spec = importlib.util.spec_from_file_location("config_for_digest", shared / "world" / "config_for_digest.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    text = (
        module.HEAD.format(base="http://127.0.0.1:1") + module.source("feed", "a", url="http://x") + module.PUBLICATIONS
    )
    config = load(written(tmp_path, text), {})
    assert config.fetch.allow_private_hosts == ("127.0.0.1",)
    assert len(config.publications) == 3


def test_a_number_of_the_environment_has_the_same_range(tmp_path: Path) -> None:
    assert "DIGEST_FETCH_PER_HOST: 0 is out of range" in refusal(tmp_path, "[fetch]\n", DIGEST_FETCH_PER_HOST="0")
