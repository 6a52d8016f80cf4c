// Add things with what is shown of them, and the keys that identify them.
// params: rows: list, now: datetime
// returns:
UNWIND $rows AS row
CREATE (t:Thing:$(row.label))
SET t = row.shown, t.id = row.id, t.recorded = $now, t.changed = $now
