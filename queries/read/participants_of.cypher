// Who took part in a collaboration, coordinators first, in which role and with what amount.
// params: id: string, valid_on: date, known_on: datetime, limit: integer
// returns: id, name, label, kind, municipality, country, role, state, start, end, amount_eur
MATCH (p)-[t:TOOK_PART]->(c:Collaboration {id: $id})
WHERE t.recorded <= $known_on AND (t.retracted IS NULL OR t.retracted > $known_on)
  AND coalesce(t.start, c.start, $valid_on) <= $valid_on
WITH p, t.role AS role, collect(t)[0] AS t
RETURN p.id AS id, p.display AS name, [label IN labels(p) WHERE label <> 'Thing'][0] AS label, p.kind AS kind,
  p.municipality AS municipality, p.country AS country, role, t.state AS state, t.start AS start, t.end AS end,
  t.amount_eur AS amount_eur
ORDER BY role <> 'coordinator', name, id
LIMIT $limit
