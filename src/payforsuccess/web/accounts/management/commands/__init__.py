"""Commands for whoever installs the application."""
