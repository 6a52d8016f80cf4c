// The ties among these organisations and people, as columns: how many collaborations two share, and the first and last
// day on which both are known to have been there. What counts as taking part is as in partners.
// params: ids: list, valid_on: date, known_on: datetime
// returns: a, b, shared, first, last
UNWIND $ids AS id
MATCH (p:Thing {id: id})-[t:TOOK_PART]->(c:Collaboration)
WHERE t.recorded <= $known_on AND (t.retracted IS NULL OR t.retracted > $known_on)
  AND (t.contested IS NULL OR NOT EXISTS {
    MATCH (p)-[v:TOOK_PART]->(c)
    WHERE v.recorded <= $known_on AND (v.retracted IS NULL OR v.retracted > $known_on)
      AND coalesce(v.role, t.role, '') = coalesce(t.role, v.role, '')
      AND [v.priority, v.source] > [t.priority, t.source]
  })
WITH id, t, c, coalesce(CASE WHEN c.changed <= $known_on THEN c END,
  head([(c)-[:WAS]->(v) WHERE v.recorded <= $known_on < v.retracted | v])) AS was
WHERE coalesce(t.start, was.start, $valid_on) <= $valid_on
  AND NOT coalesce(t.role, '') IN ['absent'] AND NOT coalesce(t.state, '') IN ['cancelled', 'refused']
WITH c, collect({id: id, start: coalesce(t.start, was.start), end: coalesce(t.end, was.end)}) AS here
WHERE size(here) > 1
UNWIND here AS one
UNWIND here AS other
WITH c, one, other
WHERE one.id < other.id
WITH c, one.id AS a, other.id AS b,
  CASE WHEN other.start IS NULL OR one.start > other.start THEN one.start ELSE other.start END AS first,
  CASE WHEN other.end IS NULL OR one.end < other.end THEN one.end ELSE other.end END AS last
WITH a, b, count(DISTINCT c) AS shared, min(CASE WHEN last < first THEN null ELSE first END) AS first,
  max(CASE WHEN last < first THEN null ELSE coalesce(last, first) END) AS last
ORDER BY a, b
RETURN collect(a) AS a, collect(b) AS b, collect(shared) AS shared, collect(coalesce(toString(first), '')) AS first,
  collect(coalesce(toString(last), '')) AS last
