// Records that hold now under these keys of their sources, and whether one once held under each of these ids.
// params: keys: list, ids: list
// returns: live, known
CALL () {
  UNWIND $keys AS key
  MATCH (r:Record {key: key})
  WHERE r.retracted IS NULL
  RETURN collect([r.key, r.id]) AS live
}
CALL () {
  UNWIND $ids AS id
  MATCH (r:Record {id: id})
  RETURN collect(r.id) AS known
}
RETURN live, known
