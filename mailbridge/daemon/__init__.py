"""The service: watches mailboxes, examines, files, posts, and keeps the schedule."""
