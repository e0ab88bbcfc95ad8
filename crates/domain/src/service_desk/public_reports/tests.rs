use super::*;

fn code() -> TrackingCode {
    TrackingCode::from_random([7; 16])
}

fn report() -> ResidentReport {
    let new = NewReport {
        kind: ReportKind::Repair,
        text: LongText::new("厨房水管漏水").expect("fits"),
        location: None,
        contact_name: None,
        contact_phone: Some(Name::new("138 0013 8000").expect("fits")),
        file_ids: vec![],
    };
    let now = "2026-03-02T01:00:00Z".parse().expect("an instant");
    ResidentReport::receive(&new, EstateId::generate(), "BS2026-000001".into(), &code(), now, now)
        .expect("a good report")
        .record
}

#[test]
fn a_tracking_code_survives_the_way_people_type_it() {
    let mut bytes = [0; 16];
    for (at, byte) in (0u8..).zip(bytes.iter_mut()) {
        *byte = at.wrapping_mul(37);
    }
    let code = TrackingCode::from_random(bytes);
    let shown = code.to_string();
    assert_eq!(shown.len(), 19);
    assert_eq!(
        TrackingCode::read(&shown.to_lowercase().replace('-', " ")),
        Some(code.clone())
    );
    assert_eq!(
        TrackingCode::read(&shown.replace('0', "O").replace('1', "l")),
        Some(code)
    );
    for bad in ["", "ABCD", "ABCD-ABCD-ABCD-ABC!", "ABCD-ABCD-ABCD-ABCD-A", "中文"] {
        assert_eq!(TrackingCode::read(bad), None, "{bad}");
    }
}

#[test]
fn a_report_sent_twice_has_one_code_that_no_other_report_has() {
    let code = |secret: &[u8], key, body: &[u8]| TrackingCode::of_key(secret, key, body);
    let first = code(b"secret", "key-0001", b"body");
    assert_eq!(code(b"secret", "key-0001", b"body"), first);
    for other in [
        code(b"another", "key-0001", b"body"),
        code(b"secret", "key-0002", b"body"),
        code(b"secret", "key-0001", b"other"),
        code(b"secret", "key-000", b"1body"),
    ] {
        assert_ne!(other, first);
    }
}

#[test]
fn a_report_is_decided_once() {
    let report = report();
    let now = report.received_at;
    let became = Subject::new(SubjectKind::RepairRequest, uuid::Uuid::now_v7());
    let taken = report.take_in(became, None, now).expect("waits").record;
    assert_eq!((taken.state, taken.became), (ReportState::TakenIn, Some(became)));
    let reason = Note::new("广告").expect("fits");
    let refused = taken.dismiss(&reason, None, now).expect_err("decided before");
    assert_eq!(refused.code, crate::shared::ProblemCode::WrongState);
    let dismissed = report.dismiss(&reason, None, now).expect("waits").record;
    assert_eq!(dismissed.reply.as_deref(), Some("广告"));
}
