// How many things there are, retracted ones included.
// params:
// returns: things
MATCH (t:Thing)
RETURN count(t) AS things
