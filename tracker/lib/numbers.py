"""Whole numbers as somebody typed or forged them, within what the database can hold."""

LARGEST = 2**31 - 1  # an INTEGER of PostgreSQL: ids, versions, counts


def whole(text: object) -> int:
    """The number; `ValueError` where it is none, or none that could be stored."""
    number = int(str(text))
    if abs(number) > LARGEST:
        message = "beyond the integers of the database"
        raise ValueError(message)
    return number
