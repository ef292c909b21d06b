//! Checksums and compression.

use std::io::Write;

use anyhow::Result;
use base64::prelude::{BASE64_STANDARD, Engine};
use flate2::{Compression, GzBuilder};
use sha2::{Digest, Sha256};

/// SHA-256 of `bytes`, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// `bytes` compressed; the same bytes for the same content, as no date is written.
pub(crate) fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzBuilder::new().write(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

/// Base64 with padding, as policies write hashes.
pub(crate) fn base64(bytes: &[u8]) -> String {
    BASE64_STANDARD.encode(bytes)
}
