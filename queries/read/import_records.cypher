// The live records that only this import vouches for, a page at a time.
// params: id: string, limit: integer
// returns: ids
MATCH (i:Import {id: $id})<-[:FROM]-(r:Record)
WHERE r.retracted IS NULL
  AND NOT EXISTS { (r)-[:FROM]->(other:Import) WHERE other.id <> $id AND other.state <> 'undone' }
WITH r LIMIT $limit
RETURN collect(r.id) AS ids
