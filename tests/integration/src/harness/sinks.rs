//! Other people's servers, as far as the product speaks to them: a mail server and the host of a messenger's robots.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, Ordering},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// A mail as it arrived.
#[derive(Clone, Debug)]
pub struct Mail {
    pub to: Vec<String>,
    pub headers: String,
    /// Decoded.
    pub text: String,
}

/// A mail server that takes everything, or refuses everything while it is told to.
#[derive(Clone)]
pub struct MailSink {
    pub url: String,
    mails: Arc<Mutex<Vec<Mail>>>,
    refuse: Arc<AtomicBool>,
}

impl MailSink {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("smtp://{}", listener.local_addr().expect("an address"));
        let sink = Self {
            url,
            mails: Arc::default(),
            refuse: Arc::default(),
        };
        let served = sink.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let sink = served.clone();
                tokio::spawn(async move { sink.serve(stream).await });
            }
        });
        sink
    }

    pub fn refuse(&self, refuse: bool) {
        self.refuse.store(refuse, Ordering::SeqCst);
    }

    pub fn mails(&self) -> Vec<Mail> {
        self.mails.lock().expect("the mails").clone()
    }

    async fn serve(&self, stream: TcpStream) {
        let (reader, mut writer) = stream.into_split();
        let mut lines = BufReader::new(reader).lines();
        let mut say = async |answer: &str| writer.write_all(format!("{answer}\r\n").as_bytes()).await.is_ok();
        if !say("220 sink").await {
            return;
        }
        let mut to = Vec::new();
        while let Ok(Some(line)) = lines.next_line().await {
            let word = line.get(..4).unwrap_or_default().to_ascii_uppercase();
            let answer = match word.as_str() {
                "EHLO" | "HELO" => "250 sink",
                "RCPT" if self.refuse.load(Ordering::SeqCst) => "451 try again later",
                "RCPT" => {
                    let address = line.split(['<', '>']).nth(1).unwrap_or_default();
                    to.push(address.to_owned());
                    "250 ok"
                }
                "DATA" => {
                    if !say("354 go on").await {
                        return;
                    }
                    let mut raw = Vec::new();
                    while let Ok(Some(line)) = lines.next_line().await {
                        if line == "." {
                            break;
                        }
                        raw.push(line);
                    }
                    self.mails
                        .lock()
                        .expect("the mails")
                        .push(mail(std::mem::take(&mut to), &raw));
                    "250 taken"
                }
                "QUIT" => {
                    say("221 bye").await;
                    return;
                }
                _ => "250 ok",
            };
            if !say(answer).await {
                return;
            }
        }
    }
}

fn mail(to: Vec<String>, raw: &[String]) -> Mail {
    let gap = raw.iter().position(String::is_empty).unwrap_or(raw.len());
    let headers = raw[..gap].join("\n");
    let body = raw.get(gap + 1..).unwrap_or_default();
    let coding = headers.to_ascii_lowercase();
    let text = if coding.contains("content-transfer-encoding: base64") {
        let bytes = STANDARD.decode(body.concat()).expect("base64");
        String::from_utf8(bytes).expect("text")
    } else if coding.contains("content-transfer-encoding: quoted-printable") {
        quoted_printable(body)
    } else {
        body.join("\n")
    };
    Mail { to, headers, text }
}

fn quoted_printable(lines: &[String]) -> String {
    let mut bytes = Vec::new();
    for line in lines {
        let (line, goes_on) = line
            .strip_suffix('=')
            .map_or((line.as_str(), false), |line| (line, true));
        let mut rest = line;
        while let Some(at) = rest.find('=') {
            bytes.extend_from_slice(&rest.as_bytes()[..at]);
            bytes.push(u8::from_str_radix(&rest[at + 1..at + 3], 16).expect("a byte"));
            rest = &rest[at + 3..];
        }
        bytes.extend_from_slice(rest.as_bytes());
        if !goes_on {
            bytes.push(b'\n');
        }
    }
    String::from_utf8(bytes).expect("text")
}

/// What a robot was sent.
#[derive(Clone, Debug)]
pub struct Post {
    /// Path and query.
    pub target: String,
    pub body: Value,
}

/// The host of robots: answers as their makers do.
#[derive(Clone)]
pub struct RobotSink {
    pub origin: String,
    posts: Arc<Mutex<Vec<Post>>>,
    answer: Arc<Mutex<(u16, Value)>>,
}

impl RobotSink {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let origin = format!("http://{}", listener.local_addr().expect("an address"));
        let sink = Self {
            origin,
            posts: Arc::default(),
            answer: Arc::new(Mutex::new((200, json!({ "errcode": 0, "errmsg": "ok" })))),
        };
        let served = sink.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let sink = served.clone();
                tokio::spawn(async move { sink.serve(stream).await });
            }
        });
        sink
    }

    /// Answers so from now on.
    pub fn answer(&self, status: u16, body: Value) {
        *self.answer.lock().expect("the answer") = (status, body);
    }

    pub fn posts(&self) -> Vec<Post> {
        self.posts.lock().expect("the posts").clone()
    }

    async fn serve(&self, stream: TcpStream) {
        let (reader, mut writer) = stream.into_split();
        let mut reader = BufReader::new(reader);
        let (mut first, mut length) = (String::new(), 0);
        if reader.read_line(&mut first).await.unwrap_or(0) == 0 {
            return;
        }
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).await.unwrap_or(0) == 0 || line.trim().is_empty() {
                break;
            }
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().expect("a length");
            }
        }
        let mut body = vec![0; length];
        if reader.read_exact(&mut body).await.is_err() {
            return;
        }
        self.posts.lock().expect("the posts").push(Post {
            target: first.split(' ').nth(1).unwrap_or_default().to_owned(),
            body: serde_json::from_slice(&body).expect("JSON"),
        });
        let (status, answer) = self.answer.lock().expect("the answer").clone();
        let answer = answer.to_string();
        let head = format!(
            "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
            answer.len()
        );
        let _ = writer.write_all(format!("{head}{answer}").as_bytes()).await;
    }
}
