// What an organisation or person took part in, newest first, in which role, and who else was there.
// params: id: string, valid_on: date, known_on: datetime, limit: integer
// returns: id, name, title, kind, programme, role, state, start, start_precision, end, end_precision, amount_eur, others, total
MATCH (o:Thing {id: $id})-[t:TOOK_PART]->(c:Collaboration)
WHERE t.recorded <= $known_on AND (t.retracted IS NULL OR t.retracted > $known_on)
  AND coalesce(t.start, c.start, $valid_on) <= $valid_on
WITH o, c, t.role AS role, collect(t)[0] AS t
ORDER BY coalesce(t.start, c.start) DESC, c.id, role
WITH o, collect({c: c, role: role, t: t}) AS found
WITH o, found[..$limit] AS shown, size(found) AS total
UNWIND shown AS one
WITH o, one.c AS c, one.role AS role, one.t AS t, total
RETURN c.id AS id, c.display AS name, c.title AS title, c.kind AS kind, c.programme AS programme, role,
  t.state AS state, coalesce(t.start, c.start) AS start,
  CASE WHEN t.start IS NULL THEN c.start_precision ELSE t.start_precision END AS start_precision,
  coalesce(t.end, c.end) AS end,
  CASE WHEN t.end IS NULL AND t.end_precision <> 'open' THEN c.end_precision ELSE t.end_precision END AS end_precision,
  t.amount_eur AS amount_eur,
  COUNT { MATCH (p)-[u:TOOK_PART]->(c) WHERE p <> o AND u.retracted IS NULL RETURN DISTINCT p } AS others, total
