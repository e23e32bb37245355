"""The data desk: feeds and their quality, uploads, uncertain matches, checks before a signature."""
