// All imports, newest first: their file, source, state and counts.
// params: limit: integer
// returns: id, source, file, state, by, recorded, ended, counts
MATCH (i:Import)-[:OF]->(s:Source)
RETURN i.id AS id, s.name AS source, i.file AS file, i.state AS state, i.by AS by, i.recorded AS recorded,
  i.ended AS ended, i {.rows, .records, .issues, .ignored, .new, .changed, .unchanged} AS counts
ORDER BY recorded DESC
LIMIT $limit
