"""A list of one's own: what is in it, what Schakel makes of it, what would be new, and only then in."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import streamlit as st

from graph.errors import SchakelError
from ingest import files, pipeline
from ingest.mapping import Mapping
from ingest.sources.table import TableSource
from ui import outcome, state
from ui.remedies import failure, told
from ui.texts import plain, said, t

TYPES = ["csv", "txt", "tsv", "xlsx", "xlsm", "zip", "xls", "ods"]  # the last two only to say what to do with them
HOUSE = Path(__file__).parents[1]
EXAMPLES = HOUSE / "docs" / "examples"  # mappings that ship
FILES = HOUSE / "demo" / "files"  # an invented table for most of them
OWN = "own"
ROWS = 3  # of the table in the preview
TALL = 350  # pixels of the preview of a wide table: the answer below it stays in sight
FITS = 0.6  # of a mapping's columns that a table must have before it is proposed


@dataclass(frozen=True, slots=True)
class Head:
    """The begin of a table. ``guessed``: how it was read."""

    header: list[str]
    rows: list[list[str]]
    guessed: str


def show() -> None:
    """From choosing a file to having it in."""
    times = st.session_state.setdefault("uploads", 0)  # a new one after each import: the field is empty again
    uploaded = outcome.upload(t("data.table.file"), TYPES, key=f"table_{times}")
    if uploaded is None:
        _examples()
        return
    with outcome.on_disk(*uploaded) as path:
        try:
            mapping, written = _mapping(_head(path))
            if mapping is None:
                return
            head = _head(path, mapping)
        except SchakelError as problem:
            st.error(failure(problem), icon=":material/error:")
            return
        _preview(head, mapping)
        if lacking := sorted(mapping.columns - set(head.header)):
            st.warning(t("data.table.lacking", columns=", ".join(map(plain, lacking))), icon=":material/rule:")
            return
        _take_in(path, mapping, hashlib.sha256(uploaded[1] + written.encode()).hexdigest())


def _examples() -> None:
    """What a table may look like: an invented one for each mapping that ships."""
    with st.expander(t("data.table.examples"), icon=":material/table_view:"):
        st.caption(t("data.table.examples_help"))
        with st.container(horizontal=True, gap="small"):
            for path in sorted(FILES.iterdir()):
                if (EXAMPLES / f"{path.stem}.yml").exists():
                    st.download_button(
                        _called(path.stem), path.read_bytes(), file_name=path.name, key=f"example_{path.stem}",
                        icon=":material/download:", on_click="ignore",
                    )  # fmt: skip


def _head(path: Path, mapping: Mapping | None = None) -> Head:
    how: dict[str, Any] = {}
    if mapping is not None:
        how = {"delimiter": mapping.delimiter, "encoding": mapping.encoding, "sheet": mapping.sheet}
    with files.opened(path, **how) as table:
        rows = [cells for (_, cells), _ in zip(table.rows, range(ROWS), strict=False)]
        return Head(table.header, rows, table.guessed)


def _mapping(head: Head) -> tuple[Mapping | None, str]:
    """The mapping the reader chose, and what it says; at first the one that fits best. Raises MappingRefused."""
    known = {path.stem: path for path in sorted(EXAMPLES.glob("*.yml"))}
    options = [*known, OWN]
    best = max(known, key=lambda stem: _fit(known[stem], head.header))
    fits = _fit(known[best], head.header) >= FITS
    chosen = st.selectbox(
        t("data.table.mapping"), options, index=options.index(best) if fits else None, format_func=_called,
        key=f"mapping_{hashlib.sha256('|'.join(head.header).encode()).hexdigest()[:12]}",
        placeholder=t("data.table.choose"), help=t("data.table.mapping_help"),
    )  # fmt: skip
    if chosen is None:
        st.caption(t("data.table.found", columns=", ".join(map(plain, head.header[:12]))))
        return None, ""
    if chosen != OWN:
        return Mapping.load(known[chosen]), known[chosen].read_text(encoding="utf-8")
    uploaded = outcome.upload(t("data.table.own"), ["yml", "yaml"], key="own_mapping")
    if uploaded is None:
        return None, ""
    with outcome.on_disk(*uploaded) as path:
        return Mapping.load(path), uploaded[1].decode("utf-8", "replace")


def _fit(path: Path, header: list[str]) -> float:
    wanted = Mapping.load(path).columns
    return len(wanted & set(header)) / len(wanted)


def _called(stem: str) -> str:
    return said(f"data.mapping.{stem}", stem.replace("_", " "))


def _preview(head: Head, mapping: Mapping) -> None:
    """Every column of the table in a line: what it becomes, and what its first rows say."""
    st.caption(t("data.table.read_as", how=plain(told(head.guessed)), n=len(head.header)))
    meaning = _meaning(mapping)
    columns: dict[str, Any] = {
        "column": head.header,
        "means": [meaning.get(name) or _unused(name, mapping) for name in head.header],
    }
    titles = {"column": t("data.table.column"), "means": t("data.table.becomes")}
    for number, cells in enumerate(head.rows):
        values = [*cells, *[""] * len(head.header)]
        columns[f"row{number}"] = [str(value) for value in values[: len(head.header)]]
        titles[f"row{number}"] = t("data.table.row", row=number + 2)
    st.dataframe(
        pa.table(columns), hide_index=True, column_config=titles, alt=t("data.table.preview"), placeholder="",
        height=TALL if len(head.header) > 9 else "content",
    )  # fmt: skip


def _unused(column: str, mapping: Mapping) -> str:
    return t("data.table.ignored") if column in mapping.ignored else t("data.table.unknown")


def _meaning(mapping: Mapping) -> dict[str, str]:
    """For every column the mapping reads, what it says of what."""
    found: dict[str, list[str]] = {}
    for thing in mapping.things:
        for field in thing.fields:
            for column in field.columns:
                found.setdefault(column, []).append(_means(thing.kind.label, field.name))
    for relation in mapping.relations:
        for field in relation.fields:
            for column in field.columns:
                found.setdefault(column, []).append(_means(relation.type, field.name))
    for column in mapping.skipped:
        found.setdefault(column, []).append(t("data.table.skips"))
    for column in mapping.key:
        found.setdefault(column, []).append(t("data.table.key"))
    return {column: " · ".join(dict.fromkeys(meanings)) for column, meanings in found.items()}


def _means(of: str, field: str) -> str:
    name = said(f"data.field.{field}", said(f"column.{field}", field))
    return f"{said(f'data.thing.{of}', of)}: {name[0].lower() + name[1:] if name[1:2].islower() else name}"


def _take_in(path: Path, mapping: Mapping, sha256: str) -> None:
    trial = _trial(path, mapping, sha256)
    if trial is None:
        return
    st.markdown(outcome.sentence(trial))
    if trial.warnings:
        outcome.warnings(trial.warnings)
    if trial.problems:
        with st.expander(t("data.to_check", n=trial.issues), icon=":material/rule:", expanded=trial.issues < 6):
            st.caption(t("data.issues_help"))
            outcome.issues(trial.problems, key="trial")
    if not trial.new + trial.changed:
        st.info(t("data.table.nothing_new"), icon=":material/check:")
        return
    go = t("data.table.go", n=trial.new + trial.changed)
    if not st.button(go, type="primary", icon=":material/upload:", key="table_go"):
        return
    made: list[pipeline.Report] = []

    def work() -> bool:
        with outcome.working(t("data.working", name=plain(path.name))) as progress:
            source = TableSource(mapping)
            made.append(pipeline.run(state.store(), source, path, by=state.settings().user, progress=progress))
        return True

    if outcome.tried(work):
        st.session_state.uploads += 1
        outcome.arrived(t("data.arrived", name=plain(path.name), n=made[0].new))


def _trial(path: Path, mapping: Mapping, sha256: str) -> pipeline.Report | None:
    """What would become of the table; kept as long as neither it nor the store changes."""
    key = (sha256, *state.revision())
    held = st.session_state.get("trial")
    if held is None or held[0] != key:

        def work() -> bool:
            with st.spinner(t("data.table.trying")):
                report = pipeline.run(state.store(), TableSource(mapping), path, by="", dry_run=True)
            st.session_state.trial = (key, report)
            return True

        if not outcome.tried(work):
            return None
    report: pipeline.Report = st.session_state.trial[1]
    return report
