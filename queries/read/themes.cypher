// Every theme by what it is called, with its names in Dutch, English and French as far as sources give them.
// params: known_on: datetime
// returns: name, nl, en, fr
MATCH (t:Theme)
WITH t, coalesce(CASE WHEN t.changed <= $known_on THEN t END,
  head([(t)-[:WAS]->(v) WHERE v.recorded <= $known_on < v.retracted | v])) AS was
WHERE was IS NOT NULL AND was.gone IS NULL AND (was.retracted IS NULL OR was.retracted > $known_on)
RETURN was.display AS name, was.label_nl AS nl, was.label_en AS en, was.label_fr AS fr
ORDER BY name, t.id
