"""The web application: what each person of an initiative sees and does, from referral to payment.

It computes no amount and decides no rule: it asks `governance` who may do what, calls `runs` for
everything that counts or pays, and keeps people's work in its own database with an audit log.
"""
