"""The people of the programme and the case manager's day: consent, homes, contacts, follow-ups."""
