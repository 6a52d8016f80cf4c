// What else relates to a thing: who works there, what it is part of, its themes, regions, grants, introductions.
// way: out when the relationship starts here. Participations are asked for apart.
// params: id: string, valid_on: date, known_on: datetime, limit: integer
// returns: type, way, id, name, label, role, start, end, end_precision
MATCH (t:Thing {id: $id})-[f:!TOOK_PART&!IDENTIFIES&!DESCRIBES&!WAS&!OF]-(o:Thing)
WHERE f.recorded <= $known_on AND (f.retracted IS NULL OR f.retracted > $known_on)
  AND coalesce(f.start, $valid_on) <= $valid_on
WITH t, type(f) AS type, startNode(f) = t AS out, o, f.role AS role, collect(f)[0] AS f
RETURN type, CASE WHEN out THEN 'out' ELSE 'in' END AS way, o.id AS id, o.display AS name,
  [label IN labels(o) WHERE label <> 'Thing'][0] AS label, role, f.start AS start, f.end AS end,
  f.end_precision AS end_precision
ORDER BY type, end IS NOT NULL, name, id
LIMIT $limit
