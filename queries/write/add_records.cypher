// Add source rows to an import, with the things each describes and what it says of them.
// params: rows: list, import: string, source: string, priority: integer, now: datetime
// returns:
MATCH (i:Import {id: $import})
UNWIND $rows AS row
CREATE (r:Record)
SET r = row.record, r.source = $source, r.priority = $priority, r.recorded = $now
CREATE (r)-[:FROM {row: row.record.row}]->(i)
WITH r, row
UNWIND row.describes AS description
MATCH (t:Thing {id: description.id})
CREATE (r)-[:DESCRIBES {values: description.said, recorded: $now}]->(t)
