// Show other values of things, and keep what was shown before as a version of its own; gone: it was retracted then.
// params: rows: list, now: datetime
// returns:
UNWIND $rows AS row
MATCH (t:Thing {id: row.id})
CREATE (t)-[:WAS]->(v:Version)
SET v = row.before, v.id = row.version, v.recorded = t.changed, v.retracted = $now,
  v.gone = CASE WHEN t.retracted IS NOT NULL THEN true END
SET t += row.shown, t.changed = $now, t.retracted = row.retracted
