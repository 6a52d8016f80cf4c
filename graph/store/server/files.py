"""What Neo4j finds in its home folder before it starts: settings, the password, and a look at the data.

::

    SCHAKEL_HOME/neo4j/        --home-dir
        conf/neo4j.conf        written at every start
        data/                  the graph: to be kept
        logs/console.log       what the process printed; neo4j.log and debug.log are Neo4j's own
        password               0600; of user neo4j
        written-by             the newest Neo4j that opened the data
        server.json users/ lock
"""

import hashlib
import os
import re
import secrets
import shutil
import socket
import struct
import sys
import time
from pathlib import Path

from graph.errors import DiskFull, FolderInUse, FolderNewer, ServerFailed
from graph.store.server import process

HOST = "127.0.0.1"
DISK = 300  # MB: an empty store takes 3, the whole of Horizon 2020 60, a transaction log grows to 256 before it turns
CONF = """\
# Written by Schakel at every start: changes here do not last.
server.default_listen_address={host}
server.bolt.enabled=true
server.bolt.listen_address={host}:{port}
server.http.enabled=false
server.https.enabled=false
server.memory.pagecache.size=64m
db.tx_log.preallocate=false
db.tx_log.rotation.retention_policy=1 files
db.transaction.timeout=120s
# Nothing of this server is told to anybody, nor to the local network.
dbms.usage_report.enabled=false
dbms.fleet_manager.enabled=false
server.fleet_discovery.enabled=false
dbms.security.allow_csv_import_from_file_urls=false
# Two quiet periods of the Bolt server are all of the 10 s that a stop takes otherwise.
internal.dbms.bolt.netty_server_shutdown_quiet_period_duration=0s
"""


def prepare(home: Path, port: int) -> None:
    """Folders and ``neo4j.conf`` for a start on ``port``."""
    for name in ("conf", "data", "logs", "plugins", "import", "run"):
        (home / name).mkdir(parents=True, exist_ok=True)
    (home / "conf" / "neo4j.conf").write_text(CONF.format(host=HOST, port=port), encoding="utf-8")


def password(home: Path) -> str:
    """The password of user ``neo4j``; at the first call a random one is made and given to Neo4j.

    Given as ``neo4j-admin dbms set-initial-password`` gives it, by the file ``auth.ini`` that the first start reads
    (compared with what the tool wrote for the same password and salt): no second JVM, no secret on a command line,
    and never a moment in which a listening port accepts the well-known default password.
    """
    file = home / "password"
    auth = home / "data" / "dbms" / "auth.ini"
    used = (home / "data" / "databases" / "system").exists()  # from then on Neo4j keeps it there
    if file.exists() and (used or auth.exists()):
        return file.read_text(encoding="ascii").strip()
    if used:
        raise ServerFailed(
            problem=f"the password file {file} is missing but there are data; put it back from a copy",
            log=home / "logs" / "console.log",
        )
    secret = file.read_text(encoding="ascii").strip() if file.exists() else secrets.token_urlsafe(24)
    salt = secrets.token_bytes(32)
    digest = hashlib.sha256(salt + secret.encode()).digest()
    for _ in range(1023):  # 1024 rounds; the entropy is in the 192 random bits
        digest = hashlib.sha256(digest).digest()
    _private(auth, f"neo4j:SHA-256,{digest.hex()},{salt.hex()},1024:\n")
    _private(file, secret + "\n")
    return secret


def free_port(preferred: int = 0) -> int:
    """``preferred`` when nobody has it, else any free port of the loopback interface.

    Another program can take it before Neo4j does; the start then sees it in the log and tries again.
    """
    for port in (preferred, 0):
        with socket.socket() as probe:
            if os.name == "posix":  # as Neo4j itself: a port whose connections are only just closed is free
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise OSError("no free port on the loopback interface")


def check(home: Path, version: str) -> None:
    """Refuse before a JVM is started what cannot go well.

    Raises FolderNewer, FolderInUse, DiskFull.
    """
    mark = home / "written-by"
    found = mark.read_text(encoding="utf-8").strip() if mark.exists() else ""
    if _number(found) > _number(version):
        raise FolderNewer(folder=home / "data", problem=f"{found}; this is {version}")
    holder = _lasting_holder(home / "data" / "databases" / "store_lock")
    if holder is not None:
        raise FolderInUse(folder=home / "data", pid=holder)
    free = shutil.disk_usage(home).free // 10**6
    if free < DISK:
        raise DiskFull(folder=home, free=free, needed=DISK)


def opened(home: Path, version: str) -> None:
    """Write down that this Neo4j has had the data: an older one will not read them."""
    (home / "written-by").write_text(version + "\n", encoding="utf-8")


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))


def _private(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(file.name + ".part")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as out:
        out.write(text)
    fresh.replace(file)


def _lasting_holder(store_lock: Path, patience: float = 10.0) -> int | str | None:
    """As :func:`_holder`, once a Neo4j that is just ending has let go: its threads outlive its main one by a moment."""
    deadline = time.monotonic() + patience
    while (holder := _holder(store_lock)) is not None:
        ending = not isinstance(holder, int) or process.started(holder) is None
        if not ending or time.monotonic() > deadline:
            break
        time.sleep(0.05)
    return holder


def _holder(store_lock: Path) -> int | str | None:
    """Who holds Neo4j's own lock on the data: a pid, or ``unknown`` where the system does not tell; None for nobody."""
    if sys.platform == "win32" or not store_lock.exists():
        return None  # on Windows the log of the failed start says it
    import fcntl

    with store_lock.open("r+b") as file:
        if sys.platform.startswith("linux"):
            # struct flock of 64-bit Linux: type, whence, start, length, pid
            asked = struct.pack("hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0)
            kind, _, _, _, pid = struct.unpack("hhqqi4x", fcntl.fcntl(file, fcntl.F_GETLK, asked))
            return int(pid) if kind != fcntl.F_UNLCK else None
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return "unknown"
        return None
