//! Bytes to text.

use std::borrow::Cow;

/// UTF-8 with or without a byte order mark, else Latin-1, in which older data sets are written.
pub(crate) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        // The first 256 characters of Unicode are Latin-1.
        Err(_) => Cow::Owned(bytes.iter().map(|&byte| char::from(byte)).collect()),
    }
}
