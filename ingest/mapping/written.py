"""What a mapping file says, word by word, with a refusal in its own words where it says something else."""

from collections.abc import Mapping as Map
from pathlib import Path
from typing import Any, NoReturn

import yaml

from graph.errors import Refused
from ingest import values
from ingest.issues import MappingRefused, shown

LARGEST = 1_000_000  # bytes; the longest of ours has 3,000


class _Loader(yaml.BaseLoader):
    """Everything is text, as in a table: ``yes`` stays yes, 2024 a column's name. The same word twice is refused."""


def _group(loader: _Loader, node: yaml.MappingNode) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, str):
            raise yaml.constructor.ConstructorError(None, None, "a name is expected", key_node.start_mark)
        if key in found:
            raise yaml.constructor.ConstructorError(None, None, f"{key!r} stands here twice", key_node.start_mark)
        found[key] = loader.construct_object(value_node, deep=True)
    return found


_Loader.add_constructor("tag:yaml.org,2002:map", _group)


def read(path: Path) -> Any:
    """What a mapping file says. Raises MappingRefused, with the line where there is one."""

    def refuse(problem: str, remedy: str, error: Exception | None = None) -> NoReturn:
        raise MappingRefused(file=path.name, problem=problem, remedy=remedy) from error

    try:
        if path.is_file() and path.stat().st_size > LARGEST:
            refuse("it is too large for a mapping", "Name the mapping behind --mapping and the table before it")
        return yaml.load(path.read_text(encoding="utf-8-sig"), Loader=_Loader)
    except FileNotFoundError as error:
        refuse("there is no such file", "Check the name and the folder", error)
    except (IsADirectoryError, PermissionError) as error:
        refuse("it is a folder or may not be read", "Name a file that you can open", error)
    except UnicodeDecodeError as error:
        refuse("it is not in UTF-8", "Save it again as text in UTF-8", error)
    except RecursionError as error:
        refuse("it is nested too deep", "Look at docs/examples for one that works", error)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" at line {mark.line + 1}" if mark else ""
        said = getattr(error, "problem", None) or "it cannot be read"
        refuse(
            f"it is not written as a mapping is{where} ({shown(said)})",
            "Look at docs/examples for one that works",
            error,
        )


class Written:
    """The words of one file. Every reader says ``where`` it looks, for the refusal."""

    def __init__(self, file: str) -> None:
        self._file = file

    def refuse(self, problem: str, remedy: str) -> NoReturn:
        raise MappingRefused(file=self._file, problem=problem, remedy=remedy)

    def flag(self, said: Map[str, Any], word: str, where: str, default: bool) -> bool:
        try:
            found = values.truth(self.text(said, word, f"{where}.{word}"))
        except Refused:
            self.refuse(f"{where}.{word} is neither yes nor no", "Write yes or no")
        return default if found is None else found

    def group(self, said: Any, known: tuple[str, ...] | None, where: str) -> dict[str, Any]:
        """``said`` as names with something behind each; with ``known`` no other names."""
        if said in ("", None):
            said = {}
        if not isinstance(said, dict):
            remedy = f"Write {', '.join(f'{word}:' for word in known)}" if known else "Write NAME: and what it is"
            self.refuse(f"{where} is written as {briefly(said)}", remedy)
        for word in sorted(map(str, said)):
            if known and word not in known:
                self.refuse(f"{where} has {shown(word)!r}, which is not known", f"Use {', '.join(known)}")
        return {str(word): behind for word, behind in said.items()}

    def text(self, said: Map[str, Any], word: str, where: str, *, strip: bool = True) -> str:
        found = said.get(word)
        if isinstance(found, dict | list):
            self.refuse(f"{where} is written as {briefly(found)}", "Write one word or text")
        text = "" if found is None else str(found)
        return text.strip() if strip else text

    def texts(self, said: Map[str, Any], word: str, where: str, *, strip: bool = True) -> list[str]:
        """One text or a list of them."""
        found = said.get(word)
        if found in (None, "", []):
            return []
        if isinstance(found, dict):
            self.refuse(f"{where} is written as {briefly(found)}", "Write one text, or a list as [A, B]")
        each = found if isinstance(found, list) else [found]
        return [self.text({word: entry}, word, where, strip=strip) for entry in each]


def briefly(said: Any) -> str:
    """What somebody wrote, without printing all of it."""
    if isinstance(said, dict):
        return "a group of names"
    return "a list" if isinstance(said, list) else repr(shown(said, 40))
