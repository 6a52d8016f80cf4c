"""Print the numbers: python -m benchmarks [NAME...]

Every file here that has ``measures`` is a subject; without names all run, one after the other, each in a process of its
own, so that none warms or fills the memory of the next. Never a test: a number depends on the machine and the hour.
"""

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

from benchmarks import machine

HERE = Path(__file__).parent
SUBJECTS = sorted(path.stem for path in HERE.glob("[a-z]*.py") if "def measures(" in path.read_text(encoding="utf-8"))


def main(names: list[str]) -> int:
    if len(names) == 2 and names[0] == "--one":
        for what, measured, wanted in import_module(f"benchmarks.{names[1]}").measures():
            print(f"  {what:<58} {measured:<34} {wanted}", flush=True)
        return 0
    if unknown := sorted(set(names) - set(SUBJECTS)):
        print(f"There is no benchmark {', '.join(unknown)}; there are {', '.join(SUBJECTS)}.", file=sys.stderr)
        return 2
    print("\n".join(machine.lines()))
    failed = 0
    for name in names or SUBJECTS:
        print(f"\n{name}", flush=True)
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks", "--one", name], cwd=HERE.parent, env=os.environ, check=False
        )
        failed += done.returncode != 0
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
