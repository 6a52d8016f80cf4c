// Add retracted records once more, under new ids, with what they described and the imports they came from.
// params: rows: list, now: datetime
// returns:
UNWIND $rows AS row
MATCH (old:Record {id: row.from})
CREATE (r:Record)
SET r = old {.*, id: row.id, recorded: $now, retracted: null, retracted_by: null}
WITH old, r, row
CALL (old, r) {
  MATCH (old)-[f:FROM]->(i:Import)
  CREATE (r)-[:FROM {row: f.row}]->(i)
}
UNWIND row.describes AS description
MATCH (t:Thing {id: description.id})
CREATE (r)-[:DESCRIBES {values: description.said, recorded: $now}]->(t)
