"""Gegevens: whose lists are in and how old, the ways in, what came in and back out again, and a copy of it all."""

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Literal

import streamlit as st

from demo.load import remove
from graph.model.time import today
from graph.store import backup
from graph.store.store import Store
from ingest import kept, pipeline
from ui import cordis, doors, outcome, spreadsheet, state, tables
from ui.texts import plain, said, t

SHOWN = 8  # imports on screen before the reader asks for more
STATES: dict[str, Literal["green", "blue", "red", "gray"]] = {
    "done": "green",
    "running": "blue",
    "failed": "red",
    "undone": "gray",
}
COUNTED = ("new", "changed", "unchanged", "issues")


def show() -> None:
    st.title(t("page.data"))
    _sources()
    _ways_in()
    _imports()
    _issues()
    _copies()


def _sources() -> None:
    st.subheader(t("data.sources"))
    rows = state.sources()
    if not rows:
        st.caption(t("data.no_sources"))
        return
    seen = [(today() - row["last_seen"].astimezone().date()).days for row in rows]
    tables.plain(
        {
            "source": (t("data.source"), [row["source"] for row in rows], "text"),
            "publisher": (t("data.publisher"), [row["publisher"] or "" for row in rows], "text"),
            "licence": (t("data.licence"), [row["licence"] or t("data.no_licence") for row in rows], "text"),
            "records": (t("data.records"), [row["records"] for row in rows], "number"),
            "seen": (t("data.seen"), [row["last_seen"].astimezone().date() for row in rows], "day"),
            "age": (t("data.age"), [t("data.days", n=days) if days else t("data.today") for days in seen], "text"),
        },
        alt=t("data.sources"),
    )
    if state.holds_demo():
        st.button(
            t("data.demo.remove"), key="demo_remove", icon=":material/delete:",
            on_click=_ask, args=("demo", None),
        )  # fmt: skip
    _confirmed("demo", t("data.demo.remove"), _remove_demo)


def _ways_in() -> None:
    st.subheader(t("data.ways_in"))
    ways: dict[str, Callable[[], None]] = {"table": spreadsheet.show, "cordis": cordis.show}
    if not state.holds_demo():
        ways["demo"] = _demo
    chosen = st.segmented_control(
        t("data.ways_in"), list(ways), default="table", required=True, key="way", label_visibility="collapsed",
        format_func=lambda way: f"{doors.DOORS[way]} {t(f'doors.{way}.title')}",
    )  # fmt: skip
    with st.container(border=True):
        ways.get(chosen or "table", spreadsheet.show)()


def _demo() -> None:
    st.markdown(t("doors.demo.text"))
    if st.button(t("doors.demo.go"), key="demo_go", type="primary"):
        doors.demo()


def _imports() -> None:
    st.subheader(t("data.imports"))
    rows = state.imports()
    if not rows:
        st.caption(t("data.no_imports"))
        return
    all_shown = st.session_state.get("imports_all", False)
    for row in rows if all_shown else rows[:SHOWN]:
        _import(row)
    if len(rows) > SHOWN and not all_shown:
        st.button(t("all_shown", n=len(rows)), key="imports_more", on_click=_show_all)
    _confirmed("undo", t("data.undo.title"), _undo)


def _show_all() -> None:
    st.session_state.imports_all = True


def _import(row: dict[str, Any]) -> None:
    """One line: what and when, by whom, how it went, and the way back."""
    with st.container(border=True):
        what, counts, how, back = st.columns([5, 5, 2, 2], vertical_alignment="center")
        what.markdown(f"**{plain(row['file'])}**  \n{_by(row)}")
        told = [t(f"data.count.{name}", n=int(row["counts"].get(name) or 0)) for name in COUNTED if _any(row, name)]
        counts.caption(" · ".join(told) if told else t("data.no_counts"))
        how.badge(said(f"data.state.{row['state']}"), color=STATES.get(row["state"], "gray"))
        if row["state"] != "undone":
            back.button(
                t("data.undo.go"), key=f"undo_{row['id']}", icon=":material/undo:", type="tertiary",
                on_click=_ask, args=("undo", row["id"]),
            )  # fmt: skip


def _by(row: dict[str, Any]) -> str:
    who = t("data.by", source=plain(row["source"]), when=row["recorded"], who=plain(row["by"] or "–"))
    return f":gray[:small[{who}]]"


def _any(row: dict[str, Any], name: str) -> bool:
    return bool(row["counts"].get(name))


# Questions before something is taken away


def _ask(question: str, about: str | None) -> None:
    st.session_state.question = (question, about)


def _drop() -> None:
    st.session_state.question = None


def _confirmed(question: str, title: str, inside: Callable[[str | None], None]) -> None:
    """Open the dialog of a question that was asked."""
    asked = st.session_state.get("question")
    if asked and asked[0] == question:
        st.dialog(title, icon=":material/help:", on_dismiss=_drop)(inside)(asked[1])


def _undo(id: str | None) -> None:
    row = next(row for row in state.imports() if row["id"] == id)
    st.markdown(t("data.undo.text", file=plain(row["file"]), source=plain(row["source"]), when=row["recorded"]))
    st.caption(t("data.undo.help"))

    def work() -> bool:
        with outcome.working(t("data.undo.working")) as progress:
            pipeline.undo(state.store(), row["id"], progress=progress)
        return True

    _answer(t("data.undo.sure"), work, t("data.undo.done", file=plain(row["file"])))


def _remove_demo(_: str | None) -> None:
    st.markdown(t("data.demo.text"))

    def work() -> bool:
        with outcome.working(t("data.demo.working")) as progress:
            remove(state.store(), progress=progress)
        return True

    _answer(t("data.demo.sure"), work, t("data.demo.done"))


def _answer(yes: str, work: Callable[[], bool], done: str) -> None:
    with st.container(horizontal=True, horizontal_alignment="right"):
        if st.button(t("data.cancel"), key="answer_no"):
            _drop()
            st.rerun()
        go = st.button(yes, key="answer_yes", type="primary")
    if go and outcome.tried(work):
        _drop()
        outcome.arrived(done)


def _issues() -> None:
    """Of the last import, unless that was undone since."""
    found = kept.last(state.settings().home)
    latest = {row["id"]: row for row in state.imports()}.get(found.import_id) if found else None
    if found is None or latest is None or latest["state"] == "undone" or not (found.problems or found.warnings):
        return
    st.subheader(t("data.to_check", n=len(found.problems)) if found.problems else t("data.noticed"))
    st.caption(
        t("data.issues_of", file=plain(latest["file"])) + " " + (t("data.issues_help") if found.problems else "")
    )
    if found.problems:
        outcome.issues(found.problems, key="last")
    outcome.warnings(found.warnings)


def _copies() -> None:
    st.subheader(t("data.copies"))
    out, back = st.columns(2, gap="large")
    with out:
        st.markdown(f"**{t('data.export.title')}**  \n{t('data.export.text')}")
        st.download_button(
            t("data.export.go"), partial(_export, state.store()), file_name=f"schakel-{today():%Y-%m-%d}.gz",
            mime="application/gzip", key="export", icon=":material/download:", on_click="ignore",
            disabled=state.is_empty(),
        )  # fmt: skip
    with back:
        st.markdown(f"**{t('data.restore.title')}**  \n{t('data.restore.text')}")
        times = st.session_state.get("restores", 0)
        uploaded = outcome.upload(t("data.restore.file"), ["gz"], key=f"restore_{times}", hidden=True)
        if uploaded is not None and st.button(t("data.restore.go"), key="restore_go", icon=":material/upload:"):
            name, st.session_state.restoring = uploaded
            _ask("restore", name)
    _confirmed("restore", t("data.restore.title"), _restore)


def _export(store: Store) -> bytes:
    """Everything, made when the reader asks for it, outside the run of the page."""
    with tempfile.TemporaryDirectory(prefix="schakel-") as folder:
        path = Path(folder) / "export.gz"
        backup.export(store, path)
        return path.read_bytes()


def _restore(name: str | None) -> None:
    with outcome.on_disk(str(name), st.session_state.restoring) as path:
        moved: list[backup.Moved] = []

        def look() -> bool:
            moved.append(backup.check(path))
            return True

        if not outcome.tried(look):
            return
        there = backup.things(state.store())
        st.markdown(t("data.restore.holds", file=plain(str(name)), n=moved[0].nodes))
        if there:
            st.warning(t("data.restore.replaces", n=there), icon=":material/warning:")

        def work() -> bool:
            with st.spinner(t("data.restore.working")):
                backup.restore(state.store(), path, replace=True)
            st.session_state.restores = st.session_state.get("restores", 0) + 1
            st.session_state.restoring = None
            return True

        _answer(t("data.restore.sure"), work, t("data.restore.done"))
