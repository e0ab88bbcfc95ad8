//! The commands of an operator: `wuye user`, `wuye import`, `wuye export`.

use serde_json::Value;

use wuye_stage::{Place, Server, bash, json};

const PASSWORD: &str = "five tall green bamboos";

/// A place that was set up from the console, without a server.
pub fn set_up() -> Place {
    let place = Place::new();
    let file = place.file("password", format!("{PASSWORD}\n"));
    let arguments = [
        "user",
        "create-admin",
        "Admin",
        "--estate",
        "翠湖花园",
        "--password-file",
    ];
    let mut command = place.wuye(&arguments);
    command.arg(file);
    assert_eq!(wuye_stage::said(command).well(), "Admin: made\n");
    place
}

/// Reads from the API of a server with a token.
fn get(place: &Place, server: &Server, token: &str, path: &str) -> Value {
    let script = place.file(
        "get.sh",
        "curl -s --fail-with-body -H \"Authorization: Bearer $TOKEN\" \"$BASE/api/v1$PATH_\"\n",
    );
    let variables = [("BASE", server.base.as_str()), ("TOKEN", token), ("PATH_", path)];
    json(&bash(&script, place.folder(), &variables).well())
}

/// Calls the API of a server as this login.
fn call(place: &Place, server: &Server, login: &str, password: &str, path: &str) -> Value {
    let script = place.file(
        "call.sh",
        "set -euo pipefail\n\
         TOKEN=$(curl -s --fail-with-body \"$BASE/api/v1/auth/login\" --json \"{\\\"username\\\":\\\"$LOGIN\\\",\\\"password\\\":\\\"$WORD\\\"}\" \
           | sed 's/.*\"access_token\":\"\\([^\"]*\\)\".*/\\1/')\n\
         curl -s --fail-with-body -H \"Authorization: Bearer $TOKEN\" \"$BASE/api/v1$PATH_\"\n",
    );
    let variables = [
        ("BASE", server.base.as_str()),
        ("LOGIN", login),
        ("WORD", password),
        ("PATH_", path),
    ];
    json(&bash(&script, place.folder(), &variables).well())
}

#[test]
fn der_computer_2_the_first_administrator_is_made_at_the_console_once() {
    let place = set_up();
    let again = place.run(&["user", "create-admin", "other", "--estate", "x"]).badly();
    assert!(again.contains("set up already"), "{again}");
    let list = place.run(&["user", "list"]).well();
    assert!(
        list.lines()
            .any(|line| line.starts_with("admin ") && line.contains("active")),
        "{list}"
    );

    // Beside a running server.
    let server = Server::start(&place, &["--workers", "1"]);
    assert_eq!(server.code, None, "nothing is left to set up");
    let me = call(&place, &server, "admin", PASSWORD, "/me");
    assert_eq!(
        (&me["is_administrator"], &me["estates"][0]["name"]),
        (&true.into(), &"翠湖花园".into())
    );
    let reset = place
        .run(&["user", "reset-password", "ADMIN", "--reason", "forgotten"])
        .well();
    let first = reset.trim().rsplit(' ').next().expect("a password").to_owned();
    assert_eq!(first.len(), 14, "{reset}");
    let me = call(&place, &server, "admin", &first, "/me");
    assert_eq!(me["must_change_password"], true);
    let wrong = place.run(&["user", "reset-password", "nobody"]).badly();
    assert!(wrong.contains("no account “nobody”"), "{wrong}");
    let kept = place.run(&["user", "disable", "admin", "--reason", "x"]).badly();
    assert!(kept.contains("the last way in"), "{kept}");
    assert!(server.stop().success());
}

#[test]
fn der_computer_2_a_password_that_is_too_easy_is_refused_in_words() {
    let place = Place::new();
    let file = place.file("password", "admin");
    let mut command = place.wuye(&[
        "user",
        "create-admin",
        "admin",
        "--estate",
        "翠湖花园",
        "--language",
        "zh",
        "--password-file",
    ]);
    command.arg(file);
    let refused = wuye_stage::said(command).badly();
    assert!(
        refused.contains("填写有误") && refused.contains("/password"),
        "{refused}"
    );
    let made = place
        .run(&["user", "create-admin", "admin", "--estate", "翠湖花园"])
        .well();
    assert!(
        made.starts_with("admin: ") && made.trim().len() == "admin: ".len() + 14,
        "{made}"
    );
}

#[test]
fn der_computer_2_a_program_gets_a_token_that_ends_when_its_account_is_closed() {
    let place = set_up();
    let server = Server::start(&place, &["--workers", "1"]);
    let refused = place
        .run(&[
            "user",
            "service-token",
            "svc-x",
            "--permission",
            "everything",
            "--reason",
            "x",
        ])
        .badly();
    assert!(refused.contains("/permissions/0"), "{refused}");
    let give = [
        "user",
        "service-token",
        "svc-report",
        "--permission",
        "estate.read,trail.read",
        "--reason",
        "group figures",
    ];
    let tokens: Vec<String> = [(); 2].map(|()| place.run(&give).well().trim().to_owned()).into();
    assert!(tokens.iter().all(|token| token.starts_with("wuye_")), "{tokens:?}");
    assert_ne!(tokens[0], tokens[1], "a second token of the same service");
    let status = |token: &str, path: &str| {
        let script = place.file(
            "status.sh",
            "curl -s -o /dev/null -w '%{http_code}' -H \"Authorization: Bearer $TOKEN\" \"$BASE/api/v1$PATH_\"\n",
        );
        let variables = [("BASE", server.base.as_str()), ("TOKEN", token), ("PATH_", path)];
        bash(&script, place.folder(), &variables).well()
    };
    assert_eq!(
        (status(&tokens[0], "/houses"), status(&tokens[0], "/cases")),
        ("200".into(), "403".into())
    );
    let list = place.run(&["user", "list", "svc"]).well();
    assert!(list.contains("svc-report") && !list.contains("admin"), "{list}");
    assert_eq!(
        place
            .run(&["user", "disable", "svc-report", "--reason", "contract ended"])
            .well(),
        "svc-report: closed\n"
    );
    assert_eq!(status(&tokens[1], "/houses"), "401");
    assert!(server.stop().success());
}

const HOUSES: &str = "房号,建筑面积,状态\n3-2-501,89.57,自住\n3-2-502,120,空置\n\n2单元9,很大,\n";

#[test]
fn der_x_5_a_table_is_checked_taken_in_and_changes_nothing_again() {
    let place = set_up();
    let file = place.file("houses.csv", HOUSES);
    let file = file.to_str().expect("a path");
    let import = |more: &[&str]| {
        let mut arguments = vec!["import", "houses", file];
        arguments.extend(more);
        place.run(&arguments)
    };
    let dry = import(&["--dry-run"]);
    assert!(
        dry.out.contains("checked 3 rows (csv, utf-8): 2 new"),
        "{}{}",
        dry.out,
        dry.err
    );
    assert!(dry.err.contains("row 5, 房号: the house names no block"), "{}", dry.err);
    let export = || place.run(&["export", "houses"]).well();
    assert_eq!(export().lines().count(), 1, "a check writes nothing");
    let left_out = place.folder().join("left-out.csv");
    let done = import(&["--language", "zh", "--errors", left_out.to_str().expect("a path")]);
    assert!(
        done.out
            .contains("已导入 3 行（csv, utf-8）：新增 2，变更 0，无变化 0，有误 1"),
        "{}{}",
        done.out,
        done.err
    );
    assert!(done.err.contains("第 5 行，房号：房号缺少栋号"), "{}", done.err);
    assert!(!done.ok, "a row was left out");
    assert_eq!(
        std::fs::read_to_string(left_out).expect("the errors").lines().count(),
        3
    );
    let again = import(&[]);
    assert!(
        again
            .out
            .contains("imported 3 rows (csv, utf-8): 0 new, 0 changed, 2 unchanged"),
        "{}",
        again.out
    );

    // The workbook that an export makes is itself a table to take in.
    let book = place.folder().join("houses.xlsx");
    let book = book.to_str().expect("a path");
    place.run(&["export", "houses", "--output", book, "--sort=-no"]).well();
    let taken = place.run(&["import", "houses", book]);
    assert!(
        taken.out.contains("(xlsx, utf-8): 0 new, 0 changed, 2 unchanged"),
        "{}{}",
        taken.out,
        taken.err
    );

    let wrong = place.file("wrong.csv", "姓名,电话\n张三,1\n");
    let wrong = place
        .run(&["import", "houses", wrong.to_str().expect("a path")])
        .badly();
    assert!(wrong.contains("these are missing: House"), "{wrong}");
    let missing = place.run(&["import", "houses", "no-such-file"]).badly();
    assert!(missing.contains("no-such-file"), "{missing}");
}

#[test]
fn der_x_5_a_table_can_be_taken_in_beside_a_running_server() {
    let place = set_up();
    let server = Server::start(&place, &["--workers", "1"]);
    let file = place.file("houses.csv", "房号\n3-2-501\n3-2-502\n");
    let said = place
        .run(&["import", "houses", file.to_str().expect("a path"), "--as", "admin"])
        .well();
    assert!(said.contains("imported 2 rows (csv, utf-8): 2 new"), "{said}");
    let give = [
        "user",
        "service-token",
        "svc-look",
        "--permission",
        "import.run,audit.read",
        "--reason",
        "look",
    ];
    let token = place.run(&give).well().trim().to_owned();
    let call = |path: &str| get(&place, &server, &token, path);
    let runs = call("/imports");
    assert_eq!(
        (&runs["items"][0]["state"], &runs["items"][0]["added"]),
        (&"done".into(), &2.into())
    );
    let audit = call("/audit?kind=import_run");
    let acts: Vec<&str> = audit["items"]
        .as_array()
        .expect("lines")
        .iter()
        .filter_map(|line| line["action"].as_str())
        .collect();
    assert_eq!(acts, ["finished", "started", "uploaded"]);
    place
        .run(&["export", "houses", "--as", "admin", "--format", "csv"])
        .well();
    let audit = call("/audit?kind=estate");
    assert_eq!(audit["items"][0]["action"], "exported");
    assert_eq!(audit["items"][0]["changes"]["list"][1], "houses");
    assert!(server.stop().success());
}

#[test]
fn an_export_takes_the_filters_of_its_list_and_the_rights_of_who_asks() {
    let place = set_up();
    let lists = place.run(&["export", "--lists"]).well();
    for name in ["houses", "parties", "occupancies", "cases", "work-orders", "visits"] {
        assert!(
            lists.lines().any(|line| line.starts_with(&format!("{name} "))),
            "{name}: {lists}"
        );
    }
    let unknown = place.run(&["export", "cars"]).badly();
    assert!(
        unknown.contains("there is no list “cars”") && unknown.contains("houses"),
        "{unknown}"
    );
    let filter = place.run(&["export", "houses", "--filter", "colour=red"]).badly();
    assert!(filter.contains("colour"), "{filter}");
    let cases = place.run(&["export", "cases", "--language", "zh"]).well();
    assert!(cases.starts_with('\u{feff}') && cases.lines().count() == 1, "{cases}");
    let rights = place.run(&["export", "cases", "--as", "admin"]).badly();
    assert!(
        rights.contains("case.read"),
        "the administrator sets up and sees no case: {rights}"
    );
    let nobody = place.run(&["export", "houses", "--as", "nobody"]).badly();
    assert!(nobody.contains("no active login “nobody”"), "{nobody}");
    let target = place.folder().join("cases.csv");
    let refused = place.run(&[
        "export",
        "cases",
        "--filter",
        "state=strange",
        "--output",
        target.to_str().expect("a path"),
    ]);
    refused.badly();
    assert!(
        !target.exists() && !target.with_extension("partial").exists(),
        "no half file is left"
    );
}

#[test]
fn der_x_2_a_stretch_of_duties_is_counted_and_undone_or_kept_once() {
    let place = Place::new();
    let _ = place.run(&["demo", "--rooms", "24"]).well();
    let until = (chrono::Utc::now() + chrono::Days::new(90)).date_naive();
    let until = until.to_string();
    let lay = |more: &[&str]| {
        let mut arguments = vec!["duties", until.as_str()];
        arguments.extend(more);
        place.run(&arguments).well()
    };
    let made = |said: &str| -> u32 {
        let before = said.split(" new").next().and_then(|text| text.rsplit(' ').next());
        before.and_then(|text| text.parse().ok()).expect(said)
    };
    let counted = lay(&[]);
    assert!(made(&counted) > 0 && counted.contains("nothing was kept"), "{counted}");
    assert_eq!(made(&lay(&[])), made(&counted), "counting lays out nothing");
    assert_eq!(made(&lay(&["--keep"])), made(&counted));
    assert_eq!(made(&lay(&[])), 0, "what is there is there");
    assert!(
        made(&lay(&["--unproved"])) > made(&counted),
        "most records are not kept yet"
    );
    let wrong = place.run(&["duties", "2026-01-01", "--from", "2026-02-01"]).badly();
    assert!(wrong.contains("2026-02-01"), "{wrong}");
    let rights = place.run(&["duties", &until, "--as", "recept"]).badly();
    assert!(rights.contains("duty.rule_edit"), "{rights}");
}

#[test]
fn help_says_what_a_command_does_and_shows_how() {
    let place = Place::new();
    for (arguments, words) in [
        (
            vec!["--help"],
            vec!["serve", "import", "export", "user", "backup", "WUYE_CONFIG"],
        ),
        (
            vec!["user", "--help"],
            vec!["create-admin", "reset-password", "disable", "service-token"],
        ),
        (
            vec!["import", "--help"],
            vec!["--dry-run", "GBK", "exit status", "Examples"],
        ),
        (vec!["export", "--help"], vec!["--filter", "NAME=VALUE", "Examples"]),
        (vec!["duties", "--help"], vec!["--keep", "--from", "Examples"]),
    ] {
        let help = place.run(&arguments).well();
        for word in words {
            assert!(help.contains(word), "{arguments:?} lacks {word}:\n{help}");
        }
    }
}
