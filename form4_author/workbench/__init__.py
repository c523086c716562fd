"""The workbench: the same pipeline on a local page, the plan at the left, the form at the right, findings below.

It knows all below `cli`, and neither rules nor drawing of its own: what a page says and shows comes from `pipeline`,
`conversion` and `page`. Plans stay text files; the workbench is a window on them.
"""
