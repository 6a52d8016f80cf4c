"""Sets Schakel up on a machine that has only Python 3.11 or newer, and runs it.

    python bootstrap.py setup              the environment in .venv, and the local Neo4j
    python bootstrap.py run [ARGUMENTS]    set-up, then the app in the browser (arguments for Streamlit)
    python bootstrap.py test [ARGUMENTS]   set-up, then the tests (arguments for pytest)
    python bootstrap.py check              set-up, then format, lint, types, import law, requirements
    python bootstrap.py bench|demo|docs|lock    as make does; the Makefile has a line on each

On Windows: ``py bootstrap.py run``. With NEO4J_URI set no local Neo4j is fetched. A set-up that was interrupted goes
on where it stopped; one that is complete is recognised by a stamp in .venv and costs nothing.

Standard library only, and nothing in it that Python 3.6 could not parse, so that an older Python can still say what
is wrong.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this is what tells it
    sys.exit(
        "Schakel needs Python 3.11 or newer; this is Python {}.{}.{} ({}). Install a newer one and run the same "
        "command with it, for instance: python3.12 bootstrap.py run".format(*sys.version_info[:3], sys.executable)
    )

import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

HOUSE = Path(__file__).resolve().parent
VENV = HOUSE / ".venv"
STAMP = VENV / "schakel.json"
LOG = VENV / "setup.log"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCKS = {"run": "requirements.txt", "dev": "requirements-dev.txt"}  # dev holds all of run, at the same versions
FAST = "requirements-fast.txt"
SPACE = 100_000_000  # bytes; an empty environment takes 30 MB, a full one 900

# Each word: what it needs installed, whether it needs the local Neo4j, and what it runs in the environment.
WORDS: dict[str, tuple[str, bool, tuple[str, ...]]] = {
    "setup": ("run", True, ()),
    "run": ("run", True, ("-m", "streamlit", "run", "app.py")),
    "test": ("dev", True, ("-m", "pytest")),
    "check": ("dev", False, ("tools/check.py",)),
    "bench": ("dev", True, ("-m", "benchmarks")),
    "demo": ("run", True, ("-m", "graph", "demo")),
    "docs": ("run", False, ("tools/docs.py",)),
    "lock": ("dev", False, ("tools/lock_requirements.py",)),
}

# What pip says, and what that means to the user; the first that fits counts.
PROBLEMS = (
    (
        r"No space left on device|Errno 28|WinError 112",
        "the disk is full. Free about 2 GB and run the same command again",
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED|certificate verify failed",
        "this network uses a certificate that Python does not know. Set SSL_CERT_FILE, REQUESTS_CA_BUNDLE and PIP_CERT "
        "to the file with your organisation's certificates and run the same command again",
    ),
    (
        r"NameResolutionError|NewConnectionError|Failed to establish|name resolution|ProxyError|ReadTimeoutError"
        r"|ConnectTimeoutError|Connection (?:refused|aborted|reset|broken)|Network is unreachable|SSLError",
        "the Python packages could not be downloaded. Connect to the internet (behind a proxy: set HTTPS_PROXY) "
        "and run the same command again; what came already is kept",
    ),
    (
        r"DO NOT MATCH THE HASHES",
        "a downloaded package is not the one Schakel was tested with. Run the same command again; if it comes back, "
        "something between you and the package index alters files",
    ),
    (
        r"No matching distribution found for ([\w.-]+)",
        "there is no ready-made package of {0} for this machine ({1}). Use Python 3.11 to 3.14 on Linux (glibc), "
        "macOS or Windows (there the 64-bit x86 one, on ARM too)",
    ),
    (
        r"Permission denied|Errno 13|WinError 5\b",
        "{2} may not be written. Give your account the right to, and try again",
    ),
)


def main(arguments: list[str]) -> int:
    word, rest = (arguments[0], arguments[1:]) if arguments else ("help", [])
    if word not in WORDS:
        print(__doc__.strip())
        return 0 if word in ("help", "-h", "--help") else 2
    kind, needs_neo4j, command = WORDS[word]
    install(kind)
    if needs_neo4j and not os.environ.get("NEO4J_URI"):
        fetched = subprocess.call([str(PYTHON), "-m", "graph.store.fetch"], cwd=HOUSE)
        if fetched:
            return fetched
    if word == "run":
        say("Schakel opens in the browser, at the address below. Stop it with Ctrl-C.")
    if command:
        return become(*command, *rest)
    say("Schakel is ready. Start it with: make run (without make: python bootstrap.py run)")
    return 0


def become(*arguments: str) -> int:
    """The environment's Python in place of this process: its signals and its exit code are the caller's."""
    os.chdir(HOUSE)
    if os.name != "nt":
        os.execv(PYTHON, [str(PYTHON), *arguments])
    child = subprocess.Popen([str(PYTHON), *arguments])
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:  # the console sent it to the child as well, which now ends by itself
            continue


# The environment


def install(kind: str) -> None:
    """Bring .venv to the locked versions, unless its stamp says that they are there."""
    wanted = {name: fingerprint(name) for name in LOCKS}
    stamp = read_stamp()
    if PYTHON.exists() and (stamp.get("dev") == wanted["dev"] or stamp.get(kind) == wanted[kind]):
        return
    if "unfinished" in stamp or not usable():
        make_venv()
    pip("Python packages", "--require-hashes", "--no-deps", "-r", LOCKS[kind])
    # Decodes the driver's answers 6-8 times faster; nothing is missing where there is no wheel of it.
    pip("", "--require-hashes", "--no-deps", "-r", FAST)
    STAMP.write_text(json.dumps({kind: wanted[kind]}), encoding="utf-8")


def fingerprint(kind: str) -> str:
    """Of everything that decides what is in the environment: the locks, and the Python that runs it."""
    locks = [LOCKS["run"], FAST] + ([LOCKS["dev"]] if kind == "dev" else [])
    digest = hashlib.sha256(f"{sys.version_info[:2]} {sys.platform} {platform.machine()}".encode())
    for lock in locks:
        digest.update((HOUSE / lock).read_bytes())
    return digest.hexdigest()


def read_stamp() -> dict[str, str]:
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def usable() -> bool:
    """Whether .venv runs this version of Python and has pip: not so after an interruption or an upgrade of Python."""
    question = "import sys, pip; print(sys.version_info[:2])"
    try:
        answer = subprocess.run([str(PYTHON), "-c", question], capture_output=True, text=True, check=False)
    except OSError:
        return False
    return answer.stdout.strip() == str(sys.version_info[:2])


def make_venv() -> None:
    version = "{}.{}".format(*sys.version_info[:2])
    if not (find_spec("venv") and find_spec("ensurepip")):
        fail(
            f"this Python has no venv module with pip. On Debian and Ubuntu: apt install python{version}-venv; "
            "elsewhere install Python from python.org. Then run the same command again"
        )
    say("Making .venv with Python " + platform.python_version())
    base = getattr(sys, "_base_executable", None) or sys.executable  # also when started by another environment's Python
    made = subprocess.run([base, "-m", "venv", "--clear", str(VENV)], capture_output=True, text=True, check=False)
    if made.returncode:
        said = made.stdout + made.stderr
        if shutil.disk_usage(HOUSE).free < SPACE:  # venv keeps to itself what stopped pip
            said = "No space left on device"
        fail(explain(said) or f"the environment could not be made: {last_line(said)}")


def pip(what: str, *arguments: str) -> None:
    """``pip install`` with one line of progress. ``what`` is empty for an extra that may be missing."""
    command = [str(PYTHON), "-m", "pip", "install", "--only-binary", ":all:", "--no-input", "--progress-bar", "off"]
    if not sys.dont_write_bytecode:
        command.append("--no-compile")  # 9 of 21 s; the 2 s for what is really imported come at the first start
    # Settings of the user that would put packages elsewhere; all others (index, proxy, certificate) stay.
    env = {name: value for name, value in os.environ.items() if name not in ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT")}
    env.update(PIP_USER="0", PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_REQUIRE_VIRTUALENV="0", PYTHONUNBUFFERED="1")
    with subprocess.Popen(
        [*command, *arguments],
        cwd=HOUSE,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as running:
        assert running.stdout is not None
        lines = watch(running.stdout)
        said = "".join(show(what, lines, arguments[-1]) if what else lines)
    LOG.write_text(said, encoding="utf-8")
    if running.returncode and what:
        fail(explain(said) or f"pip could not install the packages: {last_line(said)} (all it said is in {LOG})")


def watch(lines: Iterable[str]) -> Iterator[str]:
    """Note when packages begin to change: from here to the end an interruption may leave one of them half there, which
    pip cannot mend. Before that, whatever happens, the environment is as it was."""
    for line in lines:
        if line.startswith("Installing collected packages"):
            STAMP.write_text('{"unfinished": ""}', encoding="utf-8")
        yield line


def show(what: str, lines: Iterable[str], lock: str) -> Iterator[str]:
    """Pass pip's lines on, counting packages on one line of the screen, or with a line now and then in a log."""
    pins = len(re.findall(r"^[\w.-]+==", (HOUSE / lock).read_text(encoding="utf-8"), re.MULTILINE))
    screen = sys.stderr.isatty()
    found = 0
    say(f"{what}: fetching about {pins}", end="" if screen else "\n")
    for line in lines:
        if line.startswith(("Collecting ", "Requirement already satisfied")):
            found += 1
            if screen:
                name = re.split("[=<>;]", line.replace("Requirement already satisfied:", "Collecting").split()[1])[0]
                say(f"\r{what}: {found} of {pins}  {name:<32.32}", end="")
        elif line.startswith("Installing collected packages"):
            say(("\r" if screen else "") + f"{what}: installing {found}{'':<40}", end="" if screen else "\n")
        yield line
    if screen:
        say(f"\r{'':<78}\r", end="")


def explain(said: str) -> str | None:
    for pattern, meaning in PROBLEMS:
        hit = re.search(pattern, said)
        if hit:
            part = hit.group(1) if hit.groups() else ""
            return meaning.format(part, f"{platform.system()} {platform.machine()}, Python {sys.version[:4]}", VENV)
    return None


def last_line(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR")]
    return (errors or lines or ["it said nothing"])[-1][:300]


def say(text: str, end: str = "\n") -> None:
    print(text, end=end, file=sys.stderr, flush=True)


def fail(text: str) -> NoReturn:
    sys.exit(f"Schakel is not set up: {text}.")


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("\nInterrupted; the same command goes on where it stopped.")
    except OSError as error:
        sys.exit(f"Schakel is not set up: {error.strerror or error} ({error.filename or HOUSE}).")
