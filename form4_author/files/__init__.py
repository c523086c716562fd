"""The disk: which files are meant, reading them within bounds, writing them whole or not at all."""
