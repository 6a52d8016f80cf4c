// Remove what Schakel stores with all its relationships, a page at a time; says how many nodes went. The store's own
// node stays, so that a removal that is cut off can be told from an empty store, and so does what others keep here.
// params: limit: integer
// returns: removed
MATCH (n:Thing|Identifier|Record|Version)
WITH n LIMIT $limit
DETACH DELETE n
RETURN count(*) AS removed
