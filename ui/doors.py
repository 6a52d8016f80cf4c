"""The three doors of an empty store: an invented world to try everything on, a list of one's own, European projects."""

import streamlit as st

from demo.load import load
from ui import address, cordis, outcome, spreadsheet, state
from ui.texts import t

DOORS = {"demo": ":material/public:", "table": ":material/table_view:", "cordis": ":material/science:"}
INSIDE = {"table": spreadsheet.show, "cordis": cordis.show}


def show() -> None:
    """In place of the start page as long as there is nothing to show on it."""
    st.title(t("doors.title"))
    st.markdown(t("doors.intro"))
    opened = st.session_state.get("door", "")
    for column, (door, icon) in zip(st.columns(len(DOORS), gap="medium"), DOORS.items(), strict=True):
        with column, st.container(border=True, height="stretch"):
            st.subheader(f"{icon} {t(f'doors.{door}.title')}")
            st.markdown(t(f"doors.{door}.text"))
            st.button(
                t(f"doors.{door}.go"), key=f"door_{door}", on_click=_open, args=(door,), width="stretch",
                type="primary" if door == "demo" and not opened else "secondary",
            )  # fmt: skip
    if opened == "demo":
        st.session_state.door = ""
        demo()
    elif opened:
        st.subheader(t(f"doors.{opened}.title"))
        INSIDE[opened]()
    st.space("small")
    address.link("data", t("doors.restore"), icon=":material/settings_backup_restore:")


def _open(door: str) -> None:
    st.session_state.door = door


def demo() -> None:
    """Read the invented world in, now."""

    def work() -> bool:
        with st.spinner(t("doors.demo.loading")):
            load(state.store(), by=state.settings().user)
        return True

    if outcome.tried(work):
        outcome.arrived(t("doors.demo.done"))
