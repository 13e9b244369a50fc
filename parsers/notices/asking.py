"""stub"""
def ask(payments, doubts, language):
    return tuple(f"{d.why}: {d.about}" for d in doubts)
