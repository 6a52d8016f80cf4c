"""The three doors of an empty store."""


def show() -> None:
    pass
