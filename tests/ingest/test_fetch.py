"""Fetching from a real server on this machine: whole, in two goes, not again, and every way it can go wrong."""

import hashlib
import io
import socket
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from graph.errors import (
    FetchBroken,
    FetchBusy,
    FetchTooLarge,
    FetchUnusable,
    NotReached,
    NotServed,
    SchakelError,
    WrongUse,
)
from graph.store.server.filelock import locked
from ingest.fetch import MB, fetch
from ingest.sources.cordis.download import PROGRAMMES, address


def archive(text: str, many: int = 40_000) -> bytes:
    """A zip of about ``many`` times 32 bytes that do not pack."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as packed:
        packed.writestr("project.csv", "".join(hashlib.md5(f"{text}{n}".encode()).hexdigest() for n in range(many)))
    return made.getvalue()


class Files(BaseHTTPRequestHandler):
    """A file server that can go on from a byte, and break off. ``asked``: the requests it had."""

    content: ClassVar[bytes] = b""
    etag: ClassVar[str] = '"one"'
    most: ClassVar[int] = 0  # bytes after which the next answer breaks off
    stall: ClassVar[threading.Event | None] = None
    says_size: ClassVar[bool] = True
    asked: ClassVar[list[dict[str, str]]] = []

    def do_GET(self) -> None:
        self.asked.append(dict(self.headers))
        if self.path == "/moved/cordis.zip":
            self.send_response(302)
            self.send_header("Location", "/data/cordis.zip")
            self.end_headers()
            return
        if self.path != "/data/cordis.zip":
            self.send_error(404)
            return
        if self.headers.get("If-None-Match") == self.etag:
            self.send_response(304)
            self.end_headers()
            return
        begin = 0
        if "Range" in self.headers and self.headers.get("If-Range") == self.etag:
            begin = int(self.headers["Range"].removeprefix("bytes=").rstrip("-"))
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {begin}-{len(self.content) - 1}/{len(self.content)}")
        else:
            self.send_response(200)
        body = self.content[begin:]
        if self.says_size:
            self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", self.etag)
        self.end_headers()
        most, type(self).most = self.most, 0
        self.wfile.write(body[: most or len(body)])
        if self.stall:
            self.wfile.flush()
            self.stall.wait(10)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def files() -> Iterator[type[Files]]:
    """The server's settings, as at first; it answers at ``address``."""

    class Served(Files):
        content = archive("first")
        asked: ClassVar[list[dict[str, str]]] = []
        address: ClassVar[str] = ""

    with ThreadingHTTPServer(("127.0.0.1", 0), Served) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        Served.address = f"http://127.0.0.1:{server.server_port}/data/cordis.zip"
        yield Served
        server.shutdown()


def of(files: type[Files]) -> str:
    return str(files.__dict__["address"])


def test_a_file_comes_whole_and_counts_on_its_way(files: type[Files], tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    found = fetch(of(files), tmp_path / "new", progress=lambda had, whole: seen.append((had, whole)))
    assert found == tmp_path / "new" / "cordis.zip"
    assert found.read_bytes() == files.content
    assert len(seen) > 2
    assert seen[-1] == (len(files.content), len(files.content))
    assert [had for had, _ in seen] == sorted(had for had, _ in seen)
    assert not found.with_name("cordis.zip.part").exists()


def test_an_unchanged_file_is_not_sent_again(files: type[Files], tmp_path: Path) -> None:
    fetch(of(files), tmp_path)
    seen: list[int] = []
    found = fetch(of(files), tmp_path, progress=lambda had, whole: seen.append(had))
    assert found.read_bytes() == files.content
    assert not seen


def test_a_changed_file_takes_the_place_of_the_old(files: type[Files], tmp_path: Path) -> None:
    fetch(of(files), tmp_path)
    files.content, files.etag = archive("second"), '"two"'
    assert fetch(of(files), tmp_path).read_bytes() == files.content


def test_what_broke_off_goes_on_where_it_stopped(files: type[Files], tmp_path: Path) -> None:
    files.most = 500_000
    with pytest.raises(FetchBroken):
        fetch(of(files), tmp_path)
    assert not (tmp_path / "cordis.zip").exists()
    had = (tmp_path / "cordis.zip.part").stat().st_size
    assert 0 < had <= 500_000
    assert fetch(of(files), tmp_path).read_bytes() == files.content
    assert files.asked[-1]["Range"] == f"bytes={had}-"


def test_what_broke_off_and_changed_since_begins_anew(files: type[Files], tmp_path: Path) -> None:
    files.most = 500_000
    with pytest.raises(FetchBroken):
        fetch(of(files), tmp_path)
    files.content, files.etag = archive("second"), '"two"'
    assert fetch(of(files), tmp_path).read_bytes() == files.content


def test_a_file_broken_off_elsewhere_is_no_beginning_of_this_one(files: type[Files], tmp_path: Path) -> None:
    files.most = 500_000
    with pytest.raises(FetchBroken):
        fetch(of(files), tmp_path)
    moved = of(files).replace("/data/", "/moved/")
    assert fetch(moved, tmp_path).read_bytes() == files.content
    assert "Range" not in files.asked[-1]


def test_without_a_size_it_is_still_limited(files: type[Files], tmp_path: Path) -> None:
    files.says_size = False
    assert fetch(of(files), tmp_path).read_bytes() == files.content
    files.content, files.etag = archive("second"), '"two"'
    with pytest.raises(FetchTooLarge):
        fetch(of(files), tmp_path, limit=1)


def test_a_size_above_the_limit_is_refused_before_a_byte_is_kept(files: type[Files], tmp_path: Path) -> None:
    assert len(files.content) > MB
    with pytest.raises(FetchTooLarge, match="larger than 1 MB"):
        fetch(of(files), tmp_path, limit=1)
    assert not (tmp_path / "cordis.zip").exists()


def test_a_page_in_place_of_a_zip_is_refused(files: type[Files], tmp_path: Path) -> None:
    files.content = b"<html>Please sign in to the network</html>"
    with pytest.raises(FetchUnusable):
        fetch(of(files), tmp_path)
    assert not (tmp_path / "cordis.zip").exists()


def test_an_old_copy_survives_a_failed_fetch(files: type[Files], tmp_path: Path) -> None:
    before = fetch(of(files), tmp_path).read_bytes()
    files.content, files.etag = b"<html></html>", '"two"'
    with pytest.raises(FetchUnusable):
        fetch(of(files), tmp_path)
    assert (tmp_path / "cordis.zip").read_bytes() == before


def test_a_server_that_falls_silent_is_left(files: type[Files], tmp_path: Path) -> None:
    files.most, files.stall = 1000, threading.Event()
    try:
        with pytest.raises(FetchBroken, match="timed out"):
            fetch(of(files), tmp_path, stall=0.5)
    finally:
        files.stall.set()


def test_what_is_not_there_is_said(files: type[Files], tmp_path: Path) -> None:
    with pytest.raises(NotServed, match="404"):
        fetch(of(files).replace("/data/", "/gone/"), tmp_path)


def test_a_server_that_is_not_there_is_said(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, not listening: nobody answers
        with pytest.raises(NotReached, match="refused"):
            fetch(f"http://127.0.0.1:{taken.getsockname()[1]}/cordis.zip", tmp_path)


@pytest.mark.parametrize("given", ["file:///etc/hostname", "ftp://example.org/a.zip", "https://", "cordis.zip", ""])
def test_only_the_web_is_asked(given: str, tmp_path: Path) -> None:
    with pytest.raises(WrongUse):
        fetch(given, tmp_path)


def test_two_do_not_fetch_the_same_at_once(files: type[Files], tmp_path: Path) -> None:
    with locked(tmp_path / "cordis.zip.lock", 0), pytest.raises(FetchBusy):
        fetch(of(files), tmp_path)


def test_every_failure_is_one_sentence_with_what_to_do() -> None:
    for kind in (NotReached, NotServed, FetchBroken, FetchTooLarge, FetchUnusable, FetchBusy):
        said = str(kind(address="https://example.org/a.zip", problem="x", status=404, done=1, limit=2, file="a.zip"))
        assert issubclass(kind, SchakelError)
        assert said.endswith(".")
        assert said.count("\n") == 0


def test_cordis_is_fetched_from_its_publisher_or_a_mirror() -> None:
    for programme in PROGRAMMES:
        assert address(programme, {}).startswith("https://cordis.europa.eu/data/cordis-")
    assert (
        address("FP7", {"SCHAKEL_CORDIS": "http://127.0.0.1:1/x"}) == "http://127.0.0.1:1/x/cordis-fp7projects-csv.zip"
    )
