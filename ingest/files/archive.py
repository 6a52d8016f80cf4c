"""Zip files that are whole, open to all, and of a size that can be meant."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from ingest.issues import FileRefused

UNPACKED = 2_000_000_000  # bytes; CORDIS' largest table is 300 MB
RATIO = 200  # unpacked to packed; text reaches 20
ENTRIES = 10_000
# What a workbook keeps beside its sheets is read whole into memory: its texts and its styles.
BESIDE = 150_000_000


@contextmanager
def archive(stream: IO[bytes], name: str) -> Iterator[zipfile.ZipFile]:
    """The archive in ``stream``; what is wrong with it comes as FileRefused, also while its entries are read."""
    try:
        with zipfile.ZipFile(stream) as found:
            _guard(found, name)
            yield found
    except NotImplementedError as error:
        problem = f"the zip is packed in a way that cannot be read ({error})"
        raise FileRefused(file=name, problem=problem, remedy="Unpack it and name a file in it") from error
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        problem = f"the zip is damaged or cut off ({error})"
        raise FileRefused(file=name, problem=problem, remedy="Fetch or save it again") from error


def _guard(found: zipfile.ZipFile, name: str) -> None:
    entries = found.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise FileRefused(file=name, problem="the zip has a password", remedy="Unpack it first")
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > UNPACKED or (unpacked > 10_000_000 and unpacked > RATIO * max(packed, 1)) or len(entries) > ENTRIES:
        problem = f"it unpacks to {unpacked / 1e6:,.0f} MB in {len(entries):,} files, from {packed / 1e6:,.1f} MB"
        raise FileRefused(file=name, problem=problem, remedy="Export it again; if it must be so large, use plain CSV")


def guard_workbook(found: zipfile.ZipFile, name: str) -> None:
    """Raises FileRefused when what a workbook keeps beside its sheets would fill the memory."""
    beside = sum(entry.file_size for entry in found.infolist() if not entry.filename.startswith("xl/worksheets/"))
    if beside > BESIDE:
        problem = f"it holds {beside / 1e6:,.0f} MB beside its sheets"
        raise FileRefused(file=name, problem=problem, remedy="Save the sheet you need as CSV")
