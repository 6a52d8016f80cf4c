// Retract records with all they say and every relationship they gave; returns the things that this touches.
// params: ids: list, by: string, now: datetime
// returns: touched
UNWIND $ids AS id
MATCH (r:Record {id: id})
WHERE r.retracted IS NULL
SET r.retracted = $now, r.retracted_by = $by
WITH r
MATCH (r)-[d:DESCRIBES]->(t:Thing)
SET d.retracted = $now
WITH r, t
CALL (r, t) {
  MATCH (t)-[fact]->()
  WHERE fact.record = r.id AND fact.retracted IS NULL
  SET fact.retracted = $now, fact.odd = true
}
RETURN collect(DISTINCT t.id) AS touched
