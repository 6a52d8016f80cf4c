"""Contracts stand in files of their own; a failure in one tells what came and what was expected all the same."""

import pytest

pytest.register_assert_rewrite("tests.queries.contracts")
