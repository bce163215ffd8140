"""Professionals who work with a citizen without being their contact person."""

from datetime import date
from uuid import UUID

from pydantic import Field

from portal.contract.base import Command, Model
from portal.contract.handovers import Colleague


class CaseWorker(Model):
    """Somebody who works with a citizen, in the own administration's part of the plan."""

    professional: Colleague
    since: date


class CaseWorkerList(Model):
    """Who works with a citizen today, by name."""

    citizen_id: UUID
    case_workers: tuple[CaseWorker, ...] = ()
    may_assign: bool = False


class AssignCaseWorker(Command):
    """A colleague who works with the citizen from today on."""

    professional_id: UUID = Field(
        description="Id of the colleague", examples=["5e0c7ef4-6f0a-4f38-9f4c-27c8ac3c2b1a"]
    )
