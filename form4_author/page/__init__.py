"""The filing -> the printed form, as HTML and as PDF; with it the proof sheet and the redline.

Knows the filing, its deadlines and what findings look like; no plan and no XML.
"""
