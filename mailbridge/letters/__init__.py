"""Station: everything that we send, from the facts owed to the mail that leaves."""
