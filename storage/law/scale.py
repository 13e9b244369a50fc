"""Fees by value in steps, as § 13(1) RVG and § 34(1) GKG have them: so much for every started step."""

from fractions import Fraction

import msgspec

from storage.money import Money


class ScaleStep(msgspec.Struct, frozen=True, kw_only=True):
    """For every started `per` cents of value up to `to` cents, `fee` cents; `to` None: without end."""

    to: int | None = None
    per: int
    fee: int
    verified: bool = True


class Scale(msgspec.Struct, frozen=True, kw_only=True):
    """`first_fee` cents up to a value of `first_value` cents, then the steps in rising order."""

    first_value: int
    first_fee: int
    steps: tuple[ScaleStep, ...]

    def fee(self, value: Money) -> tuple[Money, bool]:
        """The full (1.0) fee for a value above zero, and whether each step used was compared with the law."""
        assert value.cents > 0, "a fee by value needs a value above zero"
        assert value.currency == "EUR", "fees by value are euros"
        cents, reached, verified = self.first_fee, self.first_value, True
        for step in self.steps:
            if value.cents <= reached:
                break
            end = value.cents if step.to is None else min(value.cents, step.to)
            cents += -(-(end - reached) // step.per) * step.fee  # every started step counts in full
            verified = verified and step.verified
            reached = end
        return Money(cents), verified


def scale_of(read: dict[str, object]) -> Scale:
    """A scale as a data file writes it, with amounts as text."""
    steps = msgspec.convert(read["steps"], list[dict[str, str | bool]])
    return Scale(
        first_value=cents(read["first_value"]),
        first_fee=cents(read["first_fee"]),
        steps=tuple(
            ScaleStep(
                to=cents(step["to"]) if "to" in step else None,
                per=cents(step["per"]),
                fee=cents(step["fee"]),
                verified=bool(step.get("verified", True)),
            )
            for step in steps
        ),
    )


def cents(written: object) -> int:
    """Cents of an amount in a data file; it is text there, so that none passes through a float."""
    assert isinstance(written, str), f"{written!r} is no amount written as text"
    return Money.of(written).cents


def rate_of(written: str) -> Fraction:
    """A rate in a data file or a setting, `"0.9"`, exactly."""
    return Fraction(written)
