// Begin an import, and know its source.
// params: id: string, source_id: string, source: map, file: string, sha256: string, by: string, now: datetime
// returns: id
MERGE (s:Thing {id: $source_id})
ON CREATE SET s:Source, s.recorded = $now
SET s += $source
CREATE (i:Thing:Import {id: $id, file: $file, sha256: $sha256, by: $by, state: 'running', recorded: $now})
CREATE (i)-[:OF]->(s)
RETURN i.id AS id
