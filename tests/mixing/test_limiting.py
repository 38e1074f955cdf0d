"""The choice of the sample of a peak that is attenuated."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from audiobook.mixing.limiting import _loudest


@given(st.lists(st.integers(-32768, 32767), min_size=1))
def test_the_loudest_sample_is_the_first_with_the_largest_amplitude(drawn: list[int]) -> None:
    assert _loudest(np.array(drawn, dtype="<i2")) == max(range(len(drawn)), key=lambda at: abs(drawn[at]))
