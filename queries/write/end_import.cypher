// End an import: how it went and what it counted. One that is undone keeps how it went before, and when that was.
// params: id: string, state: string, counts: map, now: datetime
// returns:
MATCH (i:Import {id: $id})
SET i.ran = CASE WHEN $state = 'undone' THEN i.state END,
  i.undone = CASE WHEN $state = 'undone' THEN $now END,
  i.ended = CASE WHEN $state = 'undone' THEN i.ended ELSE $now END
SET i.state = $state, i += $counts
