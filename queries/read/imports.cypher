// Imports that had begun by known_on, newest first: their file, source, counts, and their state at that moment.
// params: known_on: datetime, limit: integer
// returns: id, source, file, state, by, recorded, ended, counts
MATCH (i:Import)-[:OF]->(s:Source)
WHERE i.recorded <= $known_on
WITH i, s, coalesce(i.ended <= $known_on, false) AS over, coalesce(i.undone <= $known_on, false) AS undone
RETURN i.id AS id, s.name AS source, i.file AS file,
  CASE WHEN undone THEN 'undone' WHEN over THEN coalesce(i.ran, i.state) ELSE 'running' END AS state,
  i.by AS by, i.recorded AS recorded, CASE WHEN undone THEN i.undone WHEN over THEN i.ended END AS ended,
  CASE WHEN over THEN i {.rows, .records, .issues, .ignored, .new, .changed, .unchanged} ELSE {} END AS counts
ORDER BY recorded DESC, id
LIMIT $limit
