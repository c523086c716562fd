"""What is to be told -> text, JSON, SARIF, workflow commands. Nothing is decided here."""
