// Note which file is being restored; an empty text when it is all there. What was restored may come from a machine
// whose clock is ahead: the next change has to be later than all of it.
// params: file: string
// returns:
CALL () {
  MATCH (t:Thing)
  RETURN max(CASE WHEN t.changed > t.recorded THEN t.changed ELSE t.recorded END) AS latest
}
MATCH (m:Meta {id: 'meta'})
SET m.restoring = CASE WHEN $file = '' THEN null ELSE $file END,
  m.now = CASE WHEN latest > m.now THEN latest ELSE m.now END
