"""How many connections there are, in all and from each client."""

from collections import Counter

# Connections held open until nobody else gets in.
CONNECTIONS = 200
# One client that takes all of them. Everybody on this machine is one client.
CONNECTIONS_OF_CLIENT = 50


class Room:
    """The connections of one door; used by its event loop alone."""

    def __init__(self, in_all: int = CONNECTIONS, of_client: int = CONNECTIONS_OF_CLIENT) -> None:
        self._in_all = in_all
        self._of_client = of_client
        self._clients: Counter[str] = Counter()

    def enter(self, client: str) -> bool:
        """Count a connection in; tells whether there is room for it."""
        self._clients[client] += 1
        is_one_too_many = self._clients[client] > self._of_client
        return not is_one_too_many and self._clients.total() <= self._in_all

    def leave(self, client: str) -> None:
        """Count a connection out."""
        self._clients[client] -= 1
        if self._clients[client] <= 0:
            del self._clients[client]
