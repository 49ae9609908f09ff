"""The demo's four event streams, written fast: distinct values are made JSON once, events are joined from them."""

import datetime as dt
import itertools
import json
from collections.abc import Callable, Iterator, Sequence
from random import Random

from pratique.demo import identifiers, titles

USERS = 4_000
SUBSCRIBERS = 3_000
DAY_FIRST = "%d-%m-%Y"
MONTH_FIRST = "%m-%d-%Y"

Lines = Callable[[int, Sequence[dt.date]], Iterator[str]]
"""Makes so many events, spread over these days, each a line of JSON without its end."""


class Streams:
    """The people and things that events are about, and the four ways to make events of them.

    Users follow Zipf's law: the k-th most active one is about 1/k as active as the first. One person has one user id
    in all streams, so that tokens join; a subscriber's telephone number is written in two ways.
    """

    def __init__(self, random: Random) -> None:
        self._random = random
        numbers = random.sample(range(10_000, 100_000), USERS)
        self._users = [f'"user-{number}"' for number in numbers]
        self._user_weights = _zipf(USERS, 1.0)
        self._cards = [json.dumps(identifiers.viewer_card(random)) for _ in range(USERS)]
        self._phones, self._same_phones = _phones(random)
        self._phone_weights = _zipf(SUBSCRIBERS, 0.8)

    def of(self, stream: str) -> Lines:
        """The maker of a stream's events: ``channel``, ``movie``, ``website`` or ``mobile``."""
        return {"channel": self.channel, "movie": self.movie, "website": self.website, "mobile": self.mobile}[stream]

    def channel(self, count: int, days: Sequence[dt.date]) -> Iterator[str]:
        """Who watched which programme on which channel, and when."""
        shows = [(_json(name), _json(kind)) for name, kind in titles.TV_SHOWS]
        channels = [_json(name) for name in titles.CHANNELS]
        for channel, (show, kind), day, user in zip(
            self._random.choices(channels, cum_weights=_zipf(len(channels), 0.6), k=count),
            self._random.choices(shows, cum_weights=_zipf(len(shows), 0.8), k=count),
            self._days(days, DAY_FIRST, count),
            self._viewers(count),
            strict=True,
        ):
            yield (
                f'{{"channel_name":{channel},"tv_show":{show},"tv_show_type":{kind},"date":{day},'
                f'"user_id":{self._users[user]}}}'
            )

    def movie(self, count: int, days: Sequence[dt.date]) -> Iterator[str]:
        """Who bought which film, for how much, with which card."""
        movies = [(_json(name), _json(kind)) for name, kind in titles.MOVIES]
        for (name, kind), day, user, price in zip(
            self._random.choices(movies, cum_weights=_zipf(len(movies), 0.8), k=count),
            self._days(days, DAY_FIRST, count),
            self._viewers(count),
            self._random.choices([json.dumps(price) for price in titles.PRICES], k=count),
            strict=True,
        ):
            yield (
                f'{{"movie_name":{name},"movie_type":{kind},"purchase_date":{day},"user_id":{self._users[user]},'
                f'"price":{price},"card_number":{self._cards[user]}}}'
            )

    def website(self, count: int, days: Sequence[dt.date]) -> Iterator[str]:
        """Who visited which site."""
        sites = [(_json(name), _json(kind)) for name, kind in titles.SITES]
        for (name, kind), day, user in zip(
            self._random.choices(sites, cum_weights=_zipf(len(sites), 0.8), k=count),
            self._days(days, DAY_FIRST, count),
            self._viewers(count),
            strict=True,
        ):
            yield f'{{"domain":{name},"website_type":{kind},"date":{day},"user_id":{self._users[user]}}}'

    def mobile(self, count: int, days: Sequence[dt.date]) -> Iterator[str]:
        """Who called whom; dates are month first here."""
        order = range(SUBSCRIBERS)
        for caller, called, other, day, length, kind in zip(
            self._random.choices(order, cum_weights=self._phone_weights, k=count),
            self._random.choices(order, k=count),
            self._random.choices((False,) * 5 + (True,), k=count),
            self._days(days, MONTH_FIRST, count),
            self._random.choices(range(1, 3_600), k=count),
            self._random.choices([_json(kind) for kind in titles.CALL_TYPES], cum_weights=(60, 90, 95, 100), k=count),
            strict=True,
        ):
            other_side = called if called != caller else called - 1
            a_party = (self._same_phones if other else self._phones)[caller]
            yield (
                f'{{"a_party":{a_party},"b_party":{self._phones[other_side]},"starting_time":{day},'
                f'"duration":{length},"call_type":{kind}}}'
            )

    def _viewers(self, count: int) -> list[int]:
        return self._random.choices(range(USERS), cum_weights=self._user_weights, k=count)

    def _days(self, days: Sequence[dt.date], pattern: str, count: int) -> list[str]:
        return self._random.choices([_json(day.strftime(pattern)) for day in days], k=count)


def _json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _zipf(count: int, exponent: float) -> list[float]:
    """Cumulative weights."""
    return list(itertools.accumulate(1 / rank**exponent for rank in range(1, count + 1)))


def _phones(random: Random) -> tuple[list[str], list[str]]:
    """Every subscriber's number as E.164, and the same numbers with spaces; as JSON."""
    wide = [country for country in identifiers.PHONE_COUNTRIES if country not in {"IE", "DE", "SE"}]
    found: dict[str, str] = {}
    while len(found) < SUBSCRIBERS:
        number = identifiers.phone(random, random.choice(wide))
        found[number.compact] = number.spaced
    return [_json(number) for number in found], [_json(number) for number in found.values()]
