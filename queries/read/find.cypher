// Organisations, people and collaborations whose names fit a search, the most active of equally good ones first.
// text: a Lucene query, escaped by its caller. active: how many collaborations it took part in (or how many took part).
// params: text: string, labels: list, valid_on: date, known_on: datetime, limit: integer
// returns: id, name, label, kind, municipality, country, short_name, active, score
CALL db.index.fulltext.queryNodes('names', $text, {limit: 500}) YIELD node AS t, score AS fit
WHERE t.recorded <= $known_on AND (t.retracted IS NULL OR t.retracted > $known_on)
  AND coalesce(t.start, $valid_on) <= $valid_on
  AND any(label IN labels(t) WHERE label IN $labels)
WITH t, fit, COUNT { (t)-[f:TOOK_PART]-() WHERE f.retracted IS NULL } AS active
WITH t, active, fit * (1 + log10(1 + active) / 4) AS score
RETURN t.id AS id, t.display AS name, [label IN labels(t) WHERE label <> 'Thing'][0] AS label, t.kind AS kind,
  t.municipality AS municipality, t.country AS country, t.short_name AS short_name, active, score
ORDER BY score DESC, id
LIMIT $limit
