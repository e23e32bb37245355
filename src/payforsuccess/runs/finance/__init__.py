"""What a deal may cost and bring: looked ahead, simulated, priced, budgeted, wound down."""
