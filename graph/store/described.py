"""What a record says of a thing, as one text: equal for equal values, dates included."""

import json
from datetime import date, datetime

from graph.model.thing import Value


def said(values: dict[str, Value]) -> str:
    """The values as JSON with sorted keys; :func:`heard` is its inverse."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_date)


def heard(text: str) -> dict[str, Value]:
    found: dict[str, Value] = json.loads(text, object_hook=_undate)
    return found


def _date(value: object) -> dict[str, str]:
    if isinstance(value, datetime):
        return {"datetime": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    raise TypeError(f"{value!r} cannot be stored")


def _undate(value: dict[str, object]) -> object:
    if value.keys() == {"datetime"}:
        return datetime.fromisoformat(str(value["datetime"]))
    return date.fromisoformat(str(value["date"])) if value.keys() == {"date"} else value
