// Wait until every index is complete, and until full-text search shows everything that was written before.
// params:
// returns: done
CALL db.awaitIndexes(120)
CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()
RETURN true AS done
