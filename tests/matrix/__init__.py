"""Every form in every state, examined for real: the table of docs/forms.md."""
