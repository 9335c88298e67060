"""The register: rows, books, journal, outbox and blobs. The only SQL, the only commit."""
