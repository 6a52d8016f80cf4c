// How much there is: what had begun by valid_on, as it was known at known_on. Organisations and people count whenever
// they began. A participation counts once, however many sources tell of it: the weightiest is believed.
// params: valid_on: date, known_on: datetime
// returns: organisations, people, collaborations, participations, sources
CALL () {
  MATCH (t:Organisation)
  WITH coalesce(CASE WHEN t.changed <= $known_on THEN t END,
    head([(t)-[:WAS]->(v) WHERE v.recorded <= $known_on < v.retracted | v])) AS was
  WHERE was.gone IS NULL AND (was.retracted IS NULL OR was.retracted > $known_on)
  RETURN count(was) AS organisations
}
CALL () {
  MATCH (t:Person)
  WITH coalesce(CASE WHEN t.changed <= $known_on THEN t END,
    head([(t)-[:WAS]->(v) WHERE v.recorded <= $known_on < v.retracted | v])) AS was
  WHERE was.gone IS NULL AND (was.retracted IS NULL OR was.retracted > $known_on)
  RETURN count(was) AS people
}
CALL () {
  MATCH (t:Collaboration)
  WITH coalesce(CASE WHEN t.changed <= $known_on THEN t END,
    head([(t)-[:WAS]->(v) WHERE v.recorded <= $known_on < v.retracted | v])) AS was
  WHERE was.gone IS NULL AND (was.retracted IS NULL OR was.retracted > $known_on)
    AND coalesce(was.start, $valid_on) <= $valid_on
  RETURN count(was) AS collaborations
}
CALL () {
  MATCH (c:Collaboration)
  WITH c, coalesce(CASE WHEN c.changed <= $known_on THEN c END,
    head([(c)-[:WAS]->(v) WHERE v.recorded <= $known_on < v.retracted | v])) AS was
  MATCH (p)-[t:TOOK_PART]->(c)
  WHERE coalesce(t.start, was.start, $valid_on) <= $valid_on
    AND t.recorded <= $known_on
    AND (t.odd IS NULL OR (t.retracted IS NULL OR t.retracted > $known_on)
      AND NOT coalesce(t.role, '') IN ['absent'] AND NOT coalesce(t.state, '') IN ['cancelled', 'refused']
      AND NOT EXISTS {
        MATCH (p)-[v:TOOK_PART]->(c)
        WHERE v.recorded <= $known_on AND (v.retracted IS NULL OR v.retracted > $known_on)
          AND coalesce(v.role, t.role, '') = coalesce(t.role, v.role, '')
          AND [v.priority, v.source] > [t.priority, t.source]
      })
  WITH DISTINCT p, c, t.role AS role, coalesce(t.start, was.start) AS start
  RETURN count(*) AS participations
}
CALL () {
  MATCH (s:Source)<-[:OF]-(i:Import)
  WHERE i.recorded <= $known_on AND (i.undone IS NULL OR i.undone > $known_on)
  RETURN count(DISTINCT s) AS sources
}
RETURN organisations, people, collaborations, participations, sources
