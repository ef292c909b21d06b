//! Publishes a built site and a model to an object store, so that visitors see the old release whole or the new one whole.
//!
//! Files that are named by their content go first and are read back. Then the small ones that keep their names: the service
//! worker, the page, whose one upload is the switch, and the pointer to the model. What was done is written down in a
//! log (`releases/`), whose numbers also say who may change the site; see
//! the module `ledger`.

mod access;
mod bytes;
mod explain;
pub mod headers;
mod ledger;
pub mod page;
mod plan;
mod progress;
mod prune;
mod publish;
mod release;
mod releases;
mod rollback;
mod store;
mod verify;

pub use bytes::sha256;
pub use plan::{File, FileRecord, PAGE, POINTER, Plan, Role};
pub use progress::Progress;
pub use prune::{PruneOptions, Pruned, prune};
pub use publish::{Options, Published, Step, publish};
pub use release::{Action, Figure, ModelRecord, Owner, Release, State};
pub use releases::{History, releases};
pub use rollback::rollback;
pub use store::Store;
pub use verify::{Finding, Severity, Verified, verify};
