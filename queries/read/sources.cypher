// The sources of which an import stood at known_on: whose, under which licence, how many records held, when last seen.
// params: known_on: datetime
// returns: source, publisher, licence, url, records, last_seen
MATCH (s:Source)<-[:OF]-(i:Import)
WHERE i.recorded <= $known_on AND (i.undone IS NULL OR i.undone > $known_on)
WITH s, max(i.recorded) AS last_seen
RETURN s.name AS source, s.publisher AS publisher, s.licence AS licence, s.url AS url,
  COUNT {
    MATCH (s)<-[:OF]-(:Import)<-[:FROM]-(r:Record)
    WHERE r.recorded <= $known_on AND (r.retracted IS NULL OR r.retracted > $known_on)
    RETURN DISTINCT r
  } AS records,
  last_seen
ORDER BY source
