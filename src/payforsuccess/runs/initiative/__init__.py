"""What is asked of an initiative: its gates, its documents, what was learned."""
