"""One TOML file into frozen values; every error names file, key, what is wrong and the cure."""
