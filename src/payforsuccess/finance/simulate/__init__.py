"""Many worlds at once: what varies, the same terms and order of repayment, and what it comes to."""
