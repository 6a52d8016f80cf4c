// Whom these keys identify, with what is shown of them now.
// params: keys: list
// returns: key, id, shown
UNWIND $keys AS key
MATCH (i:Identifier {id: key})-[:IDENTIFIES]->(t)
USING INDEX i:Identifier(id)
RETURN key, t.id AS id, properties(t) AS shown
