// Add relationships, each from one record. Every one says from which source it is and how much that weighs. odd: reads
// have to look closer at a participation, since somebody was absent, it was cancelled, retracted, or is told more than
// once. fresh: the caller knows that nobody told of it before.
// params: rows: list, now: datetime
// returns:
UNWIND $rows AS row
MATCH (a:Thing {id: row.start})
MATCH (b:Thing {id: row.end})
CREATE (a)-[t:$(row.type)]->(b)
SET t = row.properties, t.record = row.record, t.recorded = $now, t.retracted = null
SET t.source = coalesce(t.source, ''), t.priority = coalesce(t.priority, 0),
  t.odd = CASE WHEN t.role = 'absent' OR t.state IN ['cancelled', 'refused'] THEN true END
WITH collect(DISTINCT CASE WHEN row.fresh IS NULL AND row.type = 'TOOK_PART' THEN [a, b] END) AS pairs // all are there
UNWIND pairs AS pair
WITH pair[0] AS a, pair[1] AS b
MATCH (a)-[told:TOOK_PART]->(b)
WITH a, b, collect(told) AS every
WHERE size(every) > 1
UNWIND every AS told
SET told.odd = true
