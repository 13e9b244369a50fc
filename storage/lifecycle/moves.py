"""May this case move? Each question is answered with a move or with the reason why not."""

import msgspec

from storage.lifecycle.facts import CONDITIONS, Facts
from storage.lifecycle.refusal_texts import (
    ACTOR_NOT_ALLOWED,
    DEBTOR_MOVES_NOTHING,
    NO_SUCH_MOVE,
    NO_WAY_THERE,
    REFUSAL_TEXTS,
)
from storage.lifecycle.statuses import OPEN, Status
from storage.lifecycle.table import BY_TRIGGER, TRANSITIONS, Place, Transition
from storage.lifecycle.words import Actor, Category, Effect, Guard, Trigger


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """A permitted step: what the store writes into the history and what it does with it."""

    number: int
    source: Status | None
    target: Status
    trigger: Trigger
    actor: Actor
    effects: tuple[Effect, ...] = ()
    category: Category | None = None


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """Why not: a code of `refusal_texts`; `unmet` are all conditions that fail, `code` the first of them."""

    code: str
    unmet: tuple[Guard, ...] = ()

    @property
    def english(self) -> str:
        """The reason in one sentence."""
        return REFUSAL_TEXTS[self.code][1]

    @property
    def german(self) -> str:
        """The reason in one sentence."""
        return REFUSAL_TEXTS[self.code][0]


def move(status: Status | None, trigger: Trigger, actor: Actor, facts: Facts) -> Move | Refusal:
    """What a trigger does to a case in a status; None is a case that is not there yet."""
    if actor is Actor.DEBTOR:
        return Refusal(code=DEBTOR_MOVES_NOTHING)
    transition = BY_TRIGGER[trigger]
    if not _leaves(transition, status):
        return Refusal(code=NO_SUCH_MOVE)
    return _try(transition, status, actor, facts, None)


def move_to(status: Status, target: Status, actor: Actor, facts: Facts) -> Move | Refusal:
    """The first step in the order of the table that takes a case to a status: for a move by hand.

    Staying is no move. Where several ways lead there and none is open, the refusal is that of the way with
    the fewest conditions left.
    """
    if actor is Actor.DEBTOR:
        return Refusal(code=DEBTOR_MOVES_NOTHING)
    answers = [
        _try(one, status, actor, facts, target)
        for one in TRANSITIONS
        if _leaves(one, status) and status is not target and target in _targets(one, status, facts)
    ]
    for answer in answers:
        if isinstance(answer, Move):
            return answer
    refusals = [answer for answer in answers if isinstance(answer, Refusal)]
    if not refusals:
        return Refusal(code=NO_WAY_THERE)
    return min(refusals, key=lambda refusal: (refusal.code == ACTOR_NOT_ALLOWED, len(refusal.unmet)))


def triggers_of(status: Status | None) -> tuple[Trigger, ...]:
    """What can happen to a case in a status, in the order of the table."""
    return tuple(one.trigger for one in TRANSITIONS if _leaves(one, status))


def _leaves(transition: Transition, status: Status | None) -> bool:
    return status in transition.sources if status is not None else not transition.sources


def _try(
    transition: Transition, status: Status | None, actor: Actor, facts: Facts, wanted: Status | None
) -> Move | Refusal:
    if actor not in transition.actors:
        return Refusal(code=ACTOR_NOT_ALLOWED)
    unmet = tuple(guard for guard in transition.guards if not CONDITIONS[guard](facts))
    targets = _targets(transition, status, facts)
    if unmet or not targets:
        unmet = unmet or (Guard.PREVIOUS_KNOWN,)
        return Refusal(code=unmet[0].value, unmet=unmet)
    return Move(
        number=transition.number,
        source=status,
        target=wanted or targets[0],
        trigger=transition.trigger,
        actor=actor,
        effects=transition.effects,
        category=transition.category,
    )


def _targets(transition: Transition, status: Status | None, facts: Facts) -> tuple[Status, ...]:
    """Where a transition can lead, the usual place first; nowhere if that hangs on a previous status."""
    previous = facts.previous
    match transition.target:
        case Status() as target:
            return (target,)
        case Place.SAME:
            return (status,) if status else ()
        case Place.PREVIOUS_OR_AUTOCOLLECT if previous in {None, Status.AUTOCOLLECT}:
            return (Status.AUTOCOLLECT,)
    if previous is None or previous not in OPEN or previous is status:
        return ()
    both = transition.target is Place.PREVIOUS_OR_AUTOCOLLECT
    return (previous, Status.AUTOCOLLECT) if both else (previous,)
