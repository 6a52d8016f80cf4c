"""What tests of pages share: an empty store that the app opens anew."""

from collections.abc import Iterator

import pytest
import streamlit as st

from graph.store.store import Store
from ui import state


def forget_all() -> None:
    """As at the start of the app: nothing kept, no connection open."""
    state._store().close()
    st.cache_resource.clear()
    st.cache_data.clear()


@pytest.fixture
def fresh(store: Store) -> Iterator[Store]:
    """An empty store, which the app has never seen."""
    st.cache_resource.clear()
    st.cache_data.clear()
    yield store
    forget_all()
