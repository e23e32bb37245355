"""The registers of an initiative as pages: one file a register, all alike."""
