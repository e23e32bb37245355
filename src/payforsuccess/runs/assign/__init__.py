"""The lottery of a deal on disk: shares, the chained list of draws, and what is told of them."""
