// The participations in a page of collaborations, as columns, for the snapshot; last: where the next page begins.
// Each participation comes once, with the first source that told of it.
// params: after: string, valid_on: date, known_on: datetime, limit: integer
// returns: actor, activity, role, start, end, recorded, source, amount_eur, last
MATCH (c:Thing)
WHERE c.id > $after AND c:Collaboration
WITH c ORDER BY c.id LIMIT $limit
WITH collect(c) AS page, max(c.id) AS last
UNWIND page AS c
MATCH (a)-[t:TOOK_PART]->(c)
WHERE t.recorded <= $known_on AND (t.retracted IS NULL OR t.retracted > $known_on)
  AND coalesce(t.start, c.start, $valid_on) <= $valid_on
WITH last, a, c, coalesce(t.role, '') AS role, t ORDER BY t.recorded, t.record
WITH last, a, c, role, collect(t)[0] AS t
RETURN collect(a.id) AS actor, collect(c.id) AS activity, collect(role) AS role,
  collect(coalesce(toString(coalesce(t.start, c.start)), '')) AS start,
  collect(coalesce(toString(coalesce(t.end, c.end)), '')) AS end,
  collect(t.recorded.epochSeconds) AS recorded, collect(coalesce(t.source, '')) AS source,
  collect(t.amount_eur) AS amount_eur, last
