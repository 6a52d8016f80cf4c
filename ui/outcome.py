"""What every way in shows alike: that it works, how far it is, what came of it, and the rows to look at again."""

import io
import json
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import streamlit as st

from graph.analytics.base import write_rows
from graph.errors import SchakelError
from ingest.issues import Issue
from ingest.pipeline import Progress, Report
from ui import state, tables
from ui.remedies import failure, told
from ui.texts import plain, t, w

COLUMNS = ("file", "row", "column", "value", "problem", "remedy")
SHOWN = 200  # issues on screen; the file has all


def upload(label: str, types: list[str], *, key: str, hidden: bool = False) -> tuple[str, bytes] | None:
    """A field to choose a file in: its name and content once there is one. What Streamlit writes in it is English; the
    reader's language is put over that."""
    button = json.dumps(t("data.upload"), ensure_ascii=False).replace("<", "")
    st.html(
        "<style>[data-testid=stFileUploaderDropzoneInstructions] { display: none }"
        "[data-testid=stFileUploaderDropzone] [data-testid=stBaseButton-secondary] p { font-size: 0 }"
        "[data-testid=stFileUploaderDropzone] [data-testid=stBaseButton-secondary] p::after"
        f" {{ content: {button}; font-size: .93rem }}</style>"
    )
    uploaded = st.file_uploader(label, type=types, key=key, label_visibility="collapsed" if hidden else "visible")
    return None if uploaded is None else (uploaded.name, uploaded.getvalue())


@contextmanager
def on_disk(name: str, content: bytes) -> Iterator[Path]:
    """An upload as a file of its own name, gone afterwards: it may name people."""
    with tempfile.TemporaryDirectory(prefix="schakel-") as folder:
        path = Path(folder) / (re.sub(r"[^\w. ()-]", "_", Path(name).name).lstrip(".") or "file")
        path.write_bytes(content)
        yield path


@contextmanager
def working(label: str) -> Iterator[Progress]:
    """A line that says what is going on, and a bar where it is known how much there is."""
    with st.status(label, expanded=True) as box:
        bar = st.empty()

        def show(what: str, done: int, of: int) -> None:
            said = t(f"data.step.{what}", done=done)
            if of:
                bar.progress(min(done / of, 1.0), text=t("data.of", said=said, of=of))
            else:
                bar.caption(said)

        yield show
        box.update(state="complete", expanded=False)


def tried(work: Callable[[], bool]) -> bool:
    """Do it; a failure becomes one sentence where the reader looks."""
    try:
        return work()
    except SchakelError as problem:
        st.error(failure(problem), icon=":material/error:")
        return False
    finally:
        state.forget()


def arrived(message: str) -> NoReturn:
    """Say what came in, and begin the page anew with it; the message outlives that."""
    st.toast(message, icon=":material/check_circle:", duration="long")
    st.rerun()


def sentence(report: Report) -> str:
    """The counts of a report as one reads them; what is nought is left out."""
    names = ("new", "changed", "unchanged", "issues", "ignored")
    told = [t(f"data.count.{name}", n=report.counts()[name]) for name in names if report.counts()[name]]
    return f"**{t('data.count.rows', n=report.rows)}**: {', '.join(told)}."


def issues(found: Sequence[Issue], *, key: str) -> None:
    """The rows that did not come in as a table, and as a file to correct them by."""
    shown = found[:SHOWN]
    tables.plain(
        {
            "row": (t("data.issue.row"), [str(issue.row or "") for issue in shown], "text"),
            "column": (t("data.issue.column"), [issue.column for issue in shown], "text"),
            "value": (t("data.issue.value"), [issue.value for issue in shown], "text"),
            "problem": (t("data.issue.problem"), [told(issue.problem) for issue in shown], "text"),
            "remedy": (t("data.issue.remedy"), [told(issue.remedy) for issue in shown], "text"),
        },
        alt=t("data.issues"),
    )
    if len(found) > SHOWN:
        st.caption(t("first_shown", n=SHOWN))
    st.download_button(
        t("as_csv"), _csv(found), file_name="schakel-rijen.csv", mime="text/csv", icon=":material/download:",
        key=f"{key}_csv", on_click="ignore",
    )  # fmt: skip


def _csv(found: Sequence[Issue]) -> bytes:
    text = io.StringIO()
    rows = ({**issue.as_dict(), "problem": told(issue.problem), "remedy": told(issue.remedy)} for issue in found)
    write_rows(rows, COLUMNS, text)
    return text.getvalue().encode("utf-8-sig")  # a spreadsheet takes it for its own letters without the mark


def warnings(found: Sequence[Issue]) -> None:
    """What was noticed beside the rows, in a line each."""
    for issue in found[:5]:
        where = ", ".join(part for part in (issue.column, w(issue.row) if issue.row > 1 else "") if part)
        st.caption(f":material/info: {plain(where)}: {plain(told(issue.problem))}. {plain(told(issue.remedy))}.")
    if len(found) > 5:
        st.caption(t("and_more", n=len(found) - 5))
