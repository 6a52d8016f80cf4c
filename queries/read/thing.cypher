// One thing as it was known at known_on: what was shown of it, since when (changed), and its keys.
// params: id: string, known_on: datetime
// returns: id, label, shown, keys, recorded, changed
MATCH (t:Thing {id: $id})
WITH t, coalesce(CASE WHEN coalesce(t.changed, t.recorded) <= $known_on THEN t END,
  head([(t)-[:WAS]->(v) WHERE v.recorded <= $known_on < v.retracted | v])) AS was
WHERE was IS NOT NULL AND was.gone IS NULL AND (was.retracted IS NULL OR was.retracted > $known_on)
RETURN t.id AS id, [label IN labels(t) WHERE label <> 'Thing'][0] AS label, properties(was) AS shown,
  [(k:Identifier)-[:IDENTIFIES]->(t) WHERE k.recorded <= $known_on | k.id] AS keys, t.recorded AS recorded,
  CASE WHEN was:Thing THEN coalesce(t.changed, t.recorded) ELSE was.recorded END AS changed
