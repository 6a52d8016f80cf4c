// How many nodes Schakel stores, and how many relationships start at them; the store's own node is not counted.
// params:
// returns: nodes, relationships
CALL () {
  MATCH (n:Thing|Identifier|Record|Version)
  RETURN count(n) AS nodes
}
CALL () {
  MATCH (:Thing|Identifier|Record|Version)-[r]->()
  RETURN count(r) AS relationships
}
RETURN nodes, relationships
