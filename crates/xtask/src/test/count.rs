//! Counting tests by what the runners print.

/// Tests by outcome.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) skipped: u64,
    /// Why the suite as a whole is no success, if it is none.
    pub(crate) fault: Option<String>,
    /// What was printed of failed tests, and last, if it is none or any test failed.
    pub(crate) last_lines: Vec<String>,
}

impl Count {
    /// One check that has no tests of its own.
    pub(crate) fn one_passed() -> Self {
        Self {
            passed: 1,
            ..Self::default()
        }
    }

    /// Whether the numbers say all there is to say.
    pub(crate) fn is_clean(&self) -> bool {
        self.failed == 0 && self.fault.is_none()
    }

    /// Both together; the first fault is kept.
    pub(crate) fn and(&self, other: &Self) -> Self {
        let blamed = if self.is_clean() { other } else { self };
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            skipped: self.skipped + other.skipped,
            fault: blamed.fault.clone(),
            last_lines: blamed.last_lines.clone(),
        }
    }
}

/// `test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; …`, one line for each binary.
pub(crate) fn cargo_test(output: &str) -> Count {
    sum(output
        .lines()
        .filter_map(|line| line.trim().strip_prefix("test result: ")?.split_once(". "))
        .map(|(_, rest)| rest))
}

/// `      Tests  1 failed | 12 passed | 2 skipped (15)`
pub(crate) fn vitest(output: &str) -> Count {
    sum(output.lines().filter_map(|line| line.trim().strip_prefix("Tests ")))
}

/// The summary of Playwright: `  5 passed (3.2s)`, `  1 failed`, each on its own line.
pub(crate) fn playwright(output: &str) -> Count {
    sum(output.lines().map(str::trim).filter(|line| {
        let mut words = line.split_whitespace();
        let number = words.next().is_some_and(|word| word.parse::<u64>().is_ok());
        let outcome = words
            .next()
            .is_some_and(|word| WORDS.iter().any(|(known, _)| *known == word));
        // A failure's own text may begin the same way but goes on.
        number && outcome && words.next().is_none_or(|rest| rest.starts_with('('))
    }))
}

/// The last line of the contract suite: `contract: 2040 passed, 3 failed`. Its tests are operations, each in one pass, and the
/// clients.
pub(crate) fn contract(output: &str) -> Count {
    sum(output.lines().filter_map(|line| line.strip_prefix("contract: ")))
}

type Field = fn(&mut Count) -> &mut u64;

/// What the runners call an outcome. A flaky test is a failed one: it passed only when tried again.
const WORDS: [(&str, Field); 8] = [
    ("passed", |count| &mut count.passed),
    ("failed", |count| &mut count.failed),
    ("flaky", |count| &mut count.failed),
    ("interrupted", |count| &mut count.failed),
    ("ignored", |count| &mut count.skipped),
    ("skipped", |count| &mut count.skipped),
    ("todo", |count| &mut count.skipped),
    ("did", |count| &mut count.skipped), // "3 did not run"
];

fn sum<'a>(lines: impl Iterator<Item = &'a str>) -> Count {
    let mut count = Count::default();
    for line in lines {
        let words: Vec<&str> = line
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        for pair in words.windows(2) {
            let field = WORDS.iter().find(|(word, _)| *word == pair[1]);
            if let (Ok(number), Some((_, field))) = (pair[0].parse::<u64>(), field) {
                *field(&mut count) += number;
            }
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(count: &Count) -> (u64, u64, u64) {
        (count.passed, count.failed, count.skipped)
    }

    #[test]
    fn all_binaries_of_cargo_test_are_added_up() {
        let output = "running 3 tests\n\
            test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
            test result: FAILED. 5 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 9.00s\n";
        assert_eq!(numbers(&cargo_test(output)), (7, 2, 1));
        assert_eq!(numbers(&cargo_test("error: could not compile")), (0, 0, 0));
    }

    #[test]
    fn vitest_files_are_not_taken_for_tests() {
        let output = " Test Files  1 failed | 3 passed (4)\n      Tests  1 failed | 12 passed | 2 skipped (15)\n";
        assert_eq!(numbers(&vitest(output)), (12, 1, 2));
    }

    #[test]
    fn only_the_total_of_the_contract_suite_is_counted() {
        let output = "  7131 generated, 59 found 62 unique failures, 66 skipped\ncontract: 2040 passed, 3 failed\n";
        assert_eq!(numbers(&contract(output)), (2040, 3, 0));
        assert_eq!(numbers(&contract("2 passed, 1 failed")), (0, 0, 0));
    }

    #[test]
    fn playwright_summary_counts_flaky_as_failed_and_ignores_other_lines() {
        let output = "Running 9 tests using 1 worker\n  2 failed requests were seen\n  1 failed\n    [chromium] login\n  \
            1 flaky\n  2 skipped\n  3 did not run\n  5 passed (3.2s)\n";
        assert_eq!(numbers(&playwright(output)), (5, 2, 2));
    }
}
