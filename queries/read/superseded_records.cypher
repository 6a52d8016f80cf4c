// The last records that this import retracted by newer ones and that nothing has replaced since, a page at a time:
// each with what it described and the relationships it gave.
// params: id: string, after: string, limit: integer
// returns: id, record, describes, relations
MATCH (r:Record {retracted_by: $id})
WHERE r.id > $after AND NOT EXISTS { MATCH (live:Record {key: r.key}) WHERE live.retracted IS NULL }
WITH r ORDER BY r.id LIMIT $limit
RETURN r.id AS id, properties(r) AS record,
  [(r)-[d:DESCRIBES]->(t) | {id: t.id, said: d.values}] AS describes,
  COLLECT {
    MATCH (r)-[:DESCRIBES]->(a)-[f]->(b:Thing)
    WHERE f.record = r.id
    RETURN {type: type(f), start: a.id, end: b.id, properties: properties(f)}
  } AS relations
