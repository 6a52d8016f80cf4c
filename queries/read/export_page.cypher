// A page of one family of nodes in the order of their ids, each with the relationships that start at it.
// family: Thing, Identifier, Record or Version.
// params: family: string, after: string, limit: integer
// returns: labels, properties, relations
CALL () {
  WITH * WHERE $family = 'Thing'
  MATCH (n:Thing) WHERE n.id > $after
  RETURN n ORDER BY n.id LIMIT $limit
  UNION ALL
  WITH * WHERE $family = 'Identifier'
  MATCH (n:Identifier) WHERE n.id > $after
  RETURN n ORDER BY n.id LIMIT $limit
  UNION ALL
  WITH * WHERE $family = 'Record'
  MATCH (n:Record) WHERE n.id > $after
  RETURN n ORDER BY n.id LIMIT $limit
  UNION ALL
  WITH * WHERE $family = 'Version'
  MATCH (n:Version) WHERE n.id > $after
  RETURN n ORDER BY n.id LIMIT $limit
}
RETURN labels(n) AS labels, properties(n) AS properties,
  [(n)-[r]->(m) | [type(r), m.id, properties(r)]] AS relations
