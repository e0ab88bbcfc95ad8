//! The ways out of the product. Each call gives up long before the lease of its message ends.

pub mod mail;
pub mod robot;

use std::time::Duration;

/// How long one call of another server may take.
const PATIENCE: Duration = Duration::from_secs(15);

/// Why a message was not taken, in words for whoever looks after the channel. Holds neither keys nor addresses.
#[derive(Debug)]
pub struct Refused(pub String);
