// Organisations, people and collaborations whose names fit a search, the most active of equally good ones first.
// text: a Lucene query, escaped by its caller. active: how many collaborations it took part in (or how many took part).
// params: text: string, labels: list, valid_on: date, known_on: datetime, limit: integer
// returns: id, name, label, kind, municipality, country, short_name, active, score
CALL db.index.fulltext.queryNodes('names', $text, {limit: 3000}) YIELD node AS was, score AS fit
WITH was, fit, CASE WHEN was:Version THEN head([(owner)-[:WAS]->(was) | owner]) ELSE was END AS t
WHERE CASE WHEN was:Version THEN was.recorded <= $known_on < was.retracted ELSE was.changed <= $known_on END
  AND was.gone IS NULL AND (was.retracted IS NULL OR was.retracted > $known_on)
  AND coalesce(was.start, $valid_on) <= $valid_on
  AND any(label IN labels(t) WHERE label IN $labels)
WITH t, was, fit ORDER BY fit DESC LIMIT 300 + $limit
CALL (t, was) {
  MATCH (t)-[f:TOOK_PART]-(other)
  WHERE f.recorded <= $known_on AND (f.retracted IS NULL OR f.retracted > $known_on)
    AND coalesce(f.start, was.start, other.start, $valid_on) <= $valid_on
    AND NOT coalesce(f.role, '') IN ['absent'] AND NOT coalesce(f.state, '') IN ['cancelled', 'refused']
  RETURN count(DISTINCT other) AS active
}
WITH t, was, active, fit * (1 + log10(1 + active) / 4) AS score
RETURN t.id AS id, was.display AS name, [label IN labels(t) WHERE label <> 'Thing'][0] AS label, was.kind AS kind,
  was.municipality AS municipality, was.country AS country, was.short_name AS short_name, active, score
ORDER BY score DESC, id
LIMIT $limit
