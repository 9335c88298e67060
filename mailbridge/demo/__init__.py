"""Invented agencies, keys, documents and mails, and a mail server in memory: all for show."""
