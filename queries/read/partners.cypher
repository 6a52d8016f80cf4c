// With whom an organisation or person took part in something, most often first: how often, and the first and last day
// on which both are known to have been there (none where one left before the other came). total: how many partners.
// Of several sources that tell of one participation the weightiest is believed; who was absent, or whose
// part was cancelled or refused, took no part.
// params: id: string, valid_on: date, known_on: datetime, limit: integer
// returns: id, name, label, kind, municipality, country, shared, first, last, total
MATCH (o:Thing {id: $id})-[t:TOOK_PART]->(c:Collaboration)
WHERE t.recorded <= $known_on
  AND (t.odd IS NULL OR (t.retracted IS NULL OR t.retracted > $known_on)
    AND NOT coalesce(t.role, '') IN ['absent'] AND NOT coalesce(t.state, '') IN ['cancelled', 'refused']
    AND NOT EXISTS {
      MATCH (o)-[v:TOOK_PART]->(c)
      WHERE v.recorded <= $known_on AND (v.retracted IS NULL OR v.retracted > $known_on)
        AND coalesce(v.role, t.role, '') = coalesce(t.role, v.role, '')
        AND [v.priority, v.source] > [t.priority, t.source]
    })
WITH o, t, c, coalesce(CASE WHEN c.changed <= $known_on THEN c END,
  head([(c)-[:WAS]->(v) WHERE v.recorded <= $known_on < v.retracted | v])) AS was
WHERE coalesce(t.start, was.start, $valid_on) <= $valid_on
WITH o, c, was, min(coalesce(t.start, was.start)) AS start, max(coalesce(t.end, was.end)) AS end
MATCH (p)-[t:TOOK_PART]->(c)
WHERE p <> o AND coalesce(t.start, was.start, $valid_on) <= $valid_on
  AND t.recorded <= $known_on
  AND (t.odd IS NULL OR (t.retracted IS NULL OR t.retracted > $known_on)
    AND NOT coalesce(t.role, '') IN ['absent'] AND NOT coalesce(t.state, '') IN ['cancelled', 'refused']
    AND NOT EXISTS {
      MATCH (p)-[v:TOOK_PART]->(c)
      WHERE v.recorded <= $known_on AND (v.retracted IS NULL OR v.retracted > $known_on)
        AND coalesce(v.role, t.role, '') = coalesce(t.role, v.role, '')
        AND [v.priority, v.source] > [t.priority, t.source]
    })
WITH p, c, start, coalesce(t.start, was.start) AS came, end, coalesce(t.end, was.end) AS left
WITH p, c, CASE WHEN start IS NULL OR came > start THEN came ELSE start END AS first,
  CASE WHEN end IS NULL OR left < end THEN left ELSE end END AS last
WITH p, count(DISTINCT c) AS shared, min(CASE WHEN last < first THEN null ELSE first END) AS first,
  max(CASE WHEN last < first THEN null ELSE coalesce(last, first) END) AS last
ORDER BY shared DESC, last IS NULL, last DESC, p.id
WITH collect({p: p, shared: shared, first: first, last: last}) AS found
WITH found[..$limit] AS shown, size(found) AS total
UNWIND shown AS one
WITH one, total, one.p AS p
WITH one, total, p, coalesce(CASE WHEN p.changed <= $known_on THEN p END,
  head([(p)-[:WAS]->(v) WHERE v.recorded <= $known_on < v.retracted | v])) AS was
RETURN p.id AS id, was.display AS name, [label IN labels(p) WHERE label <> 'Thing'][0] AS label, was.kind AS kind,
  was.municipality AS municipality, was.country AS country, one.shared AS shared, one.first AS first, one.last AS last,
  total
