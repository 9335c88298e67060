"""Watches mailboxes, streams mails and files them: the only station that speaks IMAP."""
