"""What is asked of concepts and solicitations: how ready they are, how they rank."""
