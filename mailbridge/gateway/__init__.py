"""The gateway: our people's mail programs submit here, and the local mail server delivers here."""
