"""What stands in the cache is JSON: counted up by the server where it is a number, never code."""

import pickle

import pytest

from core.cache import JsonSerializer


@pytest.mark.parametrize("value", [0, 5, -3, "text", None, True, [1.5, 2], {"a": [1]}])
def test_a_value_comes_back_as_it_went_in(value: object) -> None:
    stored = JsonSerializer().dumps(value)
    back = JsonSerializer().loads(stored if isinstance(stored, bytes) else str(stored).encode())
    assert back == value
    assert type(back) is type(value)


def test_a_pickle_is_refused() -> None:
    with pytest.raises(ValueError, match=r"decode|Expecting"):
        JsonSerializer().loads(pickle.dumps({"a": 1}))
    with pytest.raises(TypeError):
        JsonSerializer().dumps(object())
