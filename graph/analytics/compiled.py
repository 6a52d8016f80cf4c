"""Inner loops as machine code where numba has a wheel, as plain Python where it has none: the same answer, slower."""

import os
from collections.abc import Callable
from typing import Any, TypeVar, cast

Loop = TypeVar("Loop", bound=Callable[..., Any])

try:
    if os.environ.get("SCHAKEL_PORTABLE"):
        raise ImportError("SCHAKEL_PORTABLE asks for plain Python")
    import numba

    COMPILED = True
except ImportError:
    COMPILED = False


def loop(function: Loop) -> Loop:
    """Compile ``function`` at its first call and keep the machine code on disk, beside the source or, where that may
    not be written, in the user's cache folder."""
    if not COMPILED:
        return function
    return cast(Loop, numba.njit(cache=True, nogil=True)(function))
