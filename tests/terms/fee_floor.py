from hypothesis import strategies as st
from tests.pieces import annual, monthly

from scenarios.clauses.fee_floor import FeeFloor

EXAMPLES = [
    {"monthly": 50_000.0, "annual": 610_000.0},
    {"annual": 610_000.0, "total": 950_000.0},
]
DRAWN = (
    st.fixed_dictionaries({}, optional={"monthly": monthly, "annual": annual, "total": annual})
    .filter(bool)
    .map(lambda limits: FeeFloor(**limits))
)
NEUTRAL = [FeeFloor(monthly=0, annual=0)]
FEE_ONLY = True


def plainly(floor, path):
    """Month, year, contract: each closes with the top-up that the fee and the one before lack."""
    fee = path.fee
    for least, length in ((floor.monthly, 1), (floor.annual, 12), (floor.total, path.end)):
        if least is None:
            continue
        topped, sum_so_far, months = [], 0, 0
        for month, amount in enumerate(fee):
            sum_so_far += amount
            months += 1
            if months == length or month == path.final:
                lacking = max(least * months / length - sum_so_far, 0)
                topped.append(amount + lacking)
                sum_so_far, months = 0, 0
            else:
                topped.append(amount)
        fee = topped
    return {"fee": [new - old for new, old in zip(fee, path.fee, strict=True)]}
