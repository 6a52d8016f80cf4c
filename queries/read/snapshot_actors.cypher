// A page of organisations and people as columns, in the order of their ids, for the snapshot.
// params: after: string, valid_on: date, known_on: datetime, limit: integer
// returns: id, name, label, kind, country, region, municipality, size, sme
MATCH (t:Thing)
WHERE t.id > $after AND (t:Organisation OR t:Person)
WITH t, coalesce(CASE WHEN t.changed <= $known_on THEN t END,
  head([(t)-[:WAS]->(v) WHERE v.recorded <= $known_on < v.retracted | v])) AS was
WHERE was.gone IS NULL AND (was.retracted IS NULL OR was.retracted > $known_on)
WITH t, was ORDER BY t.id LIMIT $limit
WITH t, was, coalesce(was.nuts3, head(COLLECT {
  MATCH (t)-[f:IN]->(region:Region)
  WHERE f.recorded <= $known_on AND (f.retracted IS NULL OR f.retracted > $known_on)
    AND coalesce(f.start, $valid_on) <= $valid_on <= coalesce(f.end, $valid_on)
  RETURN region.code ORDER BY region.code
}), '') AS region
RETURN collect(t.id) AS id, collect(was.display) AS name,
  collect(CASE WHEN t:Person THEN 'Person' ELSE 'Organisation' END) AS label,
  collect(CASE WHEN t:Person THEN 'person' ELSE coalesce(was.kind, 'other') END) AS kind,
  collect(coalesce(was.country, '')) AS country, collect(region) AS region,
  collect(coalesce(was.municipality, '')) AS municipality, collect(coalesce(was.size, 'unknown')) AS size,
  collect(CASE was.sme WHEN true THEN 'yes' WHEN false THEN 'no' ELSE 'unknown' END) AS sme
