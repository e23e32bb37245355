"""One block of worlds written down as steps over columns, and the steps taken again for others.

The code that draws, prices and pays worlds is run once, on a few worlds, with `Column` in place of
arrays. What it does is kept as a list of array operations; for every other block they are taken
again, in an order and in memory that stay in the processor's cache, without the code between them.
There is no second copy of any arithmetic here.
"""
