DELETE FROM jobs WHERE kind = 'follow_records';
UPDATE supervision_notes SET obligation_id = NULL
WHERE obligation_id IN (SELECT id FROM obligations WHERE subject_id IS NOT NULL);
DELETE FROM obligations WHERE subject_id IS NOT NULL;
DROP INDEX obligations_running_key;
DROP INDEX obligations_clock_key;
DROP INDEX obligations_turn_key;
ALTER TABLE obligations
    DROP CONSTRAINT obligations_origin_check,
    DROP CONSTRAINT obligations_status_check,
    ADD CONSTRAINT obligations_status_check CHECK (
        status IN ('open', 'done_on_time', 'done_late', 'missed', 'explained', 'waived', 'confirmed_missed')
    ),
    ADD CONSTRAINT obligations_turn_key UNIQUE NULLS NOT DISTINCT (
        estate_id, rule_code, turn, responsible_post, responsible_assignment
    ),
    ALTER COLUMN rule_id SET NOT NULL,
    DROP COLUMN hurries,
    DROP COLUMN deadline,
    DROP COLUMN subject_no,
    DROP COLUMN subject_id,
    DROP COLUMN subject_kind;
