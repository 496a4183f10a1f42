"""What people do with problems and their rectification."""
