"""The pages of people and services."""
