"""Referrals from jail, court and community: made, checked, drawn, answered, followed up."""
