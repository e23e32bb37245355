"""The pages of the data desk."""
