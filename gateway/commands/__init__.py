"""The commands of `inkasso`, a module a topic."""
