// What else relates to a thing: who works there, what it is part of, its themes, regions, grants, introductions, as far
// as it had begun by valid_on; what has ended since comes after what has not.
// way: out when the relationship starts here. Participations are asked for apart.
// params: id: string, valid_on: date, known_on: datetime, limit: integer
// returns: type, way, id, name, label, role, start, end, end_precision
MATCH (t:Thing {id: $id})-[f:!TOOK_PART&!IDENTIFIES&!DESCRIBES&!WAS&!OF]-(o:Thing)
WHERE f.recorded <= $known_on AND (f.retracted IS NULL OR f.retracted > $known_on)
WITH type(f) AS type, startNode(f) = t AS out, o, f.role AS role, collect(f) AS told
UNWIND [f IN told WHERE none(v IN told WHERE [v.priority, v.source] > [f.priority, f.source])] AS f
WITH type, out, o, role, f, coalesce(CASE WHEN o.changed <= $known_on THEN o END,
  head([(o)-[:WAS]->(v) WHERE v.recorded <= $known_on < v.retracted | v])) AS was
WHERE coalesce(f.start, was.start, was.applied, was.on, date(was.stage_dates[0]), $valid_on) <= $valid_on
WITH type, out, o, was, role, f.start AS start, f ORDER BY f.record
WITH type, out, o, was, role, start, collect(f)[0] AS f
RETURN type, CASE WHEN out THEN 'out' ELSE 'in' END AS way, o.id AS id, was.display AS name,
  [label IN labels(o) WHERE label <> 'Thing'][0] AS label, role, start, f.end AS end,
  coalesce(f.end_precision, 'unknown') AS end_precision
ORDER BY type, coalesce(end < $valid_on, false), name, id, role, start
LIMIT $limit
