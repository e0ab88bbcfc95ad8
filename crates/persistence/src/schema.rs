// @generated automatically by Diesel CLI.

diesel::table! {
    absences (id) {
        id -> Uuid,
        estate_id -> Uuid,
        responsible_post -> Text,
        responsible_assignment -> Uuid,
        squad_id -> Nullable<Uuid>,
        area_id -> Nullable<Uuid>,
        created_by -> Nullable<Uuid>,
        employee_id -> Uuid,
        kind -> Text,
        starts_at -> Timestamptz,
        ends_at -> Timestamptz,
        state -> Text,
        note -> Nullable<Text>,
        decided_by -> Nullable<Uuid>,
        decided_at -> Nullable<Timestamptz>,
        version -> Int4,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    access_tokens (id) {
        id -> Uuid,
        account_id -> Uuid,
        name -> Text,
        token_hash -> Bytea,
        hint -> Text,
        permissions -> Array<Nullable<Text>>,
        expires_at -> Timestamptz,
        revoked_at -> Nullable<Timestamptz>,
        last_used_at -> Nullable<Timestamptz>,
        created_by -> Uuid,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    account_requests (id) {
        id -> Uuid,
        estate_id -> Uuid,
        employee_id -> Uuid,
        kind -> Text,
        username -> Nullable<Text>,
        reason -> Text,
        state -> Text,
        account_id -> Nullable<Uuid>,
        requested_by -> Nullable<Uuid>,
        decided_by -> Nullable<Uuid>,
        decided_at -> Nullable<Timestamptz>,
        decision_note -> Nullable<Text>,
        version -> Int4,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    accounts (id) {
        id -> Uuid,
        kind -> Text,
        username -> Text,
        display_name -> Text,
        employee_id -> Nullable<Uuid>,
        password_hash -> Nullable<Text>,
        must_change_password -> Bool,
        state -> Text,
        epoch -> Int4,
        is_administrator -> Bool,
        totp_secret -> Nullable<Bytea>,
        totp_confirmed_at -> Nullable<Timestamptz>,
        totp_last_step -> Nullable<Int8>,
        recovery_codes -> Array<Nullable<Text>>,
        permissions -> Array<Nullable<Text>>,
        estates -> Array<Nullable<Uuid>>,
        reason -> Nullable<Text>,
        requested_by -> Nullable<Uuid>,
        granted_by -> Nullable<Uuid>,
        disabled_at -> Nullable<Timestamptz>,
        last_login_at -> Nullable<Timestamptz>,
        version -> Int4,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    acting_periods (id) {
        id -> Uuid,
        principal_assignment -> Nullable<Uuid>,
        principal_id -> Nullable<Uuid>,
        stand_in_id -> Uuid,
        estate_id -> Nullable<Uuid>,
        post -> Text,
        reason -> Text,
        starts_at -> Timestamptz,
        ends_at -> Timestamptz,
        state -> Text,
        duties -> Array<Nullable<Text>>,
        excluded_rights -> Array<Nullable<Text>>,
        handover_items -> Jsonb,
        basis_clause -> Nullable<Text>,
        absence_id -> Nullable<Uuid>,
        note -> Nullable<Text>,
        proposed_by -> Uuid,
        decided_by -> Nullable<Uuid>,
        decided_at -> Nullable<Timestamptz>,
        decision_path -> Nullable<Jsonb>,
        version -> Int4,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    areas (id) {
        id -> Uuid,
        estate_id -> Uuid,
        code -> Text,
        name -> Text,
        note -> Text,
        sort_key -> Text,
        state -> Text,
        version -> Int4,
        created_by -> Nullable<Uuid>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    assignments (id) {
        id -> Uuid,
        employee_id -> Uuid,
        post -> Text,
        estate_id -> Nullable<Uuid>,
        kind -> Text,
        squad_id -> Nullable<Uuid>,
        area_id -> Nullable<Uuid>,
        service_field -> Nullable<Text>,
        valid_from -> Date,
        valid_until -> Nullable<Date>,
        state -> Text,
        order_ref -> Nullable<Text>,
        proposed_by -> Nullable<Uuid>,
        endorsed_by -> Nullable<Uuid>,
        approved_by -> Nullable<Uuid>,
        version -> Int4,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        refused_by -> Nullable<Uuid>,
        reason -> Nullable<Text>,
        end_reason -> Nullable<Text>,
    }
}

diesel::table! {
    assistances (id) {
        id -> Uuid,
        estate_id -> Uuid,
        no -> Text,
        employee_id -> Uuid,
        house_id -> Nullable<Uuid>,
        party_id -> Nullable<Uuid>,
        kind -> Text,
        note -> Text,
        minutes -> Int4,
        helped_at -> Timestamptz,
        responsible_post -> Text,
        responsible_assignment -> Nullable<Uuid>,
        squad_id -> Nullable<Uuid>,
        area_id -> Nullable<Uuid>,
        created_by -> Nullable<Uuid>,
        corrects_id -> Nullable<Uuid>,
        correction_reason -> Nullable<Text>,
        corrected_by_id -> Nullable<Uuid>,
        search -> Array<Nullable<Text>>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    attachments (subject_kind, subject_id, file_id) {
        subject_kind -> Text,
        subject_id -> Uuid,
        file_id -> Uuid,
        purpose -> Text,
        created_by -> Nullable<Uuid>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    backup_records (id) {
        id -> Uuid,
        estate_id -> Nullable<Uuid>,
        taken_at -> Timestamptz,
        kind -> Text,
        succeeded -> Bool,
        place -> Text,
        size_bytes -> Nullable<Int8>,
        note -> Nullable<Text>,
        recorded_by -> Nullable<Uuid>,
        verified_by -> Nullable<Uuid>,
        verified_at -> Nullable<Timestamptz>,
        version -> Int4,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    blocks (id) {
        id -> Uuid,
        estate_id -> Uuid,
        area_id -> Nullable<Uuid>,
        no -> Text,
        name -> Text,
        kind -> Text,
        location -> Text,
        floors_above -> Nullable<Int2>,
        floors_below -> Nullable<Int2>,
        note -> Text,
        sort_key -> Text,
        state -> Text,
        version -> Int4,
        created_by -> Nullable<Uuid>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    box_coverages (id) {
        id -> Uuid,
        #[sql_name = "box"]
        box_ -> Text,
        box_en -> Text,
        covering_post -> Text,
        valid_from -> Date,
        valid_until -> Nullable<Date>,
        source_clauses -> Array<Nullable<Text>>,
        position -> Int4,
        version -> Int4,
        box_clause -> Text,
        rank -> Int4,
        copy_no -> Nullable<Int4>,
    }
}

diesel::table! {
    briefing_checks (id) {
        id -> Uuid,
        briefing_id -> Uuid,
        subject_kind -> Text,
        subject_id -> Uuid,
        finding -> Text,
        note -> Nullable<Text>,
        checked_by -> Uuid,
        checked_for -> Nullable<Uuid>,
        checked_at -> Timestamptz,
    }
}

diesel::table! {
    briefing_points (id) {
        id -> Uuid,
        briefing_id -> Uuid,
        position -> Int4,
        text -> Text,
        needs -> Text,
        subject_kind -> Nullable<Text>,
        subject_id -> Nullable<Uuid>,
        answer -> Nullable<Text>,
    }
}

diesel::table! {
    briefings (id) {
        id -> Uuid,
        estate_id -> Uuid,
        on_date -> Date,
        rule_code -> Nullable<Text>,
        shift_id -> Nullable<Uuid>,
        responsible_post -> Text,
        responsible_assignment -> Nullable<Uuid>,
        squad_id -> Nullable<Uuid>,
        area_id -> Nullable<Uuid>,
        created_by -> Nullable<Uuid>,
        employee_id -> Nullable<Uuid>,
        to_post -> Text,
        due_at -> Nullable<Timestamptz>,
        missing_at -> Nullable<Timestamptz>,
        state -> Text,
        remarks -> Nullable<Text>,
        items -> Nullable<Jsonb>,
        reported_at -> Nullable<Timestamptz>,
        reported_by -> Nullable<Uuid>,
        reported_for -> Nullable<Uuid>,
        heard_at -> Nullable<Timestamptz>,
        heard_by -> Nullable<Uuid>,
        heard_for -> Nullable<Uuid>,
        version -> Int4,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    calendar_days (id) {
        id -> Uuid,
        estate_id -> Nullable<Uuid>,
        date -> Date,
        kind -> Text,
        name -> Text,
    }
}

diesel::table! {
    calendar_years (id) {
        id -> Uuid,
        estate_id -> Nullable<Uuid>,
        year -> Int4,
        reason -> Text,
        entered_by -> Uuid,
        entered_at -> Timestamptz,
        confirmed_by -> Nullable<Uuid>,
        confirmed_at -> Nullable<Timestamptz>,
        version -> Int4,
    }
}

diesel::table! {
    case_contacts (case_id) {
        case_id -> Uuid,
        name -> Nullable<Text>,
        phone -> Nullable<Text>,
        search -> Array<Nullable<Text>>,
    }
}

diesel::table! {
    case_findings (case_id) {
        case_id -> Uuid,
        proposed -> Nullable<Text>,
        proposal_reason -> Nullable<Text>,
        proposed_by -> Nullable<Uuid>,
        proposed_at -> Nullable<Timestamptz>,
        decided_by -> Nullable<Uuid>,
        decided_as -> Nullable<Text>,
        decided_at -> Nullable<Timestamptz>,
        decision_reason -> Nullable<Text>,
        decision_path -> Nullable<Jsonb>,
        answered_by -> Nullable<Uuid>,
        closing_checked_by -> Nullable<Uuid>,
        closing_checked_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    case_links (case_id, subject_kind, subject_id) {
        case_id -> Uuid,
        subject_kind -> Text,
        subject_id -> Uuid,
        created_by -> Nullable<Uuid>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    case_measures (id) {
        id -> Uuid,
        case_id -> Uuid,
        text -> Text,
        taken_by -> Nullable<Uuid>,
        taken_at -> Timestamptz,
        recorded_at -> Timestamptz,
    }
}

diesel::table! {
    cases (id) {
        id -> Uuid,
        estate_id -> Uuid,
        no -> Text,
        kind -> Text,
        state -> Text,
        channel -> Text,
        field -> Text,
        about_employee -> Nullable<Uuid>,
        house_id -> Nullable<Uuid>,
        party_id -> Nullable<Uuid>,
        text -> Text,
        received_at -> Timestamptz,
        acknowledge_due_at -> Timestamptz,
        acknowledged_at -> Nullable<Timestamptz>,
        due_at -> Timestamptz,
        owner_id -> Nullable<Uuid>,
        responsible_post -> Text,
        responsible_assignment -> Nullable<Uuid>,
        squad_id -> Nullable<Uuid>,
        area_id -> Nullable<Uuid>,
        created_by -> Nullable<Uuid>,
        validity -> Nullable<Text>,
        validity_at -> Nullable<Timestamptz>,
        reply -> Nullable<Text>,
        replied_at -> Nullable<Timestamptz>,
        closed_at -> Nullable<Timestamptz>,
        reopened_count -> Int4,
        master_id -> Nullable<Uuid>,
        search -> Array<Nullable<Text>>,
        version -> Int4,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    clause_texts (id) {
        id -> Uuid,
        clause_id -> Text,
        valid_from -> Date,
        valid_until -> Nullable<Date>,
        shipped -> Bool,
        text_zh -> Text,
        text_en -> Text,
        due_zh -> Nullable<Text>,
        due_en -> Nullable<Text>,
        to_zh -> Nullable<Text>,
        to_en -> Nullable<Text>,
        record_zh -> Nullable<Text>,
        record_en -> Nullable<Text>,
        search -> Array<Nullable<Text>>,
    }
}

diesel::table! {
    clauses (id) {
        id -> Text,
        chapter -> Text,
        no -> Text,
        position -> Int4,
        everybody -> Bool,
        posts -> Array<Nullable<Text>>,
        origin -> Text,
        capability -> Text,
        can -> Text,
        frequency -> Text,
        basis -> Nullable<Text>,
    }
}

diesel::table! {
    computers (id) {
        id -> Uuid,
        estate_id -> Uuid,
        no -> Text,
        place -> Text,
        custodian_id -> Uuid,
        software -> Array<Nullable<Text>>,
        note -> Nullable<Text>,
        retired_on -> Nullable<Date>,
        version -> Int4,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    consultations (id) {
        id -> Uuid,
        estate_id -> Uuid,
        house_file_id -> Uuid,
        no -> Text,
        purpose -> Text,
        state -> Text,
        own_duty -> Bool,
        responsible_post -> Text,
        responsible_assignment -> Nullable<Uuid>,
        squad_id -> Nullable<Uuid>,
        area_id -> Nullable<Uuid>,
        created_by -> Nullable<Uuid>,
        requested_at -> Timestamptz,
        decided_by -> Nullable<Uuid>,
        decided_at -> Nullable<Timestamptz>,
        decision_note -> Text,
        out_at -> Nullable<Timestamptz>,
        handed_out_by -> Nullable<Uuid>,
        due_on -> Date,
        returned_at -> Nullable<Timestamptz>,
        received_by -> Nullable<Uuid>,
        version -> Int4,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    data_checks (id) {
        id -> Uuid,
        estate_id -> Uuid,
        period -> Text,
        area -> Text,
        state -> Text,
        result -> Nullable<Text>,
        exceptions -> Array<Nullable<Text>>,
        opened_by -> Uuid,
        fixed_by -> Nullable<Uuid>,
        version -> Int4,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    data_corrections (id) {
        id -> Uuid,
        estate_id -> Uuid,
        no -> Text,
        record_kind -> Text,
        record_ref -> Text,
        field -> Text,
        before_value -> Text,
        after_value -> Text,
        reason -> Text,
        state -> Text,
        proposed_by -> Uuid,
        decided_by -> Nullable<Uuid>,
        decided_at -> Nullable<Timestamptz>,
        decision_note -> Nullable<Text>,
        version -> Int4,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    departments (id) {
        id -> Uuid,
        code -> Text,
        name_zh -> Text,
        name_en -> Text,
        aliases -> Array<Nullable<Text>>,
        position -> Int4,
        version -> Int4,
        parent -> Nullable<Text>,
    }
}

diesel::table! {
    dispute_parties (id) {
        id -> Uuid,
        dispute_id -> Uuid,
        side -> Text,
        role -> Text,
        party_id -> Nullable<Uuid>,
        house_id -> Nullable<Uuid>,
        name -> Nullable<Text>,
        phone -> Nullable<Text>,
    }
}

diesel::table! {
    dispute_steps (id) {
        id -> Uuid,
        dispute_id -> Uuid,
        level -> Text,
        held_at -> Timestamptz,
        held_by -> Nullable<Uuid>,
        text -> Text,
        result -> Text,
        recorded_at -> Timestamptz,
    }
}

diesel::table! {
    disputes (id) {
        id -> Uuid,
        estate_id -> Uuid,
        no -> Text,
        kind -> Text,
        state -> Text,
        level -> Text,
        subject -> Text,
        origin_case -> Nullable<Uuid>,
        opened_at -> Timestamptz,
        first_mediator -> Nullable<Uuid>,
        mediator_id -> Nullable<Uuid>,
        responsible_post -> Text,
        responsible_assignment -> Nullable<Uuid>,
        squad_id -> Nullable<Uuid>,
        area_id -> Nullable<Uuid>,
        created_by -> Nullable<Uuid>,
        step_due_at -> Nullable<Timestamptz>,
        agreement -> Nullable<Text>,
        cost_fen -> Nullable<Int8>,
        cost_decision -> Nullable<Text>,
        settled_at -> Nullable<Timestamptz>,
        settled_level -> Nullable<Text>,
        settled_late -> Bool,
        referred_to -> Nullable<Text>,
        closed_at -> Nullable<Timestamptz>,
        reopened_count -> Int4,
        search -> Array<Nullable<Text>>,
        version -> Int4,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    employees (id) {
        id -> Uuid,
        no -> Text,
        name -> Text,
        phone -> Nullable<Text>,
        status -> Text,
        hired_on -> Nullable<Date>,
        left_on -> Nullable<Date>,
        search -> Array<Nullable<Text>>,
        version -> Int4,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    entrusted_duties (id) {
        id -> Uuid,
        estate_id -> Uuid,
        from_employee_id -> Uuid,
        to_employee_id -> Uuid,
        duty -> Text,
        valid_from -> Date,
        valid_until -> Nullable<Date>,
        version -> Int4,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    estate_checks (id) {
        id -> Uuid,
        estate_id -> Uuid,
        year -> Int2,
        state -> Text,
        opened_by -> Nullable<Uuid>,
        opened_at -> Timestamptz,
        findings -> Text,
        totals -> Jsonb,
        closed_by -> Nullable<Uuid>,
        closed_at -> Nullable<Timestamptz>,
        version -> Int4,
    }
}

diesel::table! {
    estates (id) {
        id -> Uuid,
        code -> Text,
        name -> Text,
        address -> Text,
        time_zone -> Text,
        public_code -> Text,
        service_standard -> Text,
        service_standard_on -> Nullable<Date>,
        version -> Int4,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    files (id) {
        id -> Uuid,
        estate_id -> Nullable<Uuid>,
        name -> Text,
        media_type -> Text,
        size_bytes -> Int8,
        sha256 -> Text,
        width -> Nullable<Int4>,
        height -> Nullable<Int4>,
        has_thumbnail -> Bool,
        created_by -> Nullable<Uuid>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    goal_breakdowns (goal_id, post) {
        goal_id -> Uuid,
        post -> Text,
        share_e2 -> Int8,
    }
}

diesel::table! {
    goal_entries (id) {
        id -> Uuid,
        goal_id -> Uuid,
        as_of -> Date,
        numerator -> Int8,
        denominator -> Nullable<Int8>,
        note -> Text,
        entered_by -> Uuid,
        entered_at -> Timestamptz,
    }
}

diesel::table! {
    goal_measurements (id) {
        id -> Uuid,
        goal_id -> Uuid,
        as_of -> Date,
        taken_at -> Timestamptz,
        taken_by -> Uuid,
        is_final -> Bool,
        numerator -> Nullable<Int8>,
        denominator -> Nullable<Int8>,
        value_e2 -> Nullable<Int8>,
        status -> Text,
        cause -> Nullable<Text>,
        pending -> Int8,
        worst_case_e2 -> Nullable<Int8>,
        warnings -> Array<Nullable<Text>>,
        data_snapshot -> Jsonb,
        note -> Nullable<Text>,
        supersedes -> Nullable<Uuid>,
        reason -> Nullable<Text>,
        frozen -> Bool,
    }
}

diesel::table! {
    goal_sets (id) {
        id -> Uuid,
        estate_id -> Uuid,
        year -> Int4,
        state -> Text,
        drafted_by -> Uuid,
        approved_by -> Nullable<Uuid>,
        approved_at -> Nullable<Timestamptz>,
        frozen_at -> Nullable<Timestamptz>,
        version -> Int4,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    goals (id) {
        id -> Uuid,
        set_id -> Uuid,
        no -> Int2,
        formula -> Text,
        name_zh -> Text,
        name_en -> Text,
        comparator -> Text,
        target_e2 -> Int8,
        unit -> Text,
        weight -> Nullable<Int2>,
        owner_post -> Text,
    }
}

diesel::table! {
    house_file_items (id) {
        id -> Uuid,
        estate_id -> Uuid,
        house_file_id -> Uuid,
        kind -> Text,
        title -> Text,
        document_date -> Nullable<Date>,
        file_id -> Nullable<Uuid>,
        source_kind -> Nullable<Text>,
        source_id -> Nullable<Uuid>,
        voided_at -> Nullable<Timestamptz>,
        voided_by -> Nullable<Uuid>,
        void_reason -> Nullable<Text>,
        created_by -> Nullable<Uuid>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    house_files (id) {
        id -> Uuid,
        estate_id -> Uuid,
        house_id -> Uuid,
        no -> Text,
        location -> Text,
        state -> Text,
        missing -> Array<Nullable<Text>>,
        opened_on -> Date,
        checked_at -> Nullable<Timestamptz>,
        checked_by -> Nullable<Uuid>,
        archived_on -> Nullable<Date>,
        archive_reason -> Nullable<Text>,
        version -> Int4,
        created_by -> Nullable<Uuid>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    houses (id) {
        id -> Uuid,
        estate_id -> Uuid,
        block_id -> Uuid,
        unit_id -> Nullable<Uuid>,
        no -> Text,
        room -> Text,
        floor -> Nullable<Int2>,
        area_milli -> Nullable<Int8>,
        #[sql_name = "use"]
        use_ -> Text,
        status -> Text,
        note -> Text,
        sort_key -> Text,
        search -> Array<Nullable<Text>>,
        state -> Text,
        import_run_id -> Nullable<Uuid>,
        version -> Int4,
        created_by -> Nullable<Uuid>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    idempotency_keys (account_id, operation, key) {
        account_id -> Uuid,
        operation -> Text,
        key -> Text,
        body_hash -> Bytea,
        status -> Nullable<Int2>,
        etag -> Nullable<Text>,
        location -> Nullable<Text>,
        body -> Nullable<Text>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    import_errors (id) {
        id -> Uuid,
        run_id -> Uuid,
        row_no -> Int4,
        column_name -> Text,
        code -> Text,
        message_zh -> Text,
        message_en -> Text,
    }
}

diesel::table! {
    import_rows (run_id, row_no) {
        run_id -> Uuid,
        row_no -> Int4,
        cells -> Jsonb,
    }
}

diesel::table! {
    import_runs (id) {
        id -> Uuid,
        estate_id -> Uuid,
        kind -> Text,
        file_name -> Text,
        format -> Text,
        encoding -> Text,
        sha256 -> Text,
        headers -> Array<Nullable<Text>>,
        state -> Text,
        total_rows -> Int4,
        done_rows -> Int4,
        added -> Int4,
        changed -> Int4,
        unchanged -> Int4,
        rejected -> Int4,
        failure -> Nullable<Text>,
        created_by -> Nullable<Uuid>,
        account_id -> Uuid,
        post -> Nullable<Text>,
        created_at -> Timestamptz,
        started_at -> Nullable<Timestamptz>,
        finished_at -> Nullable<Timestamptz>,
        version -> Int4,
    }
}

diesel::table! {
    jobs (id) {
        id -> Uuid,
        kind -> Text,
        payload -> Jsonb,
        dedupe_key -> Nullable<Text>,
        run_at -> Timestamptz,
        attempts -> Int4,
        state -> Text,
        last_error -> Nullable<Text>,
        progress -> Nullable<Jsonb>,
        locked_until -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        finished_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    login_attempts (id) {
        id -> Uuid,
        username -> Text,
        address -> Text,
        succeeded -> Bool,
        at -> Timestamptz,
    }
}

diesel::table! {
    name_aliases (id) {
        id -> Uuid,
        estate_id -> Nullable<Uuid>,
        alias -> Text,
        meaning -> Text,
        source_clauses -> Array<Nullable<Text>>,
    }
}

diesel::table! {
    notice_channels (employee_id, channel) {
        employee_id -> Uuid,
        channel -> Text,
        address -> Text,
        enabled -> Bool,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    notice_deliveries (id) {
        id -> Uuid,
        estate_id -> Nullable<Uuid>,
        notice_id -> Nullable<Uuid>,
        digest_id -> Nullable<Uuid>,
        recipient_id -> Nullable<Uuid>,
        channel -> Text,
        address -> Nullable<Text>,
        state -> Text,
        tries -> Int4,
        next_at -> Timestamptz,
        locked_until -> Nullable<Timestamptz>,
        last_error -> Nullable<Text>,
        sent_at -> Nullable<Timestamptz>,
        version -> Int4,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    notice_digests (id) {
        id -> Uuid,
        estate_id -> Nullable<Uuid>,
        recipient_id -> Uuid,
        day -> Date,
        content -> Jsonb,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    notice_preferences (employee_id) {
        employee_id -> Uuid,
        language -> Text,
        digest -> Bool,
        quiet_from -> Nullable<Int2>,
        quiet_until -> Nullable<Int2>,
        version -> Int4,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    notice_robots (id) {
        id -> Uuid,
        estate_id -> Uuid,
        channel -> Text,
        url -> Text,
        secret -> Nullable<Text>,
        enabled -> Bool,
        version -> Int4,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    notices (id) {
        id -> Uuid,
        estate_id -> Nullable<Uuid>,
        recipient_id -> Uuid,
        kind -> Text,
        subject_kind -> Text,
        subject_id -> Uuid,
        particulars -> Jsonb,
        dedupe_key -> Text,
        urgent -> Bool,
        created_at -> Timestamptz,
        read_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    number_series (estate_id, series, year) {
        estate_id -> Uuid,
        series -> Text,
        year -> Int4,
        last -> Int4,
    }
}

diesel::table! {
    obligation_evidence (obligation_id, subject_kind, subject_id, action) {
        obligation_id -> Uuid,
        subject_kind -> Text,
        subject_id -> Uuid,
        action -> Text,
        occurred_at -> Timestamptz,
        recorded_at -> Timestamptz,
        employee_id -> Nullable<Uuid>,
        acting_for -> Nullable<Uuid>,
    }
}

diesel::table! {
    obligation_rules (id) {
        id -> Uuid,
        code -> Text,
        valid_from -> Date,
        valid_until -> Nullable<Date>,
        active -> Bool,
        name_zh -> Text,
        name_en -> Text,
        timing_zh -> Text,
        timing_en -> Text,
        posts -> Array<Nullable<Text>>,
        shared -> Text,
        to_posts -> Array<Nullable<Text>>,
        cadence -> Text,
        due -> Jsonb,
        evidence -> Text,
        minimum -> Jsonb,
        optional -> Bool,
        capability -> Text,
        basis -> Text,
        clauses -> Array<Nullable<Text>>,
        reason -> Nullable<Text>,
        created_by -> Nullable<Uuid>,
        created_at -> Timestamptz,
        version -> Int4,
    }
}

diesel::table! {
    obligations (id) {
        id -> Uuid,
        estate_id -> Uuid,
        rule_id -> Nullable<Uuid>,
        rule_code -> Text,
        turn -> Text,
        responsible_post -> Text,
        responsible_assignment -> Nullable<Uuid>,
        squad_id -> Nullable<Uuid>,
        area_id -> Nullable<Uuid>,
        created_by -> Nullable<Uuid>,
        employee_id -> Nullable<Uuid>,
        opens_at -> Timestamptz,
        due_at -> Timestamptz,
        minimum -> Int2,
        found -> Int2,
        status -> Text,
        optional -> Bool,
        done_at -> Nullable<Timestamptz>,
        explanation -> Nullable<Text>,
        remark -> Nullable<Text>,
        decided_by -> Nullable<Uuid>,
        decided_at -> Nullable<Timestamptz>,
        version -> Int4,
        subject_kind -> Nullable<Text>,
        subject_id -> Nullable<Uuid>,
        subject_no -> Nullable<Text>,
        deadline -> Nullable<Text>,
        hurries -> Bool,
    }
}

diesel::table! {
    occupancies (id) {
        id -> Uuid,
        estate_id -> Uuid,
        party_id -> Uuid,
        house_id -> Uuid,
        role -> Text,
        valid_from -> Date,
        valid_until -> Nullable<Date>,
        end_reason -> Nullable<Text>,
        import_run_id -> Nullable<Uuid>,
        version -> Int4,
        created_by -> Nullable<Uuid>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    overdue_climbs (subject_id, deadline, due_at) {
        subject_kind -> Text,
        subject_id -> Uuid,
        deadline -> Text,
        due_at -> Timestamptz,
        estate_id -> Uuid,
        reminded_at -> Timestamptz,
        level -> Int2,
        told_posts -> Array<Nullable<Text>>,
        next_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    parking_spaces (id) {
        id -> Uuid,
        estate_id -> Uuid,
        area_id -> Nullable<Uuid>,
        house_id -> Nullable<Uuid>,
        no -> Text,
        kind -> Text,
        location -> Text,
        area_milli -> Nullable<Int8>,
        note -> Text,
        sort_key -> Text,
        state -> Text,
        version -> Int4,
        created_by -> Nullable<Uuid>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    parties (id) {
        id -> Uuid,
        estate_id -> Uuid,
        no -> Text,
        kind -> Text,
        name -> Text,
        identity_number -> Nullable<Text>,
        identity_digest -> Nullable<Text>,
        phones -> Array<Nullable<Text>>,
        phone_digests -> Array<Nullable<Text>>,
        phone_tokens -> Array<Nullable<Text>>,
        note -> Text,
        sort_key -> Text,
        search -> Array<Nullable<Text>>,
        import_run_id -> Nullable<Uuid>,
        version -> Int4,
        created_by -> Nullable<Uuid>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    places (id) {
        id -> Uuid,
        estate_id -> Uuid,
        area_id -> Nullable<Uuid>,
        kind -> Text,
        fixture_kind -> Nullable<Text>,
        no -> Text,
        name -> Text,
        length_milli -> Nullable<Int8>,
        area_milli -> Nullable<Int8>,
        quantity -> Int4,
        location -> Text,
        note -> Text,
        sort_key -> Text,
        search -> Array<Nullable<Text>>,
        state -> Text,
        version -> Int4,
        created_by -> Nullable<Uuid>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    posts (code) {
        code -> Text,
        title_zh -> Text,
        title_en -> Text,
        aliases -> Array<Nullable<Text>>,
        department_id -> Nullable<Uuid>,
        level -> Text,
        is_optional -> Bool,
        is_role_tag -> Bool,
        is_external -> Bool,
        requires_totp -> Bool,
        establishment_count -> Nullable<Int4>,
        active_from -> Nullable<Date>,
        active_until -> Nullable<Date>,
        source_clauses -> Array<Nullable<Text>>,
        position -> Int4,
        version -> Int4,
    }
}

diesel::table! {
    public_attempts (id) {
        id -> Uuid,
        kind -> Text,
        address -> Text,
        estate_id -> Nullable<Uuid>,
        at -> Timestamptz,
    }
}

diesel::table! {
    qualifications (id) {
        id -> Uuid,
        employee_id -> Uuid,
        category_code -> Text,
        evidence -> Text,
        valid_from -> Date,
        valid_until -> Nullable<Date>,
        version -> Int4,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    refresh_families (id) {
        id -> Uuid,
        account_id -> Uuid,
        created_at -> Timestamptz,
        last_used_at -> Timestamptz,
        expires_at -> Timestamptz,
        ended_at -> Nullable<Timestamptz>,
        end_reason -> Nullable<Text>,
        user_agent -> Text,
        address -> Text,
    }
}

diesel::table! {
    refresh_tokens (token_hash) {
        token_hash -> Bytea,
        family_id -> Uuid,
        created_at -> Timestamptz,
        used_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    repair_categories (estate_id, code) {
        estate_id -> Uuid,
        code -> Text,
        response_minutes -> Int4,
        finish_hours -> Int4,
        estimated_minutes -> Int4,
        urgent_percent -> Int4,
        active -> Bool,
        version -> Int4,
    }
}

diesel::table! {
    repair_named_houses (form, request_id) {
        form -> Text,
        request_id -> Uuid,
    }
}

diesel::table! {
    repair_night_requests (request_id) {
        request_id -> Uuid,
        taken_by_post -> Text,
        hand_over_at -> Timestamptz,
        handed_over_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    repair_requests (id) {
        id -> Uuid,
        no -> Text,
        estate_id -> Uuid,
        responsible_post -> Text,
        responsible_assignment -> Nullable<Uuid>,
        squad_id -> Nullable<Uuid>,
        area_id -> Nullable<Uuid>,
        created_by -> Nullable<Uuid>,
        source -> Text,
        source_kind -> Nullable<Text>,
        source_id -> Nullable<Uuid>,
        house_id -> Nullable<Uuid>,
        place_id -> Nullable<Uuid>,
        place_text -> Nullable<Text>,
        party_id -> Nullable<Uuid>,
        contact_name -> Nullable<Text>,
        contact_phone -> Nullable<Text>,
        category -> Text,
        urgency -> Text,
        paid -> Bool,
        warranty -> Bool,
        text -> Text,
        requested_at -> Timestamptz,
        recorded_at -> Timestamptz,
        appointment -> Nullable<Tstzrange>,
        dispatch_due_at -> Timestamptz,
        state -> Text,
        end_reason -> Nullable<Text>,
        search -> Array<Nullable<Text>>,
        updated_at -> Timestamptz,
        version -> Int4,
    }
}

diesel::table! {
    reporting_edges (id) {
        id -> Uuid,
        child_post -> Text,
        parent_post -> Text,
        kind -> Text,
        valid_from -> Date,
        valid_until -> Nullable<Date>,
        state -> Text,
        note -> Text,
        source_clauses -> Array<Nullable<Text>>,
        decided_by -> Nullable<Uuid>,
        reason -> Nullable<Text>,
        version -> Int4,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        proposed_by -> Nullable<Uuid>,
        touches -> Jsonb,
        matter -> Nullable<Text>,
    }
}

diesel::table! {
    resident_reports (id) {
        id -> Uuid,
        no -> Text,
        estate_id -> Uuid,
        kind -> Text,
        text -> Text,
        location -> Nullable<Text>,
        contact_name -> Nullable<Text>,
        contact_phone -> Nullable<Text>,
        tracking_digest -> Text,
        received_at -> Timestamptz,
        due_at -> Timestamptz,
        state -> Text,
        became_kind -> Nullable<Text>,
        became_id -> Nullable<Uuid>,
        decided_by -> Nullable<Uuid>,
        decided_at -> Nullable<Timestamptz>,
        reply -> Nullable<Text>,
        version -> Int4,
    }
}

diesel::table! {
    roster_entries (id) {
        id -> Uuid,
        estate_id -> Uuid,
        responsible_post -> Text,
        responsible_assignment -> Nullable<Uuid>,
        squad_id -> Nullable<Uuid>,
        area_id -> Nullable<Uuid>,
        created_by -> Nullable<Uuid>,
        employee_id -> Uuid,
        shift_id -> Uuid,
        on_date -> Date,
        starts_at -> Timestamptz,
        ends_at -> Timestamptz,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    secrets (name) {
        name -> Text,
        value -> Bytea,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    settings (id) {
        id -> Uuid,
        estate_id -> Nullable<Uuid>,
        key -> Text,
        value -> Int8,
        reason -> Text,
        changed_by -> Uuid,
        changed_at -> Timestamptz,
    }
}

diesel::table! {
    shifts (id) {
        id -> Uuid,
        estate_id -> Uuid,
        code -> Text,
        name -> Text,
        starts_minute -> Int4,
        ends_minute -> Int4,
        kind -> Text,
        active -> Bool,
        version -> Int4,
    }
}

diesel::table! {
    squads (id) {
        id -> Uuid,
        estate_id -> Uuid,
        name -> Text,
        post -> Text,
        active_from -> Date,
        active_until -> Nullable<Date>,
        version -> Int4,
    }
}

diesel::table! {
    stand_in_pairs (id) {
        id -> Uuid,
        principal_post -> Text,
        stand_in_post -> Text,
        required -> Bool,
        rank -> Int4,
        basis_clause -> Text,
        valid_from -> Date,
        valid_until -> Nullable<Date>,
        version -> Int4,
    }
}

diesel::table! {
    structure_changes (id) {
        id -> Uuid,
        estate_id -> Uuid,
        kind -> Text,
        subject_kind -> Text,
        subject_id -> Uuid,
        title -> Text,
        before -> Jsonb,
        proposed -> Jsonb,
        reason -> Text,
        state -> Text,
        proposed_by -> Nullable<Uuid>,
        proposed_at -> Timestamptz,
        decided_by -> Nullable<Uuid>,
        decided_at -> Nullable<Timestamptz>,
        decision_note -> Text,
        version -> Int4,
    }
}

diesel::table! {
    supervision_notes (id) {
        id -> Uuid,
        estate_id -> Uuid,
        responsible_post -> Text,
        responsible_assignment -> Nullable<Uuid>,
        squad_id -> Nullable<Uuid>,
        area_id -> Nullable<Uuid>,
        created_by -> Nullable<Uuid>,
        superior_id -> Uuid,
        subordinate_id -> Uuid,
        obligation_id -> Nullable<Uuid>,
        text -> Text,
        guidance -> Nullable<Text>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    tasks (id) {
        id -> Uuid,
        estate_id -> Uuid,
        no -> Text,
        title -> Text,
        detail -> Nullable<Text>,
        priority -> Text,
        source -> Text,
        source_kind -> Nullable<Text>,
        source_id -> Nullable<Uuid>,
        state -> Text,
        created_by -> Nullable<Uuid>,
        given_for -> Nullable<Uuid>,
        given_right -> Text,
        given_post -> Text,
        given_assignment -> Nullable<Uuid>,
        assignee_id -> Uuid,
        responsible_post -> Text,
        responsible_assignment -> Nullable<Uuid>,
        squad_id -> Nullable<Uuid>,
        area_id -> Nullable<Uuid>,
        issued_at -> Timestamptz,
        due_at -> Timestamptz,
        moved_at -> Timestamptz,
        result -> Nullable<Text>,
        reported_at -> Nullable<Timestamptz>,
        reported_by -> Nullable<Uuid>,
        returned_count -> Int4,
        last_word -> Nullable<Text>,
        ended_at -> Nullable<Timestamptz>,
        search -> Array<Nullable<Text>>,
        version -> Int4,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    trail (id) {
        id -> Uuid,
        occurred_at -> Timestamptz,
        recorded_at -> Timestamptz,
        estate_id -> Nullable<Uuid>,
        account_id -> Uuid,
        employee_id -> Nullable<Uuid>,
        acting_for -> Nullable<Uuid>,
        post -> Nullable<Text>,
        subject_kind -> Text,
        subject_id -> Uuid,
        action -> Text,
        from_state -> Nullable<Text>,
        to_state -> Nullable<Text>,
        reason -> Nullable<Text>,
        changes -> Jsonb,
        clauses -> Array<Nullable<Text>>,
    }
}

diesel::table! {
    units (id) {
        id -> Uuid,
        estate_id -> Uuid,
        block_id -> Uuid,
        no -> Text,
        lifts -> Nullable<Int2>,
        note -> Text,
        sort_key -> Text,
        state -> Text,
        version -> Int4,
        created_by -> Nullable<Uuid>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    vacancy_covers (id) {
        id -> Uuid,
        vacant_post -> Text,
        covering_post -> Text,
        rank -> Int4,
        valid_from -> Date,
        valid_until -> Nullable<Date>,
    }
}

diesel::table! {
    visits (id) {
        id -> Uuid,
        estate_id -> Uuid,
        no -> Text,
        subject_kind -> Text,
        subject_id -> Uuid,
        subject_no -> Text,
        title -> Text,
        reason -> Text,
        round -> Int4,
        house_id -> Nullable<Uuid>,
        party_id -> Nullable<Uuid>,
        excluded -> Array<Nullable<Uuid>>,
        state -> Text,
        due_at -> Timestamptz,
        visitor_id -> Nullable<Uuid>,
        method -> Nullable<Text>,
        asked_at -> Nullable<Timestamptz>,
        result -> Nullable<Text>,
        comment -> Nullable<Text>,
        follow_up -> Nullable<Text>,
        attempts -> Int4,
        responsible_post -> Text,
        responsible_assignment -> Nullable<Uuid>,
        squad_id -> Nullable<Uuid>,
        area_id -> Nullable<Uuid>,
        created_by -> Nullable<Uuid>,
        search -> Array<Nullable<Text>>,
        version -> Int4,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    work_order_costs (id) {
        id -> Uuid,
        order_id -> Uuid,
        kind -> Text,
        amount_fen -> Int8,
        reason -> Text,
        asked_by -> Uuid,
        asked_at -> Timestamptz,
        state -> Text,
        decided_by -> Nullable<Uuid>,
        decided_at -> Nullable<Timestamptz>,
        decision_reason -> Nullable<Text>,
        needs_expense_approval -> Bool,
    }
}

diesel::table! {
    work_order_dispatches (id) {
        id -> Uuid,
        order_id -> Uuid,
        technician_id -> Uuid,
        suggested_id -> Nullable<Uuid>,
        place -> Nullable<Int4>,
        reason -> Nullable<Text>,
        dispatched_by -> Nullable<Uuid>,
        dispatched_at -> Timestamptz,
    }
}

diesel::table! {
    work_order_late_notes (id) {
        id -> Uuid,
        order_id -> Uuid,
        employee_id -> Uuid,
        act -> Text,
        occurred_at -> Timestamptz,
        recorded_at -> Timestamptz,
        met_state -> Text,
        why -> Jsonb,
        content -> Jsonb,
    }
}

diesel::table! {
    work_order_results (id) {
        id -> Uuid,
        order_id -> Uuid,
        technician_id -> Uuid,
        finished_at -> Timestamptz,
        recorded_at -> Timestamptz,
        cause -> Text,
        work_done -> Text,
        materials_used -> Jsonb,
        minutes_worked -> Int4,
        material_cost_fen -> Int8,
        charge_fen -> Int8,
        safety_passed -> Bool,
        safety_note -> Nullable<Text>,
        sign_kind -> Text,
        sign_name -> Nullable<Text>,
        sign_file_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    work_orders (id) {
        id -> Uuid,
        no -> Text,
        estate_id -> Uuid,
        request_id -> Uuid,
        responsible_post -> Text,
        responsible_assignment -> Nullable<Uuid>,
        squad_id -> Nullable<Uuid>,
        area_id -> Nullable<Uuid>,
        created_by -> Nullable<Uuid>,
        technician_id -> Uuid,
        category -> Text,
        urgency -> Text,
        estimated_minutes -> Int4,
        state -> Text,
        dispatched_by -> Nullable<Uuid>,
        dispatched_at -> Timestamptz,
        round_at -> Timestamptz,
        accepted_at -> Nullable<Timestamptz>,
        arrived_at -> Nullable<Timestamptz>,
        finished_at -> Nullable<Timestamptz>,
        finished_by -> Nullable<Uuid>,
        response_due_at -> Timestamptz,
        finish_due_at -> Timestamptz,
        pending_reason -> Nullable<Text>,
        returned_count -> Int4,
        keyed_late -> Bool,
        verified_by -> Nullable<Uuid>,
        verified_at -> Nullable<Timestamptz>,
        rating -> Nullable<Text>,
        end_reason -> Nullable<Text>,
        updated_at -> Timestamptz,
        version -> Int4,
    }
}

diesel::joinable!(absences -> assignments (responsible_assignment));
diesel::joinable!(absences -> employees (employee_id));
diesel::joinable!(absences -> estates (estate_id));
diesel::joinable!(absences -> posts (responsible_post));
diesel::joinable!(absences -> squads (squad_id));
diesel::joinable!(access_tokens -> accounts (account_id));
diesel::joinable!(account_requests -> accounts (account_id));
diesel::joinable!(account_requests -> estates (estate_id));
diesel::joinable!(accounts -> employees (employee_id));
diesel::joinable!(acting_periods -> absences (absence_id));
diesel::joinable!(acting_periods -> assignments (principal_assignment));
diesel::joinable!(acting_periods -> estates (estate_id));
diesel::joinable!(acting_periods -> posts (post));
diesel::joinable!(areas -> estates (estate_id));
diesel::joinable!(assignments -> employees (employee_id));
diesel::joinable!(assignments -> estates (estate_id));
diesel::joinable!(assignments -> posts (post));
diesel::joinable!(assignments -> squads (squad_id));
diesel::joinable!(assistances -> employees (employee_id));
diesel::joinable!(assistances -> estates (estate_id));
diesel::joinable!(assistances -> houses (house_id));
diesel::joinable!(assistances -> parties (party_id));
diesel::joinable!(attachments -> files (file_id));
diesel::joinable!(backup_records -> estates (estate_id));
diesel::joinable!(blocks -> areas (area_id));
diesel::joinable!(blocks -> estates (estate_id));
diesel::joinable!(box_coverages -> posts (covering_post));
diesel::joinable!(briefing_checks -> briefings (briefing_id));
diesel::joinable!(briefing_points -> briefings (briefing_id));
diesel::joinable!(briefings -> areas (area_id));
diesel::joinable!(briefings -> assignments (responsible_assignment));
diesel::joinable!(briefings -> estates (estate_id));
diesel::joinable!(briefings -> shifts (shift_id));
diesel::joinable!(briefings -> squads (squad_id));
diesel::joinable!(calendar_days -> estates (estate_id));
diesel::joinable!(calendar_years -> estates (estate_id));
diesel::joinable!(case_contacts -> cases (case_id));
diesel::joinable!(case_findings -> cases (case_id));
diesel::joinable!(case_links -> cases (case_id));
diesel::joinable!(case_measures -> cases (case_id));
diesel::joinable!(cases -> estates (estate_id));
diesel::joinable!(cases -> houses (house_id));
diesel::joinable!(cases -> parties (party_id));
diesel::joinable!(clause_texts -> clauses (clause_id));
diesel::joinable!(computers -> employees (custodian_id));
diesel::joinable!(computers -> estates (estate_id));
diesel::joinable!(consultations -> employees (created_by));
diesel::joinable!(consultations -> estates (estate_id));
diesel::joinable!(consultations -> house_files (house_file_id));
diesel::joinable!(consultations -> posts (responsible_post));
diesel::joinable!(data_checks -> estates (estate_id));
diesel::joinable!(data_corrections -> estates (estate_id));
diesel::joinable!(dispute_parties -> disputes (dispute_id));
diesel::joinable!(dispute_parties -> houses (house_id));
diesel::joinable!(dispute_parties -> parties (party_id));
diesel::joinable!(dispute_steps -> disputes (dispute_id));
diesel::joinable!(disputes -> cases (origin_case));
diesel::joinable!(disputes -> estates (estate_id));
diesel::joinable!(entrusted_duties -> estates (estate_id));
diesel::joinable!(estate_checks -> estates (estate_id));
diesel::joinable!(files -> estates (estate_id));
diesel::joinable!(goal_breakdowns -> goals (goal_id));
diesel::joinable!(goal_breakdowns -> posts (post));
diesel::joinable!(goal_entries -> employees (entered_by));
diesel::joinable!(goal_entries -> goals (goal_id));
diesel::joinable!(goal_measurements -> employees (taken_by));
diesel::joinable!(goal_measurements -> goals (goal_id));
diesel::joinable!(goal_sets -> estates (estate_id));
diesel::joinable!(goals -> goal_sets (set_id));
diesel::joinable!(goals -> posts (owner_post));
diesel::joinable!(house_file_items -> estates (estate_id));
diesel::joinable!(house_file_items -> files (file_id));
diesel::joinable!(house_file_items -> house_files (house_file_id));
diesel::joinable!(house_files -> estates (estate_id));
diesel::joinable!(house_files -> houses (house_id));
diesel::joinable!(houses -> blocks (block_id));
diesel::joinable!(houses -> estates (estate_id));
diesel::joinable!(houses -> units (unit_id));
diesel::joinable!(import_errors -> import_runs (run_id));
diesel::joinable!(import_rows -> import_runs (run_id));
diesel::joinable!(import_runs -> estates (estate_id));
diesel::joinable!(name_aliases -> estates (estate_id));
diesel::joinable!(notice_channels -> employees (employee_id));
diesel::joinable!(notice_deliveries -> employees (recipient_id));
diesel::joinable!(notice_deliveries -> estates (estate_id));
diesel::joinable!(notice_deliveries -> notice_digests (digest_id));
diesel::joinable!(notice_deliveries -> notices (notice_id));
diesel::joinable!(notice_digests -> employees (recipient_id));
diesel::joinable!(notice_digests -> estates (estate_id));
diesel::joinable!(notice_preferences -> employees (employee_id));
diesel::joinable!(notice_robots -> estates (estate_id));
diesel::joinable!(notices -> employees (recipient_id));
diesel::joinable!(notices -> estates (estate_id));
diesel::joinable!(number_series -> estates (estate_id));
diesel::joinable!(obligation_evidence -> obligations (obligation_id));
diesel::joinable!(obligations -> areas (area_id));
diesel::joinable!(obligations -> assignments (responsible_assignment));
diesel::joinable!(obligations -> estates (estate_id));
diesel::joinable!(obligations -> obligation_rules (rule_id));
diesel::joinable!(obligations -> posts (responsible_post));
diesel::joinable!(obligations -> squads (squad_id));
diesel::joinable!(occupancies -> estates (estate_id));
diesel::joinable!(occupancies -> houses (house_id));
diesel::joinable!(occupancies -> parties (party_id));
diesel::joinable!(parking_spaces -> areas (area_id));
diesel::joinable!(overdue_climbs -> estates (estate_id));
diesel::joinable!(parking_spaces -> estates (estate_id));
diesel::joinable!(parking_spaces -> houses (house_id));
diesel::joinable!(parties -> estates (estate_id));
diesel::joinable!(places -> areas (area_id));
diesel::joinable!(places -> estates (estate_id));
diesel::joinable!(posts -> departments (department_id));
diesel::joinable!(qualifications -> employees (employee_id));
diesel::joinable!(refresh_families -> accounts (account_id));
diesel::joinable!(refresh_tokens -> refresh_families (family_id));
diesel::joinable!(repair_categories -> estates (estate_id));
diesel::joinable!(repair_named_houses -> repair_requests (request_id));
diesel::joinable!(repair_night_requests -> repair_requests (request_id));
diesel::joinable!(repair_requests -> assignments (responsible_assignment));
diesel::joinable!(repair_requests -> employees (created_by));
diesel::joinable!(repair_requests -> estates (estate_id));
diesel::joinable!(repair_requests -> houses (house_id));
diesel::joinable!(repair_requests -> parties (party_id));
diesel::joinable!(repair_requests -> places (place_id));
diesel::joinable!(repair_requests -> squads (squad_id));
diesel::joinable!(resident_reports -> employees (decided_by));
diesel::joinable!(resident_reports -> estates (estate_id));
diesel::joinable!(roster_entries -> assignments (responsible_assignment));
diesel::joinable!(roster_entries -> employees (employee_id));
diesel::joinable!(roster_entries -> estates (estate_id));
diesel::joinable!(roster_entries -> posts (responsible_post));
diesel::joinable!(roster_entries -> shifts (shift_id));
diesel::joinable!(roster_entries -> squads (squad_id));
diesel::joinable!(settings -> estates (estate_id));
diesel::joinable!(shifts -> estates (estate_id));
diesel::joinable!(squads -> estates (estate_id));
diesel::joinable!(squads -> posts (post));
diesel::joinable!(structure_changes -> estates (estate_id));
diesel::joinable!(supervision_notes -> areas (area_id));
diesel::joinable!(supervision_notes -> assignments (responsible_assignment));
diesel::joinable!(supervision_notes -> estates (estate_id));
diesel::joinable!(supervision_notes -> obligations (obligation_id));
diesel::joinable!(supervision_notes -> posts (responsible_post));
diesel::joinable!(supervision_notes -> squads (squad_id));
diesel::joinable!(tasks -> estates (estate_id));
diesel::joinable!(units -> blocks (block_id));
diesel::joinable!(units -> estates (estate_id));
diesel::joinable!(visits -> employees (visitor_id));
diesel::joinable!(visits -> estates (estate_id));
diesel::joinable!(visits -> houses (house_id));
diesel::joinable!(visits -> parties (party_id));
diesel::joinable!(work_order_costs -> work_orders (order_id));
diesel::joinable!(work_order_dispatches -> work_orders (order_id));
diesel::joinable!(work_order_late_notes -> employees (employee_id));
diesel::joinable!(work_order_late_notes -> work_orders (order_id));
diesel::joinable!(work_order_results -> employees (technician_id));
diesel::joinable!(work_order_results -> files (sign_file_id));
diesel::joinable!(work_order_results -> work_orders (order_id));
diesel::joinable!(work_orders -> assignments (responsible_assignment));
diesel::joinable!(work_orders -> estates (estate_id));
diesel::joinable!(work_orders -> repair_requests (request_id));
diesel::joinable!(work_orders -> squads (squad_id));

diesel::allow_tables_to_appear_in_same_query!(
    absences,
    access_tokens,
    account_requests,
    accounts,
    acting_periods,
    areas,
    assignments,
    assistances,
    attachments,
    backup_records,
    blocks,
    box_coverages,
    briefing_checks,
    briefing_points,
    briefings,
    calendar_days,
    calendar_years,
    case_contacts,
    case_findings,
    case_links,
    case_measures,
    cases,
    clause_texts,
    clauses,
    computers,
    consultations,
    data_checks,
    data_corrections,
    departments,
    dispute_parties,
    dispute_steps,
    disputes,
    employees,
    entrusted_duties,
    estate_checks,
    estates,
    files,
    goal_breakdowns,
    goal_entries,
    goal_measurements,
    goal_sets,
    goals,
    house_file_items,
    house_files,
    houses,
    import_errors,
    import_rows,
    import_runs,
    name_aliases,
    notice_channels,
    notice_deliveries,
    notice_digests,
    notice_preferences,
    notice_robots,
    notices,
    number_series,
    obligation_evidence,
    obligation_rules,
    obligations,
    occupancies,
    overdue_climbs,
    parking_spaces,
    parties,
    places,
    posts,
    qualifications,
    refresh_families,
    refresh_tokens,
    repair_categories,
    repair_named_houses,
    repair_night_requests,
    repair_requests,
    resident_reports,
    roster_entries,
    settings,
    shifts,
    squads,
    structure_changes,
    supervision_notes,
    tasks,
    units,
    visits,
    work_order_costs,
    work_order_dispatches,
    work_order_late_notes,
    work_order_results,
    work_orders,
);
