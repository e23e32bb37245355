"""One file a command, named for it; `cli.table` lists them."""
