"""What linking found on the way: kept, so that new accounts join without reading the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tocsin.linking.blocking import Codes
from tocsin.linking.causes import Event
from tocsin.linking.rulings import NO_RULINGS, Rulings
from tocsin.model import ChainLink


@dataclass(frozen=True)
class Kept:
    """Of accounts, reports and incidents: what the next ones are compared and tied by.

    `asked` are the keys of accounts that only mention an incident, `homes` the incidents that
    accounts tell or speak of, `bands` what copies of one text share some of, `ties` the links that
    hold.
    """

    parts: Mapping[str, str] = field(default_factory=dict)
    keys: Mapping[str, Codes] = field(default_factory=dict)
    asked: Mapping[str, Codes] = field(default_factory=dict)
    homes: Mapping[str, str] = field(default_factory=dict)
    copy_of: Mapping[str, str] = field(default_factory=dict)
    bands: Mapping[str, Codes] = field(default_factory=dict)
    events: Mapping[str, Event] = field(default_factory=dict)
    ties: Sequence[ChainLink] = ()
    rulings: Rulings = NO_RULINGS
