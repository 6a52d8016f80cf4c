// Note which file is being restored; an empty text when it is all there.
// params: file: string
// returns:
MATCH (m:Meta {id: 'meta'})
SET m.restoring = CASE WHEN $file = '' THEN null ELSE $file END
