// A page of collaborations that had begun by valid_on, as columns in the order of their ids, for the snapshot.
// params: after: string, valid_on: date, known_on: datetime, limit: integer
// returns: id, title, kind, start, end, programme, themes
MATCH (t:Thing)
WHERE t.id > $after AND t:Collaboration
  AND t.recorded <= $known_on AND (t.retracted IS NULL OR t.retracted > $known_on)
  AND coalesce(t.start, $valid_on) <= $valid_on
WITH t ORDER BY t.id LIMIT $limit
WITH t, COLLECT {
  MATCH (t)-[f:ABOUT]->(theme)
  WHERE f.recorded <= $known_on AND (f.retracted IS NULL OR f.retracted > $known_on)
  RETURN DISTINCT theme.display
} AS themes
RETURN collect(t.id) AS id, collect(t.display) AS title, collect(coalesce(t.kind, '')) AS kind,
  collect(coalesce(toString(t.start), '')) AS start, collect(coalesce(toString(t.end), '')) AS end,
  collect(coalesce(t.programme, '')) AS programme, collect(themes) AS themes
