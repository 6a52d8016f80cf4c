// Show other values of things, and keep what was shown before as a version of its own.
// params: rows: list, now: datetime
// returns:
UNWIND $rows AS row
MATCH (t:Thing {id: row.id})
CREATE (t)-[:WAS]->(:Version {id: row.version, values: row.before, recorded: t.changed, retracted: $now})
SET t += row.shown, t.changed = $now, t.retracted = row.retracted
