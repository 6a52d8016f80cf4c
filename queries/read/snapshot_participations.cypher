// The participations in a page of collaborations, as columns, for the snapshot; last: where the next page begins.
// Each participation comes once, with the first source that told of it.
// params: after: string, valid_on: date, known_on: datetime, limit: integer
// returns: actor, activity, role, start, end, recorded, source, amount_eur, last
MATCH (c:Thing)
WHERE c.id > $after AND c:Collaboration
WITH c ORDER BY c.id LIMIT $limit
WITH collect(c) AS page, max(c.id) AS last
UNWIND page AS c
OPTIONAL MATCH (a)-[t:TOOK_PART]->(c)
WHERE t.recorded <= $known_on AND (t.retracted IS NULL OR t.retracted > $known_on)
  AND coalesce(t.start, c.start, $valid_on) <= $valid_on
WITH last, a, c, coalesce(t.role, '') AS role, t ORDER BY t.recorded, t.record
WITH last, a, c, role, collect(t)[0] AS t
WITH last, collect(CASE WHEN t IS NOT NULL THEN
    [a.id, c.id, role, coalesce(toString(coalesce(t.start, c.start)), ''),
     coalesce(toString(coalesce(t.end, c.end)), ''), t.recorded.epochSeconds, coalesce(t.source, ''), t.amount_eur]
  END) AS rows
RETURN [row IN rows | row[0]] AS actor, [row IN rows | row[1]] AS activity, [row IN rows | row[2]] AS role,
  [row IN rows | row[3]] AS start, [row IN rows | row[4]] AS end, [row IN rows | row[5]] AS recorded,
  [row IN rows | row[6]] AS source, [row IN rows | row[7]] AS amount_eur, last
