"""The law as dated data and pure functions over it: interest, fees, limitation, courts, default.

Each statute's figures lie in a TOML file with their sources. A date that no entry covers raises
StatutoryDataMissingError; the last known value is never used again. Nothing here reads a clock.
"""
