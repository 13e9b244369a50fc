"""The life of a case from handover to its end: which moves there are, by whom, and under what conditions.

The rules are data (`table`, `legal`, `autocollect`, `direct_payment`); `moves` answers over them. Everything
here is pure: facts come in, a move or a refusal with its reason goes out, and the store carries it out.
"""
