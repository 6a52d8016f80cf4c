// What an organisation or person took part in, newest first, in which role, from when to when, and how many others were
// there. total: how many there are. Of several sources that tell of one participation the weightiest is believed.
// params: id: string, valid_on: date, known_on: datetime, limit: integer
// returns: id, name, title, kind, programme, role, state, start, start_precision, end, end_precision, amount_eur
// returns: others, total
MATCH (o:Thing {id: $id})-[t:TOOK_PART]->(c:Collaboration)
WHERE t.recorded <= $known_on
  AND (t.odd IS NULL OR (t.retracted IS NULL OR t.retracted > $known_on)
    AND NOT EXISTS {
      MATCH (o)-[v:TOOK_PART]->(c)
      WHERE v.recorded <= $known_on AND (v.retracted IS NULL OR v.retracted > $known_on)
        AND coalesce(v.role, t.role, '') = coalesce(t.role, v.role, '')
        AND [v.priority, v.source] > [t.priority, t.source]
    })
WITH o, t, c, coalesce(CASE WHEN c.changed <= $known_on THEN c END,
  head([(c)-[:WAS]->(v) WHERE v.recorded <= $known_on < v.retracted | v])) AS was
WITH o, t, c, was, coalesce(t.start, was.start) AS start
WHERE coalesce(start, $valid_on) <= $valid_on
WITH o, t, c, was, start, t.role AS role ORDER BY t.record
WITH o, c, was, role, start, collect(t)[0] AS t
ORDER BY start IS NULL, start DESC, c.id, role
WITH o, collect({c: c, was: was, role: role, start: start, t: t}) AS found
WITH o, found[..$limit] AS shown, size(found) AS total
UNWIND shown AS one
WITH o, total, one.c AS c, one.was AS was, one.role AS role, one.start AS start, one.t AS mine
RETURN c.id AS id, was.display AS name, was.title AS title, was.kind AS kind, was.programme AS programme, role,
  mine.state AS state, start,
  CASE WHEN mine.start IS NULL AND was.start IS NOT NULL THEN was.start_precision
    ELSE coalesce(mine.start_precision, 'unknown') END AS start_precision,
  coalesce(mine.end, was.end) AS end,
  CASE WHEN mine.end IS NULL AND was.end IS NOT NULL THEN was.end_precision
    ELSE coalesce(mine.end_precision, 'unknown') END AS end_precision,
  mine.amount_eur AS amount_eur,
  COUNT {
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
    RETURN DISTINCT p
  } AS others,
  total
