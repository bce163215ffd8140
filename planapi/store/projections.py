"""Pieces of SQL that turn rows into the contract's JSON, shared by the store's modules.

A read builds its whole tree as one JSON text in the database: one round trip, and pydantic parses
the text directly. Each piece names the table aliases that it expects.
"""

from typing import Final

from psycopg.sql import SQL, Composable

from planapi.store.names import person, ref

GOAL_FIELDS: Final = SQL("""
    'id', g.id, 'version', g.version, 'plan_id', g.plan_id, 'household_id', g.household_id,
    'administration', g.administration, 'created_by_id', g.created_by,
    'owner', g.owner, 'title', g.title, 'emoji', g.emoji, 'theme', g.theme, 'state', g.state,
    'target_date', g.target_date, 'steps_done', s.done, 'steps_total', s.total,
    'next_step', s.next, 'latest_rating', r.value
""")
"""Of goal `g`, with the joins of `goal_figures`; all of its summary but whose goal it is."""

GOAL_COLUMNS: Final = SQL("""
    g.id, g.version, g.plan_id, g.household_id, g.administration, g.created_by, g.owner, g.title,
    g.emoji, g.theme, g.state, g.target_date, g.position, g.created_at
""")
"""Of table `goal` as `g`: what `GOAL_FIELDS` names, and what goals are sorted by."""

GOAL_SUMMARY_FIELDS: Final = SQL("""
    {fields}, 'citizen_id', (SELECT citizen_id FROM plan WHERE id = g.plan_id)
""").format(fields=GOAL_FIELDS)
"""Of goal `g`, with the joins of `goal_figures`."""

_FIGURES: Final = SQL("""
    CROSS JOIN LATERAL (
        SELECT count(done_at) AS done, count(*) AS total,
            (array_agg(title ORDER BY position, id) FILTER (WHERE done_at IS NULL))[1] AS next
            {also}
        FROM step WHERE goal_id = g.id
    ) s
    LEFT JOIN LATERAL (
        SELECT value FROM rating WHERE goal_id = g.id AND kind = 'own'
        ORDER BY rated_at DESC, id DESC LIMIT 1
    ) r ON true
""")


def goal_figures(also: Composable) -> Composable:
    """Return the joins that count a goal's steps as `s` and find its latest rating as `r`.

    ``also`` is what else of the steps is wanted of `s`, with a comma in front.
    """
    return _FIGURES.format(also=also)


GOAL_FIGURES: Final = goal_figures(SQL(""))

GOAL_DETAILS: Final = SQL("""
    'why', g.why, 'helped_by', g.helped_by, 'wanted_rating', g.wanted_rating,
    'state_reason', g.state_reason, 'created_by', {creator},
    'created_at', g.created_at,
    'steps', (
        SELECT coalesce(json_agg(json_build_object(
            'id', st.id, 'version', st.version, 'goal_id', st.goal_id, 'title', st.title,
            'assignee', {assignee}, 'due', st.due, 'done_at', st.done_at, 'done_by', {done_by}
        ) ORDER BY st.position, st.id), '[]')
        FROM step st WHERE st.goal_id = g.id
    ),
    'ratings', (
        SELECT coalesce(json_agg(json_build_object(
            'id', ra.id, 'kind', ra.kind, 'value', ra.value, 'note', ra.note,
            'rated_by', {rater}, 'rated_at', ra.rated_at
        ) ORDER BY ra.rated_at, ra.id), '[]')
        FROM (
            SELECT * FROM rating WHERE goal_id = g.id ORDER BY rated_at DESC, id DESC LIMIT 200
        ) ra
    )
""").format(
    creator=person("g.created_by", at_work=SQL("g.owner = 'administration'")),
    assignee=person("st.assignee_id"),
    done_by=person("st.done_by"),
    rater=person("ra.rated_by", at_work=SQL("ra.kind = 'professional'")),
)
"""What a whole goal `g` has beyond its summary; of the ratings the latest 200."""

PICTURE: Final = SQL("CASE WHEN pe.protected THEN '' ELSE coalesce(pe.picture, '') END")
"""Which picture person `pe` has. Whose name is protected has none, whoever looks."""

CONTACT_PERSON_FIELDS: Final = SQL("""
    'id', pr.person_id, 'name', pe.name, 'title', pr.title, 'unit', pr.unit,
    'administration', pr.administration, 'phone', pr.phone, 'hours', pr.hours,
    'reply_working_days', pr.reply_working_days, 'picture', {picture}
""").format(picture=PICTURE)
"""Of professional `pr`, who is person `pe`."""

CURRENT_ASSIGNMENT: Final = SQL("""
    SELECT * FROM contact_assignment
    WHERE citizen_id = {citizen} AND starts_on <= %(today)s
      AND (ends_on IS NULL OR ends_on >= %(today)s)
    ORDER BY starts_on DESC LIMIT 1
""")
"""Who is contact person of citizen `{citizen}` on `today`."""

THREAD_SUMMARY_FIELDS: Final = SQL("""
    'id', t.id, 'version', t.version, 'plan_id', t.plan_id,
    'citizen', {citizen},
    'subject', t.subject, 'goal_id', t.goal_id, 'goal', (
        SELECT json_build_object('id', id, 'owner', owner, 'administration', administration,
            'state', state)
        FROM goal WHERE id = t.goal_id
    ), 'waits_for', t.waits_for,
    'answer_expected_by', t.answer_expected_by, 'last_message_at', t.last_message_at,
    'last_author', {last_author},
    'excerpt', left(regexp_replace(left(l.body, 400), '\\s+', ' ', 'g'), 140),
    'unread', u.unread
""").format(
    citizen=ref("c"), last_author=ref("la", at_work=SQL("l.author_role = 'contact_person'"))
)
"""Of thread `t`, with `THREAD_JOINS`."""

THREAD_JOINS: Final = SQL("""
    JOIN plan p ON p.id = t.plan_id
    JOIN person c ON c.id = p.citizen_id
    CROSS JOIN LATERAL (
        SELECT body, author_id, author_role FROM message
        WHERE thread_id = t.id ORDER BY number DESC LIMIT 1
    ) l
    JOIN person la ON la.id = l.author_id
    CROSS JOIN LATERAL (
        SELECT count(*) AS unread FROM message m
        WHERE m.thread_id = t.id AND m.author_role <> %(side)s AND m.number > coalesce((
            SELECT max(up_to) FROM thread_read WHERE thread_id = t.id AND side = %(side)s
        ), 0)
    ) u
""")
"""The citizen, the last message, and how many messages `side` has not read."""

PLAN_REQUEST_FIELDS: Final = SQL("""
    'id', q.id, 'version', q.version, 'text', q.text, 'state', q.state, 'answer', q.answer,
    'created_on', (q.created_at AT TIME ZONE 'Europe/Copenhagen')::date
""")
"""Of plan request `q`."""

INTERVENTION_FIELDS: Final = SQL("""
    'id', i.id, 'version', i.version, 'title', i.title, 'what', i.what, 'why', i.why,
    'rule', i.rule, 'administration', i.administration, 'unit', i.unit,
    'responsible', i.responsible, 'phone', i.phone, 'starts_on', i.starts_on,
    'ends_on', i.ends_on, 'hours_per_week', i.hours_per_week, 'place', i.place,
    'theme', i.theme, 'state', i.state, 'details', i.details,
    'goal_ids', (SELECT coalesce(json_agg(goal_id ORDER BY goal_id), '[]')
                 FROM intervention_goal WHERE intervention_id = i.id),
    'weekly_times', (SELECT coalesce(json_agg(json_build_object('weekday', weekday,
                            'starts', starts, 'ends', ends) ORDER BY weekday, starts), '[]')
                     FROM intervention_time WHERE intervention_id = i.id)
""")
"""Of intervention `i`."""

APPOINTMENT_FIELDS: Final = SQL("""
    'id', ap.id, 'version', ap.version, 'title', ap.title, 'starts_at', ap.starts_at,
    'ends_at', ap.ends_at, 'place', ap.place, 'with_names', ap.with_names,
    'administration', ap.administration, 'answer', (
        SELECT json_build_object('answer', answer, 'wish', wish, 'wished_times', wished_times,
            'answered_by', {answered_by}, 'answered_at', answered_at)
        FROM appointment_answer an
        WHERE appointment_id = ap.id AND (starts_at, ends_at) = (ap.starts_at, ap.ends_at)
        ORDER BY an.id DESC LIMIT 1
    )
""").format(answered_by=person("an.answered_by"))
"""Of appointment `ap`, with the last answer to the time that it has now."""

DECISION_FIELDS: Final = SQL("""
    'id', d.id, 'version', d.version, 'title', d.title, 'text', d.text,
    'administration', d.administration, 'decided_on', d.decided_on, 'appeal_by', d.appeal_by,
    'how_to_appeal', d.how_to_appeal, 'rule', d.rule, 'notified_on', d.notified_on,
    'appeal_rule', (
        SELECT json_build_object('code', code, 'valid_from', valid_from, 'days', days,
            'law', law, 'section', section, 'text', text)
        FROM appeal_rule WHERE (code, valid_from) = (d.appeal_rule, d.appeal_rule_from)
    )
""")
"""Of decision `d`."""

ATTACHMENT_FIELDS: Final = SQL("""
    'id', f.id, 'name', f.name, 'media_type', f.media_type, 'size', f.size,
    'uploaded_at', f.uploaded_at
""")
"""Of attachment `f`."""

PLACE_FIELDS: Final = SQL("""
    'plan_id', p.id, 'citizen', {citizen}
""").format(citizen=person("p.citizen_id"))
"""Of plan `p`: which one, and whose."""

PROMISE_FIELDS: Final = SQL("""
    'id', pm.id, 'version', pm.version, 'text', pm.text, 'owner', pm.owner,
    'administration', pm.administration, 'due', pm.due, 'kept_on', pm.kept_on,
    'state', CASE WHEN pm.kept_on IS NOT NULL THEN 'kept'
                  WHEN pm.due < %(today)s THEN 'overdue' ELSE 'open' END
""")
"""Of promise `pm`, as it stands on `today`."""
