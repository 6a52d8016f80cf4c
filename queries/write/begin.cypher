// Begin a change: locks the store against other writers, counts the revision up, and gives the moment at which
// everything in this change becomes known. Moments never run back, also when the clock does.
// params:
// returns: revision, now, restoring
MATCH (m:Meta {id: 'meta'})
SET m.revision = m.revision + 1
WITH m, datetime.realtime() AS clock
SET m.now = CASE WHEN clock > m.now THEN clock ELSE m.now + duration({microseconds: 1}) END
RETURN m.revision AS revision, m.now AS now, m.restoring AS restoring
