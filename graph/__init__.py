"""What is known of the network, how it is kept, and what follows from it."""
