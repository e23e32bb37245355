"""One file for each thing people ask for: load, call, save, record. The only shell of the core."""
