"""People: who is behind a login, who is signed in, which topics concern them."""

from datetime import date
from typing import Final
from uuid import UUID

from planapi.database import Row, Transaction
from portal.contract.base import Language
from portal.contract.people import LinkedIdentity, Role

# A contact person hears of the plans of their citizens and of those they are deputy for today.
_ME: Final = """
SELECT person.id, person.name, person.language, person.language_version,
    person.municipality_id,
    own_plan.id AS plan_id,
    person.cpr_hash IS NOT NULL AS is_citizen,
    EXISTS (SELECT FROM professional WHERE professional.person_id = person.id) AS is_professional,
    array(SELECT household_id FROM household_member
          WHERE person_id = person.id AND left_on IS NULL AND %(role)s = 'citizen'
          ORDER BY joined_on, household_id) AS household_ids,
    array(SELECT plan.id
          FROM contact_assignment assigned JOIN plan USING (citizen_id)
          WHERE %(role)s = 'contact_person'
            AND assigned.starts_on <= %(today)s
            AND (assigned.ends_on IS NULL OR assigned.ends_on >= %(today)s)
            AND assigned.professional_id IN (
                SELECT %(person_id)s::uuid
                UNION ALL
                SELECT professional_id FROM absence
                WHERE deputy_id = %(person_id)s
                  AND starts_on <= %(today)s AND ends_on >= %(today)s)
    ) AS plans_at_work
FROM person
LEFT JOIN plan own_plan ON own_plan.citizen_id = person.id AND %(role)s = 'citizen'
WHERE person.id = %(person_id)s
"""


async def read_me(tx: Transaction, person_id: UUID, role: Role, today: date) -> Row | None:
    """Return a person as they see themselves in one capacity, with the plans they work with."""
    return await tx.row(_ME, person_id=person_id, role=role.value, today=today)


async def update_language(
    tx: Transaction, person_id: UUID, language: Language, version: int
) -> bool:
    """Keep the language that a person reads; False where `version` is not the newest."""
    touched = await tx.execute(
        "UPDATE person SET language = %(language)s, language_version = language_version + 1"
        " WHERE id = %(person_id)s AND language_version = %(version)s",
        language=language,
        person_id=person_id,
        version=version,
    )
    return touched == 1


async def is_served(tx: Transaction, cvr: str | None) -> bool:
    """Tell whether ``cvr`` is the number of a municipality here."""
    row = await tx.row("SELECT FROM municipality WHERE cvr = %(cvr)s", cvr=cvr)
    return row is not None


async def link_identity(
    tx: Transaction,
    *,
    issuer: str,
    subject: str,
    role: Role,
    cpr_hash: bytes | None,
    cvr: str | None,
    professional_id: str | None,
) -> LinkedIdentity | None:
    """Return the person behind a login, linked now if not before; None where nobody fits."""
    row = await tx.row(
        "SELECT person_id, name, language FROM link_identity(%(issuer)s, %(subject)s, %(role)s,"
        " %(cpr_hash)s, %(cvr)s, %(professional_id)s)",
        issuer=issuer,
        subject=subject,
        role=role.value,
        cpr_hash=cpr_hash,
        cvr=cvr,
        professional_id=professional_id,
    )
    return None if row is None else LinkedIdentity.model_validate(row)
