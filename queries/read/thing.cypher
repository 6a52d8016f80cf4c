// One thing as it was known at known_on: what was shown of it then, and its keys.
// params: id: string, known_on: datetime
// returns: id, label, shown, before, keys, recorded, changed
MATCH (t:Thing {id: $id})
WHERE t.recorded <= $known_on AND (t.retracted IS NULL OR t.retracted > $known_on)
RETURN t.id AS id, [label IN labels(t) WHERE label <> 'Thing'][0] AS label, properties(t) AS shown,
  [(t)-[:WAS]->(v) WHERE v.recorded <= $known_on AND v.retracted > $known_on | v.values][0] AS before,
  [(k:Identifier)-[:IDENTIFIES]->(t) | k.id] AS keys, t.recorded AS recorded, t.changed AS changed
