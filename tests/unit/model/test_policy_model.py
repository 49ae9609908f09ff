from pratique.model.classes import DataClass


def test_classes_are_ordered_whatever_the_comparison():
    ordered = [DataClass.PERSONAL, DataClass.PSEUDONYMISED, DataClass.ANONYMISED, DataClass.NONE]
    for low, one in enumerate(ordered):
        for high, other in enumerate(ordered):
            assert (one < other, one <= other, one > other, one >= other) == (
                low < high,
                low <= high,
                low > high,
                low >= high,
            )
    assert max(ordered) is DataClass.NONE
    assert min(ordered) is DataClass.PERSONAL
