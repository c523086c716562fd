"""What happened, one module for each kind of entry: the lines it writes, and how it is recognised in a filing's lines.

Knows the plan and the filing. `compose` writes the lines of an event and `decompose` has them recognised, each behind
a small protocol: `Writer` in `drafts`, `Scribe` in `written`. The kinds stand in one registry, `plan.entries`.
"""
