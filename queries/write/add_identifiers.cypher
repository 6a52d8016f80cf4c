// Add keys that identify a thing; a key that is there already stays with whom it identifies.
// params: rows: list, now: datetime
// returns:
UNWIND $rows AS row
MATCH (t:Thing {id: row.id})
MERGE (i:Identifier {id: row.key})
ON CREATE SET i.recorded = $now
WITH i, collect(t)[0] AS t
WHERE NOT EXISTS { (i)-[:IDENTIFIES]->() }
CREATE (i)-[:IDENTIFIES]->(t)
