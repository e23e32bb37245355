"""What a deal may cost, cost whom, and bring: the deal's own payment terms under assumptions.

A world is one way in which things may turn out: who enrols, what every outcome comes to. A
forecast looks at one world for each case, in whole minor units; a simulation looks at many, as
arrays. Both go the same way: people, costs, outcomes, payments by the deal's own terms, cash in
the deal's own order, and what that means for those who gave money and those who pay.
"""
