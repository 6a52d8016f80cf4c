// With whom an organisation or person took part in something, most often first: how often, from when to when, and in
// what last. total: how many partners there are.
// params: id: string, valid_on: date, known_on: datetime, limit: integer
// returns: id, name, label, kind, municipality, country, shared, first, last, total
MATCH (o:Thing {id: $id})-[t:TOOK_PART]->(c:Collaboration)
WHERE t.recorded <= $known_on AND (t.retracted IS NULL OR t.retracted > $known_on)
  AND coalesce(t.start, c.start, $valid_on) <= $valid_on
WITH DISTINCT o, c
MATCH (p)-[u:TOOK_PART]->(c)
WHERE p <> o AND u.recorded <= $known_on AND (u.retracted IS NULL OR u.retracted > $known_on)
  AND coalesce(u.start, c.start, $valid_on) <= $valid_on
WITH p, count(DISTINCT c) AS shared, min(coalesce(u.start, c.start)) AS first, max(coalesce(u.end, c.end)) AS last
ORDER BY shared DESC, last DESC, p.id
WITH collect({p: p, shared: shared, first: first, last: last}) AS found
WITH found[..$limit] AS shown, size(found) AS total
UNWIND shown AS one
WITH one, one.p AS p, total
RETURN p.id AS id, p.display AS name, [label IN labels(p) WHERE label <> 'Thing'][0] AS label, p.kind AS kind,
  p.municipality AS municipality, p.country AS country, one.shared AS shared, one.first AS first, one.last AS last, total
