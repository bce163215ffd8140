"""How somebody wants to be told of news: by which channel, and when not."""

from datetime import time
from typing import Self

from pydantic import ConfigDict, Field, model_validator

from portal.contract.base import Command, Model, Versioned
from portal.contract.words import Word


class Channel(Word):
    """How news reach a person outside the portal. Never with a word of what they are about."""

    NONE = "none"
    DIGITAL_POST = "digital_post"
    SMS = "sms"


class QuietHours(Model):
    """When somebody wants to be left alone, Danish local time; may go past midnight."""

    starts: time
    ends: time


class NotificationChoice(Versioned):
    """What a person has chosen; nothing is sent where they have not."""

    version: int = Field(default=0, ge=0, description="0 where nothing has been chosen yet")
    channel: Channel = Channel.NONE
    quiet: QuietHours | None = Field(default=None, description="No news at this time of day")


class ChooseQuietHours(Command):
    """When to be left alone, Danish local time; may go past midnight."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"starts": "21:00:00", "ends": "08:00:00"}]}
    )

    starts: time
    ends: time

    @model_validator(mode="after")
    def _last_a_while(self) -> Self:
        if self.starts == self.ends:
            raise ValueError("must not begin when they end")
        return self


class ChooseNotifications(Command):
    """The whole new choice."""

    channel: Channel
    quiet: ChooseQuietHours | None = None
