// How much there is: what had begun by valid_on, as it was known at known_on. A participation counts once, however
// many sources tell of it.
// params: valid_on: date, known_on: datetime
// returns: organisations, people, collaborations, participations, sources
CALL () {
  MATCH (o:Organisation)
  WHERE o.recorded <= $known_on AND (o.retracted IS NULL OR o.retracted > $known_on)
  RETURN count(o) AS organisations
}
CALL () {
  MATCH (p:Person)
  WHERE p.recorded <= $known_on AND (p.retracted IS NULL OR p.retracted > $known_on)
  RETURN count(p) AS people
}
CALL () {
  MATCH (c:Collaboration)
  WHERE c.recorded <= $known_on AND (c.retracted IS NULL OR c.retracted > $known_on)
    AND (c.start IS NULL OR c.start <= $valid_on)
  RETURN count(c) AS collaborations
}
CALL () {
  MATCH (a)-[t:TOOK_PART]->(c:Collaboration)
  WHERE t.recorded <= $known_on AND (t.retracted IS NULL OR t.retracted > $known_on)
    AND coalesce(t.start, c.start, $valid_on) <= $valid_on
  WITH DISTINCT a, c, t.role AS role
  RETURN count(*) AS participations
}
CALL () {
  MATCH (s:Source)<-[:OF]-(i:Import)
  WHERE s.recorded <= $known_on AND i.state <> 'undone'
  RETURN count(DISTINCT s) AS sources
}
RETURN organisations, people, collaborations, participations, sources
