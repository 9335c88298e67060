"""How a question to the network fails."""


class UnansweredError(Exception):
    """Nobody answered, or nobody may be asked: nothing is known, neither good nor bad."""
