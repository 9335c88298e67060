"""One client cannot take every connection, and who leaves makes room."""

from mailbridge.gateway.room import Room


def test_a_client_has_its_share_and_no_more() -> None:
    room = Room(in_all=3, of_client=2)
    assert [room.enter("a") for _ in range(3)] == [True, True, False]
    room.leave("a")
    assert room.enter("b")
    assert not room.enter("c")
    for client in ("a", "a", "b", "c"):
        room.leave(client)
    assert room.enter("c")
