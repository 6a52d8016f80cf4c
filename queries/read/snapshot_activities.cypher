// A page of collaborations that had begun by valid_on, as columns in the order of their ids, for the snapshot.
// params: after: string, valid_on: date, known_on: datetime, limit: integer
// returns: id, title, kind, start, end, programme, themes
MATCH (t:Thing)
WHERE t.id > $after AND t:Collaboration
WITH t, coalesce(CASE WHEN t.changed <= $known_on THEN t END,
  head([(t)-[:WAS]->(v) WHERE v.recorded <= $known_on < v.retracted | v])) AS was
WHERE was.gone IS NULL AND (was.retracted IS NULL OR was.retracted > $known_on)
  AND coalesce(was.start, $valid_on) <= $valid_on
WITH t, was ORDER BY t.id LIMIT $limit
WITH t, was, COLLECT {
  MATCH (t)-[f:ABOUT]->(theme)
  WHERE f.recorded <= $known_on AND (f.retracted IS NULL OR f.retracted > $known_on)
  WITH DISTINCT theme
  WITH coalesce(CASE WHEN theme.changed <= $known_on THEN theme END,
    head([(theme)-[:WAS]->(v) WHERE v.recorded <= $known_on < v.retracted | v])) AS topic
  RETURN topic.display AS name ORDER BY name
} AS themes
RETURN collect(t.id) AS id, collect(was.display) AS title, collect(coalesce(was.kind, '')) AS kind,
  collect(coalesce(toString(was.start), '')) AS start, collect(coalesce(toString(was.end), '')) AS end,
  collect(coalesce(was.programme, '')) AS programme, collect(themes) AS themes
