// Which organisation is part of which on a day, as columns, for the snapshot.
// params: valid_on: date, known_on: datetime
// returns: part, whole
MATCH (a:Organisation)-[f:PART_OF]->(b:Organisation)
WHERE f.recorded <= $known_on AND (f.retracted IS NULL OR f.retracted > $known_on)
WITH a, b, collect(f) AS told
UNWIND [f IN told WHERE none(v IN told WHERE [v.priority, v.source] > [f.priority, f.source])] AS f
WITH a, b, f
WHERE coalesce(f.start, $valid_on) <= $valid_on <= coalesce(f.end, $valid_on)
WITH DISTINCT a.id AS part, b.id AS whole ORDER BY part, whole
RETURN collect(part) AS part, collect(whole) AS whole
