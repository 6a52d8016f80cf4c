// End an import: how it went and what it counted.
// params: id: string, state: string, counts: map, now: datetime
// returns:
MATCH (i:Import {id: $id})
SET i.state = $state, i.ended = $now, i += $counts
