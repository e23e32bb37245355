"""How many people a study needs, how small an effect it can show, and how likely it pays."""
