// Add nodes of an export as they were.
// params: rows: list
// returns:
UNWIND $rows AS row
CREATE (n:$(row.labels))
SET n = row.properties
