//! Checksums and compression.

use anyhow::Result;
use base64::prelude::{BASE64_STANDARD, Engine};
use sha2::{Digest, Sha256};
use zopfli::{Format, Options, compress};

/// SHA-256 of `bytes`, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// `bytes` compressed as far as gzip goes: it is done once, and every visitor waits for what is left. The same bytes for the
/// same content, as no date is written.
pub(crate) fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut compressed = Vec::new();
    compress(Options::default(), Format::Gzip, bytes, &mut compressed)?;
    Ok(compressed)
}

/// Base64 with padding, as policies write hashes.
pub(crate) fn base64(bytes: &[u8]) -> String {
    BASE64_STANDARD.encode(bytes)
}
