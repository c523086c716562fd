"""A filing -> the plan of the form that comes after it: its amendment, or the next one."""
