"""Who vouches for it: seals, chains, revocation, binding, and the one verdict."""
