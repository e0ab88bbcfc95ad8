//! What a trial is to the runner: a name, perhaps a reason why it cannot be held here, and the figures it prints.

use std::time::Instant;

use libtest_mimic::{Failed, Trial};

/// A trial; with `missing`, its line says what is missing here and it counts as ignored.
pub fn trial<F: Future<Output = ()>>(
    name: &str,
    missing: Option<String>,
    held: impl FnOnce() -> F + Send + 'static,
) -> Trial {
    let run = {
        let name = name.to_owned();
        move || {
            let begun = Instant::now();
            let runtime = tokio::runtime::Runtime::new().map_err(Failed::from)?;
            runtime.block_on(held());
            runtime.shutdown_background();
            println!("  {name}: {:.0} s", begun.elapsed().as_secs_f64());
            Ok(())
        }
    };
    let skipped = missing.is_some();
    Trial::test(name, run)
        .with_kind(missing.unwrap_or_default())
        .with_ignored_flag(skipped)
}

/// Whether what takes too long for every change is asked for.
pub fn is_long() -> bool {
    std::env::var_os("WUYE_TEST_LONG").is_some()
}

/// How often something is killed.
pub fn rounds() -> u32 {
    let asked = std::env::var("WUYE_FAULT_ROUNDS").ok();
    asked.map_or(20, |rounds| rounds.parse().expect("WUYE_FAULT_ROUNDS is a number"))
}
