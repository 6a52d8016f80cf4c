"""Neo4j's jars: fetched once per user, each checked against ``neo4j.lock``, kept in the cache folder.

Where from is jgo's business and the user's: a mirror in the user's Maven ``settings.xml``, the ``[repositories]`` of
the user's ``jgo.conf``, jgo's own default; proxies as ``requests`` finds them. A jar that somebody copies into the
folder by hand is as good as a fetched one when its checksum fits.
"""

import errno
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from platformdirs import user_cache_path

from graph.errors import DiskFull, JarAltered, NoNetwork
from graph.store.server.filelock import locked

THREADS = 16  # 225 small files: 26 s instead of some minutes
SPARE = 50  # MB that stay free on the disk beside what is fetched


@dataclass(frozen=True, slots=True)
class Jar:
    group: str
    artifact: str
    version: str
    classifier: str
    size: int
    sha256: str

    @property
    def name(self) -> str:
        return "-".join(filter(None, (self.artifact, self.version, self.classifier))) + ".jar"


def read_lock(file: Path = Path(__file__).parents[1] / "neo4j.lock") -> tuple[str, list[Jar]]:
    """The Neo4j version and its jars, by name."""
    version, jars = "", []
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("neo4j "):
            version = line.split()[1]
        elif line and not line.startswith("#"):
            coordinates, size, sha256 = line.split()
            group, artifact, number, *classifier = coordinates.split(":")
            jars.append(Jar(group, artifact, number, "".join(classifier), int(size), sha256))
    return version, sorted(jars, key=lambda jar: jar.name)


def cache_folder() -> Path:
    """Where fetched things are kept: ``SCHAKEL_CACHE``, else the platform's cache folder of this user.

    Not under SCHAKEL_HOME: 300 MB that are the same for every home. Whoever keeps one copy for a class room or a
    machine without internet points SCHAKEL_CACHE at it; it may be read-only once it is complete.
    """
    chosen = os.environ.get("SCHAKEL_CACHE")
    return Path(chosen).expanduser().resolve() if chosen else user_cache_path("schakel", appauthor=False)


def library(version: str) -> Path:
    """The folder of the jars of one Neo4j version."""
    return cache_folder() / "neo4j" / version / "lib"


def complete(lib: Path, jars: list[Jar]) -> bool:
    """Whether every jar is there and was verified as it is now: 225 ``stat`` calls (4 ms), not 158 MB of hashing."""
    try:
        stamp = json.loads((lib.parent / "verified.json").read_text(encoding="utf-8"))
        return bool(stamp == {jar.name: [jar.sha256, *_stat(lib / jar.name)] for jar in jars})
    except (OSError, ValueError):
        return False


def ensure(progress: Callable[[str], None]) -> Path:
    """Make the locked jars complete and verified; returns their folder.

    What is there and fits is kept, so a broken fetch goes on where it stopped. Progress texts start with ``Neo4j``.

    Raises NoNetwork, JarAltered, DiskFull.
    """
    version, jars = read_lock()
    lib = library(version)
    if complete(lib, jars):
        return lib
    try:
        lib.mkdir(parents=True, exist_ok=True)
        with locked(lib.parent / "lock", 1800, lambda: progress("Neo4j: another Schakel is fetching it")):
            _fill(lib, version, jars, progress)
    except OSError as error:
        if error.errno not in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise
        for jar in jars:  # a read-only cache is good when somebody filled it before; there is no stamp to write then
            if not (lib / jar.name).exists():
                raise NoNetwork(problem=f"{lib} cannot be written", folder=lib) from error
            if not _fits(lib / jar.name, jar):
                raise JarAltered(file=lib / jar.name) from error
    return lib


def _fill(lib: Path, version: str, jars: list[Jar], progress: Callable[[str], None]) -> None:
    if complete(lib, jars):  # by another process, while we waited
        return
    with ThreadPoolExecutor(THREADS) as pool:
        right = list(pool.map(lambda jar: _fits(lib / jar.name, jar), jars))
    missing = [jar for jar, fits in zip(jars, right, strict=True) if not fits]
    for jar in missing:
        if (lib / jar.name).exists():
            raise JarAltered(file=lib / jar.name)
    if missing:
        _fetch(lib, version, missing, progress)
    for stray in set(lib.iterdir()) - {lib / jar.name for jar in jars}:  # a jar more on the class path is no Neo4j
        stray.unlink()
    fresh = lib.parent / "verified.json.part"
    fresh.write_text(json.dumps({jar.name: [jar.sha256, *_stat(lib / jar.name)] for jar in jars}), encoding="utf-8")
    fresh.replace(lib.parent / "verified.json")


def _fetch(lib: Path, version: str, missing: list[Jar], progress: Callable[[str], None]) -> None:
    # Imported here: 0.4 s, and needed once in the life of an installation.
    from jgo.config import GlobalSettings
    from jgo.maven import MavenContext, PythonResolver

    needed, free = sum(jar.size for jar in missing), shutil.disk_usage(lib).free
    if free < needed + SPARE * 10**6:
        raise DiskFull(folder=lib, free=free // 10**6, needed=needed // 10**6 + SPARE)
    done = 0
    with tempfile.TemporaryDirectory(dir=lib.parent, prefix="fetching-") as staging:
        # jgo writes under a file's final name at once: only whole, checked files leave this folder.
        context = MavenContext(repo_cache=Path(staging), resolver=PythonResolver())
        # The user's own come first: behind a company's proxy the default one often is not even reachable.
        context.remote_repos = _mirrors() or {**GlobalSettings.load().repositories, **context.remote_repos}

        def one(jar: Jar) -> Jar:
            artifact = context.project(jar.group, jar.artifact).at_version(jar.version).artifact(jar.classifier, "jar")
            try:
                file = artifact.resolve()
            except OSError:  # one dropped connection among 450 is common: try once more
                if artifact.cached_path:
                    artifact.cached_path.unlink(missing_ok=True)
                file = artifact.resolve()
            if not _fits(file, jar):
                raise JarAltered(file=jar.name)
            file.replace(lib / jar.name)
            return jar

        pool = ThreadPoolExecutor(THREADS)
        try:
            for number, future in enumerate(as_completed([pool.submit(one, jar) for jar in missing]), start=1):
                done += future.result().size
                fetched = f"{done // 10**6} of {needed // 10**6} MB"
                progress(f"Neo4j {version}: {number} of {len(missing)} files, {fetched} fetched")
        except (OSError, RuntimeError) as error:  # requests' errors are OSErrors; jgo says RuntimeError for a 404
            if shutil.disk_usage(lib).free < 10**6:
                raise DiskFull(folder=lib, free=0, needed=needed // 10**6) from error
            raise NoNetwork(problem=_short(error), folder=lib) from error
        finally:
            pool.shutdown(cancel_futures=True)


def _mirrors(settings: Path | None = None) -> dict[str, str]:
    """Mirrors of Maven's central repository in the user's Maven settings; empty when there are none."""
    found: dict[str, str] = {}
    try:
        root = ElementTree.parse(settings or Path.home() / ".m2" / "settings.xml").getroot()
    except (OSError, ElementTree.ParseError):
        return found
    for mirror in root.iterfind("{*}mirrors/{*}mirror"):
        of = (mirror.findtext("{*}mirrorOf") or "").replace(" ", "").split(",")
        url = (mirror.findtext("{*}url") or "").strip().rstrip("/")
        if url and {"central", "*", "external:*"} & set(of) and "!central" not in of:
            found[mirror.findtext("{*}id") or url] = url
    return found


def _short(error: BaseException) -> str:
    """The innermost cause in some words: requests wraps one sentence in six."""
    while error.__cause__ or error.__context__:
        error = error.__cause__ or error.__context__  # type: ignore[assignment]
    text = " ".join(str(error).split()) or type(error).__name__
    return text if len(text) <= 120 else text[:117] + "..."


def _fits(file: Path, jar: Jar) -> bool:
    try:
        if file.stat().st_size != jar.size:
            return False
        with file.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest() == jar.sha256
    except FileNotFoundError:
        return False


def _stat(file: Path) -> tuple[int, int]:
    found = file.stat()
    return found.st_size, found.st_mtime_ns
