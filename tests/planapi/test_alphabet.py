from planapi.alphabet import danish_order


def test_names_come_in_the_order_of_the_danish_alphabet():
    names = ["Åse", "Zoe", "Øjvind", "Ærø", "Eva", "Éva B", "emil", "Anna"]

    assert sorted(names, key=danish_order) == [
        "Anna",
        "emil",
        "Eva",
        "Éva B",
        "Zoe",
        "Ærø",
        "Øjvind",
        "Åse",
    ]
