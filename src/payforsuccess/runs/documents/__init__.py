"""Documents about a deal or an initiative: one file a kind, all listed in `kinds`."""
