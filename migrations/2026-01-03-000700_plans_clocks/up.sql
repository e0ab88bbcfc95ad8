-- Facts that start a clock make duties as the calendar does (TR-08, TR-09, TR-10, TR-23): a row for each round of each clock
-- of a record.
ALTER TABLE obligations
    -- Which record, and its business number; null for what the calendar lays out.
    ADD COLUMN subject_kind text,
    ADD COLUMN subject_id uuid,
    ADD COLUMN subject_no text,
    -- Which of its clocks: reply, dispatch, response …
    ADD COLUMN deadline text,
    -- The first superior is told together with the reminder.
    ADD COLUMN hurries boolean NOT NULL DEFAULT false,
    ALTER COLUMN rule_id DROP NOT NULL,
    DROP CONSTRAINT obligations_turn_key,
    DROP CONSTRAINT obligations_status_check,
    ADD CONSTRAINT obligations_status_check CHECK (
        status IN (
            'open', 'done_on_time', 'done_late', 'missed', 'explained', 'waived', 'confirmed_missed', 'withdrawn'
        )
    ),
    -- The rule that lays it out, or the record that it follows.
    ADD CONSTRAINT obligations_origin_check CHECK (
        num_nonnulls(rule_id, subject_id) = 1 AND num_nonnulls(subject_kind, subject_id, subject_no, deadline) IN (0, 4)
    );
CREATE UNIQUE INDEX obligations_turn_key ON obligations (
    estate_id, rule_code, turn, responsible_post, responsible_assignment
) NULLS NOT DISTINCT WHERE subject_id IS NULL;
CREATE UNIQUE INDEX obligations_clock_key ON obligations (subject_id, deadline, turn) WHERE subject_id IS NOT NULL;
-- Of one clock at most one duty is open.
CREATE UNIQUE INDEX obligations_running_key ON obligations (subject_id, deadline)
    WHERE subject_id IS NOT NULL AND status = 'open';

-- Records that were there before get their duties by a job, which is due as soon as a server runs.
INSERT INTO jobs (id, kind, payload, dedupe_key, run_at, created_at)
SELECT gen_random_uuid(), 'follow_records', '{}', 'follow_records', day, day
FROM (VALUES (timestamptz '2026-01-03 00:00:00Z')) AS at (day)
WHERE EXISTS (SELECT FROM estates);
