"""Consents, their withdrawals and their texts. All append-only: nothing here updates or deletes."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from psycopg.sql import SQL

from planapi.database import Row, Statement, Transaction
from planapi.store.names import ref, revealed
from portal.contract.base import Language
from portal.contract.consents import (
    CONSENT,
    Consent,
    ConsentState,
    ConsentText,
    GiveConsent,
    Signer,
)
from portal.contract.people import Administration, PersonRef

# The state as of one day; the policy counts in the same way (`ConsentFact.works_on`).
_CONSENT: Final = (
    SQL("""
SELECT c.id, c.citizen_id, c.kind, c."case", c.source, c.recipient_administration,
    c.recipient_person, {recipient} AS recipient_ref, c.categories, c.valid_from, c.valid_until,
    c.given_at, c.given_loa, c.renews, w.withdrawn_at,
    {giver} AS given_by,
    CASE WHEN c.waits_for IS NOT NULL AND second.id IS NULL THEN c.waits_for END AS waits_for,
    CASE WHEN w.consent_id IS NOT NULL THEN 'withdrawn'
         WHEN c.waits_for IS NOT NULL AND second.id IS NULL AND %(today)s <= c.valid_until
             THEN 'waiting'
         WHEN %(today)s BETWEEN c.valid_from AND c.valid_until THEN 'active'
         ELSE 'expired' END AS state,
    jsonb_build_object('id', t.id, 'version', t.version, 'language', t.language, 'kind', t.kind,
        'title', t.title, 'purpose', t.purpose, 'body', t.body, 'consequence', t.consequence,
        'legal_ground', t.legal_ground, 'sha256', t.sha256) AS text
FROM consent c
JOIN consent_text t ON (t.municipality_id, t.id, t.version, t.language)
    = (c.municipality_id, c.text_id, c.text_version, c.text_language)
LEFT JOIN consent_withdrawal w ON w.consent_id = c.id
LEFT JOIN person recipient ON recipient.id = c.recipient_person
JOIN person giver ON giver.id = c.given_by
LEFT JOIN consent second ON second.signs = c.id
""")
    .format(recipient=ref("recipient"), giver=ref("giver"))
    .as_string()
)


@dataclass(frozen=True, slots=True)
class StoredConsent:
    """A consent and whose it is."""

    citizen_id: UUID
    consent: Consent

    @classmethod
    def of(cls, row: Row) -> "StoredConsent":
        """Return what a row of the query says."""
        state = ConsentState(row["state"])
        if row["recipient_person"] is None:
            recipient: dict[str, Any] = {
                "kind": "administration",
                "administration": row["recipient_administration"],
            }
        else:
            recipient = {"kind": "person", "person": row["recipient_ref"]}
        return cls(
            row["citizen_id"],
            CONSENT.validate_python(
                row
                | {
                    "version": 2 if state is ConsentState.WITHDRAWN else 1,
                    "purpose": row["text"]["purpose"],
                    "recipient": recipient,
                }
            ),
        )


def consents_statement(citizen_id: UUID, today: date) -> Statement:
    """Return the query for all consents of a citizen: active first, then the latest given."""
    return Statement(
        _CONSENT + " WHERE c.citizen_id = %(citizen_id)s AND c.signs IS NULL"
        " ORDER BY (w.consent_id IS NULL AND c.valid_until >= %(today)s) DESC,"
        " c.given_at DESC, c.id",
        {"citizen_id": citizen_id, "today": today},
    )


async def read_consents(tx: Transaction, citizen_id: UUID, today: date) -> list[StoredConsent]:
    """Return all consents of a citizen: active first, then the latest given."""
    query, parameters = consents_statement(citizen_id, today)
    rows = await tx.rows(query, **parameters)
    return [StoredConsent.of(revealed(row, tx.knows)) for row in rows]


async def read_consent(tx: Transaction, consent_id: UUID, today: date) -> StoredConsent | None:
    """Return one consent, None where there is none."""
    row = await tx.row(
        _CONSENT + " WHERE c.id = %(consent_id)s AND c.signs IS NULL",
        consent_id=consent_id,
        today=today,
    )
    return None if row is None else StoredConsent.of(revealed(row, tx.knows))


async def insert_consent(
    tx: Transaction,
    citizen_id: UUID,
    command: GiveConsent,
    *,
    today: date,
    loa: str,
    by: UUID,
    renews: UUID | None = None,
    waits_for: Signer | None = None,
) -> UUID | None:
    """Append a consent that works from today, or from the signature that it waits for.

    Returns its id, None where the consent that it ``renews`` was renewed already.
    """
    row = await tx.row(
        'INSERT INTO consent (citizen_id, given_by, kind, "case", source,'
        " recipient_administration, recipient_person, categories, valid_from, valid_until, text_id,"
        " text_version, text_language, given_loa, renews, waits_for)"
        " VALUES (%(citizen_id)s, %(by)s, %(kind)s, %(case)s, %(source)s,"
        " %(recipient_administration)s, %(recipient_person)s, %(categories)s, %(today)s,"
        " %(valid_until)s, %(text_id)s, %(text_version)s, %(text_language)s, %(loa)s, %(renews)s,"
        " %(waits_for)s)"
        " ON CONFLICT (renews) DO NOTHING RETURNING id",
        **command.model_dump(mode="json"),
        citizen_id=citizen_id,
        today=today,
        loa=loa,
        by=by,
        renews=renews,
        waits_for=waits_for,
    )
    return None if row is None else row["id"]


async def insert_signature(tx: Transaction, consent_id: UUID, by: UUID, loa: str) -> bool:
    """Append the second signature: a consent that says the same; False where it is there."""
    return bool(
        await tx.execute(
            'INSERT INTO consent (citizen_id, given_by, kind, "case", source,'
            " recipient_administration, recipient_person, categories, valid_from, valid_until,"
            " text_id, text_version, text_language, given_loa, signs)"
            ' SELECT citizen_id, %(by)s, kind, "case", source, recipient_administration,'
            " recipient_person, categories, valid_from, valid_until, text_id, text_version,"
            " text_language, %(loa)s, id FROM consent WHERE id = %(id)s"
            " ON CONFLICT (signs) DO NOTHING",
            id=consent_id,
            by=by,
            loa=loa,
        )
    )


async def insert_withdrawal(
    tx: Transaction, consent_id: UUID, person_id: UUID, way: str = "portal"
) -> bool:
    """Append a withdrawal; return False where there was one already."""
    return bool(
        await tx.execute(
            "INSERT INTO consent_withdrawal (consent_id, withdrawn_by, way)"
            " VALUES (%(consent_id)s, %(person_id)s, %(way)s) ON CONFLICT DO NOTHING",
            consent_id=consent_id,
            person_id=person_id,
            way=way,
        )
    )


@dataclass(frozen=True, slots=True)
class Act:
    """Somebody did something about a consent, by which way, and with which login where known."""

    by: PersonRef
    at: datetime
    way: str = "portal"
    loa: str | None = None


@dataclass(frozen=True, slots=True)
class Parties:
    """What a receipt tells beside the consent: whose it is, with whom, and who ended it."""

    citizen: PersonRef
    municipality: str
    signed: Act | None
    withdrawn: Act | None


async def read_parties(tx: Transaction, consent_id: UUID) -> Parties:
    """Return who takes part in a consent that is there."""
    (found,) = await tx.rows(
        SQL("""
        SELECT {citizen} AS citizen,
            municipality.name AS municipality,
            {signer} AS signer,
            second.given_at AS signed_at, second.given_loa AS signed_loa,
            {ender} AS ender,
            ended.withdrawn_at, ended.way
        FROM consent
        JOIN person citizen ON citizen.id = consent.citizen_id
        JOIN municipality ON municipality.id = consent.municipality_id
        LEFT JOIN consent second ON second.signs = consent.id
        LEFT JOIN person signer ON signer.id = second.given_by
        LEFT JOIN consent_withdrawal ended ON ended.consent_id = consent.id
        LEFT JOIN person ender ON ender.id = ended.withdrawn_by
        WHERE consent.id = %(id)s
        """)
        .format(citizen=ref("citizen"), signer=ref("signer"), ender=ref("ender"))
        .as_string(),
        id=consent_id,
    )
    row = revealed(found, tx.knows)
    return Parties(
        citizen=PersonRef.model_validate(row["citizen"]),
        municipality=row["municipality"],
        signed=row["signed_at"]
        and Act(PersonRef.model_validate(row["signer"]), row["signed_at"], loa=row["signed_loa"]),
        withdrawn=row["withdrawn_at"]
        and Act(PersonRef.model_validate(row["ender"]), row["withdrawn_at"], row["way"]),
    )


async def read_current_texts(tx: Transaction, language: Language, today: date) -> list[ConsentText]:
    """Return today's text of each kind: in ``language``, in Danish where there is none."""
    rows = await tx.rows(
        "SELECT DISTINCT ON (kind) id, version, language, kind, title, purpose, body, consequence,"
        " legal_ground, sha256 FROM consent_text"
        " WHERE language IN (%(language)s, 'da') AND valid_from <= %(today)s"
        " AND (valid_to IS NULL OR valid_to >= %(today)s)"
        " ORDER BY kind, language = %(language)s DESC, version DESC, valid_from DESC",
        language=language,
        today=today,
    )
    return [ConsentText.model_validate(row) for row in rows]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Whom a citizen could let see something, and where their changes are heard."""

    plan_id: UUID | None
    contact_administration: Administration | None
    relatives: tuple[PersonRef, ...]
    born: date | None = None


async def read_surroundings(tx: Transaction, citizen_id: UUID, today: date) -> Surroundings:
    """Return a citizen's plan, contact person's administration and household members."""
    row = await tx.row(
        SQL("""
        SELECT
            (SELECT id FROM plan WHERE citizen_id = %(citizen_id)s) AS plan_id,
            (SELECT birth_date FROM person WHERE id = %(citizen_id)s) AS born,
            (SELECT p.administration
             FROM contact_assignment a JOIN professional p ON p.person_id = a.professional_id
             WHERE a.citizen_id = %(citizen_id)s AND a.starts_on <= %(today)s
               AND (a.ends_on IS NULL OR a.ends_on >= %(today)s)
             ORDER BY a.starts_on DESC LIMIT 1) AS administration,
            (SELECT coalesce(json_agg({who} ORDER BY pe.name, pe.id), '[]')
             FROM person pe
             WHERE pe.id IN (SELECT theirs.person_id
                          FROM household_member mine
                          JOIN household_member theirs USING (household_id)
                          WHERE mine.person_id = %(citizen_id)s AND mine.left_on IS NULL
                            AND theirs.left_on IS NULL)
               AND pe.id <> %(citizen_id)s) AS relatives
        """)
        .format(who=ref("pe"))
        .as_string(),
        citizen_id=citizen_id,
        today=today,
    )
    if row is None:
        raise LookupError("a SELECT without FROM returned nothing")
    administration = row["administration"]
    return Surroundings(
        row["plan_id"],
        None if administration is None else Administration(administration),
        tuple(
            PersonRef.model_validate(relative) for relative in revealed(row["relatives"], tx.knows)
        ),
        row["born"],
    )
