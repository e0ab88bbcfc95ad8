//! The same three requests on Django REST framework, on the same tables: what a user would otherwise pick.

use serde_json::Value;
use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Instant,
};

use crate::{
    Outcome, Scale,
    cpu::{Processes, Tree, shared_kb},
    limit::{median, requests_of, to_f64},
    load::wrk,
    report::Report,
    requests::Kind,
    site::{Site, pause},
};

const PART: &str = "django";

/// Measures it under the same load; `folder` keeps the Python environment between runs.
pub async fn measure(site: &Site, scale: &Scale, folder: &Path, report: &mut Report) -> Outcome {
    let folder = &std::path::absolute(folder)?;
    let python = environment(folder)?;
    let program = folder.join("rival.py");
    fs::write(&program, include_str!("../django/rival.py"))?;
    let token = token(site, &python, &program).await?;
    let rival = Rival::start(site, &python, folder).await?;
    for kind in Kind::ALL {
        let mut plan = requests_of(site, kind, scale).await?;
        plan.base.clone_from(&rival.base);
        plan.token.clone_from(&token);
        plan.server = Processes::Tree(Tree(rival.child.id()));
        plan.seconds = scale.warm_seconds;
        wrk(site, &plan)?;
        plan.seconds = scale.seconds;
        let mut rounds = Vec::new();
        for _ in 0..scale.rounds.min(3) {
            rounds.push(wrk(site, &plan)?);
        }
        let name = kind.name();
        let of = |figure: fn(&crate::load::Round) -> f64| median(rounds.iter().map(figure).collect());
        report.figure(
            PART,
            format!("{name}: requests"),
            of(crate::load::Round::per_cpu_second),
            "/CPU-s",
        );
        report.figure(
            PART,
            format!("{name}: 99 of 100 took at most"),
            of(|round| round.p99),
            "ms",
        );
    }
    let kilobytes = usize::try_from(shared_kb(Tree(rival.child.id()))).unwrap_or(usize::MAX);
    report.figure(PART, "memory of its processes", to_f64(kilobytes) / 1024.0, "MB");
    Ok(())
}

/// A Python environment with the pinned packages, made when it is not there.
fn environment(folder: &Path) -> Outcome<PathBuf> {
    fs::create_dir_all(folder)?;
    let wanted = include_str!("../django/requirements.txt");
    let (place, stamp, list) = (
        folder.join("venv"),
        folder.join("installed.txt"),
        folder.join("requirements.txt"),
    );
    let python = place.join("bin/python");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(python);
    }
    fs::write(&list, wanted)?;
    done(Command::new("python3").args(["-m", "venv"]).arg(&place))?;
    let mut install = Command::new(&python);
    install
        .args(["-m", "pip", "install", "--quiet", "--requirement"])
        .arg(&list);
    done(&mut install)?;
    fs::write(stamp, wanted)?;
    Ok(python)
}

fn done(command: &mut Command) -> Outcome<String> {
    let output = command.stdin(Stdio::null()).output()?;
    if output.status.success() {
        return Ok(String::from_utf8(output.stdout)?.trim().to_owned());
    }
    let errors = String::from_utf8_lossy(&output.stderr);
    Err(format!("{:?} failed: {errors}", command.get_program()).into())
}

/// A token of its own kind for the same person.
async fn token(site: &Site, python: &Path, program: &Path) -> Outcome<String> {
    let me: Value = site.person("recept").await.get("/me").await.json(200);
    let of = |pointer: &str| {
        let value = me.pointer(pointer).and_then(Value::as_str);
        value
            .map(ToOwned::to_owned)
            .ok_or_else(|| format!("no {pointer} in {me}"))
    };
    let claims = [of("/account_id")?, of("/employee/id")?, of("/posts/0/estate_id")?];
    done(
        Command::new(python)
            .arg(program)
            .arg("token")
            .args(claims)
            .arg("RECEPT"),
    )
}

/// The running rival, ended with the value.
struct Rival {
    child: Child,
    base: String,
}

impl Rival {
    async fn start(site: &Site, python: &Path, folder: &Path) -> Outcome<Self> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let log = fs::File::create(folder.join("gunicorn.log"))?;
        let child = Command::new(python)
            .current_dir(folder)
            .env("BENCH_SOCKET", site.socket()?)
            .args(["-m", "gunicorn", "rival:application", "--bind", &address.to_string()])
            // As gunicorn's guide counts; threads, so that connections are kept open as the product keeps them.
            .args([
                "--workers",
                &(2 * cores + 1).to_string(),
                "--worker-class",
                "gthread",
                "--threads",
                "8",
            ])
            .args(["--keep-alive", "60"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()?;
        let rival = Self {
            child,
            base: format!("http://{address}"),
        };
        let begun = Instant::now();
        // Any answer will do: without a token it is a refusal.
        while reqwest::get(format!("{}/api/v1/work-orders", rival.base))
            .await
            .is_err()
        {
            if begun.elapsed().as_secs() > 60 {
                let log = fs::read_to_string(folder.join("gunicorn.log")).unwrap_or_default();
                return Err(format!("gunicorn does not answer: {log}").into());
            }
            pause(100).await;
        }
        Ok(rival)
    }
}

impl Drop for Rival {
    fn drop(&mut self) {
        let pid = self.child.id();
        // It ends its workers itself when it is asked to end.
        let _ = Command::new("sh").arg("-c").arg(format!("kill -TERM {pid}")).status();
        let _ = self.child.wait();
    }
}
