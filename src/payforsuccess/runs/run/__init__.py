"""One run from files to report, its price of doubt, and its replay."""
