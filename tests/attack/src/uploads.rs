//! Files that are two things at once, that burst, that want to lie elsewhere. Refused kinds and the burst workbook are tried in
//! `tests/integration/src/{desk_files,bad_input}.rs`, bodies of a gigabyte in `crates/api/tests/program/bodies.rs`.

use std::io::Write;

use futures_util::future::join_all;
use wuye_stage::{Answer, Person, Place, Server};

use crate::{furnish::PNG, town::Town};

const SCRIPT: &[u8] = b"<script>alert('from inside')</script>";

async fn upload(person: &Person, name: &str, bytes: Vec<u8>) -> Answer {
    person.send(person.uploading(name, bytes)).await
}

fn zip() -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    archive.start_file("../../evil.sh", options).expect("a part");
    archive.write_all(b"from inside").expect("written");
    archive.finish().expect("an archive").into_inner()
}

/// A text chunk of a PNG, put behind its header.
fn with_chunk(text: &[u8]) -> Vec<u8> {
    let mut encoded = Vec::new();
    let mut encoder = png::Encoder::new(&mut encoded, 1, 1);
    encoder
        .add_text_chunk("Comment".to_owned(), String::from_utf8_lossy(text).into_owned())
        .expect("a text");
    let mut writer = encoder.write_header().expect("a header");
    writer.write_image_data(&[0]).expect("a pixel");
    writer.finish().expect("a picture");
    encoded
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_rides_along_in_a_picture_is_gone_and_what_is_no_picture_stays_out() {
    let town = Town::shared().await;
    let desk = town.person("recept").await;
    for (what, bytes) in [
        ("a script behind a picture", [PNG, SCRIPT].concat()),
        ("an archive behind a picture", [PNG, &zip()].concat()),
        ("a script in a comment", with_chunk(SCRIPT)),
    ] {
        assert!(contains(&bytes, b"from inside"));
        let kept = upload(&desk, "a.png", bytes).await.json(201);
        let answer = desk
            .get(&format!("/files/{}", kept["id"].as_str().expect("an id")))
            .await
            .expect(200);
        assert!(!contains(&answer.bytes, b"from inside"), "{what}");
        assert_eq!(answer.headers["content-type"], "image/png");
        assert!(
            answer.headers["content-security-policy"]
                .to_str()
                .expect("a policy")
                .contains("sandbox")
        );
    }
    let pdf = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n";
    for (name, bytes) in [
        ("page.png", [b"\xef\xbb\xbf<html>", SCRIPT].concat()),
        (
            "drawing.png",
            [
                b"<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\">",
                SCRIPT,
            ]
            .concat(),
        ),
        (
            "entities.png",
            b"<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><svg>&a;</svg>".to_vec(),
        ),
        ("gif.png", [b"GIF89a/*", SCRIPT, b"*/=1;"].concat()),
        ("paper.pdf", [SCRIPT, pdf.as_slice()].concat()),
        ("paper.pdf", [pdf, zip().as_slice()].concat()),
        ("table.xlsx", zip()),
        ("program.png", [b"\x7fELF\x02\x01\x01\x00", SCRIPT].concat()),
        ("script.png", b"#!/bin/sh\necho from inside\n".to_vec()),
        ("nothing.png", Vec::new()),
    ] {
        let answer = upload(&desk, name, bytes).await;
        assert_eq!(
            (answer.status.as_u16(), &answer.body["code"]),
            (422, &"file_refused".into()),
            "{name}: {}",
            answer.body
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_lies_where_the_server_puts_it_whatever_it_is_called() {
    let town = Town::shared().await;
    let desk = town.person("recept").await;
    let long = format!("{}.png", "长".repeat(120));
    for name in [
        "../../../etc/cron.d/x.png",
        "..\\..\\x.png",
        "/etc/passwd",
        "C:\\x.png",
        ".",
        "..",
        "CON",
        ".htaccess",
        "a\u{202e}gnp.exe",
        "x.png\u{0}.sh",
        "<img src=x>.png",
        "\"; filename=\"x.exe",
        "%2e%2e%2fx.png",
        &long,
    ] {
        let kept = upload(&desk, name, PNG.to_vec()).await;
        if kept.status == 400 {
            // The form itself cannot be read with such a name.
            continue;
        }
        let kept = kept.json(201);
        let told = kept["name"].as_str().expect("a name");
        let bad = |c: char| c.is_control() || ['/', '\\', '<', '>', '"', ':', '\u{202e}'].contains(&c);
        assert!(
            !told.contains(bad) && !told.contains("..") && told.ends_with(".png"),
            "{name:?} became {told:?}"
        );
        assert!(told.chars().count() <= 200, "{told}");
        let path = format!("/files/{}", kept["id"].as_str().expect("an id"));
        let answer = desk.get(&path).await.expect(200);
        let disposition = answer.headers["content-disposition"].to_str().expect("a text");
        assert!(
            !disposition.contains("..") && !disposition.contains(".exe"),
            "{disposition}"
        );
    }
    // Paths of downloads are ids: nothing climbs out of the store.
    for path in [
        "/files/..%2f..%2fpostgres%2fdata%2fPG_VERSION",
        "/files/%2e%2e",
        "//assets/..%2f..%2fCargo.toml",
        "//..%2f..%2fetc%2fpasswd",
    ] {
        let answer = desk.get(path).await;
        assert!(
            [400, 404].contains(&answer.status.as_u16()),
            "{path}: {}",
            answer.status
        );
    }
}

/// A grey picture of this width and height, made row by row: small on the wire.
fn flat(side: u32, colour: png::ColorType) -> Vec<u8> {
    let mut encoded = Vec::new();
    let mut encoder = png::Encoder::new(&mut encoded, side, side);
    encoder.set_color(colour);
    encoder.set_compression(png::Compression::High);
    let mut writer = encoder.write_header().expect("a header");
    let mut stream = writer.stream_writer().expect("a stream");
    let row = vec![0; side as usize * colour.samples()];
    for _ in 0..side {
        stream.write_all(&row).expect("a row");
    }
    stream.finish().expect("a picture");
    writer.finish().expect("a picture");
    encoded
}

/// The most memory that the server ever had, in MB.
fn peak(server: &Server) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.pid())).expect("a process");
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).expect("a peak");
    let kilobytes = line
        .split_whitespace()
        .nth(1)
        .and_then(|number| number.parse::<u64>().ok());
    kilobytes.expect("a number") / 1024
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_that_unfold_are_refused_or_wait_for_their_turn() {
    // Its memory is looked at: nobody else works on this server.
    let place = Place::new();
    let server = Server::demo(&place, 24);
    let desk = server.person("recept").await;
    let huge = flat(20_000, png::ColorType::Grayscale);
    assert!(huge.len() < 2_000_000, "small on the wire: {}", huge.len());
    let before = peak(&server);
    let answer = upload(&desk, "huge.png", huge).await;
    assert_eq!(
        (answer.status.as_u16(), &answer.body["code"]),
        (422, &"file_refused".into())
    );
    assert!(peak(&server) - before < 50, "it was unfolded");
    // Each takes 108 MB when unfolded. They are taken, but not all at once.
    let large = flat(6_000, png::ColorType::Rgb);
    const UPLOADS: u64 = 8;
    const UNFOLDED: u64 = 108;
    let uploads = join_all((0..UPLOADS).map(|_| upload(&desk, "large.png", large.clone()))).await;
    for answer in &uploads {
        assert_eq!(answer.status, 201, "{}", answer.body);
    }
    let grown = peak(&server) - before;
    println!(
        "{UPLOADS} pictures of {UNFOLDED} MB unfolded, {} KB on the wire: {grown} MB more",
        large.len() / 1024
    );
    // What was given back is used again, but not to the last page.
    assert!(grown < UPLOADS * UNFOLDED * 3 / 4, "the memory grew by {grown} MB");
    // Passwords take 19 MB each.
    let before = peak(&server);
    join_all((0..50).map(|number| {
        let stranger = server.stranger();
        async move {
            let login = serde_json::json!({ "username": format!("name{number}"), "password": "guess" });
            stranger.post("/auth/login", login).await.status
        }
    }))
    .await;
    let grown = peak(&server) - before;
    println!("50 logins at once: {grown} MB more");
    assert!(grown < 200, "the memory grew by {grown} MB");
}
