"""The optional extra ``fast`` changes no result."""

import numpy as np
import pytest

from scenarios import term


@pytest.mark.parametrize("limit", [0, 3, 3.5, np.inf])
@pytest.mark.parametrize("every", [None, 1, 5, 12])
@pytest.mark.parametrize("months", [0, 1, 12, 36])
def test_a_compiled_limit_gives_the_same_bits(same_bits, limit, every, months):
    """Also where an amount is not a number, so that such a term is still refused."""
    pytest.importorskip("numba")
    from scenarios import compiled  # noqa: PLC0415  numba is optional

    amounts = np.random.default_rng(1).standard_normal((months, 50))
    amounts[months // 2 :, 7] = np.nan
    same_bits(
        compiled.over_the_limit(amounts, limit, every),
        term._over_the_limit(amounts, limit, every),
    )
