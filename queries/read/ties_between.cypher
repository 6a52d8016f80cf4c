// The ties among these organisations and people: how many collaborations they share, and over which years.
// params: ids: list, valid_on: date, known_on: datetime
// returns: a, b, shared, first, last
UNWIND $ids AS id
MATCH (a:Thing {id: id})-[t:TOOK_PART]->(c:Collaboration)
WHERE t.recorded <= $known_on AND (t.retracted IS NULL OR t.retracted > $known_on)
  AND coalesce(t.start, c.start, $valid_on) <= $valid_on
WITH c, collect(DISTINCT [a.id, coalesce(t.start, c.start), coalesce(t.end, c.end)]) AS here
WHERE size(here) > 1
UNWIND here AS one
UNWIND here AS other
WITH c, one, other
WHERE one[0] < other[0]
RETURN one[0] AS a, other[0] AS b, count(DISTINCT c) AS shared,
  min(CASE WHEN one[1] > other[1] THEN one[1] ELSE other[1] END) AS first,
  max(CASE WHEN one[2] < other[2] THEN one[2] ELSE other[2] END) AS last
ORDER BY a, b
