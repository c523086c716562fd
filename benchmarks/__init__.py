"""Measurements, each beside its floor in the same run; see CONTRIBUTING.md."""
