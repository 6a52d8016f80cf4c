// Note that an import saw these records again, unchanged.
// params: rows: list, import: string
// returns:
MATCH (i:Import {id: $import})
UNWIND $rows AS row
MATCH (r:Record {id: row.id})
MERGE (r)-[f:FROM]->(i)
ON CREATE SET f.row = row.row
