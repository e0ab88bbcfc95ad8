//! Bodies that are far too large, or far too slow: refused early, in words, without filling the memory.

use std::{
    io::{Read, Write},
    net::TcpStream,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;

use wuye_stage::{Place, Server, json};

use crate::console::set_up;

const GIGABYTE: u64 = 1 << 30;
const MEGABYTE: u64 = 1 << 20;
/// What lies in the buffers of both sides when the server has stopped reading.
const IN_FLIGHT: u64 = 16 * MEGABYTE;
/// What the memory of the server may grow by, whatever comes in.
const GROWTH: u64 = 64 * MEGABYTE;

/// How a body is sent.
#[derive(Clone, Copy, Debug)]
enum Way {
    /// With its length announced.
    Announced(u64),
    /// In pieces of unknown number.
    Chunked,
}

/// A request whose body goes on and on.
struct Pour<'a> {
    path: &'a str,
    token: Option<&'a str>,
    content_type: &'a str,
    /// What the body begins with.
    begin: &'a str,
    way: Way,
    /// The size of a piece, and the pause after it.
    piece: usize,
    pause: Duration,
}

/// What came back.
struct Answered {
    status: u16,
    problem: Value,
    sent: u64,
    took: Duration,
}

impl Pour<'_> {
    /// Sends until there is an answer or the connection is closed.
    fn out(&self, server: &Server) -> Answered {
        let address = server.base.strip_prefix("http://").expect("an address");
        let mut stream = TcpStream::connect(address).expect("a connection");
        stream.set_write_timeout(Some(Duration::from_secs(5))).expect("a limit");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a limit");
        let begun = Instant::now();
        let length = match self.way {
            Way::Announced(length) => format!("Content-Length: {length}"),
            Way::Chunked => "Transfer-Encoding: chunked".to_owned(),
        };
        let token = self
            .token
            .map(|token| format!("Authorization: Bearer {token}\r\n"))
            .unwrap_or_default();
        let head = format!(
            "POST {} HTTP/1.1\r\nHost: {address}\r\nAccept-Language: zh-CN\r\n{token}Content-Type: {}\r\n{length}\r\n\r\n",
            self.path, self.content_type
        );
        stream.write_all(head.as_bytes()).expect("a request");
        let done = Arc::new(AtomicBool::new(false));
        let reader = {
            let (mut stream, done) = (stream.try_clone().expect("its other half"), done.clone());
            thread::spawn(move || {
                let answer = read(&mut stream);
                done.store(true, Ordering::Release);
                answer
            })
        };
        let mut sent = 0;
        let mut piece = self.begin.as_bytes().to_vec();
        while !done.load(Ordering::Acquire) && sent < GIGABYTE {
            let framed = match self.way {
                Way::Announced(_) => piece.clone(),
                Way::Chunked => [format!("{:x}\r\n", piece.len()).as_bytes(), &piece, b"\r\n"].concat(),
            };
            if stream.write_all(&framed).is_err() {
                break;
            }
            sent += piece.len() as u64;
            piece = vec![b' '; self.piece];
            if !self.pause.is_zero() {
                thread::sleep(self.pause);
            }
        }
        let text = reader.join().expect("a reader");
        let (head, body) = text
            .split_once("\r\n\r\n")
            .unwrap_or_else(|| panic!("no answer after {sent} bytes: {text}"));
        Answered {
            status: head
                .split(' ')
                .nth(1)
                .and_then(|status| status.parse().ok())
                .expect("a status"),
            problem: json(body),
            sent,
            took: begun.elapsed(),
        }
    }
}

/// Reads one answer: its head, and as many bytes as that announces.
fn read(stream: &mut TcpStream) -> String {
    let (mut all, mut piece) = (Vec::new(), [0_u8; 4096]);
    loop {
        let length = stream.read(&mut piece).unwrap_or(0);
        all.extend_from_slice(&piece[..length]);
        let text = String::from_utf8_lossy(&all);
        let whole = text.split_once("\r\n\r\n").is_some_and(|(head, body)| {
            let announced = head.lines().find_map(|line| {
                let (name, value) = line.split_once(": ")?;
                name.eq_ignore_ascii_case("content-length")
                    .then(|| value.parse().ok())?
            });
            announced.is_some_and(|announced: usize| body.len() >= announced)
        });
        if length == 0 || whole {
            return text.into_owned();
        }
    }
}

/// The most memory that the server ever had.
fn peak(server: &Server) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.pid())).expect("a process");
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).expect("a peak");
    line.split_whitespace()
        .nth(1)
        .and_then(|kb| kb.parse::<u64>().ok())
        .expect("a number")
        * 1024
}

fn token(place: &Place) -> String {
    let give = [
        "user",
        "service-token",
        "svc-bodies",
        "--permission",
        "case.create,import.run,file.create",
        "--reason",
        "trial",
    ];
    place.run(&give).well().trim().to_owned()
}

const JSON: &str = "application/json";
const FORM: &str = "multipart/form-data; boundary=xyz";
const PART: &str = "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\n";

#[test]
fn a_body_of_a_gigabyte_is_refused_early_and_leaves_the_memory_flat() {
    let place = set_up();
    let server = Server::start(&place, &["--workers", "1"]);
    let token = token(&place);
    assert_eq!(server.get("/readyz").0, 200);
    let before = peak(&server);
    let announced = Way::Announced(GIGABYTE);
    for (path, content_type, begin, way, most) in [
        ("/api/v1/cases", JSON, "{", announced, 0),
        ("/api/v1/cases", JSON, "{", Way::Chunked, MEGABYTE),
        ("/api/v1/imports?kind=houses", "text/csv", "房号\n", announced, 0),
        (
            "/api/v1/imports?kind=houses",
            "text/csv",
            "房号\n",
            Way::Chunked,
            128 * MEGABYTE,
        ),
        ("/api/v1/files", FORM, PART, announced, 0),
        ("/api/v1/files", FORM, PART, Way::Chunked, 20 * MEGABYTE),
    ] {
        let pour = Pour {
            path,
            token: Some(&token),
            content_type,
            begin,
            way,
            piece: 64 * 1024,
            pause: Duration::ZERO,
        };
        let answered = pour.out(&server);
        println!(
            "{path} {way:?}: {} after {} KB, {:?}",
            answered.status,
            answered.sent / 1024,
            answered.took
        );
        assert_eq!(
            (answered.status, &answered.problem["code"]),
            (413, &"body_too_large".into()),
            "{path} {way:?}"
        );
        let words = answered.problem["detail"].as_str().unwrap_or_default();
        assert!(words.contains("超过") && words.contains("MB"), "{words}");
        assert!(
            answered.sent <= most + IN_FLIGHT,
            "{path} {way:?}: {} bytes were taken",
            answered.sent
        );
        let grown = peak(&server).saturating_sub(before);
        assert!(grown < GROWTH, "{path} {way:?}: the memory grew by {grown} bytes");
    }
    let stranger = Pour {
        path: "/api/v1/cases",
        token: None,
        content_type: JSON,
        begin: "{",
        way: Way::Chunked,
        piece: 64 * 1024,
        pause: Duration::ZERO,
    };
    let answered = stranger.out(&server);
    assert_eq!(answered.status, 401, "who may not come in is not listened to");
    assert!(answered.sent <= IN_FLIGHT, "{} bytes were taken", answered.sent);
    println!(
        "memory: {} MB, then at most {} MB",
        before / MEGABYTE,
        peak(&server) / MEGABYTE
    );
    assert_eq!(server.get("/readyz").0, 200);
    assert!(server.stop().success());
}

#[test]
fn a_body_that_trickles_is_cut_off_in_words() {
    let place = set_up();
    let server = Server::start(&place, &["--body-seconds", "1", "--workers", "1"]);
    let token = token(&place);
    thread::scope(|scope| {
        for (path, content_type, begin) in [
            ("/api/v1/cases", JSON, "{"),
            ("/api/v1/imports?kind=houses", "text/csv", "房号\n"),
            ("/api/v1/files", FORM, PART),
        ] {
            // Nothing more after the beginning, and, for what a person typed, a byte now and then.
            let pauses = if content_type == JSON {
                vec![2_500, 300]
            } else {
                vec![2_500]
            };
            for pause in pauses {
                let (server, token) = (&server, &token);
                scope.spawn(move || {
                    let pour = Pour {
                        path,
                        token: Some(token),
                        content_type,
                        begin,
                        way: Way::Announced(1000),
                        piece: 1,
                        pause: Duration::from_millis(pause),
                    };
                    let answered = pour.out(server);
                    assert_eq!(
                        (answered.status, &answered.problem["code"]),
                        (408, &"request_timeout".into()),
                        "{path}"
                    );
                    assert!(
                        answered.problem["detail"]
                            .as_str()
                            .is_some_and(|words| words.contains("网络")),
                        "{path}"
                    );
                    assert!(answered.took < Duration::from_secs(15), "{path}: {:?}", answered.took);
                });
            }
        }
    });
    assert_eq!(server.get("/readyz").0, 200);
    assert!(server.stop().success());
}
