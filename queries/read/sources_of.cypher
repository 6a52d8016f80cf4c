// Where what is known of a thing comes from: per source how many records, under which licence, first and last seen.
// params: id: string, known_on: datetime
// returns: source, publisher, licence, url, records, first_seen, last_seen
MATCH (r:Record)-[d:DESCRIBES]->(t:Thing {id: $id})
WHERE d.recorded <= $known_on AND (d.retracted IS NULL OR d.retracted > $known_on)
MATCH (r)-[:FROM]->(i:Import)-[:OF]->(s:Source)
WHERE i.recorded <= $known_on AND (i.undone IS NULL OR i.undone > $known_on)
WITH s, count(DISTINCT r) AS records, min(i.recorded) AS first_seen, max(i.recorded) AS last_seen
RETURN s.name AS source, s.publisher AS publisher, s.licence AS licence, s.url AS url, records, first_seen, last_seen
ORDER BY records DESC, source
