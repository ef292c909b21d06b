//! What a long piece of work says while it goes on.

/// Told of what goes on.
pub trait Progress: Sync {
    /// So many files of so many bytes together will be sent.
    fn begin(&self, files: usize, bytes: u64);
    /// One of them has arrived, and was read back.
    fn sent(&self, path: &str, bytes: u64);
    /// What is done now.
    fn say(&self, what: &str);
}
