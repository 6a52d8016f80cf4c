// The ties among these organisations and people, as columns, a before b as in ids: how many collaborations two share,
// and the first and last day on which both are known to have been there. What counts as taking part is as in partners.
// params: ids: list, valid_on: date, known_on: datetime
// returns: a, b, shared, first, last
UNWIND range(0, size($ids) - 1) AS n
MATCH (p:Thing {id: $ids[n]})-[t:TOOK_PART]->(c:Collaboration)
WHERE t.recorded <= $known_on
  AND (t.odd IS NULL OR (t.retracted IS NULL OR t.retracted > $known_on)
    AND NOT coalesce(t.role, '') IN ['absent'] AND NOT coalesce(t.state, '') IN ['cancelled', 'refused']
    AND NOT EXISTS {
      MATCH (p)-[v:TOOK_PART]->(c)
      WHERE v.recorded <= $known_on AND (v.retracted IS NULL OR v.retracted > $known_on)
        AND coalesce(v.role, t.role, '') = coalesce(t.role, v.role, '')
        AND [v.priority, v.source] > [t.priority, t.source]
    })
WITH n, t, c, coalesce(CASE WHEN c.changed <= $known_on THEN c END,
  head([(c)-[:WAS]->(v) WHERE v.recorded <= $known_on < v.retracted | v])) AS was
WHERE coalesce(t.start, was.start, $valid_on) <= $valid_on
WITH c, collect([n, coalesce(t.start, was.start), coalesce(t.end, was.end)]) AS here // a fifth faster than maps
WHERE size(here) > 1
UNWIND here AS one
UNWIND here AS other
WITH c, one, other
WHERE one[0] < other[0]
WITH c, one[0] AS a, other[0] AS b,
  CASE WHEN other[1] IS NULL OR one[1] > other[1] THEN one[1] ELSE other[1] END AS first,
  CASE WHEN other[2] IS NULL OR one[2] < other[2] THEN one[2] ELSE other[2] END AS last
WITH a, b, count(DISTINCT c) AS shared, min(CASE WHEN last < first THEN null ELSE first END) AS first,
  max(CASE WHEN last < first THEN null ELSE coalesce(last, first) END) AS last
ORDER BY a, b
RETURN collect($ids[a]) AS a, collect($ids[b]) AS b, collect(shared) AS shared,
  collect(coalesce(toString(first), '')) AS first, collect(coalesce(toString(last), '')) AS last
