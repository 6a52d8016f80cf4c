"""What follows from the network: pure functions of a snapshot. None of them sees a store."""
