"""A package, so that what is planted once for the folder is gone with its last test: elsewhere `scope="package"` lasts the session."""
