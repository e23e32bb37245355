"""A second initiative of the made-up county, smaller than the first, in which chance decides.

Homes from Jail is told with a provider that answers each referral, and a lottery would take every
other person's home away. Coaching by Lot has what it lacks: a sealed draw, outcomes by arm at
planned looks, and records matched by names, with pairs that wait for two people.
"""
