// Add relationships, each from one record.
// params: rows: list, now: datetime
// returns:
UNWIND $rows AS row
MATCH (a:Thing {id: row.start})
MATCH (b:Thing {id: row.end})
CREATE (a)-[t:$(row.type)]->(b)
SET t = row.properties, t.record = row.record, t.recorded = $now, t.retracted = null
