"""Who works here: people, their organisations, and what each may see and do in an initiative."""
