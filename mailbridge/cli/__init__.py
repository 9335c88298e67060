"""The command line: one small module per noun; a command parses, calls one action, prints."""
