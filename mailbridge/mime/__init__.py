"""Ground: octets to parts and back, pure. Knows nothing of mailboxes, seals or letters."""
