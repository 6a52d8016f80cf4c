// A page of organisations and people as columns, in the order of their ids, for the snapshot.
// params: after: string, known_on: datetime, limit: integer
// returns: id, name, label, kind, country, region, municipality, size, sme
MATCH (t:Thing)
WHERE t.id > $after AND (t:Organisation OR t:Person)
  AND t.recorded <= $known_on AND (t.retracted IS NULL OR t.retracted > $known_on)
WITH t ORDER BY t.id LIMIT $limit
RETURN collect(t.id) AS id, collect(t.display) AS name,
  collect(CASE WHEN t:Person THEN 'Person' ELSE 'Organisation' END) AS label,
  collect(CASE WHEN t:Person THEN 'person' ELSE coalesce(t.kind, 'other') END) AS kind,
  collect(coalesce(t.country, '')) AS country, collect(coalesce(t.nuts3, '')) AS region,
  collect(coalesce(t.municipality, '')) AS municipality, collect(coalesce(t.size, 'unknown')) AS size,
  collect(CASE t.sme WHEN true THEN 'yes' WHEN false THEN 'no' ELSE 'unknown' END) AS sme
