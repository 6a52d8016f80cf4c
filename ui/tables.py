"""Tables whose first column leads on to the card: sortable, by mouse and by keyboard."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import pyarrow as pa
import streamlit as st

from ui import address

Form = Literal["text", "number", "day"]
Column = tuple[str, Sequence[Any], Form]  # title, values, form
TALL = 50_000  # rows, some 3 MB; beyond it the browser fetches what it shows, and then does not sort (Streamlit 1.67)


def leading(
    names: Sequence[str],
    ids: Sequence[str],
    columns: Mapping[str, Column],
    *,
    key: str,
    first: str,
    alt: str,
    height: int | Literal["auto", "content"] = "auto",
) -> None:
    """Show ``names``, each a button that opens the card of its id, and beside it ``columns``: title, values, form."""
    values: dict[str, Any] = {"name": list(names)}
    forms: dict[str, Any] = {
        "name": st.column_config.ButtonColumn(first, type="tertiary", alignment="left", width=310, key=f"{key}_open")
    }
    for name, (title, column, form) in columns.items():
        values[name] = column
        forms[name] = _form(title, form)
    st.dataframe(
        pa.table(values), hide_index=True, height=height, column_config=forms, alt=alt, placeholder="",
        lazy=len(ids) > TALL or None,
    )  # fmt: skip
    hit = st.session_state.get(f"{key}_open")
    if hit is not None and hit["row"] < len(ids):
        address.go("organisation", id=str(ids[hit["row"]]))


def known(columns: dict[str, Column]) -> dict[str, Column]:
    """Without those in which nothing is known."""
    return {name: column for name, column in columns.items() if any(value not in (None, "") for value in column[1])}


def plain(columns: Mapping[str, Column], *, alt: str) -> None:
    """A table that leads nowhere."""
    st.dataframe(
        pa.table({name: column for name, (_, column, _) in columns.items()}),
        hide_index=True,
        column_config={name: _form(title, form) for name, (title, _, form) in columns.items()},
        alt=alt,
        placeholder="",
    )


def _form(title: str, form: Form) -> Any:
    if form == "number":
        return st.column_config.NumberColumn(title, format="localized")
    if form == "day":
        return st.column_config.DateColumn(title, format="localized")
    return st.column_config.TextColumn(title)
