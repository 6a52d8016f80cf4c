// Remove nodes with all their relationships, a page at a time; says how many went.
// params: limit: integer
// returns: removed
MATCH (n)
WITH n LIMIT $limit
DETACH DELETE n
RETURN count(*) AS removed
