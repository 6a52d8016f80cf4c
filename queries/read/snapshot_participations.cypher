// Who took part in a page of collaborations that had begun by valid_on, in the order of their ids, for the snapshot: of
// each collaboration a list for every column. start, end: where the participation has its own. recorded, source: who
// told of it first; all else is what the weightiest source says. Seconds since 1970; retracted 0: it still stands.
// params: after: string, valid_on: date, known_on: datetime, limit: integer
// returns: activity, actor, role, start, end, recorded, retracted, source, amount_eur
MATCH (c:Thing)
WHERE c.id > $after AND c:Collaboration
WITH c, coalesce(CASE WHEN c.changed <= $known_on THEN c END,
  head([(c)-[:WAS]->(v) WHERE v.recorded <= $known_on < v.retracted | v])) AS was
WHERE was.gone IS NULL AND (was.retracted IS NULL OR was.retracted > $known_on)
  AND coalesce(was.start, $valid_on) <= $valid_on
WITH c, was ORDER BY c.id LIMIT $limit
CALL (c, was) {
  MATCH (p)-[t:TOOK_PART]->(c)
  WHERE coalesce(t.start, was.start, $valid_on) <= $valid_on
    AND t.recorded <= $known_on
    AND (t.odd IS NULL OR (t.retracted IS NULL OR t.retracted > $known_on)
      AND NOT coalesce(t.role, '') IN ['absent'] AND NOT coalesce(t.state, '') IN ['cancelled', 'refused']
      AND NOT EXISTS {
        MATCH (p)-[v:TOOK_PART]->(c)
        WHERE v.recorded <= $known_on AND (v.retracted IS NULL OR v.retracted > $known_on)
          AND coalesce(v.role, t.role, '') = coalesce(t.role, v.role, '')
          AND [v.priority, v.source] > [t.priority, t.source]
      })
  WITH p, t, t.role AS role, CASE WHEN t.odd IS NULL THEN [t.recorded, t.source] ELSE head(COLLECT {
    MATCH (p)-[v:TOOK_PART]->(c)
    WHERE v.recorded <= $known_on AND coalesce(v.role, t.role, '') = coalesce(t.role, v.role, '')
    RETURN [v.recorded, v.source] ORDER BY v.recorded, v.source
  }) END AS first
  ORDER BY p.id, role, t.start, t.record
  RETURN collect(p.id) AS actor, collect(coalesce(role, '')) AS role,
    collect(coalesce(toString(t.start), '')) AS start, collect(coalesce(toString(t.end), '')) AS end,
    collect(first[0].epochSeconds) AS recorded, collect(coalesce(t.retracted.epochSeconds, 0)) AS retracted,
    collect(first[1]) AS source, collect(coalesce(t.amount_eur, toFloat('NaN'))) AS amount_eur
}
RETURN collect(c.id) AS activity, collect(actor) AS actor, collect(role) AS role, collect(start) AS start,
  collect(end) AS end, collect(recorded) AS recorded, collect(retracted) AS retracted, collect(source) AS source,
  collect(amount_eur) AS amount_eur
