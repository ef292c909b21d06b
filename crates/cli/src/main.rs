//! The `matinee` command.
fn main() {}
