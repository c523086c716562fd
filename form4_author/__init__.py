"""form4-author: SEC Form 4 from a YAML plan."""
