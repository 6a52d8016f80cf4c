// Make the store another one, as old as the revision says: everything it held was replaced.
// params: store: string, revision: integer
// returns:
MATCH (m:Meta {id: 'meta'})
SET m.store = $store, m.revision = $revision
