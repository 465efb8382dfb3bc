"""Mutation testing: the groups of modules, the runs of mutmut, and what was judged about the survivors."""
