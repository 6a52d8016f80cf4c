"""python -m graph: the local server, first answers, and moving house."""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from graph import answers
from graph.analytics.base import write_columns, write_csv, write_rows
from graph.errors import SchakelError, WrongUse
from graph.model.time import today
from graph.settings import Settings
from graph.store import ask, backup, local
from graph.store.store import Store

Command = Callable[[Settings, argparse.Namespace], None]


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit 0 = done, 1 = refused or failed with one line on stderr, 2 = wrong use."""
    given = _parser().parse_args(arguments)
    try:
        given.command(Settings.from_environment(), given)
    except WrongUse as error:
        print(f"schakel: {error}", file=sys.stderr)
        return 2
    except SchakelError as error:
        print(f"schakel: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("schakel: interrupted.", file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader of our output has seen enough
        sys.stderr.close()
        return 0
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m graph", description="The stakeholder relationship graph.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, command: Command, meaning: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=meaning, description=meaning)
        made.set_defaults(command=command)
        return made

    server = add("server", _server, "start, stop or look at the local Neo4j")
    server.add_argument("action", choices=["start", "stop", "status"])
    server.add_argument("--json", action="store_true")
    stats = add("stats", _stats, "how much there is")
    stats.add_argument("--json", action="store_true")
    find = add("find", _find, "organisations, people and collaborations by name")
    find.add_argument("text", metavar="TEXT")
    find.add_argument("--limit", type=_positive, default=20)
    card = add("card", _card, "all that is known of one")
    card.add_argument("id", metavar="ID")
    card.add_argument("--json", action="store_true")
    for made in (stats, find, card):
        made.add_argument("--valid-on", type=_day, metavar="DATE", help="as of this day in the world")
        made.add_argument("--known-on", type=_day, metavar="DATE", help="as it was known at the end of this day")
    form = find.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true")
    form.add_argument("--csv", action="store_true")

    links = add("missing-links", _missing_links, "who should know each other and does not, with reasons")
    links.add_argument("--participations", type=Path, metavar="FILE", help="a participation file in place of the store")
    links.add_argument("--until", type=_day, default=today(), metavar="DATE", help="as of this day (today)")
    links.add_argument("--list", choices=["likely", "overlooked"], default="likely")
    much = links.add_mutually_exclusive_group()
    much.add_argument("--top", type=_positive, metavar="N", help="the N best pairs (100)")
    much.add_argument("--per-actor", type=_positive, metavar="K", help="the K best for every actor")
    links.add_argument("--for", dest="only", metavar="ID", help="for this actor alone")
    links.add_argument("--no-reasons", dest="reasons", action="store_false")
    words = links.add_subparsers(metavar="score|backtest", title="further")
    scores = words.add_parser("score", help="the score of given pairs, with reasons")
    scores.set_defaults(command=_score)
    scores.add_argument("--pairs", type=Path, required=True, metavar="FILE", help="CSV with the columns a and b")
    scores.add_argument("--until", type=_day, default=today(), metavar="DATE", help="as of this day (today)")
    scores.add_argument("--list", choices=["likely", "overlooked"], default="likely")
    tests = words.add_parser("backtest", help="how often the lists of earlier years were right")
    tests.set_defaults(command=_backtest)
    tests.add_argument("--from", dest="first", type=int, required=True, metavar="YEAR")
    tests.add_argument("--to", dest="last", type=int, required=True, metavar="YEAR")
    for made in (scores, tests):
        made.add_argument(
            "--participations", type=Path, metavar="FILE", help="a participation file in place of the store"
        )
    growth = add("growth", _growth, "actors, collaborations and ties by year")
    growth.add_argument(
        "--participations", type=Path, metavar="FILE", help="a participation file in place of the store"
    )
    growth.add_argument("--from", dest="first", type=int, required=True, metavar="YEAR")
    growth.add_argument("--to", dest="last", type=int, required=True, metavar="YEAR")
    growth.add_argument("--window", type=_positive, metavar="K")
    growth.add_argument("--by", choices=["kind", "theme", "region"])
    growth.add_argument("--known-on", type=_day, metavar="DATE")
    growth.add_argument("--quick", action="store_true", help="without intervals and null models")
    for made in (links, scores, tests, growth):
        made.add_argument("-o", dest="output", type=Path, metavar="FILE", help="CSV; without it on screen")
        form = made.add_mutually_exclusive_group()
        form.add_argument("--json", action="store_true")
        form.add_argument("--csv", action="store_true", help="the default")

    out = add("export", _export, "everything to one file")
    out.add_argument("file", type=Path, metavar="FILE")
    back = add("restore", _restore, "an export into this store")
    back.add_argument("file", type=Path, metavar="FILE")
    back.add_argument("--yes", action="store_true", help="replace what the store holds")
    add("demo", _demo, "load the invented demo world")
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no date: write it as 2024-03-05") from error


def _positive(text: str) -> int:
    if not text.isdigit() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number above 0")
    return int(text)


def _when(given: argparse.Namespace) -> ask.When:
    known_on = ask.LATEST
    if given.known_on:
        known_on = datetime.combine(given.known_on + timedelta(days=1), time(), UTC) - timedelta(microseconds=1)
    return ask.When(getattr(given, "valid_on", None) or today(), known_on)


def _server(settings: Settings, given: argparse.Namespace) -> None:
    if settings.neo4j:
        remedy = "Unset NEO4J_URI to use a local one"
        raise WrongUse(
            problem=f"NEO4J_URI names {settings.neo4j.uri}, which is not ours to start or stop", remedy=remedy
        )
    said = ""
    if given.action == "start":
        local.ensure(settings, stay=True)
    elif given.action == "stop":
        said = "stopped" if local.stop(settings) else "it was not running"
    status = local.status(settings)
    if given.json:
        _object(asdict(status))
    elif status.running:
        users = f"{len(status.users)} in use by" if status.users else "no users"
        print(f"Neo4j {status.version} runs at {status.uri} (process {status.pid}; {users})")
    else:
        print(f"Neo4j {status.version}: {said or 'not running'}")


def _stats(settings: Settings, given: argparse.Namespace) -> None:
    with Store.open(settings, app="stats") as store:
        found = asdict(ask.stats(store, _when(given)))
    if given.json:
        _object(found)
    else:
        for name, number in found.items():
            print(f"{name:15} {number:>10,}")


def _find(settings: Settings, given: argparse.Namespace) -> None:
    with Store.open(settings, app="find") as store:
        found = [asdict(one) for one in ask.find(store, given.text, limit=given.limit, when=_when(given))]
    columns = ("id", "name", "kind", "municipality", "score", "label", "country", "active")
    rows = [{column: row[column] for column in columns} for row in found]
    if given.json:
        _object({"results": rows})
    elif given.csv:
        write_rows(rows, columns, sys.stdout)
    elif not rows:
        print("Nothing found.")
    else:
        for row in rows:
            about = ", ".join(str(row[name]) for name in ("kind", "municipality", "country") if row[name])
            print(f"{row['id']}  {row['name']} ({about or row['label']}) {row['active']}")


def _card(settings: Settings, given: argparse.Namespace) -> None:
    with Store.open(settings, app="card") as store:
        card = ask.card(store, given.id, when=_when(given))
    if given.json:
        _object(card.as_dict())
        return
    print(f"{card.name}  ({card.label})  {card.id}")
    for name, value in sorted(card.shown.items()):
        if not name.endswith("_precision"):
            print(f"  {name}: {value}")
    print(f"  known as: {', '.join(card.keys)}")
    if card.partners:
        print(f"{card.partners_total} partners, most often with:")
        for partner in card.partners[:10]:
            print(f"  {partner.shared:4} x {partner.name}  {partner.id}")
    for title, rows in (("Took part in", card.collaborations), ("Participants", card.participants)):
        if rows:
            print(f"{title}:")
            for row in rows[:10]:
                print(f"  {row['start'] or '':10} {row['name']}  {row['role'] or ''}  {row['id']}")
    for row in card.related[:20]:
        print(f"  {row['type']} {row['name']}  {row['role'] or ''}  {row['id']}")
    for row in card.sources:
        print(f"Source: {row['source']} ({row['licence'] or 'no licence given'}), {row['records']} records")


def _missing_links(settings: Settings, given: argparse.Namespace) -> None:
    top = given.top if given.top or given.per_actor else 100
    snapshot = answers.snapshot(settings, given.participations, ask.When(given.until))
    if given.output and not given.reasons and not given.json:
        columns = answers.link_columns(
            snapshot, given.until, top=top, per_actor=given.per_actor, only=given.only, listing=given.list
        )
        write_columns(columns, given.output)
        print(f"{given.output}: {len(columns['a']):,} rows.", file=sys.stderr)
        return
    rows = answers.missing_links(
        snapshot, given.until, top=top, per_actor=given.per_actor, only=given.only, listing=given.list,
        reasons=given.reasons,
    )  # fmt: skip
    _table(rows, answers.LINK_COLUMNS, given)


def _score(settings: Settings, given: argparse.Namespace) -> None:
    snapshot = answers.snapshot(settings, given.participations, ask.When(given.until))
    _table(answers.score_file(snapshot, given.until, given.pairs, listing=given.list), answers.LINK_COLUMNS, given)


def _backtest(settings: Settings, given: argparse.Namespace) -> None:
    if given.last < given.first or not 1 < given.first <= given.last <= 9999:
        raise WrongUse(problem=f"--from {given.first} --to {given.last} is no span of years", remedy="Turn them round")
    snapshot = answers.snapshot(settings, given.participations, ask.When())
    rows = answers.backtest_lists(snapshot, given.first, given.last)
    if not rows:
        print(f"No new pair of known actors met from {given.first} to {given.last}: no test.", file=sys.stderr)
    _table(rows, answers.BACKTEST_COLUMNS, given)


def _growth(settings: Settings, given: argparse.Namespace) -> None:
    if given.last < given.first:
        raise WrongUse(problem=f"--to {given.last} lies before --from {given.first}", remedy="Turn them round")
    snapshot = answers.snapshot(settings, given.participations, _when(given))
    rows = answers.growth(
        snapshot, given.first, given.last, by=given.by, window=given.window, hub=settings.hub, thorough=not given.quick,
        tell=_tell,
    )  # fmt: skip
    _table(rows, answers.GROWTH_COLUMNS, given)


def _tell(what: str, done: int, of: int) -> None:
    """On a terminal one line that counts; elsewhere nothing."""
    if sys.stderr.isatty():
        print(f"\r{what}: {done} of {of} ", end="" if done < of else "\n", file=sys.stderr, flush=True)


def _export(settings: Settings, given: argparse.Namespace) -> None:
    with Store.open(settings, app="export") as store:
        moved = backup.export(store, given.file)
    print(f"{given.file}: {moved.nodes:,} nodes and {moved.relationships:,} relationships.", file=sys.stderr)


def _restore(settings: Settings, given: argparse.Namespace) -> None:
    moved = backup.check(given.file)  # before a server is started for nothing
    with Store.open(settings, app="restore", to_restore=True) as store:
        things = backup.things(store)
        replace = given.yes
        if things and not replace and sys.stdin.isatty():
            print(f"The store holds {things:,} things, which will be replaced. Type yes to go on: ", end="", flush=True)
            replace = sys.stdin.readline().strip().lower() in ("yes", "ja", "oui")
        moved = backup.restore(store, given.file, replace=replace)
    print(f"{moved.nodes:,} nodes and {moved.relationships:,} relationships restored.", file=sys.stderr)


def _demo(settings: Settings, given: argparse.Namespace) -> None:
    from demo.load import load  # the demo world stands above graph; only this command needs it

    with Store.open(settings, app="demo") as store:
        report = load(store, by=settings.user)
    print(f"The demo world: {report.records:,} records, {report.new:,} of them new. All of it is invented.")


def _object(value: Mapping[str, Any]) -> None:
    print(json.dumps(value, ensure_ascii=False, default=_plain))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], given: argparse.Namespace) -> None:
    if given.json:
        _object({"rows": rows})
    elif given.output:
        write_csv(rows, columns, given.output)
        print(f"{given.output}: {len(rows):,} rows.", file=sys.stderr)
    else:
        write_rows(rows, columns, sys.stdout)
