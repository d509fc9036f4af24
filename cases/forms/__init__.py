"""Forms of the acts on a case: one file an area. `ActForm` is the base of all of them."""
