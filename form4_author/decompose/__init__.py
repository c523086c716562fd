"""A filing -> the plan that a person would have written for it: the inverse of `compose`, walked backwards.

Knows the plan, the events and the filing; not how a plan is composed.
"""
