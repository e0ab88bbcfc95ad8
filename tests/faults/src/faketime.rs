//! A clock that the test moves while the server runs: libfaketime between the server and the system.

use std::{fs, path::PathBuf};

use wuye_stage::Place;

use crate::ground::Ground;

/// Where Debian and others put the library.
const LIBRARIES: [&str; 4] = [
    "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1",
    "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1",
    "/usr/lib/faketime/libfaketime.so.1",
    "/usr/lib64/faketime/libfaketime.so.1",
];

fn library() -> Option<&'static str> {
    LIBRARIES.into_iter().find(|path| fs::exists(path).unwrap_or(false))
}

/// Why a clock cannot be moved here.
pub fn missing() -> Option<String> {
    library()
        .is_none()
        .then(|| "libfaketime is not installed (apt: faketime)".to_owned())
}

/// The clock of some servers.
pub struct FakeClock {
    file: PathBuf,
    _place: Place,
}

impl FakeClock {
    /// One that shows the time.
    pub fn new() -> Self {
        let place = Place::new();
        let clock = Self {
            file: place.folder().join("clock"),
            _place: place,
        };
        clock.show(0);
        clock
    }

    /// The servers started on this ground from now on go by this clock.
    pub fn govern(&self, ground: &mut Ground) {
        ground.set("LD_PRELOAD", library().expect("libfaketime"));
        ground.set("FAKETIME_TIMESTAMP_FILE", self.file.to_string_lossy());
        // Read anew each second, so that a running server sees the jump.
        ground.set("FAKETIME_CACHE_DURATION", "1");
        // Timers run on: it is the calendar that jumps.
        ground.set("FAKETIME_DONT_FAKE_MONOTONIC", "1");
    }

    /// Sets it to so many seconds ahead of the time, or behind it.
    pub fn show(&self, seconds: i64) {
        // By renaming, so that nobody reads half of it.
        let fresh = self.file.with_extension("new");
        fs::write(&fresh, format!("{seconds:+}\n")).expect("a clock");
        fs::rename(&fresh, &self.file).expect("a clock");
    }
}
