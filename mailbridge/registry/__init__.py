"""The register: rows, books and numbers, journal, outbox and blobs. The only SQL, the only commit."""
