//! How soon the pages can be used on a slow device, beside a plain antd page made with the same tools.

use serde_json::json;
use std::{
    collections::HashMap,
    fs,
    path::Path,
    process::{Command, Stdio},
};
use wuye_stage::{Place, Server};

use crate::{
    Outcome, Scale,
    limit::median,
    report::{Report, Target},
};

const PART: &str = "spa";
/// The packages of the SPA, installed by its own lock file.
const PACKAGES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../frontend/node_modules");
const FILES: [(&str, &str); 4] = [
    ("index.html", include_str!("../spa/index.html")),
    ("main.tsx", include_str!("../spa/main.tsx")),
    ("vite.config.mjs", include_str!("../spa/vite.config.mjs")),
    ("measure.mjs", include_str!("../spa/measure.mjs")),
];

/// Measures login, phone home and the first table; `folder` is where the plain page is built.
pub fn measure(scale: &Scale, folder: &Path, report: &mut Report) -> Outcome {
    let folder = &std::path::absolute(folder)?;
    fs::create_dir_all(folder)?;
    for (name, text) in FILES {
        fs::write(folder.join(name), text)?;
    }
    let packages = folder.join("node_modules");
    if !packages.exists() {
        std::os::unix::fs::symlink(fs::canonicalize(PACKAGES)?, &packages)?;
    }
    node(
        folder,
        &["node_modules/vite/bin/vite.js", "build", "--logLevel", "warn"],
    )?;
    let place = Place::new();
    let server = Server::demo(&place, 240);
    let rounds = scale.page_loads.to_string();
    let told = node(folder, &["measure.mjs", &server.base, &rounds])?;
    let times: HashMap<String, Vec<f64>> = serde_json::from_str(told.lines().last().unwrap_or_default())?;
    let time = |name: &str| median(times.get(name).cloned().unwrap_or_default());
    let plain = time("plain");
    report.figure(PART, "plain antd table: interactive after", plain, "ms");
    for (name, what, most) in [
        ("login", "login", 0.5),
        ("phone", "phone home", 0.5),
        ("table", "first table", 1.0),
    ] {
        report.figure(PART, format!("{what}: interactive after"), time(name), "ms");
        let beside = format!("{what} beside the plain antd table");
        report.against(PART, beside, time(name) / plain, "times", Target::AtMost(most));
    }
    report.detail("page loads, ms", json!(times));
    Ok(())
}

fn node(folder: &Path, arguments: &[&str]) -> Outcome<String> {
    let mut command = Command::new("node");
    command.current_dir(folder).args(arguments).stdin(Stdio::null());
    if std::env::var_os("CHROMIUM_PATH").is_none() {
        command.env("CHROMIUM_PATH", "/usr/bin/chromium");
    }
    let output = command.output()?;
    if output.status.success() {
        return Ok(String::from_utf8(output.stdout)?);
    }
    let errors = String::from_utf8_lossy(&output.stderr);
    Err(format!("node {}: {errors}", arguments.join(" ")).into())
}
