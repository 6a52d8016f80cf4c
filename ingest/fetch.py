"""A file that somebody publishes, onto this machine: in pieces, with a limit, and on from where it broke off.

What was fetched before is asked for with its mark (ETag or date), so an unchanged file is not sent again.
"""

import errno
import http.client
import json
import re
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from graph.errors import DiskFull, FetchBroken, FetchBusy, FetchTooLarge, FetchUnusable, NotReached, NotServed, WrongUse
from graph.store.server.filelock import locked

LIMIT = 1_000  # MB; the largest delivery of CORDIS has some 150
STALL = 30.0  # seconds without a byte before it counts as broken off
PIECE = 1 << 18
MB = 1_000_000

Progress = Callable[[int, int], None]  # bytes had, of how many (0: the server does not say)


@dataclass(frozen=True, slots=True)
class _Mark:
    """By what the server knows this version of the file again."""

    address: str
    etag: str = ""
    modified: str = ""

    @classmethod
    def of(cls, address: str, answer: http.client.HTTPResponse) -> "_Mark":
        return cls(address, answer.headers.get("ETag", ""), answer.headers.get("Last-Modified", ""))

    @classmethod
    def read(cls, file: Path) -> "_Mark":
        try:
            return cls(*json.loads(file.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return cls("")

    def write(self, file: Path) -> None:
        file.write_text(json.dumps([self.address, self.etag, self.modified]), encoding="utf-8")

    @property
    def strong(self) -> str:
        """What a request to go on may be tied to; nothing when the server gave no mark that fits byte for byte."""
        return self.etag if self.etag and not self.etag.startswith("W/") else "" if self.etag else self.modified


def fetch(
    address: str, folder: Path, *, limit: int = LIMIT, stall: float = STALL, progress: Progress = lambda had, of: None
) -> Path:
    """The zip at ``address``, whole, in ``folder`` under its own name. ``limit``: most MB it may have.

    Only http and https are asked. An interrupted call leaves what it had for the next one. Raises WrongUse, NotReached,
    NotServed, FetchBroken, FetchTooLarge, FetchUnusable, FetchBusy and DiskFull.
    """
    parts = urlsplit(address)
    name = re.sub(r"[^\w.-]", "_", parts.path.rpartition("/")[2]).lstrip(".")
    if parts.scheme not in ("http", "https") or not parts.hostname or not name:
        raise WrongUse(
            problem=f"{address!r} is no address of a file", remedy="Write it as https://example.org/file.zip"
        )
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with locked(folder / f"{name}.lock", 0):
            return _fetch(address, folder / name, limit, stall, progress)
    except TimeoutError as error:
        raise FetchBusy(file=name) from error
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        raise DiskFull(folder=folder, free=shutil.disk_usage(folder).free // MB, needed=limit) from error


def _fetch(address: str, file: Path, limit: int, stall: float, progress: Progress) -> Path:
    part, mark = file.with_name(file.name + ".part"), file.with_name(file.name + ".mark")
    begun = file.with_name(file.name + ".part.mark")
    at = part.stat().st_size if part.exists() and _Mark.read(begun).address == address else 0
    answer = _asked(address, _headers(file, mark, begun, address, at), stall)
    if answer is None:
        return file
    with answer:
        if answer.status != 206 or _begins(answer) != at:  # the file is another one by now: begin anew
            at = 0
        _Mark.of(address, answer).write(begun)
        with part.open("r+b" if at else "wb") as out:
            out.truncate(at)
            out.seek(at)
            _copy(address, answer, out, at, limit, progress)
    if not zipfile.is_zipfile(part):
        part.unlink()
        raise FetchUnusable(address=address)
    part.replace(file)
    begun.replace(mark)
    return file


def _headers(file: Path, mark: Path, begun: Path, address: str, at: int) -> dict[str, str]:
    headers = {"User-Agent": "schakel", "Accept-Encoding": "identity"}
    started, had = _Mark.read(begun), _Mark.read(mark)
    if at and started.strong:
        headers |= {"Range": f"bytes={at}-", "If-Range": started.strong}
    elif file.exists() and had.address == address:
        if had.etag:
            headers["If-None-Match"] = had.etag
        elif had.modified:
            headers["If-Modified-Since"] = had.modified
    return headers


def _asked(address: str, headers: dict[str, str], stall: float) -> http.client.HTTPResponse | None:
    """The answer; None when the file that is here is still the same."""
    try:
        answer = _opener().open(Request(address, headers=headers), timeout=stall)
        assert isinstance(answer, http.client.HTTPResponse)
        return answer
    except HTTPError as error:
        error.close()
        if error.code == 304:
            return None
        if error.code == 416 and "Range" in headers:  # there is no more than what is here, or less: ask for all of it
            return _asked(address, {name: headers[name] for name in ("User-Agent", "Accept-Encoding")}, stall)
        raise NotServed(address=address, status=error.code) from error
    except (URLError, OSError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", None) or error
        raise NotReached(address=address, problem=_short(reason)) from error


def _opener() -> OpenerDirector:
    """Follows redirects and the proxies of the environment; knows no scheme but http and https."""
    opener = OpenerDirector()
    for handler in (
        ProxyHandler, HTTPHandler, HTTPSHandler, HTTPRedirectHandler, HTTPDefaultErrorHandler, HTTPErrorProcessor
    ):  # fmt: skip
        opener.add_handler(handler())
    return opener


def _begins(answer: http.client.HTTPResponse) -> int:
    found = re.match(r"bytes (\d+)-", answer.headers.get("Content-Range", ""))
    return int(found.group(1)) if found else -1


def _copy(
    address: str, answer: http.client.HTTPResponse, out: IO[bytes], at: int, limit: int, progress: Progress
) -> None:
    said = answer.headers.get("Content-Length", "")
    whole = at + int(said) if said.isdigit() else 0
    if whole > limit * MB:
        raise FetchTooLarge(address=address, limit=limit)
    problem = ""
    while True:
        try:
            piece = answer.read(PIECE)
        except (OSError, http.client.HTTPException) as error:
            problem = _short(error)
            break
        if not piece:
            break
        out.write(piece)
        at += len(piece)
        if at > limit * MB:
            raise FetchTooLarge(address=address, limit=limit)
        progress(at, whole)
    if problem or at < whole:
        out.flush()
        raise FetchBroken(address=address, done=at // MB, problem=problem or "the connection was closed")


def _short(error: object) -> str:
    text = " ".join(str(error).split()) or type(error).__name__
    return text if len(text) <= 120 else text[:117] + "..."
