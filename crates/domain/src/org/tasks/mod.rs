//! Tasks given by leaders (directive_tasks, 领导交办的任务): given down the line or along a functional edge, accepted,
//! reported done with evidence, and closed or returned by whoever gave them.

mod duty;
mod filter;
mod giving;
mod model;
mod rules;
mod statistics;

pub use duty::{CLAUSES, DEADLINE, climbing};
pub use filter::{TaskFilter, TaskSide, TaskSort};
pub use giving::{Authority, Candidate, Giving, whose_word};
pub use model::{NewTask, Task, TaskAction, TaskId, TaskPriority, TaskRight, TaskSource, TaskState};
pub use rules::{
    ChangeTask, ReportDone, ReturnTask, accept, cancel, change, close, give, late_note, report_done, return_to_work,
    start,
};
pub use statistics::{Counted, Figures, OfMonth, OfPerson, OfPost, Statistics, statistics};

#[cfg(test)]
mod tests;
