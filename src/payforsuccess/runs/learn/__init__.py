"""What initiatives teach: what works, what others can take over, and how far they came."""
