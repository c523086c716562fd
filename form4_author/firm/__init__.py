"""A firm's own file, form4-author.toml: what it says, where each part stands, and what is wrong with it."""
