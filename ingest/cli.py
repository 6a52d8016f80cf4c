"""python -m ingest: files into the store, and out again.

table FILE --mapping MAP    any CSV or XLSX by a mapping file
cordis PATH                 the official CORDIS tables: folder, zip or JSON
imports                     what was taken in so far
undo IMPORT                 take one import back, whole
match A [B] -o FILE         which rows of plain files are the same organisation; needs no store
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from graph.errors import SchakelError
from graph.settings import Settings
from graph.store.ask import LATEST
from graph.store.store import Store
from ingest import pipeline
from ingest.issues import Issue
from ingest.mapping import Mapping
from ingest.resolve import pairs
from ingest.source import Source
from ingest.sources.cordis import CordisSource
from ingest.sources.table import TableSource

SHOWN = 20  # issues on screen; --json has all

# Every source: how its options are declared, and how it is made from them. A new one is a line here and its file.
SOURCES: dict[str, tuple[str, Callable[[argparse.Namespace], Source]]] = {
    "table": ("any CSV or XLSX by a mapping file", lambda given: TableSource(Mapping.load(given.mapping))),
    "cordis": ("the official CORDIS tables: a folder, a zip or JSON", lambda given: CordisSource()),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit 0 = done (row issues included), 1 = refused or failed with one line on stderr, 2 = wrong use."""
    given = _parser().parse_args(arguments)
    if given.command is pairs.run:
        return pairs.outcome(given)
    try:
        settings = Settings.from_environment()
        with Store.open(settings, app="ingest") as store:
            given.command(store, settings, given)
    except SchakelError as error:
        print(f"schakel: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("schakel: interrupted. Run the same command again to go on.", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ingest", description="Files into the store, and out again.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, (meaning, make) in SOURCES.items():
        command = commands.add_parser(name, help=meaning, description=meaning)
        command.add_argument("path", type=Path, metavar="FILE" if name == "table" else "PATH")
        if name == "table":
            command.add_argument("--mapping", type=Path, required=True, help="which column says what (docs/mapping.md)")
        command.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")
        command.add_argument("--json", action="store_true", help="the report as one JSON object")
        command.set_defaults(command=_take_in, make=make)
    imports = commands.add_parser("imports", help="what was taken in so far")
    imports.add_argument("--json", action="store_true")
    imports.set_defaults(command=_imports)
    undo = commands.add_parser("undo", help="take one import back, whole")
    undo.add_argument("id", metavar="IMPORT")
    undo.add_argument("--json", action="store_true")
    undo.set_defaults(command=_undo)
    match = commands.add_parser("match", help=pairs.MEANING, description=pairs.MEANING)
    pairs.declare(match)
    match.set_defaults(command=pairs.run)
    return parser


def _take_in(store: Store, settings: Settings, given: argparse.Namespace) -> None:
    source = given.make(given)
    report = pipeline.run(store, source, given.path, by=settings.user, dry_run=given.dry_run, progress=_progress())
    if given.json:
        print(json.dumps({**report.as_dict(), "read_as": source.read_as}, ensure_ascii=False))
        return
    print(f"Read as {source.read_as}.")
    counts = report.counts()
    print(f"{given.path.name}: " + ", ".join(f"{number} {name}" for name, number in counts.items()))
    _show("warning", report.warnings)
    _show("issue", report.problems)
    if report.import_id:
        print(f"Import {report.import_id}. To take it back: python -m ingest undo {report.import_id}")
    else:
        print("A dry run: nothing was changed.")


def _show(kind: str, issues: list[Issue]) -> None:
    for issue in issues[:SHOWN]:
        print(f"{kind}: {issue}")
    if len(issues) > SHOWN:
        print(f"and {len(issues) - SHOWN} more; --json shows all")


def _imports(store: Store, settings: Settings, given: argparse.Namespace) -> None:
    rows = store.read("imports", known_on=LATEST, limit=1_000)
    if given.json:
        print(json.dumps({"imports": rows}, ensure_ascii=False, default=str))
        return
    for row in rows:
        print(f"{row['id']}  {row['recorded']:%Y-%m-%d %H:%M}  {row['state']:8} {row['source']}  {row['file']}")
    if not rows:
        print("Nothing was taken in yet.")


def _undo(store: Store, settings: Settings, given: argparse.Namespace) -> None:
    counts = pipeline.undo(store, given.id, progress=_progress())
    if given.json:
        print(json.dumps({"import": given.id, **counts}))
    else:
        print(f"Import {given.id} undone: {counts['retracted']} records retracted, {counts['restored']} restored.")


def _progress() -> pipeline.Progress:
    """On a terminal one line that counts; elsewhere nothing."""
    if not sys.stderr.isatty():
        return lambda what, done, of: None

    def show(what: str, done: int, of: int) -> None:
        print(f"\r{what}: {done}{f' of {of}' if of else ''} rows ", end="" if done != of else "\n", file=sys.stderr)

    return show
