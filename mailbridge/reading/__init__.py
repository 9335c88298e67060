"""What the document says: text, fields with their sources, urgency and marks of secrecy."""
