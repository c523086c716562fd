"""What the author writes: YAML text, positions, and the models that it becomes.

Knows nothing of filings or XML; `compose` makes a filing of a plan, `decompose` a plan of a filing.
"""
