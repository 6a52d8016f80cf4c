// Add relationships of an export as they were; says how many found both their ends.
// params: rows: list
// returns: added
UNWIND $rows AS row
CALL (row) {
  MATCH (a:Thing {id: row.start}) RETURN a
  UNION ALL
  MATCH (a:Record {id: row.start}) RETURN a
  UNION ALL
  MATCH (a:Identifier {id: row.start}) RETURN a
}
CALL (row) {
  MATCH (b:Thing {id: row.end}) RETURN b
  UNION ALL
  MATCH (b:Version {id: row.end}) RETURN b
}
CREATE (a)-[r:$(row.type)]->(b)
SET r = row.properties
RETURN count(r) AS added
