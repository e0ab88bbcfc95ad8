//! The default on a bare machine: how long until it answers, and how much memory it takes.

use wuye_stage::{Place, Server};

use crate::{
    Outcome,
    cpu::{self, Tree},
    limit::to_f64,
    report::Report,
    site::pause,
};

const PART: &str = "startup";

/// Starts an empty product twice.
pub async fn measure(report: &mut Report) -> Outcome {
    let place = Place::new();
    for which in ["the first start", "a later start"] {
        let server = Server::start(&place, &[]);
        report.figure(
            PART,
            format!("{which}, until it greets"),
            server.took.as_secs_f64(),
            "s",
        );
        let answer = server.stranger().get("/auth/setup").await;
        let _ = answer.expect(200);
        // Until the work that follows a start has settled.
        pause(2_000).await;
        let server_kb = cpu::memory(server.pid()).resident;
        let with_database = cpu::shared_kb(Tree(server.pid()));
        if which == "a later start" {
            let megabytes = |kilobytes: u64| to_f64(usize::try_from(kilobytes).unwrap_or(usize::MAX)) / 1024.0;
            report.figure(PART, "memory of the server, idle", megabytes(server_kb), "MB");
            report.figure(PART, "memory with its database, idle", megabytes(with_database), "MB");
        }
        server.stop();
    }
    Ok(())
}
