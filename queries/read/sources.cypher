// All sources: whose, under which licence, how many live records, and when last seen.
// params: known_on: datetime
// returns: source, publisher, licence, url, records, last_seen
MATCH (s:Source)<-[:OF]-(i:Import)
WHERE i.recorded <= $known_on AND i.state <> 'undone'
WITH s, max(i.recorded) AS last_seen
RETURN s.name AS source, s.publisher AS publisher, s.licence AS licence, s.url AS url,
  COUNT { MATCH (s)<-[:OF]-(:Import)<-[:FROM]-(r:Record) WHERE r.retracted IS NULL RETURN DISTINCT r } AS records,
  last_seen
ORDER BY source
