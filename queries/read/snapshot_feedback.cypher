// What came of introductions by a day, as columns, for the snapshot: between whom, how far it got, and when.
// params: valid_on: date, known_on: datetime
// returns: a, b, stage, day
MATCH (a)<-[f:FOR]-(i:Introduction)-[g:TO]->(b)
WHERE f.recorded <= $known_on AND (f.retracted IS NULL OR f.retracted > $known_on)
  AND g.recorded <= $known_on AND (g.retracted IS NULL OR g.retracted > $known_on)
WITH DISTINCT a, b, i, coalesce(CASE WHEN i.changed <= $known_on THEN i END,
  head([(i)-[:WAS]->(v) WHERE v.recorded <= $known_on < v.retracted | v])) AS was
WHERE was.gone IS NULL AND (was.retracted IS NULL OR was.retracted > $known_on)
WITH a, b, i, was, [step IN range(0, size(was.stages) - 1) WHERE date(was.stage_dates[step]) <= $valid_on][-1] AS step
WHERE step IS NOT NULL
WITH a, b, was.stages[step] AS stage, was.stage_dates[step] AS day ORDER BY day, i.id, a.id, b.id
RETURN collect(a.id) AS a, collect(b.id) AS b, collect(stage) AS stage, collect(day) AS day
