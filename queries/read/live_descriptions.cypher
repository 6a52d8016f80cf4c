// What live records say of these things: each distinct set of values with the priority of its source and how often;
// and the keys that identify them.
// params: ids: list
// returns: id, shown, descriptions, keys
UNWIND $ids AS id
MATCH (t:Thing {id: id})
OPTIONAL MATCH (r:Record)-[d:DESCRIBES]->(t)
WHERE d.retracted IS NULL
WITH t, d.values AS said, r.priority AS priority, count(d) AS times
RETURN t.id AS id, properties(t) AS shown,
  collect(CASE WHEN times > 0 THEN {said: said, priority: priority, times: times} END) AS descriptions,
  [(i:Identifier)-[:IDENTIFIES]->(t) | i.id] AS keys
