"""A county that does not exist: made-up people, their lives, and the agencies' files about them.

What really happened is kept beside the files, so that linkage and measures can be held to it. Every
name, number and address is drawn by chance from word lists and ranges that are no one's.
"""
