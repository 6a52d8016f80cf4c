// Who took part in a collaboration, coordinators first, in which role and with what amount; start and end where the
// participation has its own. Of several sources that tell of one participation the weightiest is believed.
// params: id: string, valid_on: date, known_on: datetime, limit: integer
// returns: id, name, label, kind, municipality, country, role, state, start, end, amount_eur
MATCH (c:Collaboration {id: $id})
WITH c, coalesce(CASE WHEN c.changed <= $known_on THEN c END,
  head([(c)-[:WAS]->(v) WHERE v.recorded <= $known_on < v.retracted | v])) AS was
MATCH (p)-[t:TOOK_PART]->(c)
WHERE coalesce(t.start, was.start, $valid_on) <= $valid_on
  AND t.recorded <= $known_on
  AND (t.odd IS NULL OR (t.retracted IS NULL OR t.retracted > $known_on)
    AND NOT EXISTS {
      MATCH (p)-[v:TOOK_PART]->(c)
      WHERE v.recorded <= $known_on AND (v.retracted IS NULL OR v.retracted > $known_on)
        AND coalesce(v.role, t.role, '') = coalesce(t.role, v.role, '')
        AND [v.priority, v.source] > [t.priority, t.source]
    })
WITH p, t.role AS role, t.start AS start, t ORDER BY t.record
WITH p, role, start, collect(t)[0] AS t
WITH p, role, start, t, coalesce(CASE WHEN p.changed <= $known_on THEN p END,
  head([(p)-[:WAS]->(v) WHERE v.recorded <= $known_on < v.retracted | v])) AS was
RETURN p.id AS id, was.display AS name, [label IN labels(p) WHERE label <> 'Thing'][0] AS label, was.kind AS kind,
  was.municipality AS municipality, was.country AS country, role, t.state AS state, start, t.end AS end,
  t.amount_eur AS amount_eur
ORDER BY coalesce(role, '') <> 'coordinator', name, id, role, start
LIMIT $limit
