"""The deal as frozen models, the words for its results and tables, and text to Deal or Problems.

Import from the module that holds what you need (`payforsuccess.deal.deal`, `deal.terms`,
`deal.results`, ...): importing this package alone loads no model.
"""
