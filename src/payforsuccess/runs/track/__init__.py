"""How a deal goes while it runs: who comes, who is eligible, what is reached."""
