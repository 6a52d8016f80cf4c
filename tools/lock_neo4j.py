"""Write graph/store/neo4j.lock anew: every runtime jar of a Neo4j Community release with its SHA-256.

    python tools/lock_neo4j.py [VERSION]        (make lock; needs Maven; without VERSION the locked one again)

Maven decides which jars belong to a release (``dependency:list -DincludeScope=runtime``) and from where it takes
them, by the user's own settings; this file only writes down what came. jgo, which fetches the jars for users, is not
asked for the list: its resolver adds a dozen jars that Maven leaves out.
"""

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

LOCK = Path(__file__).parents[1] / "graph" / "store" / "neo4j.lock"
HEAD = """\
# Every jar of Neo4j Community {version} at run time: group:artifact:version[:classifier] bytes SHA-256.
# Written by tools/lock_neo4j.py (make lock). Neo4j is GPL-3; the user's machine fetches it, nothing of it is shipped.
neo4j {version}
"""
POM = """\
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>local</groupId><artifactId>lock</artifactId><version>1</version><packaging>pom</packaging>
<dependencies><dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>{version}</version>
</dependency></dependencies></project>
"""
ROW = re.compile(r"^\s*([\w.-]+):([\w.-]+):jar:(?:([\w.-]+):)?([\w.-]+):(?:compile|runtime)\b")


def locked_version() -> str:
    return re.search(r"^neo4j (\S+)$", LOCK.read_text(encoding="utf-8"), re.MULTILINE)[1]  # type: ignore[index]


def main(version: str) -> None:
    mvn = shutil.which("mvn") or sys.exit("lock_neo4j: there is no mvn on the path")
    with tempfile.TemporaryDirectory() as folder:
        pom = Path(folder, "pom.xml")
        pom.write_text(POM.format(version=version), encoding="utf-8")
        maven = [mvn, "-B", "-q", "-f", str(pom), "-DincludeScope=runtime"]
        subprocess.run([*maven, "dependency:list", f"-DoutputFile={folder}/list"], check=True)
        subprocess.run([*maven, "dependency:copy-dependencies", f"-DoutputDirectory={folder}/lib"], check=True)
        rows = []
        for line in re.sub(r"\x1b\[[0-9;]*m", "", Path(folder, "list").read_text(encoding="utf-8")).splitlines():
            if found := ROW.match(line):
                group, artifact, classifier, number = found.groups()
                suffix = f"-{classifier}" if classifier else ""
                content = Path(folder, "lib", f"{artifact}-{number}{suffix}.jar").read_bytes()
                name = ":".join(filter(None, (group, artifact, number, classifier)))
                rows.append(f"{name} {len(content)} {hashlib.sha256(content).hexdigest()}\n")
        if len(rows) != len(list(Path(folder, "lib").iterdir())):
            sys.exit("lock_neo4j: Maven listed other jars than it copied")
    LOCK.write_text(HEAD.format(version=version) + "".join(sorted(rows)), encoding="utf-8")
    print(f"{LOCK.name}: Neo4j {version}, {len(rows)} jars")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else locked_version())
